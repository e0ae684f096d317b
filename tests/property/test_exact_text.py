"""Numbers as exact text: what was written is read again, however long it is."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.values import exact_number, number_text


@given(st.fractions())
def test_any_number_is_written_and_read_exactly(value: Fraction) -> None:
    assert exact_number(number_text(value)) == value


@given(st.lists(st.fractions(min_value=0, max_value=1, max_denominator=99_991), max_size=120))
def test_a_sum_of_many_quotients_is_written_and_read_exactly(shares: list[Fraction]) -> None:
    total = sum(shares, Fraction(0))
    assert exact_number(number_text(total)) == total
