"""Papers are checked in pieces of a length that somebody may have written, whatever parts their words."""

from __future__ import annotations

import re
import sys
from types import FrameType

import pytest

from parindex.documents.arithmetic.bounded import MOST_LETTERS, bounded
from parindex.documents.arithmetic.checked import check_explanation
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\n", ". "])
def test_a_long_paragraph_is_cut_whatever_parts_its_words(blank: str) -> None:
    words = blank.join(["số"] * 100_000)
    pieces = [
        block.text for block in bounded("a.txt", [Paragraph(words, Place(line=1))]) if isinstance(block, Paragraph)
    ]
    assert max(map(len, pieces)) <= MOST_LETTERS
    assert sum(piece.count("số") for piece in pieces) == 100_000


@pytest.mark.parametrize("mark", [", ", ". ", "; "])
def test_a_paragraph_of_many_numbers_is_read_in_stretches(mark: str) -> None:
    words = mark.join(f"xã {number} nhận {number} hồ sơ" for number in range(450))
    stretches = [
        block.text for block in bounded("a.txt", [Paragraph(words, Place(line=1))]) if isinstance(block, Paragraph)
    ]
    assert "".join(stretches) == words
    assert max(len(re.findall(r"\d+", one)) for one in stretches) <= 300
    assert len(stretches) >= 3


def calls_for(words: str) -> int:
    """How many functions are called to check a text: what it costs, on any machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        check_explanation(words)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("token", ["5 phiếu (5%), ", "5 tỷ 6% dự toán (", "giao 5 người, đạt 4%, "])
def test_twice_the_shares_cost_little_more_than_twice_as_much(token: str) -> None:
    few, many = (calls_for(token * count) for count in (70, 140))
    assert many < 3 * few
