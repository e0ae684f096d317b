"""The tree beside an item: groups of items with their marks and points, and how far the sheet has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, Protocol
from urllib.parse import quote

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.entry_marks import TO_DO, EntryMark
from parindex.usecases.sheet_counts import Counted, SheetCounts, counts_of, mark_of
from parindex.wording.language import Language, current, mark, text
from parindex.wording.numbers import points_text
from parindex.wording.roles import entry_mark

#: How many characters two lines of the tree hold, of an item and of the criterion above it; both stand in full in the
#: list of items, and above the item.
SHORT, SHORT_HEAD = 36, 40
#: Filters of the tree beside the marks; they stand in the address (``?only=todo``).
TODO, MINE, ASSIGNED, ALL = "todo", "mine", "assigned", "all"
_FILTERS = {
    "": mark("Tất cả"),
    ALL: mark("Tất cả"),
    TODO: mark("Cần làm"),
    MINE: mark("Phần của đơn vị tôi"),
    ASSIGNED: mark("Giao cho tôi"),
}


#: Marks of lines with something left to do: to be entered, or to be answered.
_LEFT = TO_DO | {EntryMark.ASKED}


class Line(Counted, Protocol):
    """What the tree shows of an entry: a row of the database with these columns, or an entry itself."""

    @property
    def part_id(self) -> int: ...
    @property
    def assignee_id(self) -> int | None: ...


class Leaf(NamedTuple):
    """One item as a line of the tree: ``path`` is its code in an address, ``short`` as much of its title as two lines
    show, ``most`` its maximum as printed.
    """

    code: str
    path: str
    title: str
    short: str
    max_points: Fraction
    most: str
    points: str
    mark: EntryMark
    is_mine: bool
    is_assigned: bool

    @property
    def is_to_do(self) -> bool:
        """Whether something is left to do before the part can be signed."""
        return self.is_mine and self.mark in _LEFT


@dataclass(frozen=True, slots=True)
class Branch:
    """The items under one criterion (or area itself); ``area`` is set on the first branch of each area."""

    code: str
    title: str
    area: Node | None
    is_area: bool
    leaves: tuple[Leaf, ...]

    @property
    def short(self) -> str:
        """As much of the title as two lines of the tree show."""
        return shortened(self.title, SHORT_HEAD)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to see fewer items: its key in the address, and how many items it leaves."""

    key: str
    count: int

    @property
    def words(self) -> str:
        """What the link says."""
        return text(_FILTERS[self.key]) if self.key in _FILTERS else entry_mark(self.key)


@dataclass(frozen=True, slots=True)
class Tree:
    """Branches in reading order, the filters, and the counts of the items that the reader enters (or of all).

    ``counted`` are the parts whose items are counted, none: all of the sheet; ``marks`` are those of every item.
    """

    branches: tuple[Branch, ...]
    filters: tuple[Filter, ...]
    counts: SheetCounts
    only: str
    counted: frozenset[int]
    marks: Counter[EntryMark]

    @property
    def leaves(self) -> list[Leaf]:
        """Every line in reading order."""
        return [leaf for branch in self.branches for leaf in branch.leaves]


def title_of(node: Node) -> str:
    """The title that pages show."""
    return node.display_title or node.title


def shortened(title: str, most: int) -> str:
    """As many whole words of a title as ``most`` characters hold."""
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0] + "…"


@lru_cache(maxsize=128)
def _items(frozen: FrozenSet, _: Language) -> dict[str, tuple[str, str, str, Fraction, str]]:
    """What is the same of an item on every sheet, worked out once: a frozen set never changes."""
    found = {}
    for code, item in frozen.items.items():
        title = title_of(item.node)
        # 114 whole titles would be half the weight of a page.
        found[code] = (
            quote(code, safe=""), title, shortened(title, SHORT), item.max_points, points_text(item.max_points)
        )  # fmt: skip
    return found


def leaves_of(
    entries: Sequence[Line], frozen: FrozenSet, *, mine: frozenset[int], reader: int = 0,
    asked: frozenset[str] | None = None,
) -> list[Leaf]:  # fmt: skip
    """Every item as a line; ``mine`` are the parts that the reader may write, ``reader`` is their account; ``asked``
    the only items that can be written now, None for all.
    """
    items = _items(frozen, current())
    return [
        Leaf(
            entry.item_code,
            *items[entry.item_code],
            entry.points,
            EntryMark.ASKED if asked is not None and entry.item_code in asked else mark_of(entry),
            entry.part_id in mine and (asked is None or entry.item_code in asked),
            entry.assignee_id is not None and entry.assignee_id == reader,
        )
        for entry in entries
    ]


def tree_of(
    entries: Sequence[Line], frozen: FrozenSet, *, mine: frozenset[int], only: str = "", reader: int = 0,
    leaves: Sequence[Leaf] | None = None, asked: frozenset[str] | None = None,
) -> Tree:  # fmt: skip
    """The tree of ``entries``; ``only``: "", ``all``, ``todo``, ``mine``, ``assigned`` or a mark.

    ``leaves``: those of the entries, where they have been made already. Where the council has ``asked``, who answers
    sees what is left to answer, unless they want all.
    """
    if leaves is None:
        leaves = leaves_of(entries, frozen, mine=mine, reader=reader, asked=asked)
    if asked is not None:
        only = only or (TODO if any(leaf.is_to_do for leaf in leaves) else ALL)
    counted = [entry for entry in entries if entry.part_id in mine]
    return Tree(
        branches_of(leaves, frozen, only), tuple(_filters(leaves, only)), counts_of(counted or entries, frozen), only,
        mine if counted else frozenset(), Counter(leaf.mark for leaf in leaves),
    )  # fmt: skip


def branches_of(leaves: Sequence[Leaf], frozen: FrozenSet, only: str) -> tuple[Branch, ...]:
    """The lines that the filter shows, under their criteria."""
    branches: list[tuple[Node, Node, list[Leaf]]] = []
    for leaf in leaves:
        if not _wanted(leaf, only):
            continue
        above = frozen.ancestors[leaf.code] or (frozen.items[leaf.code].node,)
        if not branches or branches[-1][0] is not above[-1]:
            branches.append((above[-1], above[0], []))
        branches[-1][2].append(leaf)
    shown, area = [], None
    for node, top, found in branches:
        first = top if top is not area else None
        shown.append(Branch(node.code, title_of(node), first, top is node, tuple(found)))
        area = top
    return tuple(shown)


def _filters(leaves: Sequence[Leaf], only: str) -> list[Filter]:
    """The filters that leave something and do not leave everything, and the one in use."""
    every = ALL if any(leaf.mark is EntryMark.ASKED for leaf in leaves) else ""
    counts = {
        every: len(leaves),
        TODO: sum(leaf.is_to_do for leaf in leaves),
        MINE: sum(leaf.is_mine for leaf in leaves),
        ASSIGNED: sum(leaf.is_assigned for leaf in leaves),
    }
    for one in EntryMark:
        if only == one:
            counts[one] = sum(leaf.mark == one for leaf in leaves)
    return [Filter(key, count) for key, count in counts.items() if key in (every, only) or 0 < count < len(leaves)]


def _wanted(leaf: Leaf, only: str) -> bool:
    if only == TODO:
        return leaf.is_to_do
    if only == MINE:
        return leaf.is_mine
    if only == ASSIGNED:
        return leaf.is_assigned
    return only in ("", ALL) or leaf.mark == only
