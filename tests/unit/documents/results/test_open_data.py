"""Tables of open data: numbers as they are, text that nothing calculates, every unit once a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.documents.results.open_data import OpenCycle, table_names, write_csv, write_json
from parindex.documents.results.open_data_tables import OpenUnit, decimal, exact
from parindex.documents.unit_tables.cells import unguarded


def item(**facts: Any) -> dict[str, Any]:
    """An item with nothing in it but ``facts``."""
    empty = dict.fromkeys(("points", "self", "rule", "survey", "survey_error", "external", "appraised"), "")
    more = {"max_points": "1", "branch": None, "figures": [], "granted": [], "not_assessed": None}
    return {"state": "answered", "origin": "none", **empty, **more, **facts}


def cycle(*units: OpenUnit) -> OpenCycle:
    return OpenCycle("Kỳ", 2025, "Tỉnh", 1, "1/QĐ", "2026-01-02", "2026-01-03", "", "ab" * 32, (), lambda: units)


def one_unit(name: str = "Sở", **items: dict[str, Any]) -> OpenUnit:
    detail = {"parts": {}, "nodes": {"1": {"points": "1/3", "max_points": "2"}}, "items": items}
    return OpenUnit("g", "u", name, True, 1, "217/3", "-0.5", "10", "Khá", detail)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("written", "shown", "beside"),
    [("1.5", "1.5", ""), ("1/3", "0.333333333333", "1/3"), ("", "", ""), ("-1/3", "-0.333333333333", "-1/3")],
)
def test_a_number_that_does_not_end_has_its_value_beside(written: str, shown: str, beside: str) -> None:
    assert (decimal(written), exact(written)) == (shown, beside)


def test_numbers_are_no_formulas_and_texts_are_guarded(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    write_csv(path, cycle(one_unit("+84 215")), "units")
    (row,) = rows(path)
    assert (row["name"], row["points"], row["index_exact"]) == ("'+84 215", "-0.5", "217/3")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30))
def test_every_name_comes_back_whole(name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "units.csv"
        write_csv(path, cycle(one_unit(name)), "units")
        (row,) = rows(path)
    assert name in (row["name"], unguarded(row["name"]))


def test_a_figure_used_twice_stands_once(tmp_path: Path) -> None:
    used = [{"measure": "m", "year": 2025, "value": "7"}, {"measure": "empty", "year": 2025, "value": ""}]
    write_csv(tmp_path / "f.csv", cycle(one_unit(a=item(figures=used), b=item(figures=used))), "figures")
    assert rows(tmp_path / "f.csv") == [
        {"unit": "u", "measure": "m", "year": "2025", "value": "7", "simulated": "false"}
    ]


def test_units_are_read_anew_for_each_table_and_once_for_json(tmp_path: Path) -> None:
    asked = []

    def units() -> Iterator[OpenUnit]:
        asked.append(1)
        yield one_unit(a=item())

    made = OpenCycle("Kỳ", 2025, "Tỉnh", 1, "1/QĐ", "2026-01-02", "2026-01-03", "", "ab" * 32, (), units)
    write_json(tmp_path / "r.json", made)
    assert (len(asked), json.loads((tmp_path / "r.json").read_text())["units"][0]["index"]) == (1, "217/3")
    for name in table_names():
        write_csv(tmp_path / f"{name}.csv", made, name)
    assert len(asked) == len(table_names())  # the criteria are no table of units
