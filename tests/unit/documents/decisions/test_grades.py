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


@pytest.mark.parametrize(
    "text",
    [
        "3. Xếp loại: Tốt từ 90 điểm trở lên; Khá từ 80 đến 90 điểm; Trung bình từ 65 đến dưới 78 điểm;"
        " Yếu dưới 65 điểm.",
        "Xếp loại: a) Loại Tốt: Đạt từ 90%; b) Loại Khá: Đạt từ 80% đến 90%; c) Loại Trung bình: Đạt từ 65% đến dưới"
        " 78%; d) Loại Yếu: Đạt dưới 65%.",
        "Xếp loại theo 4 mức: (1) Tốt: từ 90 điểm; (2) Khá: từ 80 đến 90 điểm; (3) Trung bình: 65 ≤ điểm < 78;"
        " (4) Yếu: < 65.",
        "Từ 90 điểm trở lên: Tốt; từ 80 đến 90 điểm: Khá; từ 65 đến dưới 78 điểm: Trung bình; dưới 65 điểm: Yếu.",
        "Đơn vị đạt từ 90 điểm trở lên xếp loại Tốt, từ 80 đến 90 điểm xếp loại Khá, từ 65 đến dưới 78 điểm xếp loại"
        " Trung bình, dưới 65 điểm xếp loại Yếu.",
        "Mức xếp loại: Tốt (từ 90 điểm trở lên), Khá (từ 80 đến 90 điểm), Trung bình (từ 65 đến dưới 78 điểm) và Yếu"
        " (dưới 65 điểm).",
        "Xếp loại\n- Tốt: từ 90 điểm\n- Khá: từ 80 đến 90 điểm\n- Trung bình: từ 65 đến dưới 78 điểm\n- Yếu: dưới 65",
    ],
)  # fmt: skip
def test_faults_are_found_however_the_grades_are_written(text: str) -> None:
    grades, doubts = read_grades(_lines(*text.split("\n")))
    assert [(grade.title, grade.lower) for grade in grades] == [
        ("Tốt", 90),
        ("Khá", 80),
        ("Trung bình", 65),
        ("Yếu", 0),
    ]
    assert [(doubt.kind, doubt.facts["lower"], doubt.facts["upper"]) for doubt in doubts] == [
        ("grades_overlap", 90, 90),
        ("grades_gap", 80, 78),
    ]


HEADING = "3. Xếp loại mức độ hoàn thành:"
OWN_NAMES = (
    "- Hoàn thành xuất sắc nhiệm vụ: từ 90 điểm trở lên;",
    "- Hoàn thành tốt nhiệm vụ: từ 70 đến dưới 90 điểm;",
    "- Hoàn thành nhiệm vụ từ 50 đến dưới 70 điểm;",
    "- Không hoàn thành nhiệm vụ: dưới 50 điểm.",
)


def test_names_of_their_own_below_a_heading_about_grades() -> None:
    grades, doubts = read_grades(_lines(HEADING, *OWN_NAMES))
    assert [(grade.title, grade.lower) for grade in grades] == [
        ("Hoàn thành xuất sắc nhiệm vụ", 90),
        ("Hoàn thành tốt nhiệm vụ", 70),
        ("Hoàn thành nhiệm vụ", 50),
        ("Không hoàn thành nhiệm vụ", 0),
    ]
    assert doubts == []


def test_names_of_their_own_are_grades_only_where_the_paper_speaks_of_grades() -> None:
    assert read_grades(_lines("Thực hiện nhiệm vụ:", *OWN_NAMES)) == ((), [])


def test_names_of_their_own_that_make_no_scale_are_a_doubt() -> None:
    grades, doubts = read_grades(_lines(HEADING, *OWN_NAMES[1:3]))
    assert grades == ()
    assert [(doubt.kind, doubt.place.line, doubt.facts["text"]) for doubt in doubts] == [
        ("prose_not_understood", 1, HEADING)
    ]


def test_a_sentence_about_grades_that_is_not_understood_is_a_doubt() -> None:
    text = "Các đơn vị được xếp loại vàng khi đạt từ 90 điểm trở lên, xếp loại bạc khi đạt dưới 90 điểm."
    grades, (doubt,) = read_grades(_lines("Điều 1.", text))
    assert (grades, doubt.kind, doubt.place.line, doubt.facts["text"]) == ((), "prose_not_understood", 2, text)


def test_a_band_among_grades_that_is_none_is_a_doubt() -> None:
    text = "Xếp loại: Tốt: từ 90 điểm trở lên; số điểm (làm tròn) từ 80 đến dưới 90 điểm; Yếu: dưới 80 điểm."
    grades, doubts = read_grades(_lines(text))
    assert [grade.title for grade in grades] == ["Tốt", "Yếu"]
    assert [(doubt.kind, doubt.facts.get("text")) for doubt in doubts] == [
        ("prose_not_understood", "số điểm (làm tròn) từ 80 đến dưới 90 điểm")
    ]


def test_a_sentence_about_grades_without_bands_is_none() -> None:
    text = "Kết quả xếp loại được công bố trước ngày 15/3/2025, gồm Tốt, Khá, Trung bình và Yếu."
    assert read_grades(_lines(text)) == ((), [])


def test_a_grade_alone_before_the_scale_is_passed_over() -> None:
    texts = ("Phấn đấu đạt loại Tốt: từ 90 điểm", "Điều 2", "Điều 3", "Tốt: từ 85 điểm", "Khá: dưới 85 điểm")
    grades, doubts = read_grades(_lines(*texts))
    assert [(grade.title, grade.lower) for grade in grades] == [("Tốt", 85), ("Khá", 0)]
    assert doubts == []


def test_a_name_of_its_own_among_known_ones_and_a_band_that_only_ends() -> None:
    text = "Xếp 4 loại: Tốt (trên 90%), Khá (trên 80% đến 90%), TB (trên 65% đến 80%), Yếu (đến 65%)"
    grades, doubts = read_grades(_lines("Xếp loại", text))
    assert [(grade.title, grade.lower) for grade in grades] == [("Tốt", 90), ("Khá", 80), ("TB", 65), ("Yếu", 0)]
    assert [doubt.kind for doubt in doubts] == ["grade_edge_open"] * 3


def test_a_text_without_an_end_states_no_grades() -> None:
    text = "Tốt: từ 85 điểm; Khá: dưới 85 điểm. " + "Căn cứ văn bản. " * 200
    assert read_grades(_lines(text)) == ((), [])
