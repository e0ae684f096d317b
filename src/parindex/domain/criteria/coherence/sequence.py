"""Codes in reading order: which of them cannot stand where they stand, and what they most likely should be.

A table is read from top to bottom. After ``2.3.1`` a sound table goes on with ``2.3.1.1``, ``2.3.2``, ``2.4`` or
``3``. A code that does not fit is settled on the successor that explains it best (a dot left out, another parent's
prefix, the code of a neighbour), and the reading goes on from there, so that one slip is one fault and does not make
the rows after it look wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from parindex.domain.criteria import codes
from parindex.domain.criteria.coherence.numerals import Numerals, Path
from parindex.domain.criteria.coherence.spine import repaired

#: So many skipped codes are looked at and named.
MISSING_MAX = 20


class CodeFault(StrEnum):
    """What is wrong with a code where it stands; the values are kinds of findings."""

    DUPLICATE = "duplicate_code"
    MISSING_DOT = "missing_dot"
    WRONG_PARENT = "wrong_parent"
    PARENT_MISSING = "parent_missing"
    GAP = "numbering_gap"
    ORDER = "numbering_order"


@dataclass(frozen=True, slots=True)
class SettledCode:
    """One row's code after reading: ``printed`` as it stands, ``code`` as understood, ``fault`` where they may differ.

    ``missing`` are the codes that a gap skips, or the parent that no row has. ``aside``: the row is one too many
    where it stands, the numbering goes on without it.
    """

    printed: str
    code: str
    fault: CodeFault | None = None
    missing: tuple[str, ...] = ()
    aside: bool = False


def settle(printed: Sequence[str], *, excerpt: bool = False) -> tuple[SettledCode, ...]:
    """Read ``printed`` codes of a hierarchical table (a child's code begins with its parent's) in reading order.

    Where that leaves several faults, the table is weighed as a whole (``spine``), and the reading with fewer faults
    counts; not in an ``excerpt``, whose rows leave codes out and so do not bear out one another.
    """
    paths = tuple(codes.parts(code) for code in printed)
    numerals = Numerals(paths)
    found = _Reader(paths, numerals).read()
    if excerpt or _faults(found) < 2 or numerals.run_on or (mended := repaired(paths, numerals)) is None:
        return found
    again = tuple(
        replace(one, printed=code, fault=CodeFault.WRONG_PARENT, missing=()) if one.printed != code else one
        for one, code in zip(_Reader(mended, numerals).read(), printed, strict=True)
    )
    return again if _faults(again) < _faults(found) else found


def _faults(settled: Sequence[SettledCode]) -> int:
    return sum(one.fault is not None for one in settled)


@dataclass(slots=True)
class _Reader:
    """The state of one reading: where it stands, which codes have been given out, which are still to come."""

    printed: tuple[Path, ...]
    numerals: Numerals
    at: int = 0
    before: Path = ()
    taken: set[Path] = field(default_factory=set)
    highest: dict[Path, int] = field(default_factory=lambda: defaultdict(int))
    last: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    ahead: Counter[Path] = field(default_factory=Counter)

    def read(self) -> tuple[SettledCode, ...]:
        self.ahead = Counter(self.printed)
        settled = []
        for at, path in enumerate(self.printed):
            self.at = at
            self.ahead[path] -= 1
            result = self._settled(path)
            settled.append(result)
            if result.fault is CodeFault.PARENT_MISSING:
                self._take(path[:-1])
            if result.aside:
                self.taken.add(codes.parts(result.code))
            else:
                self._take(codes.parts(result.code))
        return tuple(settled)

    def _take(self, path: Path) -> None:
        self.before = path
        self.taken.add(path)
        number = self.numerals.number(path)
        if number is not None:
            self.highest[path[:-1]] = self.last[len(path)] = max(self.highest[path[:-1]], number)

    def _due(self, parent: Path) -> int:
        """The number of the next child of ``parent``."""
        if not self.highest[parent] and len(parent) + 1 in self.numerals.run_on:
            return self.last[len(parent) + 1] + 1
        return self.highest[parent] + 1

    def _settled(self, path: Path) -> SettledCode:
        slip = self._slip(path)
        if slip is not None:
            return slip
        in_chain = self._in_chain(path)
        if path in self.taken and (in_chain or not self._has_due_number(path)):
            return self._duplicate(path)
        if in_chain:
            return self._sibling(path)
        dotted = self._with_dots(path)
        if dotted is not None:
            return _result(path, dotted, CodeFault.MISSING_DOT)
        return self._stray(path)

    def _in_chain(self, path: Path) -> bool:
        """Whether the parent of ``path`` is the row before or stands above it."""
        return path[:-1] == self.before[: len(path) - 1] and len(path) - 1 <= len(self.before)

    # --- a code whose parent is right --------------------------------------------------------------------------

    def _sibling(self, path: Path) -> SettledCode:
        number = self.numerals.number(path)
        if number is None:
            return _result(path, path)
        if number < self.highest[path[:-1]]:
            due = (*path[:-1], self.numerals.part(path[:-1], self._due(path[:-1])))
            if [one[:-1] for one in self.printed[self.at + 1 : self.at + 2]] == [due]:
                return _result(path, due, CodeFault.GAP, (due,))  # its children carry the code that it lacks
            return _result(path, path, CodeFault.ORDER)
        skipped = self._skipped(path, number)
        if not skipped:
            return _result(path, path)
        dotted = self._with_dots(path)
        if dotted is not None:
            return _result(path, dotted, CodeFault.MISSING_DOT)
        expected = skipped[0]
        if self.ahead[path] and self._goes_on(expected):
            return _result(path, expected, CodeFault.DUPLICATE)
        lost = tuple(step for step in skipped if not self.ahead[step])
        if not lost:
            return _result(path, path)  # what is skipped follows later: the order is at fault there, not here
        if self._goes_on(expected) and not self._goes_on(path):
            return _result(path, expected, CodeFault.GAP, (expected,))
        return _result(path, path, CodeFault.GAP, lost)

    def _skipped(self, path: Path, number: int) -> list[Path]:
        parent = path[:-1]
        first = self._due(parent)
        numbers = range(first, min(number, first + MISSING_MAX))
        return [
            step for step in ((*parent, self.numerals.part(parent, one)) for one in numbers) if step not in self.taken
        ]

    # --- a code that stands elsewhere --------------------------------------------------------------------------

    def _slip(self, path: Path) -> SettledCode | None:
        """A code of another group amid sound ones (3.9.1 between 2.3.1 and 2.3.3): the rows after it go on from the
        row before, and none goes on from it; None for every other code.
        """
        follow = self._successors(self.before)
        if path in self.taken or path in follow or self._followed(path):
            return None
        if self._with_dots(path) is not None:
            return None
        if self._in_chain(path):  # a gap within a group is none; only the parts of a group break off so
            follow = [step for step in follow if len(step) > len(path)]
        steps = [step for step in follow if not self.ahead[step] and step[:-1] != path[:-1] and self._goes_on(step)]
        alike = [step for step in steps if len(step) == len(path)]
        beside = [step for step in follow if len(step) == len(path) and step[:-1] != path[:-1]]
        if not alike and beside and self._goes_on(self.before):
            return self._placed(path, beside[0], CodeFault.WRONG_PARENT)  # one row too many
        size = len(self.before)
        best = min(alike or steps, key=lambda step: (step[-1] != path[-1], len(step) != size), default=None)
        return None if best is None else _result(path, best, CodeFault.WRONG_PARENT)

    def _followed(self, path: Path) -> bool:
        """Whether one of the next two rows goes on from ``path``, or the next changed places with it."""
        ahead = self.printed[self.at + 1 : self.at + 3]
        after = self._successors(path)
        return not ahead or path in self._successors(ahead[0]) or any(row in after for row in ahead)

    def _duplicate(self, path: Path) -> SettledCode:
        follow = self._successors(self.before)
        ranked = sorted(
            follow,
            key=lambda step: (step[:-1] != path[:-1], len(step) != len(path), not self._goes_on(step), -len(step)),
        )
        if len(ranked[0]) != len(path):  # siblings without numbers (a, b, c): no next one is known
            return replace(_result(path, (*path[:-1], f"{path[-1]}*"), CodeFault.DUPLICATE), aside=True)
        return self._placed(path, ranked[0], CodeFault.DUPLICATE)

    def _has_due_number(self, path: Path) -> bool:
        """Whether only the prefix is another than that of the row that is due: 1.2.4 where 2.3.4 is."""
        return any(len(step) == len(path) > 1 and step[-1] == path[-1] for step in self._successors(self.before))

    def _with_dots(self, path: Path) -> Path | None:
        """The successor that ``path`` becomes when dots are put back (``231``, ``2.31`` → ``2.3.1``)."""
        for step in self._successors(self.before):
            if len(step) > len(path) and "".join(step) == "".join(path):
                return step
        return None

    def _stray(self, path: Path) -> SettledCode:
        parent = path[:-1]
        known = parent in self.taken or self.ahead[parent] > 0
        first_of_lost_parent = not known and path[-1] == "1" and self._goes_on(path)
        same = [step for step in self._successors(self.before) if len(step) == len(path)]
        if first_of_lost_parent or not same:
            return _result(path, path, CodeFault.PARENT_MISSING, (parent,))
        best = min(same, key=lambda step: (step[-1] != path[-1], not self._goes_on(step)))
        return self._placed(path, best, CodeFault.WRONG_PARENT)

    def _placed(self, path: Path, step: Path, fault: CodeFault) -> SettledCode:
        """``path`` read as ``step``; where a later row has that code, as the next one that no row of the group has."""
        if not self.ahead[step]:
            return _result(path, step, fault)
        parent = step[:-1]
        numbers = [self.numerals.number(one) or 0 for one in (*self.printed, *self.taken) if one[:-1] == parent]
        return replace(_result(path, (*parent, self.numerals.part(parent, max(numbers) + 1)), fault), aside=True)

    def _goes_on(self, path: Path) -> bool:
        """Whether the next row can follow ``path``."""
        if self.at + 1 == len(self.printed):
            return True
        return self.printed[self.at + 1] in self._successors(path)

    def _successors(self, path: Path) -> list[Path]:
        """The codes that may follow ``path``: its first child, then the next sibling at every level up."""
        steps: list[Path] = [(*path, self.numerals.part(path, self._due(path)))]
        for length in range(len(path), 0, -1):
            parent = path[: length - 1]
            number = self.numerals.number(path[:length])
            if number is not None:
                steps.append((*parent, self.numerals.part(parent, max(self.highest[parent], number) + 1)))
        return steps


def _result(printed: Path, settled: Path, fault: CodeFault | None = None, missing: Sequence[Path] = ()) -> SettledCode:
    return SettledCode(".".join(printed), ".".join(settled), fault, tuple(".".join(step) for step in missing))
