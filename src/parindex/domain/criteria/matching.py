"""Which item of a set an item of another paper is about: by code where the titles agree, else by the title alone."""

from __future__ import annotations

from collections.abc import Iterable

from parindex.domain.criteria.comparison import RENAMED, likeness, title_words
from parindex.domain.criteria.criteria_set import Node


def matched_items(items: Iterable[Node], others: Iterable[Node]) -> dict[str, Node]:
    """For codes of ``items`` the one of ``others`` that speaks of the same; every one of ``others`` once at most."""
    left, right = list(items), list(others)
    found: dict[str, Node] = {}
    for node in left:
        same = next((one for one in right if one.code == node.code and _alike(node, one)), None)
        if same is not None:
            found[node.code] = same
    used = {id(one) for one in found.values()}
    for node in left:
        if node.code in found:
            continue
        named = [one for one in right if id(one) not in used and title_words(one.title) == title_words(node.title)]
        if len(named) == 1:
            found[node.code] = named[0]
            used.add(id(named[0]))
    return found


def _alike(one: Node, two: Node) -> bool:
    return likeness(title_words(one.title), title_words(two.title)) >= RENAMED
