"""Tables of reports as cells, drawn at random: right to the last figure, or with one wrong cell.

Every table says how it was rounded: parts rounded half-up or cut, sums of the printed or of the unrounded parts, with
or without totals, codes, years.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.domain.errors import Place

UNITS = (
    *("Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Công Thương", "Ban Dân tộc"),
    *("Thanh tra", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ", "Huyện An Bình", "Huyện Bình Minh"),
    *("Huyện Châu Phong", "Thị xã Đông Hà", "Huyện Hòa An", "Huyện Kim Sơn", "Huyện Lộc Ninh", "Huyện Mỹ Lộc"),
)


@dataclass(slots=True)
class Drawn:
    """A table as texts. ``held``: the cells (row, column) that something else in the table must agree with."""

    head: list[list[str]]
    rows: list[list[str]]
    held: list[tuple[int, int]]
    #: One in the last place of each column times what rounding may add up to.
    slack: Fraction = Fraction(1, 100)

    def blocks(self) -> list[Block]:
        """The table as a paper's blocks, a line a row."""
        lines = [*self.head, *self.rows]
        rows = tuple(
            tuple(Cell(text, Place(file="drawn", line=line)) for text in cells)
            for line, cells in enumerate(lines, start=2)
        )
        return [
            Paragraph("Kết quả cụ thể như sau:", Place(file="drawn", line=1)),
            Grid(rows, Place(file="drawn", line=2)),
        ]


def printed(value: Fraction, places: int, *, zeros: bool = True, thousands: bool = False) -> str:
    """A figure as papers print it: decimal comma, dots between thousands where asked for."""
    scaled = value * 10**places
    assert scaled.denominator == 1
    digits = str(abs(int(scaled))).rjust(places + 1, "0")
    before, after = (digits[:-places], digits[-places:]) if places else (digits, "")
    if not zeros:
        after = after.rstrip("0")
    if thousands:
        before = f"{int(before):,}".replace(",", ".")
    return ("-" if value < 0 else "") + before + ("," + after if after else "")


def rounded(value: Fraction, places: int, *, cut: bool = False) -> Fraction:
    """``value`` half up, or cut, at so many places (towards nought)."""
    scaled = abs(value) * 10**places
    whole = (
        scaled.numerator // scaled.denominator
        if cut
        else (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    )
    return Fraction(whole if value >= 0 else -whole, 10**places)


def counts_table(draw: Random) -> Drawn:
    """Dossiers by unit: received, on time, late, the share on time, and a total above or below (or none)."""
    thousands, places, cut = draw.random() < 0.5, draw.choice([0, 1, 2]), draw.random() < 0.3
    total = draw.choice(["", "above", "below"])
    rows: list[list[Fraction]] = []
    for _ in range(draw.randint(5, 14)):
        received = draw.randint(20, 60_000)
        late = draw.randint(0, received // 10)
        rows.append([Fraction(received), Fraction(received - late), Fraction(late)])
    names = [f"{number + 1}|{UNITS[number % len(UNITS)]}" for number in range(len(rows))]
    whole = [sum(column) for column in zip(*rows, strict=True)]
    if total == "above":
        rows.insert(0, whole)
        names.insert(0, draw.choice(["|Toàn tỉnh", "|Tổng số"]))
    elif total == "below":
        rows.append(whole)
        names.append(draw.choice(["|Tổng cộng", "|Cộng", "Tổng cộng|"]))
    texts = [
        [*name.split("|"), *(printed(one, 0, thousands=thousands) for one in row),
         printed(rounded(row[1] / row[0] * 100, places, cut=cut), places) + draw.choice(["", "%"])]
        for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    head = [["STT", "Đơn vị", "Số hồ sơ tiếp nhận", "Đúng hạn", "Quá hạn", "Tỷ lệ đúng hạn (%)"]]
    held = [(row, column) for row in range(len(rows)) for column in (2, 3, 4)]
    return Drawn(head, texts, held, Fraction(1))


def score_table(draw: Random) -> Drawn:
    """Points by code: maximum, claimed, appraised, lost; groups and totals add up printed or unrounded items."""
    places, cut, unrounded, zeros = draw.choice([2, 4]), draw.random() < 0.4, draw.random() < 0.5, draw.random() < 0.5
    rows: list[tuple[str, str, list[Fraction]]] = []
    slack = Fraction(1, 10**places)

    def put(code: str, title: str, values: list[Fraction]) -> None:
        rows.append((code, title, values))

    def shown(values: list[Fraction]) -> list[Fraction]:
        return [values[0], *(rounded(one, places, cut=cut) for one in values[1:])]

    whole: list[list[Fraction]] = []
    for area in range(1, draw.randint(2, 5) + 1):
        of_area: list[list[Fraction]] = []
        below: list[tuple[str, str, list[Fraction]]] = []
        for criterion in range(1, draw.randint(2, 11) + 1):
            items = []
            for item in range(1, draw.choice([0, 2, 3, 4]) + 1):
                items.append(_item(draw, places, unrounded))
                below.append((f"{area}.{criterion}.{item}", f"Tiêu chí thành phần {item}", shown(items[-1])))
            own = _added(items) if items else _item(draw, places, unrounded)
            below.insert(len(below) - len(items), (f"{area}.{criterion}", f"Tiêu chí {criterion}", shown(own)))
            of_area.append(own)
        put(str(area), f"LĨNH VỰC {area}", shown(_added(of_area)))
        rows.extend(below)
        whole.append(_added(of_area))
    if draw.random() < 0.7:
        put("", draw.choice(["TỔNG ĐIỂM", "Tổng cộng", "TỔNG ĐIỂM TỐI ĐA"]), shown(_added(whole)))
    with_lost = draw.random() < 0.5 and not unrounded
    head = ["STT", "Lĩnh vực/Tiêu chí", "Điểm tối đa", "Điểm tự đánh giá", "Điểm thẩm định"] + [
        "Điểm bị trừ"
    ] * with_lost
    texts = []
    for code, title, values in rows:
        cells = [printed(one, places, zeros=zeros) for one in values]
        if with_lost:
            cells.append(printed(values[0] - values[2], places, zeros=zeros))
        texts.append([code, title, *cells])
    held = [(row, column) for row in range(len(rows)) for column in ((2, 3, 4) if len(rows) > 6 else ())]
    return Drawn([head], texts, held, slack * 40)


def _item(draw: Random, places: int, unrounded: bool) -> list[Fraction]:
    most = Fraction(draw.choice([1, 2, 3, 4, 6, 8]), 4)
    self_points = most * Fraction(draw.randint(0, 997), 997) if draw.random() < 0.5 else most
    appraised = self_points if draw.random() < 0.5 else self_points * Fraction(draw.randint(500, 991), 991)
    found = [self_points, appraised]
    return [most, *(found if unrounded else [rounded(one, places, cut=True) for one in found])]


def _added(rows: list[list[Fraction]]) -> list[Fraction]:
    return [sum(column, Fraction(0)) for column in zip(*rows, strict=True)]


def satisfaction_table(draw: Random) -> Drawn:
    """Per cents of two or three years with the difference of the last two, of printed or unrounded figures."""
    unrounded, sign, percent = draw.random() < 0.5, draw.random() < 0.7, draw.choice(["", "%"])
    years = [2019, 2020] if draw.random() < 0.6 else [2018, 2019, 2020]
    falling = draw.random() < 0.5
    rows, number = [], draw.randint(6, 14)
    for at in range(number):
        values = [Fraction(draw.randint(600_000, 990_000), 10_000) for _ in years]
        shown = [rounded(one, 2) for one in values]
        last, before = (values if unrounded else shown)[-1], (values if unrounded else shown)[-2]
        change = rounded(last - before, 2)
        text = printed(change, 2)
        if sign and change > 0:
            text = "+" + text
        ordered = shown[::-1] if falling else shown
        rows.append(
            [
                str(at + 1),
                f"Tiêu chí hài lòng {at + 1}",
                *(printed(one, 2) + percent for one in ordered),
                text + percent,
            ]
        )
    names = [f"Năm {one}" for one in (years[::-1] if falling else years)]
    head = [["TT", "Nội dung", *names, "Tăng/giảm so với năm trước"]]
    held = [(row, len(names) + 2) for row in range(number)]
    return Drawn(head, rows, held, Fraction(3, 100))


def ranking_table(draw: Random) -> Drawn:
    """Units by points: parts, their sum, the rank (ties share one), the grade."""
    rows = []
    for name in draw.sample(UNITS, draw.randint(6, len(UNITS))):
        report, survey = Fraction(draw.randint(200, 280), 4), Fraction(draw.randint(500, 2000), 100)
        bonus = Fraction(draw.randint(0, 8), 4)
        rows.append((name, report, survey, bonus, report + survey + bonus))
    if draw.random() < 0.7:
        rows.sort(key=lambda one: -one[4])
    texts = []
    for at, (name, report, survey, bonus, total) in enumerate(rows, start=1):
        rank = 1 + sum(other[4] > total for other in rows)
        grade = "Tốt" if total >= 80 else "Khá" if total >= 70 else "Trung bình"
        cells = [printed(one, 2, zeros=False) for one in (report, survey, bonus, total)]
        texts.append([str(at), name, *cells, str(rank), grade])
    head = [
        ["STT", "Đơn vị", "Điểm thành phần", "", "", "Tổng điểm", "Xếp hạng", "Xếp loại"],
        ["", "", "Thẩm định", "Điều tra XHH", "Điểm thưởng", "", "", ""],
    ]
    held = [(row, column) for row in range(len(rows)) for column in (2, 3, 4, 5)]
    return Drawn(head, texts, held, Fraction(1, 100))


def series_table(draw: Random) -> Drawn:
    """Figures of several years, with their mean or sum."""
    years = list(range(2016, 2016 + draw.randint(3, 5)))
    mean = draw.random() < 0.5
    rows = []
    for at in range(draw.randint(4, 9)):
        values = [Fraction(draw.randint(100, 9_000)) for _ in years]
        last = rounded(sum(values, Fraction(0)) / len(values), 1) if mean else sum(values, Fraction(0))
        rows.append([f"Chỉ tiêu {at + 1}", *(printed(one, 0) for one in values), printed(last, 1 if mean else 0)])
    head = [["Chỉ tiêu", *map(str, years), "Bình quân" if mean else "Cộng"]]
    held = [(row, len(years) + 1) for row in range(len(rows))]
    return Drawn(head, rows, held, Fraction(1))


TABLES = (counts_table, score_table, satisfaction_table, ranking_table, series_table)


def with_a_slip(drawn: Drawn, draw: Random) -> tuple[int, int] | None:
    """Changes one held cell by more than rounding; where it did, (row, column)."""
    row, column = draw.choice(drawn.held)
    text = drawn.rows[row][column]
    sign, plain, percent = (
        ("-" if text.startswith("-") else "+" if text.startswith("+") else ""),
        text.strip("+-%"),
        "%" in text,
    )
    dotted = "." in plain
    value = Fraction(plain.replace(".", "").replace(",", "."))
    places = len(plain.partition(",")[2])
    by = max(
        Fraction(draw.randint(2, 30), 10) * max(value / 10, Fraction(1, 4)), drawn.slack * 3, Fraction(1, 10**places)
    )
    changed = rounded(value + by, places)
    drawn.rows[row][column] = sign + printed(changed, places, thousands=dotted) + ("%" if percent else "")
    return row, column


def cells(text: str, *, before: str = "", first: int = 2) -> list[Block]:
    """A table written as lines of cells between bars, after a line of prose; an empty line begins another page."""
    blocks: list[Block] = [Paragraph(before, Place(file="drawn", line=1))] if before else []
    rows: list[tuple[Cell, ...]] = []
    for line, printed_row in enumerate([*text.strip("\n").split("\n"), ""], start=first):
        if printed_row.strip():
            texts = [one.strip() for one in printed_row.split("|")]
            rows.append(tuple(Cell(one, Place(file="drawn", line=line)) for one in texts))
        elif rows:
            width = max(map(len, rows))
            even = tuple(row + (Cell("", row[0].place),) * (width - len(row)) for row in rows)
            blocks.append(Grid(even, even[0][0].place))
            rows = []
    return blocks
