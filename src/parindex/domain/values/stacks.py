"""Stacks: columns of the same length end to end, one block a column, so that one operation serves all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from parindex.domain.values.columns import Mask, Numbers, den_column, rescaled, total
from parindex.domain.values.integers import Integers, integer_type, product, wide


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What is laid over some blocks of a stack: ``numbers`` holds them end to end in the order of ``blocks``.

    Only the rows of ``mask`` (as long as ``numbers``; None: all) are laid.
    """

    blocks: Sequence[int]
    numbers: Numbers
    mask: Mask | None = None


def block(number: int, rows: int) -> slice:
    """Where block ``number`` of a stack of columns with ``rows`` rows lies."""
    return slice(number * rows, (number + 1) * rows)


def joined(columns: Sequence[Numbers]) -> Numbers:
    """Fixed-point columns end to end, over their common denominator."""
    den = lcm(*[column.den_bound for column in columns])
    pieces = [rescaled(column, den) for column in columns]
    bound = max([column.num_bound for column in pieces])
    num = np.concatenate([wide(column.num, bound) for column in pieces])
    return Numbers(num, den, bound, den, all(column.not_negative for column in columns))


def scaled(stack: Numbers, factors: Sequence[Fraction]) -> Numbers:
    """A stack of as many blocks as ``factors``, each block times its factor."""
    if len(set(factors)) < 2 or not len(stack):
        return stack.times(factors[0])
    under = lcm(*(factor.denominator for factor in factors))
    over = [factor.numerator * (under // factor.denominator) for factor in factors]
    most = max(map(abs, over))
    column = np.array(over, dtype=integer_type(most))[:, None]
    num = product(stack.num.reshape(len(factors), -1), stack.num_bound, column, most).ravel()
    not_negative = stack.not_negative and min(over) >= 0
    return Numbers(num, stack.den, stack.num_bound * most, stack.den_bound, not_negative).times(Fraction(1, under))


def layered(layers: Sequence[Layer], kept: Mask) -> Numbers:
    """A stack with the shape of ``kept`` (blocks × rows): each row has what the last layer gives it.

    It is 0 where no layer gives anything and where ``kept`` is False.
    """
    fixed = [layer.numbers.den for layer in layers if isinstance(layer.numbers.den, int)]
    if len(fixed) < len(layers):
        return _quotients(layers, kept)
    den = lcm(*fixed)
    columns = [rescaled(layer.numbers, den) for layer in layers]
    bound = max((column.num_bound for column in columns), default=0)
    num = np.zeros(kept.shape, dtype=integer_type(bound))
    for layer, column in zip(layers, columns, strict=True):
        _lay(num, layer, column.num)
    np.copyto(num, 0, where=~kept)
    return Numbers(num.ravel(), den, bound, den, all(column.not_negative for column in columns))


def _quotients(layers: Sequence[Layer], kept: Mask) -> Numbers:
    """As :func:`layered`, where some layer has a denominator for each row."""
    bound = max(layer.numbers.num_bound for layer in layers)
    den_bound = max(layer.numbers.den_bound for layer in layers)
    num = np.zeros(kept.shape, dtype=integer_type(bound))
    den = np.ones(kept.shape, dtype=integer_type(den_bound))
    for layer in layers:
        _lay(num, layer, layer.numbers.num)
        _lay(den, layer, den_column(layer.numbers))
    num[~kept] = 0
    not_negative = all(layer.numbers.not_negative for layer in layers)
    return Numbers(num.ravel(), den.ravel(), bound, den_bound, not_negative)


def _lay(onto: Integers, layer: Layer, values: Integers) -> None:
    blocks = list(layer.blocks)
    shape = (len(blocks), onto.shape[1])
    laid = values.reshape(shape)
    if layer.mask is not None:
        laid = np.where(layer.mask.reshape(shape), laid, onto[blocks])
    onto[blocks] = laid


def block_sum(stack: Numbers, rows: int, blocks: slice | Sequence[int]) -> Numbers:
    """The sum of some blocks, row by row; zeros where there is none."""
    numbers = range(len(stack) // rows if rows else 0)
    picked = numbers[blocks] if isinstance(blocks, slice) else blocks
    if len(picked) == 1 or not isinstance(stack.den, int) or not rows:
        return total([stack.cut(block(number, rows)) for number in picked], rows)
    bound = stack.num_bound * len(picked)
    matrix = wide(stack.num, bound).reshape(-1, rows)
    num = matrix[blocks if isinstance(blocks, slice) else list(blocks)].sum(axis=0)
    return Numbers(num, stack.den, bound, stack.den_bound, stack.not_negative)
