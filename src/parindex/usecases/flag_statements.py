"""What does not add up in the explanation of an item, as flags: the same that whoever writes it is told.

Each thing is told once. An explanation alone is spoken of here; where other flags of the entry hold the same figures
against what was entered, or the same papers against those of the whole sheet, they know more and say it
(:data:`_SAID_BY`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parindex.documents.arithmetic.findings import Severity as Spoils
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.stored_findings import finding_data
from parindex.domain.review.flags import FlagKind, FoundFlag, Severity

#: The flag that says a statement better, where the entry has it: figures entered the wrong way round
#: (``over_the_whole``), a count entered otherwise (``count_apart``), a paper with two days (``two_dates``).
_SAID_BY = {
    StatementKind.SWAPPED_RATIO: FlagKind.IMPOSSIBLE_FIGURES,
    StatementKind.SAME_QUANTITY: FlagKind.FIGURES_APART,
    StatementKind.TWO_DATES: FlagKind.PAPER_TWO_DATES,
}
_KEY_LENGTH = 200


def statement_flags(findings: Sequence[StatementFinding], told: Collection[FlagKind]) -> list[FoundFlag]:
    """The statements of an explanation that do not add up, without those that flags of the kinds ``told`` say; what is
    only doubtful, or spoils no figure, is something to know.
    """
    flags: dict[str, FoundFlag] = {}
    for one in findings:
        if _SAID_BY.get(one.kind) not in told:
            flag = _flag(one)
            flags.setdefault(flag.key, flag)
    return list(flags.values())


def _flag(one: StatementFinding) -> FoundFlag:
    to_know = one.sure is Sure.DOUBTFUL or one.severity is Spoils.SLIP
    key = f"statement.{one.kind.value}.{one.stated}.{one.text}"[:_KEY_LENGTH]
    facts = {"says": "statement", "finding": finding_data(one)}
    return FoundFlag(FlagKind.FIGURES_APART, Severity.INFO if to_know else Severity.WARN, facts, key)
