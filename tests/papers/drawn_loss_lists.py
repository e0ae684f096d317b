"""Lists of the items that lost points as the text of a page has them: their cells one after the other, drawn at random.

The lines are those of a cell each, of a few words each, or of the figures of a row side by side; the points are parted
by commas, by dots, or by both.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from parindex.documents.papers import Block, Paragraph
from parindex.domain.errors import Place
from tests.papers.drawn_tables import printed, rounded

LAYOUTS = ("cells", "words", "rows", "sides")
TITLES = (
    "Xử lý các vấn đề phát hiện qua kiểm tra",
    "Thực hiện nhiệm vụ được cấp trên giao",
    "Tỷ lệ hồ sơ trực tuyến toàn trình",
    "Mức độ đạt cấp độ 4 của dịch vụ",
    "Số đơn vị sự nghiệp tự bảo đảm chi thường xuyên",
    "Chấp hành kỷ luật, kỷ cương hành chính",
)
CAUSES = (
    ("Còn 02 vấn đề chưa được", "xử lý, đạt 12/14 vấn đề."),
    ("Năm 2031 có một số văn bản", "8.5 Tỷ đồng chưa được giải ngân đúng", "1.2 Kế hoạch của tỉnh."),
    ("- Chưa đạt yêu cầu;", "- Thực hiện còn chậm."),
    (),
)
UNITS = (("Sở Nội", "vụ"), ("Sở", "Tài", "chính"), ("VP", "UBND", "tỉnh"), ())
HEADS = {
    4: (
        "Điểm",
        "chuẩn",
        "Điểm tự",
        "đánh",
        "giá",
        "Điểm",
        "thẩm",
        "định",
        "Điểm",
        "bị trừ",
        "so với",
        "tự",
        "đánh giá",
    ),
    3: ("Điểm tối đa", "Điểm tự chấm", "Điểm", "thẩm định"),
}


@dataclass(slots=True)
class LossList:
    """``rows``: code, title, points; ``stated``: how many items the caption says."""

    layout: str
    marks: str
    rows: list[tuple[str, str, list[Fraction]]]
    total: list[Fraction]
    stated: int
    draw: Random

    def blocks(self) -> list[Block]:
        """The list as lines of text, an empty line here and there."""
        caption = f"BẢNG THỐNG KÊ {self.stated} TC, TCTP KHÔNG ĐẠT ĐIỂM TỐI ĐA"
        lines = ["Kết quả chấm điểm được công bố trong quý I.", caption, "Số thứ tự", "Tiêu chí/Tiêu chí thành phần"]
        lines += [*HEADS[len(self.total)], "Nguyên nhân chưa đạt điểm tối đa", "Đơn vị", "chủ trì"]
        for code, title, points in self.rows:
            lines += self._row(code, title, points)
        total = [self._point(one) for one in self.total]
        lines += ["TỔNG ĐIỂM", *total] if self.layout == "cells" else ["TỔNG ĐIỂM " + " ".join(total)]
        lines += ["Trên đây là kết quả của tỉnh."]
        return [Paragraph(line, Place(file="drawn", line=at)) for at, line in enumerate(lines, start=1)]

    def _row(self, code: str, title: str, points: list[Fraction]) -> list[str]:
        figures = [self._point(one) for one in points]
        words, cause, unit = title.split(), self.draw.choice(CAUSES), self.draw.choice(UNITS)
        if self.layout == "cells":
            return [code, title, *figures, *cause, *unit, ""]
        if self.layout == "rows":
            return [f"{code} {title}", " ".join(figures), *cause, *unit]
        if self.layout == "sides":
            line = " ".join([code, title, *figures, *cause[:1]])
            return [line, *cause[1:], *unit]
        broken = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
        return [code, "", *broken, " ".join(figures), "", *cause, *unit]

    def _point(self, value: Fraction) -> str:
        text = printed(value, 3, zeros=False)
        mark = self.draw.choice(",.") if self.marks == "mixed" else self.marks
        return text.replace(",", mark)


def loss_list(draw: Random) -> LossList:
    """A list that is right."""
    columns = draw.choice([3, 4])
    rows: list[tuple[str, str, list[Fraction]]] = []
    for area in range(1, draw.randint(3, 8)):
        for criterion in sorted(draw.sample(range(1, 9), draw.randint(1, 3))):
            code = f"{area}.{criterion}" + draw.choice(["", f".{draw.randint(1, 4)}"])
            rows.append((code, draw.choice(TITLES), _points(draw)[:columns]))
    total = [sum(column, Fraction(0)) for column in zip(*(points for _, _, points in rows), strict=True)]
    return LossList(draw.choice(LAYOUTS), draw.choice([",", ".", "mixed"]), rows, total, len(rows), draw)


def _points(draw: Random) -> list[Fraction]:
    most = Fraction(draw.choice([1, 2, 3, 4, 6, 8]), 4)
    self_points = rounded(most * Fraction(draw.randint(0, 900), 997), 3)
    appraised = self_points if draw.random() < 0.6 else rounded(self_points * Fraction(draw.randint(0, 900), 997), 3)
    return [most, self_points, appraised, self_points - appraised]
