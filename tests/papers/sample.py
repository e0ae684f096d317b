"""The tables of decision 2270 as rows to be printed, whole or their first areas, with prose that fits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.criteria import codes
from parindex.domain.criteria.criteria_set import CriteriaSet, Source
from parindex.domain.values import number_text

NOTES = {Source.OPINION_SURVEY: "ĐTXHH", Source.SATISFACTION_INDEX: "ĐTXHH"}
TITLES = {
    "dien-bien-2024-departments": "CHỈ SỐ CCHC CÁC CƠ QUAN CHUYÊN MÔN THUỘC ỦY BAN NHÂN DÂN TỈNH",
    "dien-bien-2024-districts": "CHỈ SỐ UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ",
}


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One row as it is to be printed."""

    code: str
    title: str
    points: Fraction
    note: str = ""

    @property
    def depth(self) -> int:
        return codes.depth(self.code)


@dataclass(frozen=True, slots=True)
class Sample:
    """A table with what the prose declares about it; ``faults`` are the findings that were planted: (kind, code)."""

    caption: str
    title: str
    rows: tuple[SampleRow, ...]
    total: Fraction
    areas: int
    criteria: int
    subcriteria: int
    by_area: tuple[tuple[str, int, int], ...]
    parts: Mapping[str, Fraction]
    faults: frozenset[tuple[str, str]] = field(default=frozenset())

    def with_row(self, at: int, row: SampleRow) -> Sample:
        """The same table with another row in the place of ``at``."""
        return replace(self, rows=(*self.rows[:at], row, *self.rows[at + 1 :]))

    def children(self, code: str) -> list[int]:
        """The positions of the rows right below ``code``."""
        return [at for at, row in enumerate(self.rows) if codes.parent(row.code) == code]


@cache
def shipped(set_id: str) -> CriteriaSet:
    """The shipped set that the samples are taken from."""
    path = shipped_set_path(set_id)
    assert path is not None
    return load_criteria_set(path)


@cache
def sample(set_id: str, areas: int) -> Sample:
    """The first ``areas`` areas of a shipped set, with a declaration that is right."""
    source = shipped(set_id)
    chosen = source.areas[:areas]
    rows = tuple(
        SampleRow(
            node.code, node.title, node.max_points or Fraction(0), NOTES.get(node.source, "") if node.source else ""
        )
        for area in chosen
        for node in area.walk()
    )
    parts = {"report": Fraction(0), "opinion_survey": Fraction(0)}
    for area in chosen:
        for item in area.items():
            part = "opinion_survey" if item.source in NOTES else "report"
            parts[part] += item.max_points or Fraction(0)
    depths = [row.depth for row in rows]
    return Sample(
        caption="Bảng 1",
        title=TITLES[set_id],
        rows=rows,
        total=sum((area.max_points or Fraction(0) for area in chosen), Fraction(0)),
        areas=len(chosen),
        criteria=depths.count(2),
        subcriteria=depths.count(3),
        by_area=tuple(
            (area.title.capitalize(), len(area.children), sum(len(criterion.children) for criterion in area.children))
            for area in chosen
        ),
        parts=parts,
    )


def decimal(value: Fraction, mark: str = ",") -> str:
    """``value`` with a decimal mark as the paper prints it."""
    return number_text(value).replace(".", mark)


def prose(table: Sample, mark: str = ",") -> list[str]:
    """The lines of the decision that speak of the table, before it."""
    counted = [
        f"- {title}: {criteria:02d} tiêu chí và {subcriteria:02d} tiêu chí thành phần;"
        for title, criteria, subcriteria in table.by_area
    ]
    report, survey = (decimal(table.parts[part], mark) for part in ("report", "opinion_survey"))
    total = decimal(sum(table.parts.values(), Fraction(0)), mark)
    return [
        "ỦY BAN NHÂN DÂN",
        "TỈNH ĐIỆN BIÊN",
        "Số: 2270/QĐ-UBND",
        "Điện Biên, ngày 13 tháng 12 năm 2024",
        "QUYẾT ĐỊNH",
        "Phê duyệt Đề án “Xác định Chỉ số cải cách hành chính năm 2024”",
        f"Bộ tiêu chí xác định Chỉ số CCHC được cấu trúc thành {table.areas:02d} lĩnh vực đánh giá, "
        f"{table.criteria} tiêu chí và {table.subcriteria} tiêu chí thành phần, cụ thể:",
        *counted,
        f"(Thang điểm đánh giá chi tiết tại {table.caption} kèm theo Đề án này).",
        f"Thang điểm đánh giá Chỉ số CCHC tối đa là {total} điểm, trong đó:",
        f"- Điểm đánh giá kết quả triển khai thực hiện CCHC tối đa là {report}/{total} điểm.",
        f"- Điểm đánh giá thông qua điều tra xã hội học tối đa là: {survey}/{total} điểm.",
        "Chỉ số CCHC của các đơn vị được xếp loại thành 3 mức:",
        '+ Từ 85% tổng điểm trở lên, xếp ở mức "Tốt".',
        '+ Từ 50% đến dưới 85% tổng điểm, xếp ở mức "Khá".',
        '+ Dưới 50% tổng điểm, xếp ở mức "Trung bình".',
    ]
