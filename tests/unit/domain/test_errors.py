"""Places and problems."""

from __future__ import annotations

from parindex.domain.errors import InvalidInput, Place, Problem


def test_a_place_names_only_what_is_known_in_reading_order() -> None:
    place = Place(code="2.3.1", row=38, file="2270.docx")
    assert list(place.as_data().items()) == [("file", "2270.docx"), ("row", 38), ("code", "2.3.1")]


def test_invalid_input_counts_its_problems_and_names_the_first() -> None:
    error = InvalidInput([Problem("code_twice"), Problem("unknown_part")])
    assert str(error) == "2 problems, first: code_twice"
