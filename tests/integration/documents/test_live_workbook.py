"""The formulas of a result, worked out by LibreOffice, give what the method gives, on every cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter
from tests.factories.frozen_cycles import example
from tests.factories.random_cycles import CYCLES, random_cycle
from tests.recalculated import WRONG, Rows, recalculated, spoiled

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import (
    CODE_ROW,
    FIRST_ROW,
    ROW,
    ROW_BEFORE,
    CellValue,
    column_name,
)
from parindex.documents.bundles.live_workbook.group_sheets import ORDER, GroupSheets, group_sheets
from parindex.documents.bundles.live_workbook.sheet_writer import formula_worksheet
from parindex.documents.bundles.live_workbook.workbook import sheet_names, write_groups, write_live_workbook
from parindex.documents.results.snapshots import StoredSnapshot

#: A place in a formula that names a sheet: one cell, or the first and the last of a row or a column of cells.
REFERENCE = re.compile(rf"\x01(.)\x02([A-Z]+)(\$\d+|{ROW}|{ROW_BEFORE})(?::([A-Z]+))?")
#: So many random cycles are written as they are published.
WHOLE = 6
#: Groups in one workbook, one sheet each.
TOGETHER = 90


def made(stored: StoredSnapshot) -> list[GroupSheets]:
    return [group_sheets(*pair) for pair in zip(stored.snapshot.groups, stored.outcomes, strict=True)]


def number_of(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


class OneSheet:
    """All sheets of a group beside each other on one: a sheet costs LibreOffice more than a hundred formulas."""

    def __init__(self, group: GroupSheets) -> None:
        self.columns = [(key, one) for key in ORDER for one in group.sheets[key].columns]
        self._before: dict[str, int] = {}
        for key in ORDER:
            self._before[key] = sum(len(group.sheets[one].columns) for one in ORDER[: ORDER.index(key)])

    def write(self, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for at, (_, one) in enumerate(self.columns, start=2):
            head = (one.head.code, one.head.name, one.head.detail, one.head.part, one.head.outside)
            for row, cell in enumerate(head, start=CODE_ROW - 1):
                self._cell(sheet, row, at, cell)
            formula = REFERENCE.sub(self._moved, one.formula)
            for row, value in enumerate(one.values, start=FIRST_ROW - 1):
                if formula:
                    placed = formula.replace(ROW, str(row + 1)).replace(ROW_BEFORE, str(row))
                    sheet.write_formula(row, at, placed, None, WRONG)
                else:
                    self._cell(sheet, row, at, value)

    def _moved(self, found: re.Match[str]) -> str:
        first, last = (number_of(one) + self._before[found[1]] if one else None for one in (found[2], found[4]))
        text = f"{column_name(first or 0)}{found[3]}"
        return text if last is None else f"{text}:{column_name(last)}"

    @staticmethod
    def _cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: CellValue) -> None:
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, float(value))


def one_sheet_each(path: Path, groups: Sequence[GroupSheets]) -> None:
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as file:
        for number, group in enumerate(groups):
            OneSheet(group).write(file.add_worksheet(f"s{number}", formula_worksheet()))


def same(value: CellValue, text: str) -> bool:
    """Whole numbers exactly, decimals in their first 12 digits, words as they are."""
    if isinstance(value, str):
        return value == text
    try:
        found = Fraction(text)
    except ValueError:
        return False
    expected = Fraction(value)
    if expected.denominator == 1 and abs(expected) < 10**15:
        return found == expected
    # A number is printed with 20 decimals at most.
    return abs(found - expected) <= abs(expected) / 10**12 + Fraction(1, 10**19)


def wrong_cells(columns: Sequence[tuple[str, object]], rows: Rows, where: str) -> Iterator[str]:
    for at, (key, column) in enumerate(columns, start=2):
        for row, value in enumerate(column.values, start=FIRST_ROW - 1):  # type: ignore[attr-defined]
            text = rows[row][at] if row < len(rows) and at < len(rows[row]) else ""
            if not same(value, text):
                head = column.head  # type: ignore[attr-defined]
                yield f"{where} {key} {head.code} {head.name} row {row + 1}: {value!r}, not {text!r}"


def test_libreoffice_gives_what_the_method_gives_on_every_cell(tmp_path: Path) -> None:
    whole = {"2020": example(2020), "2024": example(2024)}
    whole |= {f"thu{seed}": random_cycle(seed).stored for seed in range(WHOLE)}
    groups = {name: made(stored) for name, stored in whole.items()}
    for name, stored in whole.items():
        write_groups(tmp_path / "workbook.xlsx", stored, groups[name])
        spoiled(tmp_path / "workbook.xlsx", tmp_path / f"{name}.xlsx")
    others = [group for seed in range(CYCLES) for group in made(random_cycle(seed).stored)]
    packs = {f"goi{at}": others[at : at + TOGETHER] for at in range(0, len(others), TOGETHER)}
    for name, pack in packs.items():
        one_sheet_each(tmp_path / f"{name}.xlsx", pack)

    found = recalculated([tmp_path / f"{name}.xlsx" for name in (*whole, *packs)], tmp_path)

    wrong: list[str] = []
    for name in whole:
        for number, group in enumerate(groups[name], start=1):
            for key, sheet in sheet_names(number).items():
                if key in group.sheets:
                    columns = [(key, one) for one in group.sheets[key].columns]
                    wrong += wrong_cells(columns, found[name][sheet], f"{name}, {sheet}")
        counts = [row[4] for row in found[name][words.FIRST_SHEET][5 : 6 + len(groups[name])]]
        assert counts == ["0"] * (len(groups[name]) + 1)
    for name, pack in packs.items():
        for number, group in enumerate(pack):
            wrong += wrong_cells(OneSheet(group).columns, found[name][f"s{number}"], f"{name}, {number}")
    assert wrong == []
    assert all(group.differences == 0 for group in (*others, *(one for some in groups.values() for one in some)))


def test_the_same_result_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = random_cycle(3).stored
    one, two = tmp_path / "mot.xlsx", tmp_path / "hai.xlsx"
    write_live_workbook(one, stored)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    write_live_workbook(two, stored)
    assert one.read_bytes() == two.read_bytes()


def test_a_published_figure_that_does_not_follow_is_counted(tmp_path: Path) -> None:
    """A point, an index and a rank that somebody has changed in what was published."""
    stored = random_cycle(0).stored
    outcome = stored.outcomes[0]
    unit = replace(outcome.units[0], index="99.9", rank=77)
    code = next(code for code, one in outcome.items.items() if one.states[0] == "answered")
    item = outcome.items[code]
    changed = {**outcome.items, code: replace(item, points=("9.87", *item.points[1:]))}
    false = replace(outcome, units=(unit, *outcome.units[1:]), items=changed)
    (group, *_) = made(replace(stored, outcomes=(false, *stored.outcomes[1:])))
    assert group.differences == 3
    write_groups(tmp_path / "w.xlsx", stored, [group])
    spoiled(tmp_path / "w.xlsx", tmp_path / "sai.xlsx")
    found = recalculated([tmp_path / "sai.xlsx"], tmp_path)["sai"]
    assert found[words.FIRST_SHEET][5][4] == "3"


def test_text_is_neither_formula_nor_markup(tmp_path: Path) -> None:
    stored = random_cycle(0).stored
    names = ("<r><t>x</t></r>", '=HYPERLINK("http://a")', "+1&2")
    group = stored.snapshot.groups[0]
    pairs = zip(group.units, [*names, *(one.name for one in group.units[len(names) :])], strict=False)
    units = tuple(replace(unit, name=name) for unit, name in pairs)
    hostile = replace(stored, snapshot=replace(stored.snapshot, groups=(replace(group, units=units),)))
    write_live_workbook(tmp_path / "w.xlsx", replace(hostile, outcomes=stored.outcomes[:1]))
    with zipfile.ZipFile(tmp_path / "w.xlsx") as file:
        texts = {one.text for one in ElementTree.fromstring(file.read("xl/sharedStrings.xml")).iter() if one.text}
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
    assert {name.strip() for name in texts} >= {unit.name for unit in units}
    assert not any("HYPERLINK" in formula for sheet in sheets for formula in re.findall("<f>[^<]*</f>", sheet))
