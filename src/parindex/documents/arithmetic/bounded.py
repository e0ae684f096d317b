"""What keeps checking bounded in time, whatever a paper is: paragraphs of a length that somebody may have written, and
no more text than a paper of a thousand pages has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parindex.documents.papers import Block, Paragraph
from parindex.domain.errors import InvalidInput, Place, Problem

#: Letters of one paragraph or cell: four pages.
MOST_LETTERS = 12_000
#: Letters of a paper: a page has about three thousand.
MOST_LETTERS_OF_A_PAPER = 3_000_000
#: A longer word is none, and a longer number no figure: a state budget in đồng has sixteen digits.
_LONGEST_WORD = 400
#: A paragraph with more numbers is no running text.
_MOST_NUMBERS = 2_400
#: What readers of relations look at together: each figure of a stretch is held against the others.
_NUMBERS_OF_STRETCH = 300
_NUMBER = re.compile(r"\d+")
_BLANK = re.compile(r"\s")


def bounded(file: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with long paragraphs cut between words, and long cells cut off; what is no running text is left out.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``paper_too_long`` (facts ``letters``, ``limit``).
    """
    letters = sum(
        len(block.text)
        if isinstance(block, Paragraph)
        else sum(min(len(cell.text), MOST_LETTERS) for row in block.rows for cell in row)
        for block in blocks
    )
    if letters > MOST_LETTERS_OF_A_PAPER:
        facts = {"letters": letters, "limit": MOST_LETTERS_OF_A_PAPER}
        raise InvalidInput([Problem("paper_too_long", Place(file=file), facts)])
    return [piece for block in blocks for piece in _pieces(block)]


def _pieces(block: Block) -> Iterator[Block]:
    if isinstance(block, Paragraph):
        if len(block.text) <= _LONGEST_WORD:
            yield block
            return
        for text in _cut(_without_long_words(block.text)):
            yield from (replace(block, text=stretch) for stretch in _by_numbers(text))
    elif any(len(cell.text) > _LONGEST_WORD for row in block.rows for cell in row):
        rows = tuple(
            tuple(replace(cell, text=_without_long_words(cell.text)[:MOST_LETTERS]) for cell in row)
            for row in block.rows
        )
        yield replace(block, rows=rows)
    else:
        yield block


def _by_numbers(text: str) -> Iterator[str]:
    """``text`` in stretches of so many numbers as running text has at the most, cut behind a sentence where one ends;
    nothing where there are more than anybody writes.
    """
    numbers = [found.start() for found in _NUMBER.finditer(text)] if len(text) > _NUMBERS_OF_STRETCH else []
    if len(numbers) > _MOST_NUMBERS:
        return
    start = 0
    for last in numbers[_NUMBERS_OF_STRETCH::_NUMBERS_OF_STRETCH]:
        end = max(text.rfind(". ", start, last), text.rfind("\n", start, last), text.rfind("; ", start, last)) + 1
        end = end or last
        yield text[start:end]
        start = end
    yield text[start:]


def _without_long_words(text: str) -> str:
    """``text`` without words that nobody writes; line breaks stay."""
    if all(len(word) <= _LONGEST_WORD for word in text.split()):
        return text
    lines = (
        " ".join(word if len(word) <= _LONGEST_WORD else "…" for word in line.split(" ")) for line in text.split("\n")
    )
    return "\n".join(lines)


def _cut(text: str) -> Iterator[str]:
    """Stretches of at most :data:`MOST_LETTERS`, cut behind a sentence where one ends, else between words."""
    while len(text) > MOST_LETTERS:
        end = max(text.rfind(". ", 0, MOST_LETTERS), text.rfind("\n", 0, MOST_LETTERS)) + 1
        blanks = [found.start() for found in _BLANK.finditer(text, MOST_LETTERS - _LONGEST_WORD - 2, MOST_LETTERS)]
        end = end or (blanks[-1] if blanks else MOST_LETTERS)
        yield text[:end]
        text = text[end:].lstrip()
    yield text
