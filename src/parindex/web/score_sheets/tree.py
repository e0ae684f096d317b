"""The tree beside an item: groups of items with their marks and points, and how far the sheet has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.entry_marks import TO_DO, EntryMark
from parindex.usecases.sheet_counts import SheetCounts, counts_of, mark_of


@dataclass(frozen=True, slots=True)
class Leaf:
    """One item as a line of the tree."""

    code: str
    title: str
    max_points: object
    entry: Entry
    mark: EntryMark
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """The items under one criterion (or area)."""

    code: str
    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Branches in reading order, and the counts of the items shown."""

    branches: tuple[Branch, ...]
    counts: SheetCounts

    @property
    def leaves(self) -> list[Leaf]:
        """Every line in reading order."""
        return [leaf for branch in self.branches for leaf in branch.leaves]


def title_of(node: Node) -> str:
    """The title that pages show."""
    return node.display_title or node.title


def tree_of(entries: Sequence[Entry], frozen: FrozenSet, *, mine: frozenset[int], only: str = "") -> Tree:
    """The tree of ``entries``; ``mine`` are the parts that the reader may write; ``only`` is "", ``todo``, ``mine`` or a
    mark.
    """
    branches: dict[str, tuple[Node, list[Leaf]]] = {}
    for entry in entries:
        node = frozen.items[entry.item_code].node
        above = frozen.ancestors[entry.item_code]
        leaf = Leaf(entry.item_code, title_of(node), node.max_points, entry, mark_of(entry), entry.part_id in mine)
        if not _wanted(leaf, only):
            continue
        parent = above[-1] if above else node
        branches.setdefault(parent.code, (parent, []))[1].append(leaf)
    shown = tuple(Branch(node.code, title_of(node), tuple(leaves)) for node, leaves in branches.values())
    counted = [entry for entry in entries if entry.part_id in mine] or entries
    return Tree(shown, counts_of(counted, frozen))


def _wanted(leaf: Leaf, only: str) -> bool:
    if only == "todo":
        return leaf.mark in TO_DO and leaf.is_mine
    if only == "mine":
        return leaf.is_mine
    return not only or leaf.mark == only
