"""Columns of exact texts: to numbers and back without losing anything, however odd the denominators."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.errors import InvalidValue
from parindex.domain.publication.exact_texts import column_texts, exact_column
from parindex.domain.values import number_text

FRACTIONS = st.fractions(min_value=-1000, max_value=1000)


@given(st.lists(st.one_of(st.none(), FRACTIONS), max_size=40))
def test_texts_come_back_as_they_were(values: list[Fraction | None]) -> None:
    texts = tuple("" if one is None else number_text(one) for one in values)
    column = exact_column(texts)
    assert column_texts(column.numbers, column.present) == texts
    assert column.numbers.to_fractions() == [one or Fraction(0) for one in values]


def test_a_thousand_quotients_keep_their_own_denominators() -> None:
    texts = tuple(f"1/{number}" for number in range(1009, 1909, 2))
    column = exact_column(texts)
    assert not isinstance(column.numbers.den, int)
    assert column_texts(column.numbers) == tuple(number_text(Fraction(text)) for text in texts)


def test_places_are_those_written() -> None:
    assert exact_column(("0.75", "", "3", "1/3")).places.tolist() == [2, 0, 0, 12]


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidValue):
        exact_column(("1", "một"))
