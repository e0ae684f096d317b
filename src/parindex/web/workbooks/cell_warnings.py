"""What the page of an item would warn of, told beside the figures of a workbook before they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ScoreSheet
from parindex.database.queries.score_sheets import figure_values
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import Value
from parindex.domain.values import number_text
from parindex.usecases.sheet_scoring import reading_of
from parindex.usecases.sheet_workbooks import Compared
from parindex.web.score_sheets.measure_rows import MeasureRow
from parindex.web.score_sheets.rule_view import computed
from parindex.wording.language import text
from parindex.wording.numbers import number


def cell_warnings(sheet: ScoreSheet, now: Compared) -> dict[str, list[str]]:
    """The warnings by measure, as though every figure of the file had been written. One query, none without figures."""
    typed = {one.key: one.filled for one in now.pickable if one.entry is EntryKind.FIGURE}
    if not typed:
        return {}
    frozen = frozen_set(sheet.group.set_version)
    codes = sorted({code for measure in typed for code in frozen.items_of[measure]})
    read = {measure for code in codes for measure in frozen.read_by[code]} | typed.keys()
    values = figure_values(sheet.unit_id, sorted(read))
    for measure, value in typed.items():
        values.pop((measure, frozen.year), None)
        if value is not None:
            values[measure, frozen.year] = _stored(value)
    found: dict[str, list[str]] = {}
    for measure, words in (*_jumps(typed, frozen, values), *_doubts(sheet, typed, codes, frozen, values)):
        if words not in found.setdefault(measure, []):
            found[measure].append(words)
    return found


def _stored(value: Value) -> str:
    """A value as it will be stored; of a list, how many lines it has."""
    if isinstance(value, tuple):
        return str(len(value))
    return value if isinstance(value, str) else number_text(value)


def _jumps(
    typed: Mapping[str, Value | None], frozen: FrozenSet, values: Mapping[Key, str]
) -> Iterator[tuple[str, str]]:
    for measure in typed:
        declared = frozen.criteria_set.measures[measure]
        now, earlier = (values.get((measure, year), "") for year in (frozen.year, frozen.year - 1))
        if MeasureRow(declared, now, earlier, (), ()).jumps:
            words = text(
                "Thay đổi trên 50% so với năm trước: {names}. Kiểm tra lại số đã gõ.", names=declared.title
            )  # fmt: skip
            yield measure, words


def _doubts(
    sheet: ScoreSheet, typed: Mapping[str, Value | None], codes: list[str], frozen: FrozenSet, values: Mapping[Key, str]
) -> Iterator[tuple[str, str]]:
    """Parts that are more than their whole: told at the part, or at what the file changes of the same item."""
    reading = reading_of(sheet, frozen, values)
    for code in codes:
        calculation = computed(frozen, Entry(item_code=code, rule_points=""), reading)
        for measure, (part, whole) in calculation.doubts.items() if calculation else ():
            at = [measure] if measure in typed else [one for one in frozen.measures_of[code] if one in typed]
            words = text("{part} lớn hơn {whole}. Kiểm tra lại số đã gõ.", part=number(part), whole=number(whole))
            yield from ((one, words) for one in at)
