"""Hints on a text as it stands or is typed: what does not add up in it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from parindex.documents.arithmetic.checked import check_explanation
from parindex.documents.arithmetic.findings import StatementFinding, Sure
from parindex.wording import statements as wording

#: The longest text that is looked at: that of an explanation.
MOST_LETTERS = 20_000


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that does not add up: both figures ("" where there is none), what is wrong and how to mend it."""

    stated: str
    found: str
    message: str
    remedy: str


def hints_in(typed: str) -> list[Hint]:
    """What does not add up; doubts are left to the report on a whole paper, somebody who types is not kept by them."""
    return [
        Hint(one.stated, one.found, wording.message(one), wording.remedy(one))
        for one in _found(typed[:MOST_LETTERS])
        if one.sure is not Sure.DOUBTFUL
    ]


@lru_cache(maxsize=512)
def _found(typed: str) -> tuple[StatementFinding, ...]:
    return check_explanation(typed).findings
