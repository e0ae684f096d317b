"""The maximum and the parts of the hundred in the wordings of different papers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.decisions.parts import read_parts
from parindex.documents.papers import Paragraph
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.errors import Place


def _lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(line=number)) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("text", "maximum", "parts"),
    [
        (
            "Tổng số điểm của Bộ tiêu chí là 100 điểm (một trăm điểm), trong đó: Tự đánh giá: 70 điểm; "
            "Khảo sát sự hài lòng: 30 điểm.",
            100,
            {"report": 70, "satisfaction_index": 30},
        ),
        (
            "Số điểm tối đa là 100 điểm, trong đó số điểm do đơn vị tự đánh giá là 70 điểm, "
            "số điểm qua điều tra xã hội học là 30 điểm.",
            100,
            {"report": 70, "opinion_survey": 30},
        ),
        (
            "Thang điểm đánh giá là 100; trong đó tự đánh giá 70 điểm, điều tra XHH 30 điểm.",
            100,
            {"report": 70, "opinion_survey": 30},
        ),
        (
            "gồm 2 lĩnh vực, 5 tiêu chí, thang điểm 20; gồm 15 điểm đánh giá qua hồ sơ, tài liệu và "
            "05 điểm đánh giá thông qua điều tra xã hội học.",
            20,
            {"report": 15, "opinion_survey": 5},
        ),
        ("Bộ tiêu chí bao gồm: 3 lĩnh vực với 5 tiêu chí, 7 tiêu chí thành phần (tổng điểm 100).", 100, {}),
        (
            "Tổng điểm là 24,5 điểm. Điểm thẩm định: 16,5 điểm; chỉ số SIPAS: 8 điểm.",
            Fraction(49, 2),
            {"report": Fraction(33, 2), "satisfaction_index": 8},
        ),
    ],
)
def test_parts_in_one_sentence(text: str, maximum: Fraction, parts: dict[str, Fraction]) -> None:
    stated = read_parts(_lines(text))
    assert (stated.max_points, stated.points, stated.doubts) == (maximum, parts, [])


def test_points_over_the_maximum_line_by_line() -> None:
    stated = read_parts(_lines("2. Thang điểm là 25 điểm, gồm:", "- Điểm thẩm định: 15/25.", "- Điểm khảo sát: 10/25."))
    assert stated.points == {"report": 15, "opinion_survey": 10}
    assert [(part.title, part.sources[0]) for part in stated.parts] == [
        ("Điểm thẩm định", Source.REPORT),
        ("Điểm khảo sát", Source.OPINION_SURVEY),
    ]
    assert (stated.max_place, stated.places["opinion_survey"]) == (Place(line=1), Place(line=3))


def test_the_total_may_come_last() -> None:
    stated = read_parts(
        _lines("- Điểm qua tài liệu kiểm chứng: 70 điểm.", "- Điểm ĐTXHH: 30 điểm.", "- Tổng cộng: 100 điểm.")
    )
    assert (stated.max_points, stated.points) == (100, {"report": 70, "opinion_survey": 30})


def test_a_part_is_not_called_by_the_words_of_the_total() -> None:
    stated = read_parts(_lines("Tổng điểm tối đa là 100 điểm. Điểm tự chấm: 70/100 điểm; điểm ĐTXHH: 30/100 điểm."))
    assert [part.title for part in stated.parts] == ["Điểm tự chấm", "điểm ĐTXHH"]


@pytest.mark.parametrize(
    "text",
    [
        "Điểm tự đánh giá tối đa 60 điểm.",
        "Điểm điều tra xã hội học chiếm 30% tổng số điểm.",
        "Tổng điểm là 100 điểm, trong đó điểm điều tra xã hội học 30 điểm.",
        "Tổng điểm là 100 điểm; điểm tự chấm 40 điểm; điểm thẩm định 30 điểm; ĐTXHH 30 điểm.",
    ],
)
def test_points_that_are_not_understood_are_a_doubt(text: str) -> None:
    stated = read_parts(_lines(text))
    assert stated.points == {}
    assert stated.doubts
    assert {doubt.kind for doubt in stated.doubts} == {"prose_not_understood"}
    assert all(str(doubt.facts["text"]) in text for doubt in stated.doubts)


def test_a_list_of_areas_that_names_a_survey_gives_no_parts() -> None:
    stated = read_parts(
        _lines(
            "Thang điểm là 100 điểm, trong đó:",
            "- Chỉ đạo, điều hành, chế độ báo cáo: 30 điểm;",
            "- Cải cách thể chế: 50 điểm;",
            "- Khảo sát sự hài lòng: 20 điểm.",
        )
    )
    assert (stated.max_points, stated.points) == (100, {})
    assert [doubt.place.line for doubt in stated.doubts] == [2, 4]


def test_points_by_the_case_are_no_part() -> None:
    stated = read_parts(_lines("Mỗi báo cáo chậm trừ 1 điểm.", "Điểm thưởng qua khảo sát: 5 điểm."))
    assert (stated.points, stated.doubts) == ({}, [])


def test_titles_without_their_number_and_bracket() -> None:
    stated = read_parts(
        _lines(
            "Thang điểm: 100 (trong đó: 62 điểm tự đánh giá, 38 điểm điều tra XHH)",
        )
    )
    assert [part.title for part in stated.parts] == ["tự đánh giá", "điều tra XHH"]
    listed = read_parts(
        _lines("Thang điểm: 100.", "- Phần I: Điểm thực hiện (80 điểm)", "- Phần II: Điểm ĐTXHH (20 điểm)")
    )
    assert [part.title for part in listed.parts] == ["Điểm thực hiện", "Điểm ĐTXHH"]


def test_a_second_total_is_a_doubt() -> None:
    stated = read_parts(_lines("Thang điểm là 100 điểm.", "Tổng số điểm tối đa: 90 điểm."))
    assert stated.max_points == 100
    assert [doubt.place for doubt in stated.doubts] == [Place(line=2)]


def test_results_and_per_cents_are_no_declaration() -> None:
    stated = read_parts(
        _lines("Tỉnh đạt 82,05/100 điểm qua điều tra xã hội học.", "Từ 85% tổng điểm trở lên, xếp ở mức Tốt.")
    )
    assert (stated.max_points, stated.points, stated.doubts) == (None, {}, [])


@pytest.mark.parametrize(
    ("text", "maximum", "parts"),
    [
        ("Tổng điểm tối đa của Bộ tiêu chí là 1.000 điểm.", 1000, {}),
        ("Thang điểm là 1000 điểm, trong đó tự đánh giá 700 điểm, khảo sát 300 điểm.", 1000,
         {"report": 700, "opinion_survey": 300}),
        ("Thang điểm là 1.500,5 điểm; tự đánh giá: 1.200,5 điểm; khảo sát: 300 điểm.", Fraction("1500.5"),
         {"report": Fraction("1200.5"), "opinion_survey": 300}),
        ("Thang điểm là 1.000 điểm: điểm thẩm định 885/1.000 điểm; điểm khảo sát 115/1.000 điểm.", 1000,
         {"report": 885, "opinion_survey": 115}),
        ("Thang điểm là 10.5 điểm; tự đánh giá: 9.375 điểm; khảo sát: 1.125 điểm.", Fraction("10.5"),
         {"report": Fraction("9.375"), "opinion_survey": Fraction("1.125")}),
        ("Thang điểm năm 2025 điểm tối đa là 100 điểm.", 100, {}),
    ],
)  # fmt: skip
def test_dots_between_thousands(text: str, maximum: Fraction, parts: dict[str, Fraction]) -> None:
    stated = read_parts(_lines(text))
    assert (stated.max_points, stated.points, stated.doubts) == (maximum, parts, [])
