"""Everything that is noticed about the entries of some sheets of one group, as it stands now; nothing is stored.

Figures are looked at in columns, a measure of all units at once; texts entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup, ScoreSheet
from parindex.database.models.entries import EntryState
from parindex.database.queries.flags import (
    CitationLine,
    EntryLine,
    SheetLine,
    Sheets,
    citation_rows,
    earlier_uses,
    entry_rows,
    external_rows,
    given_rows,
    proof_rows,
    sheet_lines,
    submitted_lines,
)
from parindex.database.queries.score_sheets import sheets as sheets_beside
from parindex.documents.flag_thresholds import thresholds
from parindex.documents.printed_explanations import PrintedFigures
from parindex.domain.criteria.criteria_set import Measure, MeasureKind, Source
from parindex.domain.review import flag_rules as rules
from parindex.domain.review import measured_quantities as quantities
from parindex.domain.review.flags import FoundFlag
from parindex.domain.review.printed_figures import PrintedCount, count_apart, labels_apart
from parindex.usecases.child_figures import child_figures
from parindex.usecases.flag_figures import (
    FigureTable,
    Spreads,
    figure_table,
    group_spreads,
    item_quantities,
    keep_spreads,
    spreads_of,
)
from parindex.usecases.flag_statements import statement_flags
from parindex.usecases.text_readings import Readings

#: Flags by the row of the unit.
_ByRow = dict[int, list[FoundFlag]]
#: So many sheets are looked at together: what their explanations print is asked for at once.
_SHEETS_AT_ONCE = 100
_YEAR = re.compile(r"(\d{4})\Z")
#: Out of the assessment, or waiting for somebody else: figures and papers say nothing there.
_SET_ASIDE = frozenset({EntryState.NOT_ASSESSED, EntryState.NOT_ASSESSED_REQUESTED, EntryState.PENDING})


@dataclass
class _Beside:
    """What stands beside the entries of some sheets, by entry."""

    cited: dict[int, list[CitationLine]] = field(default_factory=dict)
    dates: dict[tuple[int, str], list[FoundFlag]] = field(default_factory=dict)
    attached: dict[int, int] = field(default_factory=dict)
    elsewhere: dict[int, list[FoundFlag]] = field(default_factory=dict)
    external: dict[int, list[rules.Outside]] = field(default_factory=dict)
    given: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    sums: dict[tuple[int, str], list[FoundFlag]] = field(default_factory=dict)


def found_flags(group: CycleGroup, keys: Iterable[int]) -> Iterator[tuple[EntryLine, list[FoundFlag]]]:
    """Every entry of some sheets of a group with what is noticed about it now, sheet by sheet in reading order.

    Beside what :mod:`~parindex.domain.review.judged_alike` says of granted points. The number of queries does not
    depend on that of sheets and items, but for one more for every 500 different explanations that print figures; where
    the set has sums over child units, some more for each sheet that has any.
    """
    wanted = Sheets(group.pk, frozenset(keys))
    sheets = sheet_lines(wanted)
    if not sheets:
        return
    frozen = frozen_set(group.set_version)
    table, spreads = _figures(group, sheets)
    columns = _Columns(frozen, table, spreads)
    beside = _beside(wanted, group, frozen, {sheet.pk: sheet for sheet in sheets}, table)
    units = {sheet.pk: sheet.unit_id for sheet in sheets}
    for entries, printed in _printed(_by_sheet(entry_rows(wanted))):
        row = table.rows[units[entries[0].sheet_id]]
        apart = labels_apart(_named(printed))
        for entry in entries:
            found = list(_given(entry, beside))
            if (figures := printed.get(entry.item_code)) is not None:
                found += _of_entry(entry, row, columns, beside, figures)
                found += statement_flags(figures.findings, {one.kind for one in found})
                found += apart.get(entry.item_code, ())
            yield entry, found


def _figures(group: CycleGroup, sheets: Sequence[SheetLine]) -> tuple[FigureTable, Spreads]:
    """The figures of ``sheets``, and how far the group is spread; read once where these are most of the group."""
    signed = submitted_lines(group.pk)
    if len(signed) < thresholds().peers.least:
        return figure_table(group, sheets), {}
    if 2 * len(sheets) < len(signed):
        return figure_table(group, sheets), group_spreads(group)
    both = list({sheet.pk: sheet for sheet in (*sheets, *signed)}.values())
    table = figure_table(group, both)
    rows = [table.rows[sheet.unit_id] for sheet in signed]
    return table, keep_spreads(group, spreads_of(frozen_set(group.set_version), table.figures, rows), signed)


def _by_sheet(entries: Iterable[EntryLine]) -> Iterator[list[EntryLine]]:
    mine: list[EntryLine] = []
    for entry in entries:
        if mine and mine[0].sheet_id != entry.sheet_id:
            yield mine
            mine = []
        mine.append(entry)
    if mine:
        yield mine


def _printed(sheets: Iterator[list[EntryLine]]) -> Iterator[tuple[list[EntryLine], dict[str, PrintedFigures]]]:
    """The entries of each sheet with what their explanations print, by item; of what is set aside, nothing."""
    readings = Readings()
    while some := list(islice(sheets, _SHEETS_AT_ONCE)):
        spoken = [[one for one in entries if one.state not in _SET_ASIDE] for entries in some]
        read = readings.of({one.explanation for entries in spoken for one in entries})
        for entries, mine in zip(some, spoken, strict=True):
            yield entries, {one.item_code: read[one.explanation] for one in mine}
    readings.keep()


def _named(printed: Mapping[str, PrintedFigures]) -> dict[str, list[PrintedCount]]:
    """The counts that have a label, of the items that print any."""
    found = {code: [one for one in figures.counts if one.label] for code, figures in printed.items() if figures.counts}
    return {code: counts for code, counts in found.items() if counts}


# --- figures, in columns ---------------------------------------------------------------------------------------------


class _Columns:
    """What the figures alone say, found for all units at once when it is first asked for."""

    def __init__(self, frozen: FrozenSet, table: FigureTable, spreads: Spreads) -> None:
        self.frozen, self.table, self.spreads = frozen, table, spreads
        self.over: dict[str, dict[int, list[rules.Part]]] = {}
        self.far: dict[str, _ByRow] = {}
        self.moved: dict[str, set[int]] = {}
        self.counted = {code: _counted(frozen, code) for code in frozen.items}
        for code in frozen.items:
            self._item(code)
        for measure in frozen.items_of:
            self._measure(measure)

    def _item(self, code: str) -> None:
        over: dict[int, list[rules.Part]] = {}
        far: _ByRow = {}
        peers, figures = thresholds().peers, self.table.figures
        spreads = self.spreads.get(code, ())
        for number, quantity in enumerate(item_quantities(self.frozen)[code]):
            for row, part in quantities.above_their_whole(number, quantity, figures).items():
                over.setdefault(row, []).append(part)
            spread = spreads[number] if spreads else None
            if spread is None:
                continue
            values, present = quantities.measured(quantity, figures)
            for row in quantities.far_rows(values, present, spread, peers):
                flag = quantities.far_from_peers(number, values.row(row), spread, peers)
                far.setdefault(row, []).extend([flag] if flag is not None else [])
        self.over[code], self.far[code] = over, far

    def _measure(self, measure: str) -> None:
        year, figures = self.frozen.year, self.table.figures
        now, before = figures.numbers.get((measure, year)), figures.numbers.get((measure, year - 1))
        if now is not None and before is not None:
            self.moved[measure] = set(quantities.moved_rows(now, before, thresholds().last_year))

    def moved_of(self, entry: EntryLine, row: int) -> Iterator[FoundFlag]:
        """The figures of an item that are far from last year's."""
        year, limit = self.frozen.year, thresholds().last_year
        for measure in self.frozen.measures_of[entry.item_code]:
            if row not in self.moved.get(measure, ()):
                continue
            flag = rules.far_from_last_year(
                rules.Moved(
                    measure, self.frozen.criteria_set.measures[measure].title, self.table.text(measure, year, row),
                    self.table.text(measure, year - 1, row), limit, bool(entry.kept_warning),
                )
            )  # fmt: skip
            if flag is not None:
                yield flag

    def entered(self, code: str, row: int) -> dict[str, str]:
        """The figures of this year that the rule of an item reads, by measure."""
        return {measure: self.table.text(measure, self.frozen.year, row) for measure in self.frozen.measures_of[code]}


def _counted(frozen: FrozenSet, code: str) -> Sequence[Measure]:
    """The measures of an item whose numbers can be told from each other in print: several, all in one unit."""
    measures = [frozen.criteria_set.measures[one] for one in frozen.measures_of[code]]
    units = {(one.kind, one.unit) for one in measures}
    return measures if len(measures) > 1 and len(units) == 1 and measures[0].kind is MeasureKind.NUMBER else ()


# --- one entry -------------------------------------------------------------------------------------------------------


def _given(entry: EntryLine, beside: _Beside) -> Iterator[FoundFlag]:
    given = beside.given.get(entry.pk)
    if given is not None:
        yield from _some(rules.not_given_points(entry.self_points or entry.points, *given))


def _of_entry(
    entry: EntryLine, row: int, columns: _Columns, beside: _Beside, printed: PrintedFigures
) -> Iterator[FoundFlag]:
    code = entry.item_code
    item = columns.frozen.items[code]
    is_assumed = item.node.rule is not None and item.node.rule.assumed
    yield from _some(rules.claim_not_rule(entry.self_points, entry.rule_points, is_assumed=is_assumed))
    yield from _some(rules.claim_above_maximum(entry.self_points, item.max_points))
    over = columns.over[code].get(row, ())
    yield from (rules.over_the_whole(part, printed.per_cents) for part in over)
    if not over:
        yield from _some(rules.impossible_branch(entry.branch))
    yield from _some(rules.maximum_on_nothing(entry.branch, entry.points, item.max_points))
    if item.node.source is not Source.EXTERNAL:
        yield from _proofs(entry, beside)
    yield from beside.dates.get((entry.sheet_id, code), ())
    yield from beside.elsewhere.get(entry.pk, ())
    yield from columns.moved_of(entry, row)
    yield from columns.far[code].get(row, ())
    if entry.pk in beside.external:
        yield from rules.not_external(columns.entered(code, row), beside.external[entry.pk])
    yield from beside.sums.get((entry.sheet_id, code), ())
    if printed.counts:
        yield from _some(_count_apart(code, row, columns, printed.counts))


def _some(flag: FoundFlag | None) -> Iterator[FoundFlag]:
    if flag is not None:
        yield flag


def _proofs(entry: EntryLine, beside: _Beside) -> Sequence[FoundFlag]:
    cited = beside.cited.get(entry.pk, ())
    if not cited and entry.explanation and not entry.lacks_evidence:
        return ()
    missing = [one.number for one in cited if one.document_id is None]
    is_explained = bool(entry.explanation) or bool(cited)
    proofs = rules.Proofs(beside.attached.get(entry.pk, 0), missing, entry.lacks_evidence, is_explained)
    return rules.proof_flags(entry.points, proofs)


def _count_apart(code: str, row: int, columns: _Columns, printed: Sequence[PrintedCount]) -> FoundFlag | None:
    measures = columns.counted[code]
    if not measures:
        return None
    entered = {one.title: columns.table.text(one.id, columns.frozen.year, row) for one in measures}
    return count_apart(entered, measures[0].unit, printed)


# --- what stands beside ----------------------------------------------------------------------------------------------


def _beside(
    wanted: Sheets, group: CycleGroup, frozen: FrozenSet, sheets: Mapping[int, SheetLine], table: FigureTable
) -> _Beside:
    found = _Beside()
    by_sheet: dict[int, list[rules.CitedDay]] = {}
    for one in citation_rows(wanted):
        found.cited.setdefault(one.entry_id, []).append(one)
        by_sheet.setdefault(one.sheet_id, []).append(_cited_day(one))
    for sheet, cited in by_sheet.items():
        for code, flags in rules.two_dates(cited).items():
            found.dates[sheet, code] = flags
    _attached(found, wanted, group, frozen, sheets)
    declared = frozen.criteria_set.measures
    last = {(entry, measure): row for _, entry, measure, *row in external_rows(wanted, frozen.year)}
    for (entry, measure), (value, source) in last.items():
        title = declared[measure].title if measure in declared else measure
        found.external.setdefault(entry, []).append(rules.Outside(measure, title, value, source))
    found.given = given_rows(wanted)
    _sums(found, group, frozen, sheets, table)
    return found


def _cited_day(one: CitationLine) -> rules.CitedDay:
    day = f"{one.date:%d/%m/%Y}" if one.date is not None else one.date_text
    year = _YEAR.search(day)
    return rules.CitedDay(one.item_code, one.number_key, one.number, day, int(year[1]) if year else None)


def _attached(
    found: _Beside, wanted: Sheets, group: CycleGroup, frozen: FrozenSet, sheets: Mapping[int, SheetLine]
) -> None:
    """How many files and links prove each entry, and those of them that prove items of other years."""
    uses: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for unit, sha256, year, item in earlier_uses(wanted, group.cycle.owner_id, frozen.year):
        uses.setdefault((unit, sha256), []).append((year, item))
    proofs = list(proof_rows(wanted))
    for one in proofs:
        found.attached[one.entry_id] = found.attached.get(one.entry_id, 0) + 1
    if not uses:
        return
    for one in proofs:
        if one.sha256 is not None and (places := uses.get((sheets[one.sheet_id].unit_id, one.sha256))):
            flags = found.elsewhere.setdefault(one.entry_id, [])
            if one.sha256 not in {flag.key for flag in flags}:
                flags.extend(_some(rules.file_of_other_year(one.sha256, one.title, places)))


def _sums(
    found: _Beside, group: CycleGroup, frozen: FrozenSet, sheets: Mapping[int, SheetLine], table: FigureTable
) -> None:
    """Figures that are sums over child units, at each item that reads them, where those have others now."""
    summing = [one for one in frozen.criteria_set.measures.values() if one.sum_of_children]
    if not summing:
        return
    paths = ScoreSheet.objects.filter(cycle=group.cycle_id).values_list("unit_path", flat=True)
    parents = {path.rpartition("/")[0] for path in paths}
    mine = [one.pk for one in sheets.values() if one.unit_path in parents]
    for sheet in sheets_beside().filter(pk__in=mine).order_by("pk"):
        row = table.rows[sheet.unit_id]
        for measure, children in child_figures(sheet, summing).items():
            entered = table.text(measure, frozen.year, row)
            flag = rules.not_sum(measure, frozen.criteria_set.measures[measure].title, entered, children.total)
            for code in frozen.items_of.get(measure, ()) if flag is not None else ():
                found.sums.setdefault((sheet.pk, code), []).extend(_some(flag))
