"""All readers of parts and wholes over a text, each claim judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.parts.apart import apart
from parindex.documents.arithmetic.prose.parts.claims import Claim
from parindex.documents.arithmetic.prose.parts.columns import columns
from parindex.documents.arithmetic.prose.parts.fractions_of_one import (
    fractions_of_one,
    points_in_all,
    points_made_up,
)
from parindex.documents.arithmetic.prose.parts.judge import judged
from parindex.documents.arithmetic.prose.parts.linked import linked
from parindex.documents.arithmetic.prose.parts.near import near
from parindex.documents.arithmetic.prose.parts.periods import periods
from parindex.documents.arithmetic.prose.parts.totals import totals
from parindex.documents.arithmetic.prose.statements import Checked

_READERS: tuple[Callable[[MarkedText], Iterator[list[Claim]]], ...] = (
    linked,
    totals,
    periods,
    near,
    columns,
    apart,
    fractions_of_one,
    points_in_all,
    points_made_up,
)


def parts_of_wholes(text: MarkedText) -> Iterator[Checked]:
    """Every whole that is told with its parts."""
    for reader in _READERS:
        for claims in reader(text):
            checked = judged(text, claims)
            if checked is not None:
                yield checked
