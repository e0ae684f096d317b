"""A whole and its parts: what holds, which one misprint explains a gap, and how easily it would by accident."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.arithmetic.figures import TextFigure, all_figures
from parindex.documents.arithmetic.misprints import MisprintKind
from parindex.documents.arithmetic.prose.parts.sums import Sum


def _figures(text: str) -> list[TextFigure]:
    return list(all_figures(text))


def _sum(text: str) -> Sum:
    whole, *parts = _figures(text)
    return Sum(whole, parts)


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("45.218 hồ sơ, 21.307 hồ sơ, 18.546 hồ sơ, 8.065 hồ sơ", MisprintKind.EXCHANGED, 15_846),
        ("846 hồ sơ, 412 hồ sơ, 306 hồ sơ, 125 hồ sơ", MisprintKind.OTHER, 843),
        ("846 hồ sơ, 41 hồ sơ, 309 hồ sơ, 125 hồ sơ", MisprintKind.ADDED, 412),
        ("643,1 tỷ đồng, 21,3 tỷ đồng, 43,0 tỷ đồng", MisprintKind.MOVED, Fraction("64.3")),
    ],
)
def test_one_misprint_explains_a_gap(text: str, kind: MisprintKind, meant: Fraction) -> None:
    found = _sum(text).explained()
    assert found is not None
    assert (found.kind, found.meant) == (kind, meant)


def test_two_misprints_explain_nothing() -> None:
    assert _sum("45.218 hồ sơ, 12.307 hồ sơ, 18.546 hồ sơ, 8.065 hồ sơ").explained() is None


def test_an_accident_is_the_misprints_tried_by_the_gaps_that_there_are() -> None:
    # Ten ways to exchange two digits of each figure of five digits, six of one of four; 45.218 gaps.
    text = "45.218 hồ sơ, 21.307 hồ sơ, 18.546 hồ sơ, 8.065 hồ sơ"
    one, third = _sum(text).explained(), _sum(text).explained(tried=3)
    assert one is not None
    assert third is not None
    assert one.accident == Fraction(36, 45_218)
    assert third.accident == 3 * one.accident


def test_round_figures_have_fewer_gaps() -> None:
    exact, round_ones = _sum("5.218 hồ sơ, 3.107 hồ sơ, 1.211 hồ sơ"), _sum("5.200 hồ sơ, 3.100 hồ sơ, 1.200 hồ sơ")
    assert exact.magnitude == 5_218
    assert round_ones.magnitude == 52


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 90_000), min_size=2, max_size=6))
def test_what_adds_up_holds_and_a_digit_more_does_not(parts: list[int]) -> None:
    listed = ", ".join(f"{part} hồ sơ" for part in parts)
    assert _sum(f"{sum(parts)} hồ sơ, {listed}").holds()
    off = _sum(f"{sum(parts) + 1} hồ sơ, {listed}")
    assert not off.holds()
    assert off.gap == 1
