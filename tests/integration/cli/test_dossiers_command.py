"""``parindex score --forms`` and ``parindex dossiers``: from forms to points, samples, comparisons and figures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.integration.cli.running import ENGLISH, PACKAGE, run

FORMS = (
    "unit,official,dossier,date,i1,i2,i3,i4,i6,i7,i5,i8,i9\n"
    "so,cv1,H1,05/01/2026,2,2,2,2,2,2,,,\n"
    "so,cv1,H2,06/02/2026,1,2,2,2,2,2,,,\n"
    "so,cv2,H3,06/05/2026,0,2,1,2,2,2,,,\n"
    "so,,,2026-Q1,,,,,,,2,2,1\n"
    "so,,,2026-Q2,,,,,,,2,0,1\n"
    "ban,cv1,H1,05/01/2026,2,2,2,2,2,2,,,\n"
    "ban,,,2026-Q1,,,,,,,2,2,2\n"
)
UNITS = "unit,title,unit_group\nso,Sở Nội vụ,departments\nban,Ban Dân tộc,departments\n"
EXAMPLE = PACKAGE / "data" / "examples" / "nine-indicators-2018"


@pytest.fixture
def cycle(tmp_path: Path) -> list[str]:
    (tmp_path / "forms.csv").write_text(FORMS, "utf-8")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    return ["--set", "nine-indicators-2018", "--forms", f"{tmp_path}/forms.csv", "--units", f"{tmp_path}/units.csv"]


def of_units(out: str) -> dict[str, tuple[str, str, str]]:
    return {row["unit"]: (row["points"], row["grade"], row["rank"]) for row in csv.DictReader(io.StringIO(out))}


def test_forms_are_scored_like_figures(cycle: list[str]) -> None:
    done = run("score", *cycle, "--format", "csv", "--final")
    assert (done.code, of_units(done.out)) == (
        0, {"so": ("14.7", "Tốt", "2"), "ban": ("18", "Xuất sắc", "1")},
    )  # fmt: skip


def test_a_quarter_has_its_own_score(cycle: list[str]) -> None:
    done = run("score", *cycle, "--format", "csv", "--period", "2026-Q1")
    assert of_units(done.out)["so"] == ("16.5", "Xuất sắc", "2")


def test_the_year_is_that_of_the_period_or_as_asked(cycle: list[str]) -> None:
    years = [
        json.loads(run("score", *cycle, "--format", "json", *more).out)["set"]["year"]
        for more in ([], ["--period", "2026-Q1"], ["--year", "2025"], ["--period", "2026", "--year", "2025"])
    ]
    assert years == [2026, 2026, 2025, 2025]


def test_a_result_says_of_which_period_it_is(cycle: list[str]) -> None:
    quarter = [*cycle, "--period", "2026-Q1"]
    assert "09 chỉ số (quý I/2026)" in " ".join(run("score", *quarter).out.split())
    assert run("score", *quarter, "--format", "json").data["period"] == "2026-Q1"
    rows = list(csv.DictReader(io.StringIO(run("score", *quarter, "--format", "csv").out)))
    assert {row["period"] for row in rows} == {"2026-Q1"}
    assert "(2026)" in run("explain", *cycle, "--unit", "so").out
    assert run("explain", *quarter, "--unit", "so", "--format", "json").data["period"] == "2026-Q1"
    assert run("dossiers", "feed", *cycle, "--unit", "x", "--format", "json").data["period"] == "2026"
    assert "Không ghi --period: tính mọi phiếu, đều thuộc năm 2026." in " ".join(run("score", *cycle).out.split())


def test_forms_of_several_years_are_refused_without_a_period(cycle: list[str], tmp_path: Path) -> None:
    (tmp_path / "forms.csv").write_text(FORMS + "so,cv1,H9,05/01/2025,2,2,2,2,2,2,,,\n", "utf-8")
    done = run("score", *cycle)
    assert done.code == 2
    assert "Phiếu thuộc nhiều năm (2025, 2026)" in " ".join(done.err.split())
    assert "Thêm --period" in done.err


def test_an_office_without_a_form_is_not_rated(cycle: list[str], tmp_path: Path) -> None:
    """It is no office of 0 points; one that lacks some indicators has 0 there and is named."""
    (tmp_path / "units.csv").write_text(UNITS + "moi,Sở Mới,departments\nnua,Sở Nửa,departments\n", "utf-8")
    (tmp_path / "forms.csv").write_text(FORMS + "nua,cv1,H1,05/01/2026,2,2,2,2,2,2,,,\n", "utf-8")
    done = run("score", *cycle)
    rows = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "– Sở Mới – 18 – chưa có số liệu" in rows
    assert "3 Sở Nửa 12 18 66,67% Tốt (tạm tính) 3" in rows
    told = " ".join(done.out.split())
    assert "moi chưa có số liệu: không có chỉ số, không xếp loại, không xếp hạng" in told
    assert "nua chưa có số liệu của mục 5, 8, 9 (chưa có: i5, i8, i9): các mục này được 0 điểm" in told
    scored = run("score", *cycle, "--format", "json")
    unit = next(one for one in scored.data["units"] if one["unit"] == "moi")
    assert (unit["points"], unit["index"], unit["grade"], unit["rank"]) == (None, None, None, None)
    assert of_units(run("score", *cycle, "--format", "csv").out)["moi"] == ("", "", "")
    fed = run("dossiers", "feed", *cycle, "--unit", "x", "--format", "json").data["figures"]
    assert {one["measure"]: one["value"] for one in fed} == {"departments_rated": 2, "departments_rated_good": 2}
    told = run("explain", *cycle, "--unit", "moi").out
    assert "Đơn vị chưa có số liệu" in told
    assert "0,00%" not in told


@pytest.fixture
def incomplete(cycle: list[str], tmp_path: Path) -> list[str]:
    """An office without the points of indicators 5, 8 and 9: it has 12 points, so far."""
    (tmp_path / "units.csv").write_text(UNITS + "nua,Sở Nửa,departments\n", "utf-8")
    (tmp_path / "forms.csv").write_text(FORMS + "nua,cv1,H1,05/01/2026,2,2,2,2,2,2,,,\n", "utf-8")
    return cycle


def test_a_provisional_grade_is_marked_in_data_and_tables(incomplete: list[str], tmp_path: Path) -> None:
    data = run("score", *incomplete, "--format", "json").data
    marks = {one["unit"]: (one["grade"], one["grade_provisional"]) for one in data["units"]}
    assert marks == {"so": ("Tốt", False), "ban": ("Xuất sắc", False), "nua": ("Tốt", True)}
    lacking = {one["unit"]: one.get("items_without_figures") for one in data["units"]}
    assert lacking == {"so": None, "ban": None, "nua": ["5", "8", "9"]}
    quarters = {
        (one["period"], unit["unit"]): unit["grade_provisional"] for one in data["periods"] for unit in one["units"]
    }
    # The second quarter of "ban" has no forms at all: there is no grade that could change.
    assert {key for key, so in quarters.items() if so} == {("2026-Q1", "nua")}
    assert run("score", *incomplete, "--out", f"{tmp_path}/r.csv").code == 0
    for file, wanted in (("r.csv", ["nua"]), ("r-periods.csv", ["nua"])):
        rows = list(csv.DictReader(io.StringIO((tmp_path / file).read_text("utf-8"))))
        assert [row["unit"] for row in rows if row["grade_provisional"] == "true"] == wanted
        assert {row["items_without_figures"] for row in rows if row["unit"] == "nua"} <= {"5;8;9", ""}
    assert next(row for row in rows if row["unit"] == "nua")["items_without_figures"] == "5;8;9"


def test_a_final_result_has_no_provisional_grade_and_names_what_lacks(incomplete: list[str]) -> None:
    data = run("score", *incomplete, "--final", "--format", "json").data
    assert [(one["unit"], one["grade_provisional"]) for one in data["units"]] == [
        ("so", False), ("ban", False), ("nua", False),
    ]  # fmt: skip
    assert data["units"][2]["items_without_figures"] == ["5", "8", "9"]
    officials = run("score", *incomplete[2:], "--set", "nine-indicators-2018-officials", "--format", "json").data
    assert {one["grade_provisional"] for one in officials["units"]} == {False}


def test_without_a_gap_no_column_of_gaps_is_written(cycle: list[str]) -> None:
    head = run("score", *cycle, "--format", "csv").out.lstrip("\ufeff").splitlines()[0].split(",")
    assert ("grade_provisional" in head, "items_without_figures" in head) == (True, False)


def test_provisional_grades_are_fed_only_when_asked_for_and_always_named(incomplete: list[str]) -> None:
    feed = ["dossiers", "feed", *incomplete, "--unit", "x"]
    told = run(*feed).out
    assert [line.split() for line in told.splitlines() if line.startswith("departments")] == [
        ["departments_rated", "2", "1"], ["departments_rated_good", "2", "1"],
    ]  # fmt: skip
    assert (
        "1 đơn vị xếp loại còn tạm tính (thiếu số liệu, chờ kết quả hoặc chờ quyết định), không tính là đã xếp loại: "
        "Sở Nửa." in " ".join(told.split())
    )
    data = run(*feed, "--format", "json").data
    assert [one["value"] for one in data["figures"]] == [2, 2]
    assert data["provisional"] == {
        "included": False,
        "units": [
            {
                "unit": "nua", "title": "Sở Nửa", "unit_group": "departments", "grade": "Tốt",
                "items_without_figures": ["5", "8", "9"], "pending": False,
            }
        ],
    }  # fmt: skip
    table = run(*feed, "--format", "csv")
    assert table.out.lstrip("\ufeff").splitlines()[1:] == [
        "x,departments_rated,2026,2", "x,departments_rated_good,2026,2",
    ]  # fmt: skip
    assert "Sở Nửa" in table.err
    whole = run(*feed, "--include-provisional", "--format", "csv")
    assert whole.out.lstrip("\ufeff").splitlines()[1:] == [
        "x,departments_rated,2026,3", "x,departments_rated_good,2026,3",
    ]  # fmt: skip
    assert "1 đơn vị xếp loại còn tạm tính vẫn được tính theo điểm hiện có" in " ".join(whole.err.split())


def test_where_every_grade_is_settled_nothing_is_said_of_provisional_ones(cycle: list[str]) -> None:
    done = run("dossiers", "feed", *cycle, "--unit", "x")
    assert "ạm tính" not in done.out
    data = run("dossiers", "feed", *cycle, "--unit", "x", "--format", "json")
    assert (data.data["provisional"], data.err) == ({"included": False, "units": []}, "")


def test_a_stored_result_with_an_office_without_a_form_is_compared(cycle: list[str], tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(UNITS + "moi,Sở Mới,departments\n", "utf-8")
    for name, period in (("q1", "2026-Q1"), ("year", "2026")):
        out = str(tmp_path / f"{name}.json")
        assert run("score", *cycle, "--period", period, "--out", out).code == 0
    done = run("compare", f"{tmp_path}/q1.json", f"{tmp_path}/year.json", "--format", "json")
    changes = {one["unit"]: (one["before"]["index"], one["index_change"]) for one in done.data["units"]}
    assert (changes["moi"], changes["ban"]) == ((None, None), ("100", "0"))


def test_an_unfilled_check_is_refused_with_the_reason(cycle: list[str], tmp_path: Path) -> None:
    blank = tmp_path / "checked.csv"
    assert run("dossiers", "sample", *cycle, "--share", "50%", "--out", str(blank)).code == 0
    done = run("dossiers", "compare", *cycle, "--checked", str(blank))
    assert done.code == 2
    assert "Bảng điểm kiểm tra chưa có điểm nào" in " ".join(done.err.split())


def test_officials_are_scored_on_their_five_indicators(cycle: list[str]) -> None:
    done = run("score", *cycle[2:], "--set", "nine-indicators-2018-officials", "--format", "csv")
    assert of_units(done.out) == {
        "so/cv1": ("9.5", "", "1"), "so/cv2": ("7", "", "2"), "ban/cv1": ("10", "", "1"),
    }  # fmt: skip


def test_grade_and_story_are_told_in_points(cycle: list[str], tmp_path: Path) -> None:
    told = run("explain", *cycle, "--unit", "so").out
    assert "Tốt (từ 12 điểm); thiếu 0,3 để đạt Xuất sắc" in told
    entries = "".join(f"so,{k},1.666\n" for k in range(1, 10))
    (tmp_path / "entries.csv").write_text("unit,item,self_points\n" + entries, "utf-8")
    typed = ["--set", cycle[1], *cycle[4:], "--entries", f"{tmp_path}/entries.csv"]
    assert "Sở Nội vụ in 14,99 điểm" not in run("score", *typed).out
    (tmp_path / "entries.csv").write_text("unit,item,self_points\nso,1,0.998\n" + "".join(
        f"so,{k},1.75\n" for k in range(2, 10)), "utf-8")  # fmt: skip
    story = " ".join(run("score", *typed).out.split())
    assert "Sở Nội vụ in 15,00 điểm như đạt Xuất sắc, nhưng điểm là 14,998 điểm: xếp loại Tốt." in story


def test_a_sample_is_drawn_checked_and_compared(cycle: list[str], tmp_path: Path) -> None:
    blank = tmp_path / "checked.csv"
    assert run("dossiers", "sample", *cycle, "--share", "50%", "--seed", "7", "--out", str(blank)).code == 0
    rows = blank.read_text("utf-8").splitlines()
    assert rows[0] == "unit,dossier,i1,i2,i3,i4,i6,i7"
    data = run("dossiers", "sample", *cycle, "--share", "50%", "--seed", "7", "--format", "json").data
    assert (data["share"], data["seed"], len(data["frame_sha256"])) == ("0.5", "7", 64)
    assert [(one["unit"], one["dossiers"], len(one["checked"])) for one in data["units"]] == [
        ("so", 3, 2), ("ban", 1, 1),
    ]  # fmt: skip
    drawn = data["units"][0]["checked"]
    assert ", ".join(drawn) in run("dossiers", "sample", *cycle, "--share", "50%", "--seed", "7").out
    filled = [rows[0], f"so,{drawn[0]},0,2,2,2,2,2", *rows[2:]]
    blank.write_text("\n".join(filled) + "\n", "utf-8")
    data = run("dossiers", "compare", *cycle, "--checked", str(blank), "--format", "json").data
    assert data["compared"][0] | {"unit": "so", "column": "i1", "forms": 1, "checked_sum": "0"} == data["compared"][0]
    first = data["differences"][0]
    assert (first["unit"], first["column"], first["checked"]) == ("so", "i1", "0")
    words = run("dossiers", "compare", *cycle, "--checked", str(blank)).out
    assert "Tự chấm cao hơn" in words
    assert drawn[0] in words
    scored = run("score", *cycle, "--checked", str(blank))
    assert "được tính thay điểm tự chấm" in " ".join(scored.out.split())


def test_the_comparison_goes_to_files(cycle: list[str], tmp_path: Path) -> None:
    (tmp_path / "checked.csv").write_text("unit,dossier,i1\nso,H1,1\n", "utf-8")
    out = tmp_path / "out.csv"
    assert run("dossiers", "compare", *cycle, "--checked", f"{tmp_path}/checked.csv", "--out", str(out)).code == 0
    assert out.read_text("utf-8") == (
        "unit,column,forms,self_sum,checked_sum,self_higher,self_lower\nso,i1,1,2,1,1,0\n"
    )
    assert (tmp_path / "out-differences.csv").read_text("utf-8") == "unit,dossier,column,self,checked\nso,H1,i1,2,1\n"


def test_what_stands_beside_the_result_is_not_written_over_what_was_read(cycle: list[str], tmp_path: Path) -> None:
    (tmp_path / "checked.csv").write_text("unit,dossier,i1\nso,H1,1\n", "utf-8")
    for command, beside in ((["dossiers", "compare"], "r-differences.csv"), (["score"], "r-periods.csv")):
        read = tmp_path / beside
        read.write_text(FORMS, "utf-8")
        arguments = [*cycle[:3], str(read), *cycle[4:], "--checked", f"{tmp_path}/checked.csv"]
        done = run(*command, *arguments, "--out", f"{tmp_path}/r.csv")
        assert (done.code, read.read_text("utf-8")) == (2, FORMS)


def test_without_differences_there_is_no_list_of_them(cycle: list[str], tmp_path: Path) -> None:
    (tmp_path / "checked.csv").write_text("unit,dossier,i1\nso,H1,2\n", "utf-8")
    words = run("dossiers", "compare", *cycle, "--checked", f"{tmp_path}/checked.csv").out
    assert "H1" not in words


def test_many_differences_are_cut(cycle: list[str], tmp_path: Path) -> None:
    (tmp_path / "forms.csv").write_text("unit,dossier,i1\n" + "".join(f"so,H{k},2\n" for k in range(50)), "utf-8")
    (tmp_path / "checked.csv").write_text("unit,dossier,i1\n" + "".join(f"so,H{k},0\n" for k in range(50)), "utf-8")
    assert "… và 10 điểm khác." in run("dossiers", "compare", *cycle, "--checked", f"{tmp_path}/checked.csv").out


def test_grades_become_figures_of_the_provincial_set(tmp_path: Path) -> None:
    """The table goes straight into `score` of the provincial set, where 3.4.5 reads it."""
    arguments = [
        "--set", "nine-indicators-2018-two-places", "--units", str(EXAMPLE / "units.csv"),
        "--entries", str(EXAMPLE / "entries.csv"), "--unit", "dien-bien", "--year", "2020",
    ]  # fmt: skip
    out = tmp_path / "figures.csv"
    assert run("dossiers", "feed", *arguments, "--out", str(out)).code == 0
    assert "departments_rated_good" in run("dossiers", "feed", *arguments).out
    communes = "dien-bien,communes_rated,2020,129\ndien-bien,communes_rated_good,2020,125\n"
    out.write_text(out.read_text("utf-8") + communes, "utf-8")
    done = run("score", "--set", "dien-bien-2020-province", "--figures", str(out), "--format", "json")
    item = next(one for one in done.data["units"][0]["items"] if one["item"] == "3.4.5")
    assert (item["points_exact"], item["origin"]) == ("459/628", "rule")  # 0,75 · 153/157


def test_figures_of_an_unknown_year_are_not_written(tmp_path: Path) -> None:
    """The year of the set is that of the decree, not of the points that were typed."""
    out = tmp_path / "figures.csv"
    done = run(
        "dossiers", "feed", "--set", "nine-indicators-2018-two-places", "--units", str(EXAMPLE / "units.csv"),
        "--entries", str(EXAMPLE / "entries.csv"), "--unit", "dien-bien", "--out", str(out),
    )  # fmt: skip
    assert (done.code, out.exists()) == (2, False)
    assert "Không biết số liệu là của năm nào" in " ".join(done.err.split())
    assert "Thêm --year NĂM" in done.err


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["dossiers", "compare"], "--checked"),
        (["dossiers", "sample", "--share", "nhiều"], "Ghi tỷ lệ, ví dụ 5%."),
        (["dossiers", "sample", "--share", "120%"], "Ghi tỷ lệ, ví dụ 5%."),
        (["score", "--period", "2026-Q7"], "Ghi năm 2026, quý 2026-Q1"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], kind: str, cycle: list[str]) -> None:
    done = run(*arguments, *cycle)
    assert done.code == 2
    assert kind in " ".join(done.err.split())


def test_a_set_that_feeds_nothing(cycle: list[str]) -> None:
    done = run("dossiers", "feed", *cycle[2:], "--set", "nine-indicators-2018-officials", "--unit", "x")
    assert done.code == 2
    assert "feeds" in done.err


def test_help_of_the_steps_in_english() -> None:
    assert "sample" in run("dossiers", "--help", environment=ENGLISH).out
