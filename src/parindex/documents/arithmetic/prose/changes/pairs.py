"""Changes told in the order of the values that changed, with those of the other time in brackets behind them: ``tiếp
866 lượt/964 lượt người. So với cùng kỳ giảm 146 lượt, 127 lượt người (năm 2019 tiếp 1.012 lượt/1.091 lượt người)``.

Values, changes and values of the other time are compared member by member. That all of them count the same things in
the same order, and that all members but one are right, leaves the odd one no excuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_form_of
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.arithmetic.prose.changes.wrong_changes import change_apart, change_turned, printed
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked
from parindex.documents.arithmetic.prose.values import DOWN, UP, VALUES, unit_behind

_NO_FIGURE = rf"[^.;:(),/{MARKS}]"
#: One change and those that follow it, up to the bracket with the values of the other time.
_CHANGES = re.compile(
    rf"(?<!\w)(?P<dir>{UP}|{DOWN})(?:\s[^\W\d_]{{1,10}}){{0,5}}?\s(?P<first>{COUNT}){_NO_FIGURE}{{1,30}}?"
    rf"(?P<more>(?:(?:,|/|\svà|\svới)\s?{_NO_FIGURE}{{0,40}}?{COUNT}[^.;:(),/{VALUES}]{{0,60}}?){{1,4}})"
    rf"\s?\((?P<other>[^()]{{0,200}}(?:năm|kỳ|tháng|quý)(?!\w)[^()]{{0,200}})\)"
)
#: A per cent beside a count, and a time before it, are no members.
_COUNTS = re.compile(COUNT)
_MONTHS = re.compile(r"\s?(?:tháng|quý|ngày|năm)(?!\w)")
_REACH = 260
_MOST = 5


@dataclass(frozen=True, slots=True)
class _Members:
    """The places of the values now, of the changes, and of the values of the other time, in one order."""

    new: Sequence[int]
    by: Sequence[int]
    old: Sequence[int]


def paired_changes(text: MarkedText) -> Iterator[Checked]:
    """Every run of changes whose members are all told, and the one member of it that is wrong."""
    for found in _CHANGES.finditer(text.text):
        members = _members(text, found)
        if members is None:
            continue
        start, end = min(members.new), found.end()
        directions = _directions(text, found, members.by)
        wrong = [
            at for at, up in enumerate(directions)
            if _value(text, members.old[at]) + (1 if up else -1) * _value(text, members.by[at])
            != _value(text, members.new[at])
        ]  # fmt: skip
        if not wrong:
            yield Checked("differences", Fit.RIGHT, start, end)
        elif len(wrong) == 1:
            yield Checked("differences", Fit.WRONG, start, end, _told(text, members, wrong[0], start, end))


def _members(text: MarkedText, found: re.Match[str]) -> _Members | None:
    by = [found.start("first"), *_places(text, found.start("more"), found.end("more"))]
    old = _places(text, found.start("other"), found.end("other"))
    if len(old) != len(by) or len(by) > _MOST:
        return None
    first = text.period(max(text.period(found.start())[0] - 2, 0))[0]
    new = _places(text, max(first, found.start() - _REACH), found.start())[-len(by) :]
    if len(new) != len(by) or any(is_about(text.text, at) for at in (*new, *by, *old)):
        return None
    alike = all(_alike(text, *each) for each in zip(new, by, old, strict=True))
    return _Members(new, by, old) if alike else None


def _places(text: MarkedText, start: int, end: int) -> list[int]:
    return [
        found.start() for found in _COUNTS.finditer(text.text, start, end)
        if not _MONTHS.match(text.text, found.end())
    ]  # fmt: skip


def _alike(text: MarkedText, *places: int) -> bool:
    """Whether values and change count the same: their words behind begin alike, or one has none; all are whole."""
    units = [unit_behind(text, at).split()[:1] for at in places]
    named = {unit[0] for unit in units if unit}
    return (
        len(named) == 1 and sum(not unit for unit in units) < 2 and not any(text.figure(at).places[0] for at in places)
    )


def _directions(text: MarkedText, found: re.Match[str], by: Sequence[int]) -> list[bool]:
    """Whether each change is a rise: the word of the one before goes on where none stands before it."""
    up, directions, before = re.match(UP, found["dir"]) is not None, [], found.start()
    for at in by:
        word = re.search(rf"(?<!\w)(?:(?P<up>{UP})|{DOWN})(?!\w)", text.text[before:at])
        up = up if word is None else word["up"] is not None
        directions.append(up)
        before = at + 1
    return directions


def _value(text: MarkedText, at: int) -> int:
    return int(text.figure(at).value)


def _told(text: MarkedText, members: _Members, at: int, start: int, end: int) -> StatementFinding:
    by, old, new = (text.figure(each[at]) for each in (members.by, members.old, members.new))
    missing = Fraction(abs(new.value - old.value), by.scale)
    span, values = (start, end), printed(old, new)
    if missing == by.readings[0]:
        return change_turned(text, span, members.by[at], values, up=new.value < old.value)
    return change_apart(text, span, members.by[at], values, in_form_of(by, missing))
