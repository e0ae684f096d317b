"""Reports that are right yield nothing, and of planted slips nine in ten are found, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.planted_slips import WRITERS, Planted, PlantedScore, reports, score_planted

from parindex.documents.arithmetic.checked import PrintedPaper, check_explanation, check_papers
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.formats import read_blocks

SEEDS = range(6)


def findings(path: Path, report: Planted, extension: str = ".txt") -> tuple[StatementFinding, ...]:
    file = path / f"bao-cao{extension}"
    WRITERS[extension](file, report.lines)
    return check_papers([PrintedPaper(file.name, read_blocks(file)[0])])[0].findings


def test_planted_slips_are_found_and_nothing_else_is_said(tmp_path: Path) -> None:
    reached = PlantedScore()
    for seed in SEEDS:
        for report in reports(seed):
            score_planted(report, findings(tmp_path, report), reached)
    assert reached.false == []
    assert 10 * reached.found >= 9 * (reached.found + len(reached.missed)), reached.missed


@pytest.mark.parametrize("extension", [".docx", ".pdf", ".html"])
def test_a_report_is_checked_alike_in_every_format(tmp_path: Path, extension: str) -> None:
    right, *slips = reports(3)
    assert findings(tmp_path, right, extension) == ()
    for report in slips[:3]:
        as_text = [(one.kind, one.stated, one.found) for one in findings(tmp_path, report)]
        assert [(one.kind, one.stated, one.found) for one in findings(tmp_path, report, extension)] == as_text


def test_an_explanation_is_checked_with_its_code() -> None:
    checked = check_explanation("Đạt 81,6% (29/36 TTHC).\nKế hoạch số 12/KH-UBND ngày 31/02/2020.", code="3.3.2")
    assert {(one.kind.value, one.place.code) for one in checked.findings} == {
        ("ratio", "3.3.2"),
        ("impossible_date", "3.3.2"),
    }
