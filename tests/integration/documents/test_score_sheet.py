"""The sheet of Điện Biên 2020, as its text layer gives it, against its items as extracted by hand."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.documents.read_paper import read_paper
from parindex.documents.score_sheets.sums import items_of
from parindex.documents.score_sheets.text import read_score_sheet_text
from parindex.domain.criteria import codes
from parindex.domain.errors import Place, Problem

SHEET = Path(__file__).parents[2] / "golden" / "score_sheets" / "dien-bien-2020.txt"
EXAMPLE = files("parindex") / "data" / "examples" / "dien-bien-2020"
ACCEPTED = "Đồng ý kết quả tự đánh giá"


@cache
def table() -> PaperTable:
    lines = SHEET.read_text(encoding="utf-8").split("\n")
    found = read_score_sheet_text([Paragraph(text, Place(line=at)) for at, text in enumerate(lines, 1)])
    assert found is not None
    return found


def row(code: str) -> PaperRow:
    return next(each for each in table().rows if each.code == code)


def example(name: str) -> list[dict[str, str]]:
    with EXAMPLE.joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def doubts(kind: str) -> list[Problem]:
    return [each for each in table().doubts if each.kind == kind]


def test_every_row_is_as_printed() -> None:
    read = [(each.code, each.title, each.max_points, each.self_points, each.appraised_points) for each in table().rows]
    names = ("max_points", "self_points", "appraised_points")
    assert read == [
        (each["code"], each["title"], *(Fraction(each[name]) for name in names)) for each in example("items.csv")
    ]


def test_the_counts_are_those_of_the_set() -> None:
    depths = [codes.depth(each.code) for each in table().rows]
    assert [depths.count(depth) for depth in (1, 2, 3)] == [8, 43, 102]
    assert len(items_of(table().rows)) == 114
    assert table().kind is TableKind.SCORE_SHEET


def test_codes_split_by_line_breaks_are_joined_and_kept() -> None:
    assert {each.code: each.printed_code for each in table().rows if each.printed_code} == {
        "7.1.10": "7.1.1 0",
        "7.1.11": "7.1.1 1",
    }


def test_totals_and_parts() -> None:
    assert table().printed_total == 100
    assert (
        table().printed_self_total
        == Fraction("56.2967")
        == sum(each.self_points or 0 for each in items_of(table().rows))
    )
    parts = {each["code"]: each["source"] for each in example("items.csv")}
    sums: dict[str, Fraction] = {}
    for item in items_of(table().rows):
        sums[parts[item.code]] = sums.get(parts[item.code], Fraction(0)) + (item.appraised_points or 0)
    assert sums["report"] + sums["external"] == Fraction("56.9527") == table().printed_appraised_total
    assert sums["opinion_survey"] == Fraction("19.09159")
    assert sums["satisfaction_index"] == Fraction("8.6449")
    assert sum(sums.values()) == Fraction("84.68919")


def test_the_total_of_a_part_is_reported_with_what_it_leaves_out() -> None:
    without = ["2.4", "4.4", "5.8", "5.9", "6.4", "7.5", "8.1"]
    assert [each.facts for each in doubts("total_points_differ")] == [
        {
            "column": "appraised_points",
            "stated": Fraction("56.9527"),
            "found": Fraction("84.68919"),
            "without": without,
        }
    ]


def test_what_shares_a_line_after_a_page_break_is_told_apart() -> None:
    assert row("2.2.2").title.endswith("sau rà soát")
    assert "VBQPPL đã được xử lý theo thẩm quyền" in row("2.2.2").explanations[0]
    assert "ngày 22/12/2020: - Tổng số hồ tiếp nhận: 421838" in row("3.4.3").explanations[0]
    assert "Cổng thông tin điện tử tỉnh Điện Biên 16 PAKN và Hệ thống" in row("3.5.2").explanations[0]
    assert row("7.3.3").explanations[0].startswith("Số liệu được thể hiện tại Báo cáo số 30/BC-STTTT ngày 7/01/2021")


def test_further_explanations_begin_where_the_paper_begins_a_block() -> None:
    begins = {each.code: each.explanations[1][:23] for each in table().rows if len(each.explanations) > 1}
    assert begins == {
        "1.3.2": "Công tác kiểm tra diễn ",
        "1.5": "Sáng kiến 1: Tham mưu U",
        "3.2.2": "100% TTHC do Chủ tịch U",
        "4.3.2": "Năm 2020, việc kiểm tra",
        "4.3.3": "Năm 2020, UBND tỉnh đã ",
        "5.6": "Bổ sung các TLKC: 1. Kế",
        "7.3.2": "Số liệu được thể hiện t",
        "7.3.3": "Số liệu được thể hiện t",
    }
    assert all(len(each.explanations) <= 2 for each in table().rows)
    assert [each.facts["code"] for each in doubts("further_explanation_unsure")] == ["1.5", "3.2.2"]


def test_only_surveys_tasks_and_groups_have_no_explanation() -> None:
    sources = {each["code"]: each["source"] for each in example("items.csv")}
    assert all(bool(each.explanations) == (sources[each.code] == "report") for each in table().rows)


def test_opinions() -> None:
    others = {each.code: each.opinions for each in table().rows if each.opinions and each.opinions[0].text != ACCEPTED}
    assert {code: opinions[0].text for code, opinions in others.items() if len(opinions[0].text) < 100} == {
        "1.3.2": "Tạm thời đồng ý, sẽ rà soát, đánh giá lại.",
        "5.6": "Chưa có KQ thực hiện QĐ số 705/QĐ-TTG",
        "6.1.1": "Dữ liệu theo Công văn số 2004/BTC-ĐT ngày 01/3/2021 gửi Thủ tướng Chính phủ",
        "7.1.2": "Đồng ý",
        "7.1.10": "Đã x y dựng và tích hợp với HTTT báo cáo Chính phủ",
        **{f"8.1.{number}": "Kết quả SIPAS 2020" for number in range(1, 6)},
    }
    assert set(others) - {code for code, opinions in others.items() if len(opinions[0].text) < 100} == {
        "1.5",
        "1.6",
        "7.2.2",
        "7.3.2",
    }
    assert row("1.5").opinions[0].text.endswith("địa bàn tỉnh. Các nội dung khác chưa đủ điều kiện để ghi nhận")
    assert all(len(each.opinions) <= 1 and all(one.level == "Cấp 2" for one in each.opinions) for each in table().rows)


def test_unit_and_time_of_an_opinion() -> None:
    opinion = row("5.6").opinions[0]
    assert (opinion.unit, opinion.at) == ("Vụ Đào tạo bồi dư ng CBCCVC", "2021-04-07T13:39")


def test_lost_letters_are_reported_and_restored_only_from_the_paper() -> None:
    lost = {each.facts["code"]: each.facts for each in doubts("letters_lost")}
    assert lost["5.6"]["proposals"]["dư ng"] == "dưỡng"
    assert lost["3.5.1"] == {"code": "3.5.1", "count": 1, "printed": ["P KN"], "proposals": {"P KN": "PAKN"}}
    assert lost["3.4.4"]["count"] == 2  # "trễ h n" in title and explanation; the word is nowhere whole
    assert lost["3.4.4"]["proposals"] == {}
    proposed = {pair for facts in lost.values() for pair in facts["proposals"].items()}
    right = {"nâng", "nhân", "dưỡng", "giải", "giúp", "Giáo", "ngân", "phân", "PAKN", "BCCI", "cùng", "ISO"}
    assert {word for _, word in proposed} <= right


def test_nothing_else_is_doubted() -> None:
    kinds = {each.kind for each in table().doubts}
    assert kinds == {"letters_lost", "further_explanation_unsure", "total_points_differ", "cell_unsure"}
    assert {each.facts["code"] for each in doubts("cell_unsure")} == {"2.2.2"}


def test_the_paper_reader_finds_the_sheet() -> None:
    [found] = read_paper(SHEET).tables
    assert [each.code for each in found.rows] == [each.code for each in table().rows]
    assert [each.title for each in found.rows] == [each.title for each in table().rows]


def test_the_example_says_what_the_sheet_says() -> None:
    by_code = {each["code"]: each for each in example("items.csv")}
    entries, points = example("entries.csv"), example("points.csv")
    assert [each["item"] for each in entries] == [each.code for each in items_of(table().rows)]
    surveyed = {each["item"]: each["points"] for each in points}
    for entry in entries:
        item = by_code[entry["item"]]
        if entry["item"] in surveyed:
            assert (entry["self_points"], entry["appraised_points"]) == ("", "")
            assert surveyed[entry["item"]] == item["appraised_points"]
        else:
            assert entry["self_points"] == item["self_points"]
            assert entry["appraised_points"] == item["appraised_points"]
    assert {each["item"]: each["source"] for each in points} == {
        code: each["source"]
        for code, each in by_code.items()
        if each["source"] in ("opinion_survey", "satisfaction_index")
    }


def test_the_sums_of_a_sheet_in_cells_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    lines = (
        "Mã;Tên tiêu chí;Điểm tối đa;Điểm tự chấm;Điểm thẩm định",
        "1;CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH;3;3;2",
        "1.1;Kế hoạch cải cách hành chính;1;1,5;1",
        "1.2;Chế độ báo cáo;2;2;1",
        ";Tổng cộng;3;3,5;3",
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    (sheet,) = read_paper(path).tables
    found = [
        (each.kind, each.facts.get("code"), each.facts["column"]) for each in sheet.doubts if "column" in each.facts
    ]
    assert found == [
        ("group_points_differ", "1", "self_points"),
        ("points_above_max", "1.1", "self_points"),
        ("total_points_differ", None, "appraised_points"),
    ]
