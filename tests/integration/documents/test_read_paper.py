"""Papers of other bodies, with other heads, numberings and levels, from a file to a criteria set."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from textwrap import wrap

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.papers import layout, writers
from tests.papers.sample import decimal, prose, sample

from parindex.documents.criteria_tables.criteria_table import level_of, to_criteria_set
from parindex.documents.papers import Paper, PaperTable, TableKind
from parindex.documents.read_paper import read_paper
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.criteria.findings import Severity
from parindex.domain.scoring.check import check

DEPARTMENTS, DISTRICTS = "dien-bien-2024-departments", "dien-bien-2024-districts"


def _paper(tmp_path: Path, *rows: Sequence[str]) -> Paper:
    path = tmp_path / "paper.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return read_paper(path)


def _table(tmp_path: Path, *rows: Sequence[str]) -> PaperTable:
    (table,) = _paper(tmp_path, *rows).tables
    return table


def _lines(table: PaperTable) -> list[tuple[str, str, str]]:
    return [(row.code, row.title, "" if row.max_points is None else str(row.max_points)) for row in table.rows]


def test_roman_areas_with_criteria_that_begin_again(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        ["", "PHỤ LỤC I", ""],
        ["", "BỘ CHỈ SỐ CCHC CẤP XÃ", ""],
        ["TT", "Nội dung tiêu chí", "Điểm chuẩn"],
        ["I", "CÔNG TÁC CHỈ ĐẠO", "3"],
        ["1", "Kế hoạch", "3"],
        ["1.1", "Ban hành", "1"],
        ["1.2", "Thực hiện", "2"],
        ["II", "CẢI CÁCH THỂ CHẾ", "2"],
        ["1", "Rà soát", "2"],
        ["", "Tổng cộng", "5"],
    )
    assert [row.code for row in table.rows] == ["I", "I.1", "I.1.1", "I.1.2", "II", "II.1"]
    assert table.title == "PHỤ LỤC I. BỘ CHỈ SỐ CCHC CẤP XÃ"
    assert table.printed_total == 5
    found = to_criteria_set(table, id="xa")
    assert found.level == "commune"
    assert [area.max_points for area in found.areas] == [3, 2]
    assert [finding for finding in check(replace(found, year=2025)) if finding.severity is Severity.ERROR] == []


def test_codes_and_titles_in_one_column(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        ["Tiêu chí đánh giá", "Điểm tối đa"],
        ["1. CÔNG TÁC CHỈ ĐẠO", "5"],
        ["1.1. Kế hoạch", "2"],
        ["1.2 Tuyên truyền", "3"],
        ["Tổng điểm", "5"],
    )
    assert _lines(table) == [("1", "CÔNG TÁC CHỈ ĐẠO", "5"), ("1.1", "Kế hoạch", "2"), ("1.2", "Tuyên truyền", "3")]


def test_four_levels(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        ["STT", "Tiêu chí", "Điểm"],
        ["1", "LĨNH VỰC", "4"],
        ["1.1", "Nhóm", "4"],
        ["1.1.1", "Tiêu chí", "4"],
        ["1.1.1.1", "Phần một", "1"],
        ["1.1.1.2", "Phần hai", "3"],
    )
    found = to_criteria_set(table, id="four")
    assert [(level, node.code) for level, node in found.walk_with_depth()][-1] == (4, "1.1.1.2")


def test_options_in_rows_of_their_own(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        ["STT", "Tiêu chí", "Điểm tối đa"],
        ["1", "LĨNH VỰC", "3"],
        ["1.1", "Kế hoạch", "2"],
        ["", "Đạt yêu cầu: 2", ""],
        ["", "Không đạt yêu cầu: 0", ""],
        ["1.2", "Tỷ lệ", "1"],
        ["-", "100%", "1"],
        ["-", "Từ 50% - dưới 100%", "0,5"],
        ["-", "Dưới 50%", "0"],
        ["2", "LĨNH VỰC HAI", "1"],
    )
    assert [row.code for row in table.rows] == ["1", "1.1", "1.2", "2"]
    assert table.rows[1].options == ("Đạt yêu cầu: 2", "Không đạt yêu cầu: 0")
    found = to_criteria_set(table, id="options")
    rules = [item.rule.data["kind"] for item in found.items() if item.rule is not None]
    assert rules == ["option", "bands"]
    assert sorted(found.measures) == ["m_1_1", "m_1_2", "m_1_2_total"]
    assert [row.place.row for row in table.rows] == [1, 2, 3, 4]


def test_options_in_a_column_and_evidence(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        ["STT", "Tiêu chí", "Cách tính điểm", "Điểm tối đa", "Tài liệu kiểm chứng"],
        ["1", "LĨNH VỰC", "", "2", ""],
        ["1.1", "Sáng kiến", "Mỗi sáng kiến được 0,5 điểm", "2", "- Quyết định công nhận\n- Báo cáo"],
    )
    row = table.rows[1]
    assert row.rule is not None
    assert row.rule.data == {"kind": "count", "of": "m_1_1", "each": "0.5"}
    assert row.evidence == ("Quyết định công nhận", "Báo cáo")


def test_a_score_sheet_with_a_head_of_two_rows(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        ["STT", "Tiêu chí", "Điểm", "", "Giải trình", "Giải trình bổ sung", "Ý kiến"],
        ["", "", "Tối đa", "Tự chấm", "", "", ""],
        ["1", "LĨNH VỰC", "5", "4,5", "", "", ""],
        ["1.1", "Kế hoạch", "2", "2", "Đã ban hành", "Bổ sung số liệu", "Đồng ý"],
        ["1.2", "Tuyên truyền", "3", "2,5", "", "", "Cấp 2: Sở Nội vụ thẩm định (13:39 - 07/04/2021) - Điều chỉnh"],
        ["", "Tổng", "5", "4,5", "", "", ""],
    )
    assert table.kind is TableKind.SCORE_SHEET
    assert [row.self_points for row in table.rows] == [Fraction(9, 2), 2, Fraction(5, 2)]
    assert table.rows[1].explanations == ("Đã ban hành", "Bổ sung số liệu")
    assert [(o.level, o.unit, o.at, o.text) for o in table.rows[2].opinions] == [
        ("Cấp 2", "Sở Nội vụ", "2021-04-07T13:39", "Điều chỉnh")
    ]
    assert table.printed_self_total == Fraction(9, 2)


def test_two_tables_in_one_sheet_and_lines_below_them(tmp_path: Path) -> None:
    first, second = _paper(
        tmp_path,
        ["Bảng 1"],
        ["STT", "Tiêu chí", "Điểm"],
        ["1", "LĨNH VỰC", "5"],
        ["1.1", "Kế hoạch", "5"],
        ["", "Tổng", "5"],
        ["Nơi nhận: như trên"],
        ["Bảng 2"],
        ["STT", "Tiêu chí", "Điểm"],
        ["1", "LĨNH VỰC", "4"],
        ["1.1", "Kế hoạch", "4"],
    ).tables
    assert (first.title, second.title) == ("Bảng 1", "Bảng 2")
    assert [row.max_points for row in (*first.rows, *second.rows)] == [5, 5, 4, 4]


def test_sheets_of_a_workbook_are_tables_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "paper.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Cấp sở", "Cấp huyện"):
            sheet = book.add_worksheet(name)
            for r, row in enumerate([["STT", "Tiêu chí", "Điểm"], ["1", "LĨNH VỰC", 2.5], ["1.1", "Kế hoạch", 2.5]]):
                sheet.write_row(r + 3, 2, row)
    paper = read_paper(path)
    assert [table.title for table in paper.tables] == ["Cấp sở", "Cấp huyện"]
    row = paper.tables[1].rows[1]
    assert (row.place.sheet, row.place.cell, row.max_points) == ("Cấp huyện", "C6", Fraction(5, 2))


def test_word_numbers_its_rows_itself(tmp_path: Path) -> None:
    """Codes that Word counts are text that the file does not hold."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, pattern in enumerate(("%1", "%1.%2"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    rows = (
        ("LĨNH VỰC MỘT", "3", 0),
        ("Kế hoạch", "1", 1),
        ("Báo cáo", "2", 1),
        ("LĨNH VỰC HAI", "3", 0),
        ("Rà soát", "3", 1),
    )
    table = document.add_table(rows=len(rows) + 1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("STT", "Tiêu chí", "Điểm"), strict=True):
        cell.text = text
    for row, (title, points, depth) in zip(table.rows[1:], rows, strict=True):
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>')
        )
        row.cells[1].text, row.cells[2].text = title, points
    path = tmp_path / "paper.docx"
    document.save(str(path))
    (read,) = read_paper(path).tables
    assert [row.code for row in read.rows] == ["1", "1.1", "1.2", "2", "2.1"]


@pytest.mark.parametrize("set_id", [DEPARTMENTS, DISTRICTS])
@pytest.mark.parametrize("width", [400, 90, 60])
def test_plain_text_without_tabs(tmp_path: Path, set_id: str, width: int) -> None:
    """One line a row, or broken over several: the codes carry the reading."""
    table = sample(set_id, 8)
    lines = [*prose(table), table.caption, table.title]
    for row in table.rows:
        lines += wrap(f"{row.code} {row.title} {decimal(row.points)} {row.note}".strip(), width)
    path = tmp_path / "paper.txt"
    path.write_text("\n".join([*lines, "TỔNG ĐIỂM TỐI ĐA 100"]), encoding="utf-8")
    (read,) = read_paper(path).tables
    assert [(row.code, row.title, row.max_points, row.note) for row in read.rows] == [
        (row.code, row.title, row.points, row.note) for row in table.rows
    ]
    assert read.printed_total == 100
    assert read.declared.criteria == table.criteria


def test_a_decision_with_two_tables(tmp_path: Path) -> None:
    """Both tables in one file, as decision 2270 has them: each with its prose, its rows counted from 1, its own
    doubts.
    """
    plain = replace(layout.draw(Random(1), sheet=False, numbers=False, spans=False), decomposed=False)
    texts = []
    for number, set_id in enumerate((DEPARTMENTS, DISTRICTS), start=1):
        path = tmp_path / f"{number}.txt"
        writers.write_txt(path, layout.lay_out(Random(1), sample(set_id, 8), plain))
        text = path.read_text("utf-8")
        texts.append(text.replace("Bảng 1", f"Bảng {number}"))
    path = tmp_path / "decision.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    first, second = read_paper(path).tables
    assert [(table.place.table, len(table.rows)) for table in (first, second)] == [("Bảng 1", 153), ("Bảng 2", 165)]
    assert (first.declared.subcriteria, second.declared.subcriteria) == (99, 107)
    assert [level_of(table.title) for table in (first, second)] == ["department", "district"]
    assert {row.source for row in first.rows if row.note == "ĐTXHH"} == {Source.OPINION_SURVEY}
    assert [(doubt.kind, doubt.place.table) for doubt in second.doubts] == [("source_at_odds", "Bảng 2")]


def test_only_the_kind_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "paper.csv"
    path.write_text("STT;Tiêu chí;Điểm tối đa\n1;LĨNH VỰC;2\n1.1;Kế hoạch;2\n", encoding="utf-8")
    assert len(read_paper(path, kind="criteria-set").tables) == 1
    with pytest.raises(Exception, match="no_table"):
        read_paper(path, kind="score-sheet")


def test_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "paper.csv"
    path.write_text("STT;Tiêu chí;Điểm tối đa\n1;LĨNH VỰC;2\n1.1;Kế hoạch;2\n", encoding="utf-8")
    steps: list[tuple[int, int]] = []
    read_paper(path, progress=lambda done, whole: steps.append((done, whole)))
    assert steps == [(3, 3)]


def test_options_below_a_row_stand_in_no_cell_of_a_table_with_tabs(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    lines = ["TT\tTiêu chí\tĐiểm tối đa", "1\tCHỈ ĐẠO\t5", "1.1\tKế hoạch\t3", "Có: 3 điểm, Không: 0 điểm",
             "1.2\tBáo cáo\t2", "Đạt: 2 điểm", "Không đạt: 0 điểm", "Tổng số điểm: 5", "Nơi nhận: 12"]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    (table,) = read_paper(path).tables
    assert [row.options for row in table.rows] == [
        (), ("Có: 3 điểm, Không: 0 điểm",), ("Đạt: 2 điểm", "Không đạt: 0 điểm")
    ]  # fmt: skip
    assert [doubt.kind for doubt in table.doubts] == ["rule_proposed", "rule_proposed"]
