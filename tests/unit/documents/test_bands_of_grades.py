"""Bands of grades that the prose of a paper states for its evaluation table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.papers import Paragraph
from parindex.documents.procedure_tables.prose import bands
from parindex.documents.running_text import running_text
from parindex.domain.errors import Place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Có 04 đơn vị xếp loại Xuất sắc (từ 15 điểm trở lên), 01 đơn vị xếp loại Tốt (từ 12 đến dưới 15 điểm).",
            [("Xuất sắc", 15), ("Tốt", 12)],
        ),
        ("Từ 16 điểm trở lên xếp loại Xuất sắc; từ 13 đến dưới 16 xếp loại Tốt.", [("Xuất sắc", 16), ("Tốt", 13)]),
        ("Tốt (từ 80% trở lên); Khá (từ 50% đến dưới 80%).", [("Tốt", Fraction(72, 5)), ("Khá", 9)]),
    ],
)
def test_bands_in_brackets_and_before_their_grade(text: str, expected: list[tuple[str, Fraction]]) -> None:
    found = bands(running_text([Paragraph(text, Place())]), Fraction(18))
    assert [(grade.title, grade.lower) for grade in found] == expected
