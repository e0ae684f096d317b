"""The one thing that is noticed about an item and that its page does not say elsewhere, from what the page has read."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry
from parindex.documents.printed_explanations import printed_figures
from parindex.domain.review.flag_rules import claim_not_rule, maximum_on_nothing, over_the_whole
from parindex.domain.review.flags import GRAVITY, FoundFlag
from parindex.domain.review.measured_quantities import above_their_whole
from parindex.usecases.flag_figures import item_quantities
from parindex.usecases.sheet_scoring import Reading
from parindex.wording.flags import flag_line


def noticed_words(frozen: FrozenSet, entry: Entry, reading: Reading) -> str:
    """In a few words the gravest thing of the claim and its figures; "" for nothing. No query.

    Only of points that the rule gives: why it gives none stands there anyway.
    """
    if not entry.rule_points:
        return ""
    found = sorted(_found(frozen, entry, reading), key=lambda one: GRAVITY.index(one.severity))
    return flag_line(found[0]) if found else ""


def _found(frozen: FrozenSet, entry: Entry, reading: Reading) -> Iterator[FoundFlag]:
    item = frozen.items[entry.item_code]
    is_assumed = item.node.rule is not None and item.node.rule.assumed
    single = (
        claim_not_rule(entry.self_points, entry.rule_points, is_assumed=is_assumed),
        maximum_on_nothing(entry.branch, entry.points, item.max_points),
    )
    yield from (one for one in single if one is not None)
    for number, quantity in enumerate(item_quantities(frozen)[entry.item_code]):
        for part in above_their_whole(number, quantity, reading.figures).values():
            yield over_the_whole(part, printed_figures(entry.explanation).per_cents)
