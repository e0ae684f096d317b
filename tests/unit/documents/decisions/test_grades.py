"""Grades line by line and in one sentence, and bands that do not fit together."""

from __future__ import annotations

import pytest

from parindex.documents.decisions.grades import read_grades
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place


def _lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(line=number)) for number, text in enumerate(texts, start=1)]


def test_grades_in_one_sentence_with_an_overlap_and_a_gap() -> None:
    text = "Xếp loại: Tốt: từ 90% trở lên; Khá: từ 70% đến 90%; Trung bình: từ 50% đến dưới 70%; Yếu: dưới 40%."
    grades, doubts = read_grades(_lines(text))
    assert [(grade.title, grade.lower) for grade in grades] == [
        ("Tốt", 90),
        ("Khá", 70),
        ("Trung bình", 50),
        ("Yếu", 0),
    ]
    assert [(doubt.kind, doubt.facts) for doubt in doubts] == [
        (
            "grades_overlap",
            {"above": "Tốt: từ 90% trở lên", "below": "Khá: từ 70% đến 90%", "lower": 90, "upper": 90},
        ),
        (
            "grades_gap",
            {
                "above": "Trung bình: từ 50% đến dưới 70%",
                "below": "Yếu: dưới 40%.",
                "lower": 50,
                "upper": 40,
                "step": False,
            },
        ),
    ]


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        (("Tốt: từ 85 trở lên", "Khá: từ 70 đến dưới 85", "Yếu: dưới 70"), []),
        (("Tốt: từ 85 trở lên", "Khá: từ 70 đến 84,99", "Yếu: dưới 70"), []),
        (("Tốt: từ 85 trở lên", "Khá: từ 70 đến 84", "Yếu: dưới 70"), ["grades_gap"]),
        (("Tốt: trên 85", "Khá: từ 70 đến 85", "Yếu: dưới 70"), ["grade_edge_open"]),
        (("Tốt: trên 85", "Khá: từ 70 đến dưới 85", "Yếu: dưới 70"), ["grades_gap", "grade_edge_open"]),
        (("Tốt: ≥ 85%", "Khá: 70% ≤ x < 90%", "Yếu: < 70%"), ["grades_overlap"]),
    ],
)
def test_edges(texts: tuple[str, ...], kinds: list[str]) -> None:
    grades, doubts = read_grades(_lines(*texts))
    assert [(grade.title, grade.lower) for grade in grades] == [("Tốt", 85), ("Khá", 70), ("Yếu", 0)]
    assert [doubt.kind for doubt in doubts] == kinds


def test_a_gap_between_two_whole_figures_is_told_apart() -> None:
    _, (doubt,) = read_grades(_lines("Tốt: từ 85 trở lên", "Khá: từ 70 đến 84", "Yếu: dưới 70"))
    assert (doubt.facts["upper"], doubt.facts["lower"], doubt.facts["step"]) == (84, 85, True)


def test_short_notation_between_strokes() -> None:
    grades, doubts = read_grades(_lines("Mức xếp loại: Khá: từ 70 đến 90 / Trung bình: 50–<70 / Yếu: dưới 50"))
    assert [(grade.title, grade.lower) for grade in grades] == [("Khá", 70), ("Trung bình", 50), ("Yếu", 0)]
    assert doubts == []


def test_grades_over_a_hundred_points() -> None:
    grades, _ = read_grades(_lines('Từ 80/100 điểm trở lên xếp loại "Tốt"', 'Dưới 80/100 điểm xếp loại "Khá"'))
    assert [(grade.title, grade.lower) for grade in grades] == [("Tốt", 80), ("Khá", 0)]
