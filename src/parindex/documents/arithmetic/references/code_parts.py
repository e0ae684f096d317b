"""Codes of items by their parts: where a paper prints them, which stand in one family, which have parts exchanged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import ne

from parindex.documents.arithmetic.passages import Passage

Code = tuple[int, ...]
#: What stands before the code of an item.
ITEM = r"(?:tiêu chí(?: thành phần)?|tctp|tc|chỉ số thành phần|chỉ tiêu|nội dung|nhiệm vụ|mục)"
ANY = re.compile(r"(?<![\d.,/])\d{1,2}(?:\.\d{1,2}){1,4}(?![\d/%]|[.,]\d)")
#: Two of three parts in another order are no accident; of two parts ("1.2", "2.1") they may be.
FEWEST_PARTS = 3
_MOST = 2_000


def parts_of(printed: str) -> Code:
    """The parts of a printed code."""
    return tuple(map(int, printed.split(".")))


def codes_in(passage: Passage) -> Iterator[Code]:
    """The codes that a passage prints, and that of the item that it belongs to."""
    for found in islice(ANY.finditer(passage.text), _MOST):
        yield parts_of(found[0])
    place = passage.places[0].code
    if place and ANY.fullmatch(place):
        yield parts_of(place)


def known_codes(passages: Sequence[Passage]) -> Counter[Code]:
    """How often a paper prints each code."""
    return Counter(code for passage in passages for code in codes_in(passage))


def are_exchanged(one: Code, other: Code) -> bool:
    """Whether two parts of a code changed places."""
    return len(one) == len(other) and sorted(one) == sorted(other) and sum(map(ne, one, other)) == 2


def are_turned(one: Code, other: Code) -> bool:
    """Whether two parts that stand side by side changed places: the slip of a hand."""
    apart = [at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there]
    return are_exchanged(one, other) and apart[1] == apart[0] + 1


def has_relations(code: Code, known: Counter[Code]) -> bool:
    """Whether the paper has another code with the same parent, or the parent itself."""
    parent = code[:-1]
    return any(other != code and other[: len(parent)] == parent for other in known)
