"""Figures of running text with every reading; what names something is none."""

from fractions import Fraction

import pytest

from parindex.documents.arithmetic.figures import TextFigure, all_figures, in_distinct_form, in_form_of


def figures_in(text: str) -> list[TextFigure]:
    return [one for one in all_figures(text) if not one.named]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("2.836.483.552.955 đồng", ["2836483552955"]),
        ("13,4873", ["134873/10000"]),
        ("0.6967", ["6967/10000"]),
        ("25.800 lượt", ["25800", "25.8"]),
        ("1.280 triệu", ["1280", "1.28"]),
        ("45 %", ["45"]),
        ("40639", ["40639"]),
        ("8786,364", ["8786.364"]),
        ("70, 18%", ["70.18", "18"]),
        ("2.285,44", ["2285.44"]),
        ("2 568 521 triệu", ["2568521"]),
        ("(-0,5)", ["-0.5"]),
        ("20-30", ["20", "30"]),
    ],
)
def test_every_reading_is_kept(text: str, readings: list[str]) -> None:
    found = [reading for figure in figures_in(text) for reading in figure.readings]
    assert found == [Fraction(reading) for reading in readings]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 07/04/2021", "tháng 9/2020", "năm 2019", "giai đoạn 2016-2020", "số 1187/QĐ-UBND", "trang 12",
        "mức độ 3,4", "Lĩnh vực 1", "quý1", "ISO 9001",
    ],
)  # fmt: skip
def test_what_names_something_counts_nothing(text: str) -> None:
    assert list(figures_in(text)) == []


def test_a_stroke_makes_a_quotient_unless_it_is_a_month() -> None:
    found = [(figure.text, figure.named) for figure in all_figures("249/832, tháng 9/2020, 12/2020 và 01/18 đơn vị")]
    assert found == [("249/832", False), ("9/2020", True), ("12/2020", True), ("01/18", False)]


@pytest.mark.parametrize(
    ("printed", "value", "shown"),
    [
        ("2.093", "2903", "2.903"), ("71,71%", "640/9", "71,11"), ("05", "4", "04"), ("0.6976", "0.69668", "0.6967"),
        ("2.285,44", "123456.78", "123.456,78"), ("99", "99.4", "99,40"),
    ],
)  # fmt: skip
def test_a_value_is_shown_in_the_form_of_its_figure(printed: str, value: str, shown: str) -> None:
    (figure,) = figures_in(printed)
    assert in_distinct_form(figure, Fraction(value)) == shown
    assert in_form_of(figure, figure.readings[0]) == figure.digits
