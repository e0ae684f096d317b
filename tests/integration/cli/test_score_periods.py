"""One run over the forms of a year: each quarter, the year, officials by office, and on into the index."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.integration.cli.running import run

UNITS = (
    "unit,title,unit_group,parent\nso,Sở Nội vụ,departments,\nban,Ban Dân tộc,departments,\n"
    "huyen,Huyện Một,districts,\nxa1,Xã Một,communes,huyen\nxa2,Xã Hai,communes,huyen\n"
)
HEAD = "unit,official,dossier,date,i1,i2,i3,i4,i6,i7,i5,i8,i9\n"
#: Two dossiers in the first quarter and forty in the second: the year is no mean of quarters.
FORMS = (
    HEAD
    + "so,cv1,A1,05/01/2020,2,2,2,2,2,2,,,\nso,cv1,A2,06/01/2020,2,2,2,2,2,2,,,\n"
    + "".join(f"so,cv{k % 2 + 1},B{k},07/05/2020,{0 if k < 30 else 2},2,2,2,2,2,,,\n" for k in range(40))
    + "so,,,2020-Q1,,,,,,,2,2,2\nso,,,Quý II/2020,,,,,,,1,2,2\n"
    + "ban,cv1,A1,05/01/2020,2,2,2,2,2,2,,,\n"
)


@pytest.fixture
def cycle(tmp_path: Path) -> list[str]:
    (tmp_path / "forms.csv").write_text(FORMS, "utf-8")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    return ["--set", "nine-indicators-2018", "--forms", f"{tmp_path}/forms.csv", "--units", f"{tmp_path}/units.csv"]


def lines(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines()]


def test_every_quarter_stands_beside_the_year(cycle: list[str]) -> None:
    """Indicator 1 of the year is 24 points of 42 dossiers (0,6), not the mean of 2 and 0,5."""
    done = run("score", *cycle)
    assert done.code == 0
    told = lines(done.out)
    assert "Đơn vị quý I/2020 quý II/2020 cả năm 2020" in told
    assert "Sở Nội vụ 18 Xuất sắc 15,5 Xuất sắc 16,1 Xuất sắc" in told
    assert "Ban Dân tộc 12 Tốt (tạm tính, thiếu 3 mục) – 12 Tốt (tạm tính, thiếu 3 mục)" in told
    assert "2 Ban Dân tộc 12 18 66,67% Tốt (tạm tính) 3" in told
    final = lines(run("score", *cycle, "--final").out)
    assert "Ban Dân tộc 12 Tốt (thiếu 3 mục) – 12 Tốt (thiếu 3 mục)" in final
    assert "2 Ban Dân tộc 12 18 66,67% Tốt 3" in final
    assert "1 Sở Nội vụ 16,1 18 89,44% Xuất sắc" in told
    quarter = lines(run("score", *cycle, "--period", "2020-Q2").out)
    assert "1 Sở Nội vụ 15,5 18 86,11% Xuất sắc" in quarter
    assert not [line for line in quarter if line.startswith("Đơn vị quý")]


def test_every_quarter_is_in_the_data(cycle: list[str], tmp_path: Path) -> None:
    data = run("score", *cycle, "--format", "json").data
    found = {
        one["period"]: {unit["unit"]: (unit["points"], unit["grade"], unit["rank"]) for unit in one["units"]}
        for one in data["periods"]
    }
    assert found["2020-Q1"]["so"] == ("18", "Xuất sắc", 1)
    assert found["2020-Q1"]["ban"] == ("12", "Tốt", 2)
    assert found["2020-Q2"] == {"so": ("15.5", "Xuất sắc", 1)} | dict.fromkeys(
        ("ban", "huyen", "xa1", "xa2"), (None, None, None)
    )
    kinds = {one["period"]: {problem["kind"] for problem in one["problems"]} for one in data["periods"]}
    assert kinds == {
        "2020-Q1": {"items_without_figures", "unit_without_figures"}, "2020-Q2": {"unit_without_figures"},
    }  # fmt: skip
    assert "periods" not in run("score", *cycle, "--period", "2020-Q2", "--format", "json").data
    assert run("score", *cycle, "--out", f"{tmp_path}/r.csv").code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r-periods.csv").read_text("utf-8"))))
    assert [(row["unit"], row["period"], row["points"]) for row in rows if row["unit"] == "so"] == [
        ("so", "2020-Q1", "18"), ("so", "2020-Q2", "15.5"),
    ]  # fmt: skip
    assert len(rows) == 10
    whole = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8"))))
    assert {row["period"] for row in whole} == {"2020"}


def test_many_periods_stand_below_one_another(cycle: list[str], tmp_path: Path) -> None:
    made = tmp_path / "monthly.yaml"
    shipped = (Path(__file__).parents[3] / "src/parindex/data/criteria_sets/nine-indicators-2018.yaml").read_text(
        "utf-8"
    )
    made.write_text(
        shipped.replace("periods: quarter", "periods: month").replace("per: period", "per: dossier"), "utf-8"
    )
    rows = "".join(f"so,cv1,M{month},05/{month:02}/2020,2,2,2,2,2,2,2,2,2\n" for month in range(1, 7))
    (tmp_path / "forms.csv").write_text(HEAD + rows, "utf-8")
    told = lines(run("score", "--set", str(made), *cycle[2:]).out)
    assert told.count("Đơn vị tháng 01/2020 tháng 02/2020 tháng 03/2020 tháng 04/2020 tháng 05/2020") == 3
    assert told.count("Đơn vị tháng 06/2020 cả năm 2020") == 3


def test_officials_stand_under_the_title_of_their_office(cycle: list[str], tmp_path: Path) -> None:
    officials = ["--set", "nine-indicators-2018-officials", *cycle[2:]]
    done = run("score", *officials)
    told = lines(done.out)
    at = told.index("Sở Nội vụ")
    assert told[at + 3].startswith("1 cv2 9,3") or told[at + 3].startswith("1 cv1")
    assert "Đơn vị quý I/2020 quý II/2020 cả năm 2020" in told
    assert "so" not in told
    assert "Ban Dân tộc" in told
    data = run("score", *officials, "--format", "json").data
    assert {(one["unit"], one["unit_group"], one["unit_group_title"]) for one in data["units"]} == {
        ("so/cv1", "so", "Sở Nội vụ"), ("so/cv2", "so", "Sở Nội vụ"), ("ban/cv1", "ban", "Ban Dân tộc"),
    }  # fmt: skip
    rows = csv.DictReader(io.StringIO(run("score", *officials, "--format", "csv").out))
    assert {row["unit"]: row["unit_group_title"] for row in rows}["ban/cv1"] == "Ban Dân tộc"
    assert "cv1 (Ban Dân tộc)" in run("explain", *officials, "--unit", "ban/cv1", "--item", "1").out
    stored = str(tmp_path / "stored.json")
    assert run("score", *officials, "--out", stored).code == 0
    assert "cv1 (Ban Dân tộc)" in run("compare", stored, stored).out
    assert "cv1 (Ban Dân tộc)" in run("dossiers", "sample", *officials, "--share", "10%").out
    (tmp_path / "checked.csv").write_text("unit,official,dossier,i1\nban,cv1,A1,0\n", "utf-8")
    checked = ["--checked", f"{tmp_path}/checked.csv"]
    assert lines(run("dossiers", "compare", *officials, *checked).out)[-1] == "cv1 (Ban Dân tộc) A1 Chỉ số 1 2 0"


def test_an_office_explains_its_own_forms_beside_those_below(cycle: list[str], tmp_path: Path) -> None:
    rows = "huyen,cv1,H1,05/01/2020,2,,,,,,,,\nxa1,cv1,H1,05/01/2020,2,,,,,,,,\nxa1,cv1,H2,05/01/2020,1,,,,,,,,\n"
    (tmp_path / "forms.csv").write_text(HEAD + rows, "utf-8")
    asked = ["explain", *cycle, "--unit", "huyen", "--item", "1"]
    told = " ".join(run(*asked).out.split())
    assert "chỉ số 1 (2020) là tổng của đơn vị con: Xã Một 1; Xã Hai chưa nhập; của chính đơn vị 1" in told
    sums = {one["measure"]: one for one in run(*asked, "--format", "json").data["sums"]}
    assert sums["i1_2"]["own"] == "1"
    assert "own" not in sums["i1_1"]


def test_forms_become_points_of_the_provincial_index(cycle: list[str], tmp_path: Path) -> None:
    """Forms → nine indicators → grades → figures with their year → item 3.4.5 of the set of 2020, without a hand on
    the file. The district answers for its weak commune: with it it is Khá. The office that lacks figures is not rated.
    """
    weak = "xa2,cv1,C1,05/06/2020,0,0,0,0,0,0,,,\nxa2,,,2020,,,,,,,0,0,0\n"
    good = "".join(f"{unit},cv1,C1,05/06/2020,2,2,2,2,2,1,,,\n{unit},,,2020,,,,,,,2,1,2\n" for unit in ("huyen", "xa1"))
    (tmp_path / "forms.csv").write_text(FORMS + weak + good, "utf-8")
    out = tmp_path / "figures.csv"
    assert run("dossiers", "feed", *cycle, "--unit", "dien-bien", "--out", str(out)).code == 0
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(out.read_text("utf-8")))]
    assert rows == [
        ("dien-bien", "departments_rated", "2020", "1"), ("dien-bien", "departments_rated_good", "2020", "1"),
        ("dien-bien", "districts_rated", "2020", "1"), ("dien-bien", "districts_rated_good", "2020", "0"),
        ("dien-bien", "communes_rated", "2020", "2"), ("dien-bien", "communes_rated_good", "2020", "1"),
    ]  # fmt: skip
    done = run("score", "--set", "dien-bien-2020-province", "--figures", str(out), "--format", "json")
    data = json.loads(done.out)
    item = next(one for one in data["units"][0]["items"] if one["item"] == "3.4.5")
    assert (Fraction(item["points"]), item["origin"]) == (Fraction(3, 4) * 2 / 4, "rule")
    assert [one["kind"] for one in data["problems"]] == []
    told = run(
        "explain", "--set", "dien-bien-2020-province", "--figures", str(out), "--unit", "dien-bien", "--item", "3.4.5"
    )
    assert "(2020): 1" in told.out


def test_figures_of_another_year_are_named_and_scored_where_that_year_is_asked(
    cycle: list[str], tmp_path: Path
) -> None:
    (tmp_path / "forms.csv").write_text(FORMS.replace("2020", "2026"), "utf-8")
    out = tmp_path / "figures.csv"
    assert run("dossiers", "feed", *cycle, "--unit", "dien-bien", "--out", str(out)).code == 0
    provincial = ["score", "--set", "dien-bien-2020-province", "--figures", str(out)]
    assert "số liệu năm 2026" in " ".join(run(*provincial).out.split())
    assert "số liệu năm 2026" not in " ".join(run(*provincial, "--year", "2026").out.split())
    assert run("dossiers", "feed", *cycle, "--unit", "x", "--year", "2025", "--format", "csv").out.splitlines()[1] == (
        "x,departments_rated,2025,1"
    )


def test_scores_that_may_stand_are_named_with_a_decimal_comma(tmp_path: Path) -> None:
    made = tmp_path / "other.yaml"
    made.write_text(
        "format: parindex/criteria-set/1\nid: other\ntitle: Bộ khác\nyear: 2026\n"
        "forms: {columns: [{column: wait, scores: {3: a, '1,5': b, 0: c}}]}\n"
        "measures: {a: {title: A}, b: {title: B}, c: {title: C}}\n"
        "areas: [{code: '1', title: Chờ, max_points: 3, rule: {kind: ratio, of: a, to: [a, b, c]}}]\n",
        "utf-8",
    )
    (tmp_path / "forms.csv").write_text("unit,dossier,wait\nxa,1,2\n", "utf-8")
    done = run("score", "--set", str(made), "--forms", f"{tmp_path}/forms.csv")
    assert "Dùng một trong: 3; 1,5; 0;" in done.err
