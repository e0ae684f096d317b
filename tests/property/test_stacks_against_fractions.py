"""Stacks of columns give, block by block and row by row, what ``Fraction`` gives."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_numbers_against_fractions import columns, factors, masks, sound

from parindex.domain.values import Layer, Numbers, block, block_sum, joined, layered, scaled, total

ROWS = 4
fixed = columns().filter(lambda one: isinstance(one.den, int))
many = st.lists(columns(), min_size=1, max_size=3)


def end_to_end(laid: list[Numbers]) -> Numbers:
    """Any columns as a stack."""
    everything = np.ones((len(laid), ROWS), dtype=bool)
    return layered([Layer((at,), column) for at, column in enumerate(laid)], everything)


@settings(max_examples=200, deadline=None)
@given(st.lists(fixed, min_size=1, max_size=3))
def test_joined_columns_are_the_same_rows(parts: list[Numbers]) -> None:
    rows = [value for part in parts for value in sound(part)]
    assert sound(joined(parts)) == rows
    assert sound(end_to_end(parts)) == rows


@settings(max_examples=200, deadline=None)
@given(many, st.lists(factors, min_size=3, max_size=3))
def test_every_block_is_multiplied_by_its_own_factor(parts: list[Numbers], drawn: list[Fraction]) -> None:
    own = drawn[: len(parts)]
    expected = [value * factor for part, factor in zip(parts, own, strict=True) for value in sound(part)]
    assert sound(scaled(end_to_end(parts), own)) == expected


@settings(max_examples=200, deadline=None)
@given(columns(), columns(), masks, masks)
def test_the_last_layer_counts_and_what_is_not_kept_is_zero(
    below: Numbers, above: Numbers, mask: Any, kept: Any
) -> None:
    found = layered([Layer((0,), below), Layer((0,), above, mask)], kept[None, :])
    one, two = sound(below), sound(above)
    expected = [(b if over else a) if stays else 0 for a, b, over, stays in zip(one, two, mask, kept, strict=True)]
    assert sound(found) == expected


@settings(max_examples=200, deadline=None)
@given(many, st.integers(0, 3), st.integers(0, 3))
def test_blocks_are_added_row_by_row(parts: list[Numbers], first: int, behind: int) -> None:
    stack = end_to_end(parts)
    for chosen in (slice(first, behind), list(range(len(parts)))[::-1], []):
        listed = parts[chosen] if isinstance(chosen, slice) else [parts[at] for at in chosen]
        assert sound(block_sum(stack, ROWS, chosen)) == sound(total(listed, ROWS))
    assert sound(stack.cut(block(0, ROWS))) == sound(parts[0])


def test_stacks_without_columns_or_rows() -> None:
    assert sound(layered([], np.ones((2, 3), dtype=bool))) == [0] * 6
    empty = Numbers.constant(Fraction(1), 0)
    assert len(scaled(empty, [Fraction(1), Fraction(2)])) == len(block_sum(empty, 0, [0, 1])) == 0
