"""What does not add up in the explanation of an item, as flags: the same that whoever writes it is told."""

from __future__ import annotations

from functools import lru_cache

from parindex.documents.arithmetic.checked import check_explanation
from parindex.documents.arithmetic.findings import Severity as Spoils
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.stored_findings import finding_data
from parindex.domain.review.flags import FlagKind, FoundFlag, Severity

#: Flags of their own say it: they hold the papers of a whole sheet against each other (``PAPER_TWO_DATES``), and the
#: figures that were entered (``IMPOSSIBLE_FIGURES``).
_OF_PAPERS = frozenset({StatementKind.TWO_DATES})
_OF_FIGURES = frozenset({StatementKind.SWAPPED_RATIO})
_OF_COUNTS = frozenset({StatementKind.SAME_QUANTITY})
_NONE: frozenset[StatementKind] = frozenset()
_KEY_LENGTH = 200


@lru_cache(maxsize=4096)
def statement_flags(
    explanation: str, *, figures_are_over: bool = False, counts_are_apart: bool = False
) -> tuple[FoundFlag, ...]:
    """Every statement of an explanation that does not add up; what is only doubtful, or spoils no figure, is something
    to know.

    ``figures_are_over``: a flag says already that the figures of the item are more than their whole;
    ``counts_are_apart``: that the explanation counts otherwise than was entered.
    """
    if not any(letter.isdigit() for letter in explanation):
        return ()
    found = check_explanation(explanation).findings
    said = _OF_PAPERS | (_OF_FIGURES if figures_are_over else _NONE) | (_OF_COUNTS if counts_are_apart else _NONE)
    flags: dict[str, FoundFlag] = {}
    for one in found:
        if one.kind not in said:
            flag = _flag(one)
            flags.setdefault(flag.key, flag)
    return tuple(flags.values())


def _flag(one: StatementFinding) -> FoundFlag:
    to_know = one.sure is Sure.DOUBTFUL or one.severity is Spoils.SLIP
    key = f"statement.{one.kind.value}.{one.stated}.{one.text}"[:_KEY_LENGTH]
    facts = {"says": "statement", "finding": finding_data(one)}
    return FoundFlag(FlagKind.FIGURES_APART, Severity.INFO if to_know else Severity.WARN, facts, key)
