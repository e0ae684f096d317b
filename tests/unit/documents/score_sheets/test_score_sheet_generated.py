"""Random score sheets, laid out as a text layer and read back: every field is right, or its row is doubted."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.score_sheet_layout import ORDER, Layout, SheetRow, printed, wrapped

from parindex.documents.papers import PaperRow
from parindex.documents.score_sheets.text import read_score_sheet_text
from parindex.documents.score_sheets.widths import first_chunk, room_left
from parindex.domain.values import number_text

_WORDS = (
    "thực hiện quy định tỷ lệ hồ sơ giải quyết đúng hạn của cơ quan đơn vị cấp tỉnh huyện xã trong năm báo cáo số "
    "kế hoạch ban hành văn bản theo thẩm quyền công chức viên nhiệm vụ được giao và kết quả tiếp nhận trả qua dịch "
    "bưu chính công ích hệ thống thông tin điện tử kiểm tra rà soát xử lý kiến nghị người dân tổ chức bộ máy ngân "
    "sách tài sản đầu tư doanh nghiệp sáng kiến tuyên truyền mức độ hoàn thành chỉ tiêu phát triển kinh tế xã hội"
)
WORDS = _WORDS.split()
_TRAPS = "2020 15/29 1.2 3.1, 100% 08/12/2020. số 401/BC-UBND (mục 4 2.0 0,5 II) TTHC; CQCM"
TRAPS = _TRAPS.split()
CODE_DOUBTS = {"code_unexpected", "row_passed_over"}
DOUBTS = {"cell_unsure", "reading_dear", "row_unreadable"}


def _sentence(draw: Random, least: int, most: int, *, traps: bool = False) -> str:
    words = draw.choices(WORDS, k=draw.randint(least, most))
    if traps:
        for _ in range(draw.randint(0, len(words) // 4)):
            words.insert(draw.randint(1, len(words)), draw.choice(TRAPS))
    return " ".join([words[0].capitalize(), *words[1:]])


def _points(draw: Random, most: Fraction) -> str:
    shown = most if draw.random() < 0.5 else Fraction(draw.randint(0, int(most * 10000)), 10000)
    return number_text(shown).replace(".", ",")


def _item(draw: Random, code: str) -> SheetRow:
    most = Fraction(draw.choice((1, 2, 3, 5, 6)), 2)
    title = _sentence(draw, 3, 18)
    if draw.random() < 0.2:  # scored by a survey: no explanation, no opinion
        return SheetRow(code, title, number_text(most).replace(".", ","), "0", _points(draw, most))
    explanations = [_sentence(draw, 2, draw.choice((15, 120)), traps=True) + "."]
    if draw.random() < 0.2:
        explanations.append(_sentence(draw, 2, 60, traps=True) + ".")
    words = "Đồng ý kết quả tự đánh giá" if draw.random() < 0.6 else _sentence(draw, 2, 25)
    opinion = f"{draw.choice(('Cấp 1', 'Cấp 2', 'Cấp 3'))}: {words}"
    points = [number_text(most).replace(".", ","), _points(draw, most), _points(draw, most)]
    return SheetRow(code, title, *points, tuple(explanations), opinion)


def _sum(rows: list[SheetRow], name: str) -> str:
    values = [Fraction(getattr(row, name).replace(",", ".")) for row in rows]
    return number_text(sum(values, Fraction(0))).replace(".", ",")


def _group(draw: Random, code: str, below: list[SheetRow], title: str = "") -> SheetRow:
    title = title or _sentence(draw, 3, 14)
    return SheetRow(code, title, *(_sum(below, name) for name in ("max", "self", "appraised")))


def sheet(draw: Random) -> tuple[list[SheetRow], Layout, tuple[str, ...]]:
    """A sheet of two to four areas with its layout and totals."""
    layout = Layout(
        widths={
            "code": 2600,
            "title": draw.randint(9000, 16000),
            "explanation": draw.randint(16000, 24000),
            "opinion": draw.randint(5500, 9000),
        },
        page_lines=draw.randint(18, 45),
        order=draw.choice((ORDER, ORDER, ("code", "title", "max", "explanation", "self", "appraised", "opinion"))),
        running_head=draw.choice(("", "PAR INDEX")),
    )
    rows: list[SheetRow] = []
    items: list[SheetRow] = []
    for area in range(1, draw.randint(2, 3) + 1):
        in_area: list[SheetRow] = []
        lines: list[SheetRow] = []
        for criterion in range(1, draw.choice((2, 2, 3, 11)) + 1):
            code = f"{area}.{criterion}"
            below = [_item(draw, f"{code}.{number}") for number in range(1, draw.choice((0, 0, 0, 2, 3)) + 1)]
            own = [_group(draw, code, below), *below] if below else [_item(draw, code)]
            lines += own
            in_area += below or own
        rows += [_group(draw, str(area), in_area, _sentence(draw, 3, 9).upper()), *lines]
        items += in_area
    total = tuple(_sum(items, name) for name in ("max", "self", "appraised"))
    return rows, layout, total


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_a_printed_sheet_reads_back(seed: int) -> None:
    rows, layout, total = sheet(Random(seed))
    table = read_score_sheet_text(printed(rows, layout, total))
    assert table is not None
    kinds = {problem.kind for problem in table.doubts}
    if [row.code for row in table.rows] != [row.code for row in rows]:
        assert kinds & CODE_DOUBTS
        return
    doubted = {problem.place.code for problem in table.doubts if problem.kind in DOUBTS}
    assert len(doubted) <= 2 + len(rows) // 3
    for row, read in zip(rows, table.rows, strict=True):
        if row.code not in doubted:
            assert _read(read) == _expected(row)
            if _told_apart(row, layout) and "column_width_unknown" not in kinds:
                assert read.explanations == row.explanations
    totals = [table.printed_total, table.printed_self_total, table.printed_appraised_total]
    assert totals == [_fraction(each) for each in total]


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _read(row: PaperRow) -> tuple[object, ...]:
    opinion = [f"{each.level}: {each.text}" for each in row.opinions]
    return row.title, row.max_points, row.self_points, row.appraised_points, " ".join(row.explanations), opinion


def _expected(row: SheetRow) -> tuple[object, ...]:
    points = (_fraction(row.max), _fraction(row.self), _fraction(row.appraised))
    return row.title, *points, " ".join(row.explanations), [row.opinion] if row.opinion else []


def _told_apart(row: SheetRow, layout: Layout) -> bool:
    """Whether the paper shows where the second explanation begins: a nearly full line before it says too little."""
    if len(row.explanations) < 2:
        return True
    width = layout.widths["explanation"]
    last = wrapped(row.explanations[0], width)[-1]
    return room_left(last, first_chunk(row.explanations[1]), width) * 5 > width
