"""What the system notices about a sheet before it is signed, as the council will see it, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import ScoreSheet
from parindex.domain.review.flags import ASKS_REASON, GRAVITY, FlagKind, FoundFlag, Severity, gravest
from parindex.usecases.claim_check import Matter, MatterKind
from parindex.usecases.flags import flags_of_sheet

#: What stands among the matters that are left to do already, where one of this kind stands there for the same item.
_TOLD = {
    FlagKind.CLAIM_NOT_RULE: MatterKind.CONTRADICTION,
    FlagKind.NO_EVIDENCE: MatterKind.LACKS_EVIDENCE,
    FlagKind.PAPER_NOT_ATTACHED: MatterKind.CITATION,
    FlagKind.PAPER_TWO_DATES: MatterKind.DOUBTFUL_CITATION,
    FlagKind.FAR_FROM_LAST_YEAR: MatterKind.JUMP,
    FlagKind.NOT_OTHER_FIGURE: MatterKind.SUM_MOVED,
}


@dataclass(frozen=True, slots=True)
class NoticedItem:
    """One item with what is noticed about it, the gravest first."""

    code: str
    title: str
    flags: Sequence[FoundFlag]

    @property
    def worst(self) -> Severity:
        """The gravest of them."""
        return gravest(one.severity for one in self.flags) or Severity.INFO


@dataclass(frozen=True, slots=True)
class Noticed:
    """Everything noticed: ``items`` what is told here, ``told`` how many of each kind are told among the matters."""

    items: Sequence[NoticedItem]
    told: Mapping[FlagKind, int]

    @property
    def asks_reason(self) -> bool:
        """Whether one of them is more than something to know."""
        return any(one.worst in ASKS_REASON for one in self.items)

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(one.flags) for one in self.items) + sum(self.told.values())


def noticed(sheet: ScoreSheet, codes: Collection[str], matters: Collection[Matter] = ()) -> Noticed:
    """What is noticed about the items ``codes`` of a sheet; ``matters``: what the page tells of them anyway."""
    frozen = frozen_set(sheet.group.set_version)
    shown = {(one.kind, one.code) for one in matters}
    told: Counter[FlagKind] = Counter()
    items = []
    for code, flags in flags_of_sheet(sheet).items():
        if code not in codes:
            continue
        new = [one for one in flags if (_TOLD.get(one.kind), code) not in shown]
        told.update(one.kind for one in flags if (_TOLD.get(one.kind), code) in shown)
        if new:
            node = frozen.items[code].node
            in_order = sorted(new, key=lambda one: GRAVITY.index(one.severity))
            items.append(NoticedItem(code, node.display_title or node.title, in_order))
    return Noticed(items, told)
