"""The queue of somebody who appraises: what waits, in which order, under which filter, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Flag
from parindex.database.queries.appraisal_pages import QueueRow
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.flags import FlagKind, Severity
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.values import exact_number
from parindex.web.appraisals.reader import Reader, is_for_chair, is_given, is_settled, shown_state
from parindex.web.score_sheets.tree import shortened, title_of
from parindex.wording.flags import flag_line
from parindex.wording.language import Language, current, mark, text
from parindex.wording.numbers import points_text

#: How many characters two lines of the queue hold.
SHORT = 58
_ORDER = {Severity.ERROR: 0, Severity.WARN: 1, Severity.INFO: 2}
ICONS = {Severity.ERROR: "alert-circle", Severity.WARN: "alert-triangle", Severity.INFO: "info-circle"}


class Only(StrEnum):
    """Which items the queue shows; the first that has any is shown where nobody has chosen."""

    WAITING = "waiting"
    CHAIR = "chair"
    FLAGS = "flags"
    ASKED = "asked"
    EXPLAINED = "explained"
    ALL = "all"


_FILTERS = {
    Only.WAITING: mark("Chờ tôi {count}"),
    Only.CHAIR: mark("Chờ chủ tịch {count}"),
    Only.FLAGS: mark("Có cảnh báo {count}"),
    Only.ASKED: mark("Đã hỏi {count}"),
    Only.EXPLAINED: mark("Đã giải trình {count}"),
    Only.ALL: mark("Tất cả {count}"),
}


class FlagLine(NamedTuple):
    """The gravest open flag of an item in words."""

    severity: str
    icon: str
    words: str


class ItemHead(NamedTuple):
    """An item: its code in an address, its short title, its maximum printed and as a number, whether an agency gives
    its points.
    """

    path: str
    title: str
    most: str
    max_points: Fraction
    by_agency: bool


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One item of one sheet: ``title`` is that of the item, or the name of the unit where one item is gone through."""

    row: QueueRow
    path: str
    title: str
    most: str
    flag: FlagLine | None
    waits: bool
    for_chair: bool
    sees: bool
    by_agency: bool

    @property
    def claim(self) -> str:
        """What is claimed, by the unit or by the agency that gives the points, as printed."""
        return points_text(exact_number(self.row.claim)) if self.row.claim else "–"

    @property
    def granted_below(self) -> str:
        """What the level below has granted of an item that waits, as printed; "" where this level judges the claim."""
        waits = self.row.state == AppraisalState.WAITING and self.row.points != ""
        return points_text(exact_number(self.row.points)) if waits else ""

    @property
    def state(self) -> str:
        """Where the item stands, as far as the reader may know: "" where others have said what is not shown."""
        return shown_state(self.row.state, sees=self.sees, is_sent=self.row.is_sent)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do with the item, as far as the reader may know."""
        return is_given(self.row) or (self.sees and is_settled(self.row))

    @property
    def is_done(self) -> bool:
        """Whether an item counts as done before the reader: it is settled, or enough was said that is not shown."""
        return is_settled(self.row) or not self.state


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """One way to see other items of the queue: how many it shows."""

    key: Only
    count: int
    is_current: bool

    @property
    def words(self) -> str:
        """What the link says."""
        return text(_FILTERS[self.key], count=self.count)


@dataclass(frozen=True, slots=True)
class Queue:
    """The lines that are shown, the one that is open, those before and after it, and how far everything has come."""

    lines: Sequence[QueueLine]
    filters: Sequence[QueueFilter]
    only: Only
    asked: str
    by_item: bool
    before: QueueLine | None
    after: QueueLine | None
    upcoming: QueueLine | None
    place: int
    waiting: int
    settled: int
    total: int
    points: Fraction
    max_points: Fraction

    @property
    def query(self) -> str:
        """What addresses carry along: how the queue is gone through."""
        chosen = {"by": "item"} if self.by_item else {}
        if self.asked:
            chosen["only"] = self.asked
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def next(self) -> str:
        """What the form says of where recording leads: the sheet and code of the next item that waits; "" for none."""
        return f"{self.upcoming.row.sheet}/{self.upcoming.row.item_code}" if self.upcoming else ""

    def with_filter(self, key: Only) -> str:
        """The query of another filter."""
        return "?" + urlencode(({"by": "item"} if self.by_item else {}) | {"only": str(key)})


@lru_cache(maxsize=64)
def titles(frozen: FrozenSet, _: Language) -> dict[str, ItemHead]:
    """What is the same of an item on every sheet."""
    return {
        code: ItemHead(
            quote(code, safe=""), shortened(title_of(one.node), SHORT), points_text(one.max_points), one.max_points,
            one.node.source is Source.EXTERNAL,
        )
        for code, one in frozen.items.items()
    }  # fmt: skip


def grade_of(flag: Flag) -> int:
    """How grave a flag is, the gravest first."""
    return _ORDER[Severity(flag.severity)]


def open_flags(flags: Iterable[Flag]) -> dict[int, list[Flag]]:
    """The flags of each entry that nobody has dismissed, the gravest first."""
    found: dict[int, list[Flag]] = {}
    for one in sorted((one for one in flags if one.dismissed_at is None), key=grade_of):
        found.setdefault(one.entry_id, []).append(one)
    return found


def shown_flags(flags: Iterable[Flag], *, sees: bool) -> list[Flag]:
    """Of the flags of an item those that give nothing away: one of them says what was granted here and elsewhere."""
    return [one for one in flags if sees or one.kind != FlagKind.JUDGED_DIFFERENTLY]


def queue_of(
    reader: Reader, rows: Sequence[QueueRow], flags: Mapping[int, Sequence[Flag]], frozen: FrozenSet,
    plan_of: Callable[[QueueRow], Plan], *, entry: int = 0, asked: str = "", by_item: bool = False,
    leaving: int = 0,
) -> Queue:  # fmt: skip
    """The queue over ``rows``, in their order, what was put off last; ``entry`` is open now, and recording does not
    lead back to ``leaving``.
    """
    known = titles(frozen, current())
    lines = [_line(reader, row, known, plan_of(row), by_item=by_item) for row in rows if row.item_code in known]
    wanted = {only: [one for one in lines if _is_wanted(one, only, flags)] for only in Only}
    only = _chosen(asked, wanted)
    shown = [_with_flag(one, flags) for one in sorted(wanted[only], key=lambda one: one.row.put_off)]
    at = next((place for place, one in enumerate(shown) if one.row.entry == entry), None)
    after = _after(shown, at, lines, entry)
    counted = [one for one in lines if not is_given(one.row)]
    mine = [one for one in counted if reader.appraises(one.row, plan_of(one.row))] or counted
    granted = [one for one in mine if one.row.points and one.sees]
    return Queue(
        shown,
        [QueueFilter(one, len(wanted[one]), one is only) for one in Only if _is_offered(one, only, wanted, reader)],
        only, asked if asked in set(Only) else "", by_item,
        _before(shown, at, lines, entry),
        after,
        _upcoming(shown, at, after, {entry, leaving}),
        0 if at is None else at + 1,
        len(wanted[Only.WAITING]),
        sum(one.is_done for one in mine),
        len(mine),
        sum((exact_number(one.row.points) for one in granted), Fraction(0)),
        sum((known[one.row.item_code].max_points for one in granted), Fraction(0)),
    )  # fmt: skip


def _line(reader: Reader, row: QueueRow, known: Mapping[str, ItemHead], plan: Plan, *, by_item: bool) -> QueueLine:
    head = known[row.item_code]
    row = reader.known(row, plan)
    sees = reader.sees(row, plan)
    for_chair = is_for_chair(row, plan) and (sees or row.state != AppraisalState.DISPUTED)
    return QueueLine(
        row, head.path, row.unit_name if by_item else head.title, head.most, None, reader.waits(row, plan), for_chair,
        sees, head.by_agency,
    )  # fmt: skip


def _chosen(asked: str, wanted: Mapping[Only, Sequence[QueueLine]]) -> Only:
    if asked in set(Only):
        return Only(asked)
    return next((one for one in _FIRST if wanted[one]), Only.ALL)


#: What is shown where nobody has chosen: the first of these with anything in it.
_FIRST = (Only.WAITING, Only.CHAIR, Only.ALL)


def _is_wanted(line: QueueLine, only: Only, flags: Mapping[int, Sequence[Flag]]) -> bool:
    match only:
        case Only.WAITING:
            return line.waits
        case Only.CHAIR:
            return line.for_chair
        case Only.FLAGS:
            return _flag_of(line, flags) is not None
        case Only.ASKED:
            return line.state == AppraisalState.ASKED
        case Only.EXPLAINED:
            return line.state == AppraisalState.EXPLAINED
        case Only.ALL:
            return True


def _is_offered(one: Only, only: Only, wanted: Mapping[Only, Sequence[QueueLine]], reader: Reader) -> bool:
    if one in (only, Only.ALL, Only.WAITING):
        return True
    return bool(wanted[one]) and (one is not Only.CHAIR or (reader.sees_all and not reader.is_chair))


def _flag_of(line: QueueLine, flags: Mapping[int, Sequence[Flag]]) -> Flag | None:
    """The gravest flag of an item with which something is left to do."""
    found = flags.get(line.row.entry, ())
    return next(iter(shown_flags(found, sees=line.sees)), None) if found and not line.is_over else None


def _with_flag(line: QueueLine, flags: Mapping[int, Sequence[Flag]]) -> QueueLine:
    one = _flag_of(line, flags)
    if one is None:
        return line
    return replace(line, flag=FlagLine(one.severity, ICONS[Severity(one.severity)], flag_line(one)))


def _before(shown: Sequence[QueueLine], at: int | None, lines: Sequence[QueueLine], entry: int) -> QueueLine | None:
    """The line before the open one; of one that the filter leaves out, the last shown one in reading order."""
    if at is not None:
        return shown[at - 1] if at else None
    by_entry, found = {one.row.entry: one for one in shown}, None
    for one in lines:
        if one.row.entry == entry:
            return found
        found = by_entry.get(one.row.entry, found)
    return None


def _after(shown: Sequence[QueueLine], at: int | None, lines: Sequence[QueueLine], entry: int) -> QueueLine | None:
    """The line after the open one; of one that the filter leaves out, the next shown one in reading order."""
    if at is not None:
        return shown[at + 1] if at + 1 < len(shown) else None
    later = False
    places = {one.row.entry for one in shown}
    for one in lines:
        if later and one.row.entry in places:
            return next(line for line in shown if line.row.entry == one.row.entry)
        later = later or one.row.entry == entry
    return None


def _upcoming(shown: Sequence[QueueLine], at: int | None, after: QueueLine | None, left: set[int]) -> QueueLine | None:
    """Where recording leads: the next item that waits, from the beginning again where none comes after."""
    others = [one for one in shown if one.waits and one.row.entry not in left]
    coming = (after,) if at is None else shown[at + 1 :]
    return next((one for one in coming if one in others), others[0] if others else None)
