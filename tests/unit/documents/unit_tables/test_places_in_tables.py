"""The columns of the table of units that say whose place was taken and who gave a part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.successions import said_of, settled, without_predecessors
from parindex.documents.unit_tables.units_table import read_units
from parindex.documents.unit_tables.writers import write_units
from parindex.domain.errors import InvalidInput
from parindex.domain.units import Decision, UnitRecord

END, NEXT = date(2025, 6, 30), date(2025, 7, 1)
LAW = Decision("1/QĐ", date(2025, 6, 1))
OLD = UnitRow(UnitRecord("cu", "Cũ", valid_from=date(2004, 1, 1), valid_to=END), ending=LAW)
PART = UnitRow(UnitRecord("con", "Con", valid_from=date(2022, 1, 1)), LAW, ("cu",), "nhận một phần")
NEW = UnitRow(UnitRecord("moi", "Mới", valid_from=NEXT), LAW, ("cu",))
HEADS = "mã,tên,hiệu lực từ,hiệu lực đến,quyết định,ngày quyết định,mã đơn vị tiền thân,lý do,quyết định kết thúc"
GIVEN = ["cu,Cũ,01/01/2004,30/06/2025,,,,,1/QĐ ngày 01/06/2025", "con,Con,01/01/2022,,1/QĐ,01/06/2025,cu,một phần,",
         "moi,Mới,01/07/2025,,1/QĐ,01/06/2025,cu,,"]  # fmt: skip
BOTH = f"{HEADS},mã tiền thân được thay thế,mã tiền thân chuyển một phần"


def file(folder: Path, heads: str, rows: list[str]) -> Path:
    path = folder / "bang.csv"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8")
    return path


def places(rows: tuple[UnitRow, ...] | list[UnitRow]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {row.record.code: (row.replaced, row.parted) for row in rows if row.predecessors}


def test_without_the_columns_the_days_decide(tmp_path: Path) -> None:
    assert places(read_units(file(tmp_path, HEADS, GIVEN)).rows) == {"con": ((), ("cu",)), "moi": (("cu",), ())}


def test_empty_cells_leave_it_to_the_days_as_well(tmp_path: Path) -> None:
    found = read_units(file(tmp_path, BOTH, [f"{row},," for row in GIVEN]))
    assert places(found.rows) == {"con": ((), ("cu",)), "moi": (("cu",), ())}


def test_what_the_columns_say_counts(tmp_path: Path) -> None:
    path = file(tmp_path, BOTH, [f"{GIVEN[0]},,", f"{GIVEN[1]},cu,", f"{GIVEN[2]},,cu"])
    assert places(read_units(path).rows) == {"con": (("cu",), ()), "moi": ((), ("cu",))}


def test_what_is_stored_stays_where_the_file_says_nothing(tmp_path: Path) -> None:
    stored = settled([OLD, said_of(PART, "cu", taken=True), said_of(NEW, "cu", taken=False)])
    found = read_units(file(tmp_path, HEADS, GIVEN), stored)
    assert places(found.rows) == {"con": (("cu",), ()), "moi": ((), ("cu",))}


def test_a_table_comes_back_as_it_was_even_where_nothing_is_known(tmp_path: Path) -> None:
    """The days would say the contrary of both."""
    stored = settled([OLD, said_of(PART, "cu", taken=True), said_of(NEW, "cu", taken=False)])
    for suffix in (".csv", ".xlsx"):
        write_units(tmp_path / f"bang{suffix}", stored)
        assert list(read_units(tmp_path / f"bang{suffix}").rows) == stored


def test_while_a_unit_goes_on_only_parts_are_said() -> None:
    going = replace(OLD, record=replace(OLD.record, valid_to=None), ending=Decision())
    late = replace(NEW, record=replace(NEW.record, code="sau"))
    rows = settled([going, PART, said_of(NEW, "cu", taken=True), said_of(late, "cu", taken=False)])
    assert places(rows) == {"con": ((), ()), "moi": ((), ()), "sau": ((), ("cu",))}
    assert places(settled([OLD, *rows[1:]])) == {"con": ((), ("cu",)), "moi": (("cu",), ()), "sau": ((), ("cu",))}


def test_rows_that_are_settled_are_the_same_objects() -> None:
    rows = settled([OLD, PART, NEW])
    assert [id(row) for row in settled(rows)] == [id(row) for row in rows]


def test_a_predecessor_that_goes_takes_what_is_said_of_it() -> None:
    row = said_of(replace(PART, predecessors=("cu", "khac")), "cu", taken=False)
    assert without_predecessors(row, ["khac"]).parted == ("cu",)
    assert without_predecessors(row, ["cu"]) == replace(PART, predecessors=("khac",))
    assert without_predecessors(row, ["cu", "khac"]).overlap == ""
    assert said_of(row, "cu", taken=None).parted == ()


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ("la,", ["unit_no_predecessor"]), (",la", ["unit_no_predecessor"]), ("cu,cu", ["unit_replaced_and_parted"]),
    ],
)  # fmt: skip
def test_what_the_columns_cannot_say_is_told(tmp_path: Path, cells: str, kinds: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_units(file(tmp_path, BOTH, [f"{GIVEN[0]},,", f"{GIVEN[2]},{cells}"]))
    assert [one.kind for one in refused.value.problems] == kinds
    assert refused.value.problems[0].place.line == 3
