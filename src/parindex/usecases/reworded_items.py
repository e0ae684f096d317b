"""Whether a code that two versions of a set share under other titles still names the same item.

Nobody but the standing office knows. Until it says otherwise, an item is what :func:`compare_sets` takes it for; but
within the versions of one set it is the same where it has the same source, maximum and rule (without a rule also the
same node above): a correction rewords an item more often than it puts another one in its place under the same number,
and of the two mistakes this is the one that loses nothing. Taken for the same, what a unit entered stays on its sheet
and the council is asked anew, for the title changed; taken for another one, every signed claim is put aside and, while
the council appraises, no unit can enter it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.domain.criteria.comparison import Aspect, Pair, Side, compare_sets, pair_of, title_words
from parindex.domain.criteria.criteria_set import Node

#: Differences after which a reworded item is no longer taken for the same by itself.
_OTHER = frozenset({Aspect.POINTS, Aspect.RULE, Aspect.SURVEY, Aspect.SOURCE})


@dataclass(frozen=True, slots=True)
class Reworded:
    """An item of the old version and one of the new under the same code and another title; whether they are the same,
    as the office said or, until it does, as it is usual.
    """

    pair: Pair
    is_same: bool

    @property
    def code(self) -> str:
        """The code of both."""
        return self.pair.new.node.code


def paired_items(
    before: FrozenSet, after: FrozenSet, said: Mapping[str, bool], *, of_one_set: bool
) -> tuple[list[Pair], list[Reworded]]:
    """Every item that both versions have, and those that only have the code in common; ``said``: what the office says
    of codes.
    """
    found = _compared(before, after)
    reworded = list(_reworded(before, after, found, said, of_one_set=of_one_set))
    verdicts = {one.code: one.is_same for one in reworded}
    kept = [one for one in found if one.old.node.code != one.new.node.code or verdicts.get(one.new.node.code, True)]
    known = {one.new.node.code for one in kept}
    return kept + [one.pair for one in reworded if one.is_same and one.code not in known], reworded


def _compared(before: FrozenSet, after: FrozenSet) -> list[Pair]:
    """The items that are the same by their codes and titles, each once."""
    found: dict[str, Pair] = {}
    for one in compare_sets(before.criteria_set, after.criteria_set).pairs:
        if one.old.node.code in before.items and one.new.node.code in after.items:
            found.setdefault(one.old.node.code, one)
    return list(found.values())


def _reworded(
    before: FrozenSet, after: FrozenSet, found: Sequence[Pair], said: Mapping[str, bool], *, of_one_set: bool
) -> Iterable[Reworded]:
    """The codes of which it is asked: under other titles on both sides, and neither item stands elsewhere."""
    there, gone = {one.old.node.code: one for one in found}, {one.new.node.code for one in found}
    for code, item in after.items.items():
        if code not in before.items or title_words(before.items[code].node.title) == title_words(item.node.title):
            continue
        one = there.get(code)
        if one is None and code not in gone:
            pair = pair_of(_side(before, code), _side(after, code))
            yield Reworded(pair, said.get(code, of_one_set and _is_reworded_only(before, after, pair)))
        elif one is not None and one.new.node.code == code:
            yield Reworded(one, said.get(code, True))


def _side(of: FrozenSet, code: str) -> Side:
    return Side(of.items[code].node, len(of.ancestors[code]) + 1)


def _is_reworded_only(before: FrozenSet, after: FrozenSet, pair: Pair) -> bool:
    """Whether an item gives what it gave in the same way; without a rule its place says so."""
    if any(pair.differs_in(aspect) for aspect in _OTHER):
        return False
    code = pair.new.node.code
    return pair.new.node.rule is not None or _above(before.ancestors[code]) == _above(after.ancestors[code])


def _above(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The title of the node above, as titles are compared; nothing above an item that stands alone."""
    return title_words(nodes[-1].title) if nodes else ()
