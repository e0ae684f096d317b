"""Findings that only a paper can have: points and sums of a score sheet, printed bands of grades."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.decisions.grades import read_grades
from parindex.documents.paper_findings import paper_findings
from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.documents.score_sheets.sums import maximum_doubts, sum_doubts
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place, Problem

ERROR, WARNING, NOTE = Severity


def _row(code: str, maximum: str, claimed: str | None, granted: str | None = None, explained: bool = True) -> PaperRow:
    points = [None if text is None else Fraction(text) for text in (maximum, claimed, granted)]
    return PaperRow(
        code, "Mục", Place(row=int(code[-1]), code=code), points[0], self_points=points[1], appraised_points=points[2],
        explanations=("Đã làm",) if explained else (),
    )  # fmt: skip


def _sheet(*rows: PaperRow, total: str | None = None, doubts: tuple[Problem, ...] = ()) -> PaperTable:
    printed = None if total is None else Fraction(total)
    sums = sum_doubts(rows, printed, None, Place(line=9))
    return PaperTable(TableKind.SCORE_SHEET, "Phiếu", Place(), rows, doubts=(*doubts, *maximum_doubts(rows), *sums))


def _brief(findings: tuple[Finding, ...]) -> list[tuple[str, Severity, str, str | None, str | None]]:
    return [(one.kind, one.severity, one.code, one.stated, one.found) for one in findings]


def test_points_above_max() -> None:
    """An item of a score sheet never has more points, claimed or appraised, than its maximum."""
    sheet = _sheet(_row("1", "8", "9", "8"), _row("1.1", "4", "5", "4"), _row("1.2", "4", "4", "4.5"))
    findings, left = paper_findings(sheet)
    assert _brief(findings) == [
        ("points_above_max", ERROR, "1", "9", "8"),
        ("points_above_max", ERROR, "1.1", "5", "4"),
        ("group_points_differ", ERROR, "1", "8", "8.5"),
        ("points_above_max", ERROR, "1.2", "4.5", "4"),
    ]
    assert (findings[1].place.row, left) == (1, ())


def test_group_points_differ() -> None:
    """The points of a group on a score sheet are the sum of its items; the maxima are checked as those of a set."""
    sheet = _sheet(_row("1", "9", "7"), _row("1.1", "4", "4"), _row("1.2", "4", None))
    findings, left = paper_findings(sheet)
    assert _brief(findings) == [("group_points_differ", ERROR, "1", "7", "4")]
    assert [(doubt.kind, doubt.facts["column"]) for doubt in left] == [("group_points_differ", "max_points")]


def test_total_points_differ() -> None:
    """The total row of a score sheet is the sum of its items; one that leaves out a group without explanations (what
    surveys score) is that of a part.
    """
    rows = (_row("1", "4", "4"), _row("1.1", "4", "4"), _row("2", "4", "3"), _row("2.1", "4", "3", explained=False))
    findings, _ = paper_findings(_sheet(*rows, total="6"))
    assert _brief(findings) == [("total_points_differ", ERROR, "", "6", "7")]
    assert findings[0].place.line == 9
    (partly,), _ = paper_findings(_sheet(*rows, total="4"))
    assert (partly.severity, partly.facts["without"]) == (NOTE, ["2"])


@pytest.mark.parametrize(
    ("doubt", "severity"),
    [
        (Problem("points_not_read", Place(code="1.2"), {"code": "1.2", "text": "3 hoặc 4"}), WARNING),
        (Problem("cell_unsure", Place(code="1.2"), {"code": "1.2"}), WARNING),
        (Problem("second_points", Place(code="1"), {"code": "1"}), WARNING),
        (Problem("points_not_read", Place(code="1.2"), {"code": "1.2", "text": "KĐG"}), ERROR),
        (Problem("cell_unsure", Place(code="2.1"), {"code": "2.1"}), ERROR),
    ],
)
def test_a_sum_over_a_figure_that_may_be_misread_is_to_be_confirmed(doubt: Problem, severity: Severity) -> None:
    sheet = _sheet(_row("1", "8", "7"), _row("1.1", "4", "4"), _row("1.2", "4", None), doubts=(doubt,))
    findings, left = paper_findings(sheet)
    assert _brief(findings) == [("group_points_differ", severity, "1", "7", "4")]
    assert left == (doubt,)


def _graded(*lines: str) -> tuple[Finding, ...]:
    _, doubts = read_grades([Paragraph(line, Place(line=at)) for at, line in enumerate(lines, start=1)])
    return paper_findings(PaperTable(TableKind.CRITERIA_SET, "Bộ", Place(), (), doubts=tuple(doubts)))[0]


def test_grade_bands_overlap() -> None:
    """No index has two grades: "90–100" and "70–90" both hold 90."""
    found = _graded("Loại A: 90 - 100 điểm", "Loại B: 70 - 90 điểm", "Loại C: dưới 70 điểm")
    assert _brief(found) == [("grade_bands_overlap", ERROR, "", "90", "90")]
    found = _graded("Tốt: từ 80 trở lên", "Khá: từ 65 đến dưới 85", "Yếu: dưới 65")
    assert _brief(found) == [("grade_bands_overlap", ERROR, "", "85", "80")]
    assert found[0].place.line == 2


def test_grade_bands_gap() -> None:
    """Every index has a grade; a gap between two neighbouring figures ("đến 84", "từ 85") may be meant for rounded
    figures and is to be confirmed.
    """
    found = _graded("Tốt: từ 80 trở lên", "Khá: từ 65 đến dưới 78", "Yếu: dưới 65")
    assert _brief(found) == [("grade_bands_gap", ERROR, "", "78", "80")]
    found = _graded("Tốt: từ 85 trở lên", "Khá: từ 70 đến 84", "Yếu: dưới 70")
    assert _brief(found) == [("grade_bands_gap", WARNING, "", "84", "85")]
