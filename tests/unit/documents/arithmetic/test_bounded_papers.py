"""Papers are checked in pieces of a length that somebody may have written, whatever parts their words."""

from __future__ import annotations

import re
from time import process_time

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


@pytest.mark.parametrize("token", ["5 phiếu (5%), ", "5 tỷ 6% dự toán (", "giao 5 người, đạt 4%, "])
def test_shares_told_again_and_again_are_soon_read(token: str) -> None:
    before = process_time()
    check_explanation((token * 2000)[:20_000])
    assert process_time() - before < 8
