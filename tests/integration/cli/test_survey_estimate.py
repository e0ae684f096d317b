"""``parindex survey estimate``: rows, margins, comparisons, what is withheld, and everything that is wrong at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.integration.cli.running import run
from tests.integration.cli.survey_data import Row, design, rows, written
from tests.integration.cli.survey_estimated import estimate, found, put

KEYS = ["by", "variable", "statistic", "rollup", "n", "estimate", "se", "df", "low", "high", "deff", "p"]


def test_rows_have_the_declared_keys_and_every_figure(tmp_path: Path) -> None:
    done = estimate(tmp_path, "--by", "province")
    assert done.code == 0
    assert list(done.data["rows"][0])[:12] == KEYS
    kinds = {(row["variable"], row["statistic"]) for row in done.data["rows"]}
    rolled = [(code, one) for code in ("q01", "q02", "q03", "g1", "g2", "all") for one in ("mean", "share", "index")]
    totals = [(code, "total") for code in ("q01", "q02", "q03", "age")]
    others = [("age", "mean"), ("r", "ratio"), ("wish/1", "share"), ("wish/2", "share"), ("wish/6", "share")]
    assert kinds == {*rolled, *totals, *others}
    assert [row["by"]["province"] for row in done.data["rows"][:: len(kinds)]] == ["01", "02", "all"]


def test_a_mean_is_the_weighted_mean(tmp_path: Path) -> None:
    done = estimate(tmp_path, "--by", "province")
    mine = [row for row in rows() if row["province"] == "01"]
    weights = [float(row["weight"]) for row in mine]
    expected = sum(w * float(row["q01"]) for w, row in zip(weights, mine, strict=True)) / sum(weights)
    row = found(done.data, "q01", "mean", province="01")
    assert row["estimate"] == pytest.approx(expected, rel=1e-12)
    assert (row["n"], row["df"], row["p"], row["rollup"]) == (24, 3, None, "respondents")
    assert found(done.data, "q02", "mean", province="all")["n"] == 41
    assert found(done.data, "wish/6", "share", province="all")["n"] == 36


def test_several_columns_are_crossed_with_all_margins(tmp_path: Path) -> None:
    done = estimate(tmp_path, "--by", "province", "--by", "sex")
    cells = {tuple(row["by"].values()) for row in done.data["rows"]}
    assert cells == {(p, s) for p in ("01", "02", "all") for s in ("f", "m", "all")}
    assert estimate(tmp_path, "--by", "province,sex").data == done.data


def test_item_non_response_is_reported(tmp_path: Path) -> None:
    data = estimate(tmp_path).data
    assert [(one["variable"], one["answered"], one["blank"]) for one in data["item_nonresponse"]] == [
        ("q01", 48, 0),
        ("q02", 41, 7),
        ("q03", 48, 0),
    ]


def test_the_share_without_an_answer_says_that_it_is_weighted(tmp_path: Path) -> None:
    arguments = ["--data", written(tmp_path), "--design", design(tmp_path)]
    assert "Tỷ lệ thiếu (theo quyền số)" in run("survey", "estimate", *arguments).out
    even = written(tmp_path, lambda table: [row.update(weight="2") for row in table])
    assert "Tỷ lệ thiếu\n" in run("survey", "estimate", "--data", even, *arguments[2:]).out


def test_where_all_answer_alike_the_interval_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    def alike(table: list[Row]) -> None:
        for row in table:
            row["q01"] = "5"

    done = estimate(tmp_path, change=alike)
    row = found(done.data, "q01", "mean")
    assert (row["estimate"], row["se"], row["low"], row["high"]) == (5, 0, None, None)
    assert {"kind": "answers_alike", "estimates": 3} in done.data["notes"]
    words = run("survey", "estimate", "--data", written(tmp_path, alike), "--design", design(tmp_path)).out
    assert "3 ước lượng không có khoảng tin cậy vì mọi người trả lời như nhau" in " ".join(words.split())


def test_where_the_whole_sample_is_too_small_it_is_named(tmp_path: Path) -> None:
    data, plan = tmp_path / "three.csv", tmp_path / "plan.yaml"
    data.write_text("respondent,q01\na,1\nb,3\nc,5\n", "utf-8")
    plan.write_text("items: [q01]\nscale: 5\n", "utf-8")
    words = run("survey", "estimate", "--data", str(data), "--design", str(plan)).out
    assert "Không công bố phần chung của: cả mẫu." in words


def test_words_have_a_decimal_comma_and_a_table_is_data(tmp_path: Path) -> None:
    arguments = ["--data", written(tmp_path), "--design", design(tmp_path), "--by", "province"]
    words = run("survey", "estimate", *arguments).out
    for said in ("48 phiếu", "95,00%", "Tất cả các câu hỏi", "tỷ lệ", "Câu hỏi không được trả lời đủ"):
        assert said in words
    table = list(csv.DictReader(io.StringIO(run("survey", "estimate", *arguments, "--format", "csv").out)))
    assert (table[0]["province"], table[0]["variable"], table[0]["statistic"]) == ("01", "q01", "mean")
    out = tmp_path / "o.xlsx"
    assert run("survey", "estimate", *arguments, "--out", str(out)).code == 0
    assert out.stat().st_size > 1000


def test_a_group_of_three_is_withheld_with_what_would_tell_it(tmp_path: Path) -> None:
    def three(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["sex"] = "f" if number < 3 else "m"

    done = estimate(tmp_path, "--by", "sex", change=three)
    assert done.code == 0
    hidden = {row["by"]["sex"] for row in done.data["rows"] if row["suppressed"]}
    assert hidden == {"f", "m"}
    row = found(done.data, "all", "mean", sex="f")
    assert [row[key] for key in KEYS[4:]] == [None] * 8
    assert [(one["kind"], one["by"]) for one in done.data["notes"]] == [
        ("withheld", {"sex": "f"}),
        ("withheld", {"sex": "m"}),
    ]
    assert (
        "Không công bố phần chung của: sex = f, sex = m."
        in run(
            "survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"), "--by", "sex"
        ).out
    )
    shown = estimate(tmp_path, "--by", "sex", change=three, lines="minimum_cell: 1\n")
    assert found(shown.data, "all", "mean", sex="f")["n"] == 3


def test_clusters_numbered_anew_in_every_stratum_are_told(tmp_path: Path) -> None:
    def anew(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["district"] = str(1 + number // 6 % 4)

    done = estimate(tmp_path, change=anew)
    assert done.data["notes"] == [{"kind": "clusters_numbered_anew"}]
    assert found(done.data, "q01", "mean")["df"] == 6
    files = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    assert "Mã cụm đánh số lại từ 1" in run("survey", "estimate", *files).out


def test_an_empty_domain_says_nothing_and_is_named(tmp_path: Path) -> None:
    done = estimate(tmp_path, "--by", "sex", lines="demographics: {sex: {f: Nữ, m: Nam, x: Khác}}\n")
    row = found(done.data, "all", "mean", sex="x")
    assert (row["n"], row["estimate"], row["se"]) == (0, None, None)
    assert done.data["notes"] == [
        {"kind": "empty", "by": {"sex": "x"}, "variables": []},
        {"kind": "answers_alike", "estimates": 3},  # wishes that one sex all had, or nobody of it
    ]


def test_who_has_no_category_is_a_group_and_protected_as_one(tmp_path: Path) -> None:
    def two(table: list[Row]) -> None:
        for number in (0, 1):
            table[number]["sex"] = ""

    done = estimate(tmp_path, "--by", "sex", change=two)
    hidden = {row["by"]["sex"]: row["suppressed"] for row in done.data["rows"] if row["variable"] == "q01"}
    assert hidden == {"f": True, "m": False, "": True, "all": False}
    files = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"), "--by", "sex"]
    assert "Không công bố phần chung của: sex = f, sex = không ghi." in run("survey", "estimate", *files).out
    table = list(csv.DictReader(io.StringIO(run("survey", "estimate", *files, "--format", "csv").out)))
    assert {row["sex"] for row in table} == {"f", "m", "", "all"}


def test_a_category_named_all_is_refused(tmp_path: Path) -> None:
    done = estimate(tmp_path, "--by", "sex", change=put(3, sex="all"))
    assert (done.code, [one["kind"] for one in done.data["problems"]]) == (2, ["category_named_all"])


def test_units_are_compared_pair_by_pair(tmp_path: Path) -> None:
    done = estimate(tmp_path, "--by", "province", "--pairs")
    row = next(row for row in done.data["rows"] if row["statistic"] == "difference")
    assert (row["by"], row["against"]) == ({"province": "01"}, {"province": "02"})
    table = run(
        "survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"),
        "--by", "province", "--pairs", "--format", "csv",
    ).out  # fmt: skip
    assert "p_holm" in table.splitlines()[0]


def test_words_name_empty_groups_and_the_other_unit_of_a_pair(tmp_path: Path) -> None:
    lines = "demographics: {sex: [f, m, x]}\nminimum_cell: 1\n"
    given = ["--data", written(tmp_path), "--design", design(tmp_path, more=lines), "--by", "sex", "--pairs"]
    words = run("survey", "estimate", *given).out
    assert "Nhóm không có phiếu nào: sex = x." in words
    assert "(m)" in words
    numbers = design(
        tmp_path, {"items: [q01, q02, q03]\nscale: 5\ngroups: {g1: [q01, q02], g2: [q03]}\n": "", "to: q01": "to: q03"}
    )
    done = run("survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", numbers, "--by", "sex")
    assert done.code == 0


def test_weights_may_come_from_another_table(tmp_path: Path) -> None:
    weights = tmp_path / "w.csv"
    weights.write_text("respondent,weight\n" + "".join(f"r{number},2\n" for number in range(48)), "utf-8")
    done = estimate(tmp_path, "--weights", str(weights))
    assert found(done.data, "q01", "total")["estimate"] == 2 * sum(float(row["q01"]) for row in rows())
    weights.write_text("respondent,weight\n" + "".join(f"r{number},2\n" for number in range(1, 48)) + "r1,3\n", "utf-8")
    done = estimate(tmp_path, "--weights", str(weights))
    assert [one["kind"] for one in done.data["problems"]] == ["respondent_twice", "respondent_without_weight"]
    weights.write_text("respondent,size\n", "utf-8")
    assert [one["kind"] for one in estimate(tmp_path, "--weights", str(weights)).data["problems"]] == ["column_missing"]


def without(head: str) -> Callable[[list[Row]], object]:
    return lambda table: [row.pop(head) for row in table]


@pytest.mark.parametrize(
    ("change", "kinds", "row"),
    [
        (without("province"), ["column_missing"], None),
        (without("weight"), ["column_missing"], None),
        (put(3, province=""), ["cell_missing"], 4),
        (put(3, weight=""), ["cell_missing"], 4),
        (put(3, weight="0"), ["weight_not_positive"], 4),
        (put(3, weight="nặng"), ["not_a_number"], 4),
        (put(30, district="d0"), ["cluster_in_two_strata"], 31),
        (put(3, n_districts="8"), ["population_varies"], 4),
        (lambda table: [row.update(n_districts="3") for row in table[:24]], ["population_below_sample"], 1),
        (put(3, q01="6"), ["answer_off_scale"], 4),
        (put(3, q01="tốt"), ["not_a_number"], 4),
        (put(3, respondent="r0"), ["respondent_twice"], 4),
        (put(3, wish="1;9"), ["option_unknown"], 4),
        (put(3, wish="1;1"), ["option_twice"], 4),
        (lambda table: [row.update(district="d4") for row in table[24:]], ["lonely_cluster"], 25),
        (lambda table: table.clear(), ["table_without_rows"], None),
    ],
)
def test_every_problem_has_its_place(
    tmp_path: Path, change: Callable[[list[Row]], object], kinds: list[str], row: int | None
) -> None:
    done = estimate(tmp_path, change=change)
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == kinds
    assert done.data["problems"][0]["place"].get("row") == row
    assert "…" not in done.data["problems"][0]["message"] + done.data["problems"][0]["remedy"]


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    def spoil(table: list[Row]) -> None:
        table[3].update(q01="9", weight="-1")
        table[5].update(respondent="r0", province="")

    done = estimate(tmp_path, change=spoil)
    assert [(one["kind"], one["place"]["row"]) for one in done.data["problems"]] == [
        ("weight_not_positive", 4),
        ("answer_off_scale", 4),
        ("cell_missing", 6),
        ("respondent_twice", 6),
    ]


def test_who_has_no_category_is_compared_with_nobody(tmp_path: Path) -> None:
    def some(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["sex"] = "fm"[number % 2] if number % 3 else ""

    before = written(tmp_path, some, "before.csv")
    done = estimate(tmp_path, "--by", "sex", "--pairs", "--compare", before, change=some)
    assert {row["by"]["sex"] for row in done.data["rows"]} == {"f", "m", "", "all"}
    compared = [row for row in done.data["rows"] if row["statistic"] == "difference"]
    against = [(row["by"]["sex"], tuple(row["against"].values())) for row in compared]
    assert set(against) == {("f", ("earlier",)), ("m", ("earlier",)), ("all", ("earlier",)), ("f", ("m",))}
    family = [row for row in compared if row["against"] == {"sex": "m"} and row["of"] == "index"]
    smallest = min(family, key=lambda row: row["p"])
    assert smallest["p_holm"] == pytest.approx(min(1, smallest["p"] * len(family)))


def test_the_questions_that_were_turned_round_are_named_in_words(tmp_path: Path) -> None:
    files = ["--data", written(tmp_path), "--design"]
    words = run("survey", "estimate", *files, design(tmp_path, more="reversed: [q03]\ntitles: {q03: Phiền hà}\n")).out
    assert "đảo chiều một lần, trước mọi phép tính: q03 Phiền hà." in " ".join(words.split())
    assert "đảo chiều" not in run("survey", "estimate", *files, design(tmp_path)).out


FAULTS: list[tuple[dict[str, str], str, list[str]]] = [
    ({"[q01, q02], g2": "[q01, q99], g2"}, "", ["unknown_member"]),
    ({}, "parts: {p: [g1, nog]}\n", ["unknown_member"]),
    ({"g2: [q03]": "g2: [q99]"}, "parts: {p: [g2]}\n", ["unknown_member"]),
    ({"scale: 5": "scale: 5-1"}, "parts: {p: [g1]}\n", ["scale_empty"] * 3),
    ({"scale: 5": "scale: x"}, "", ["value_not_understood"]),
    ({}, "dont_know: {codes: [3]}\nparts: {p: [g1, g2]}\n", ["unknown_on_scale"] * 3),
    ({}, "dont_know: [9]\nrefused: [9]\n", ["unknown_and_refused"] * 3),
    ({}, "satisfied_from: 7\n", ["satisfied_off_scale"] * 3),
    (
        {"[q01, q02, q03]": "[q01, q02, q03, {code: q04, scale: 3-3}]", "g2: [q03]": "g2: [q04]"},
        "",
        ["scale_empty", "column_missing"],
    ),
    ({"[q01, q02], g2: [q03]": "[q01, q02], g2: [q02]"}, "", ["member_twice"]),
    ({"[q01, q02, q03]": "[q01, q01, q02, q03, q01]"}, "", ["code_of_two"]),
    ({"ratios: {r: {of: age, to: q01}}": "ratios: {g1: {of: age, to: q01}}"}, "", ["code_of_two"]),
    ({}, "reversed: [q99]\n", ["unknown_item_in_design"]),
    ({"groups: {g1:": "groups: {all:"}, "", ["name_reserved"]),
    ({}, "index: {1: 0, 5: 1}\n", ["answer_without_weight"] * 3),
    ({"[{cluster: district, population: n_districts}]": "[{population: n_districts}, {cluster: district}]"}, "",
     ["stage_without_cluster"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "more", "kinds"), FAULTS)
def test_faults_of_the_design_are_told_with_those_of_the_data(
    tmp_path: Path, changes: dict[str, str], more: str, kinds: list[str]
) -> None:
    files = ["--data", written(tmp_path, put(3, age="già", respondent="r0"))]
    files += ["--design", design(tmp_path, changes, more)]
    done = run("survey", "estimate", *files, "--format", "json")
    assert done.code == 2
    of_data = ["not_a_number", "respondent_twice"]
    assert sorted(one["kind"] for one in done.data["problems"]) == sorted([*kinds, *of_data])
    written(tmp_path)
    done = run("survey", "estimate", *files, "--format", "json")
    assert (done.code, [one["kind"] for one in done.data["problems"]]) == (2, kinds)


def test_an_item_listed_twice_does_not_double_what_is_wrong_with_its_answers(tmp_path: Path) -> None:
    files = ["--data", written(tmp_path, put(3, q01="7"))]
    files += ["--design", design(tmp_path, {"[q01, q02, q03]": "[q01, q01, q02, q03]"})]
    done = run("survey", "estimate", *files, "--format", "json")
    assert sorted(one["kind"] for one in done.data["problems"]) == ["answer_off_scale", "code_of_two"]


def test_an_index_that_is_a_share_has_the_interval_of_the_share(tmp_path: Path) -> None:
    def nearly_all(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row.update(q01="5" if number % 9 else "1", q03="5")

    same = ("n", "estimate", "se", "df", "low", "high", "deff")
    done = estimate(tmp_path, "--by", "province", change=nearly_all, lines="index: share\n")
    for province in ("01", "02", "all"):
        for variable in ("q01", "q02", "q03", "g1", "g2", "all"):
            share, index = (found(done.data, variable, one, province=province) for one in ("share", "index"))
            assert [index[key] for key in same] == [share[key] for key in same]
            if variable in ("q03", "g2"):
                assert (index["estimate"], index["low"], index["high"]) == (1, None, None)
            else:
                assert 0 < index["low"] < index["estimate"] < index["high"] < 1
    other = estimate(tmp_path, change=nearly_all, lines="index: from_1\n").data
    row = found(other, "q03", "index")
    assert (row["estimate"], row["se"], row["low"], row["high"]) == (1, 0, None, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put(3, q01="abc"), "Cột “q01”: “abc” không phải một số."),
        (put(3, weight="nan"), "Cột “weight”: “nan” không phải một số."),
        (put(3, age="x"), "Cột “age”: “x” không phải một số."),
        (put(3, age="1e400"), "Cột “age”: “1e400” không phải một số."),
        (put(3, wish="1;9"), "wish: “1;9” có lựa chọn không có trong phiếu: 1, 2, 6."),
        (put(3, wish="1;1"), "wish: “1;1” ghi một lựa chọn hai lần."),
    ],
)
def test_one_cell_at_fault_is_told_with_its_column(
    tmp_path: Path, change: Callable[[list[Row]], object], said: str
) -> None:
    (problem,) = estimate(tmp_path, change=change).data["problems"]
    assert problem["message"] == said


def test_what_the_design_says_in_vain_is_remarked(tmp_path: Path) -> None:
    stages = {"[{cluster: district, population: n_districts}]": "[{cluster: district}, {population: 400}]"}
    files = ["--data", written(tmp_path), "--design", design(tmp_path, stages, "version: sex\n"), "--by", "q01"]
    done = run("survey", "estimate", *files, "--format", "json")
    kinds = [one["kind"] for one in done.data["notes"]]
    assert (done.code, kinds[:3]) == (0, ["population_unused", "version_unchecked", "by_question"])
    words = run("survey", "estimate", *files).out
    for said in ("không dùng đến", "không được đối chiếu", "chính là câu hỏi được ước lượng"):
        assert said in words
