"""What is written as a table is read again as it was, in both formats, whatever the texts are."""

from __future__ import annotations

import csv
import string
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.unit_tables.accounts_table import read_accounts
from parindex.documents.unit_tables.cells import one_line
from parindex.documents.unit_tables.preview import ChangeKind
from parindex.documents.unit_tables.rows import AccountRow, UnitRow
from parindex.documents.unit_tables.units_table import read_units
from parindex.documents.unit_tables.writers import write_accounts, write_units
from parindex.domain.errors import InvalidInput
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision, UnitRecord

FORMATS = (".csv", ".xlsx")
CODES = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=12)
#: Formulas, quotes, separators, escapes of other formats, letters of every script.
TEXTS = st.one_of(
    st.sampled_from(["=1+1", "+84 215", "-x", "@SUM(A1)", "'=x", '"', "a;b,c", "_x0041_", "1e5", "007", "#N/A"]),
    st.text(st.characters(exclude_categories=["C"]), max_size=20),
).map(one_line)  # fmt: skip
NAMES = TEXTS.filter(bool)
DAYS = st.dates(date(1800, 1, 1), date(2100, 1, 1))
DECISIONS = st.builds(Decision, st.from_regex(r"[1-9]\d{0,3}/[A-Z]{2,8}(-[A-Z]{2,8})?", fullmatch=True), DAYS)


@st.composite
def unit_rows(draw: st.DrawFn) -> list[UnitRow]:
    """A tree without contradictions: a root, units below it with other names, each with a later version or not."""
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    rows = []
    for at, code in enumerate(codes):
        first = draw(st.none() | DAYS) if at else None
        record = UnitRecord(code, f"{at} {draw(NAMES)}", draw(TEXTS), draw(TEXTS), codes[0] if at else None, first)
        rows.append(UnitRow(record, draw(st.just(Decision()) | DECISIONS), (), draw(TEXTS)))
    if len(codes) > 1 and draw(st.booleans()):
        last = rows[-1].record
        end = (last.valid_from or date(2000, 1, 1)) + timedelta(days=9)
        rows[-1] = replace(rows[-1], record=replace(last, valid_to=end))
        renamed = replace(last, name=f"{last.name} mới", valid_from=end + timedelta(days=1))
        rows.append(UnitRow(renamed, draw(DECISIONS), (codes[0],), "nhận một phần"))
    return rows


@st.composite
def account_rows(draw: st.DrawFn) -> list[AccountRow]:
    names = draw(st.lists(CODES, min_size=1, max_size=5, unique_by=str.casefold))
    roles = st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3, unique=True).map(tuple)
    return [
        AccountRow(
            draw(NAMES),
            draw(st.sampled_from(["", f"{name}@tinh.gov.vn"])),
            name,
            draw(st.sampled_from(["snv", "stc"])),
            draw(roles),
            draw(st.sampled_from(["", "+84 215 3825 111", "0215.3825.111"])),
            draw(TEXTS),
        )
        for name in names
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=40)
@given(rows=unit_rows())
def test_units_come_back_and_change_nothing(suffix: str, rows: list[UnitRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"bang{suffix}"
        write_units(path, rows)
        found = read_units(path, rows)
        assert list(read_units(path).rows) == rows
    assert list(found.rows) == rows
    assert {change.kind for change in found.changes} == {ChangeKind.UNCHANGED}
    assert (found.untouched, found.notes) == ((), ())


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=40)
@given(rows=account_rows())
def test_accounts_come_back_and_change_nothing(suffix: str, rows: list[AccountRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"bang{suffix}"
        write_accounts(path, rows)
        found = read_accounts(path, rows, units={"snv": "Sở Nội vụ", "stc": "Sở Tài chính"})
        assert list(read_accounts(path, units={"snv": "Sở Nội vụ", "stc": "Sở Tài chính"}).rows) == rows
    assert {change.kind for change in found.changes} == {ChangeKind.UNCHANGED}


@given(rows=st.lists(st.builds(AccountRow, TEXTS, TEXTS, TEXTS, TEXTS, st.just((Role.AUDITOR,)), TEXTS, TEXTS)))
def test_no_cell_of_a_csv_file_begins_like_a_formula(rows: list[AccountRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bang.csv"
        write_accounts(path, rows)
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_table_without_rows_is_a_form_with_heads(suffix: str, tmp_path: Path) -> None:
    write_units(tmp_path / f"bang{suffix}", [])
    with pytest.raises(InvalidInput) as refused:
        read_units(tmp_path / f"bang{suffix}")
    assert [problem.kind for problem in refused.value.problems] == ["import_without_rows"]


def test_the_same_rows_are_the_same_file(tmp_path: Path) -> None:
    rows = [AccountRow("A", "", "a", "snv", (Role.AUDITOR,))]
    for name in ("a.xlsx", "b.xlsx"):
        write_accounts(tmp_path / name, rows)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_other_formats_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_units(tmp_path / "bang.ods", [])
    assert [problem.kind for problem in refused.value.problems] == ["table_format_unknown"]
