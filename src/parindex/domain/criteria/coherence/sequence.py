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

Path = tuple[str, ...]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_STEPS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

#: So many skipped codes are looked at and named; a part with more digits than this numbers nothing.
MISSING_MAX = 20
_DIGITS_MAX = 6


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


def ordinal(part: str, *, roman: bool = False) -> int | None:
    """The number of a part: ``"10"`` → 10, ``"IV"`` → 4 among Roman numerals; None for letters."""
    if part.isdecimal():
        return int(part) if len(part) <= _DIGITS_MAX else None
    if not roman or not part or any(letter not in _ROMAN for letter in part):
        return None
    values = [_ROMAN[letter] for letter in part]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def roman_numeral(number: int) -> str:
    """4 → ``"IV"``."""
    text = ""
    for value, letters in _ROMAN_STEPS:
        text += letters * (number // value)
        number %= value
    return text


def settle(printed: Sequence[str]) -> tuple[SettledCode, ...]:
    """Read ``printed`` codes of a hierarchical table (a child's code begins with its parent's) in reading order."""
    return _Reader(tuple(codes.parts(code) for code in printed)).read()


@dataclass(slots=True)
class _Reader:
    """The state of one reading: where it stands, which codes have been given out, which are still to come."""

    printed: tuple[Path, ...]
    at: int = 0
    before: Path = ()
    taken: set[Path] = field(default_factory=set)
    highest: dict[Path, int] = field(default_factory=lambda: defaultdict(int))
    ahead: Counter[Path] = field(default_factory=Counter)
    roman: bool = False

    def read(self) -> tuple[SettledCode, ...]:
        self.ahead = Counter(self.printed)
        self.roman = bool(self.printed) and self.printed[0] == ("I",)
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
        number = self._number(path)
        if number is not None:
            self.highest[path[:-1]] = max(self.highest[path[:-1]], number)

    def _number(self, path: Path) -> int | None:
        return ordinal(path[-1], roman=self.roman and len(path) == 1)

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
        number = self._number(path)
        if number is None:
            return _result(path, path)
        if number < self.highest[path[:-1]]:
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
        first = self.highest[parent] + 1
        numbers = range(first, min(number, first + MISSING_MAX))
        return [step for step in ((*parent, self._part(parent, one)) for one in numbers) if step not in self.taken]

    def _part(self, parent: Path, number: int) -> str:
        """The part that numbers child ``number`` of ``parent`` in this table's way."""
        return roman_numeral(number) if self.roman and not parent else str(number)

    # --- a code that stands elsewhere --------------------------------------------------------------------------

    def _slip(self, path: Path) -> SettledCode | None:
        """A code of another group amid sound ones (3.9.1 between 2.3.1 and 2.3.3): the rows after it go on from the
        row before, and none goes on from it; None for every other code.
        """
        follow = self._successors(self.before)
        if not self.before or path in self.taken or path in follow or self._followed(path):
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
        numbers = [self._number(one) or 0 for one in (*self.printed, *self.taken) if one[:-1] == parent]
        return replace(_result(path, (*parent, self._part(parent, max(numbers) + 1)), fault), aside=True)

    def _goes_on(self, path: Path) -> bool:
        """Whether the next row can follow ``path``."""
        if self.at + 1 == len(self.printed):
            return True
        return self.printed[self.at + 1] in self._successors(path)

    def _successors(self, path: Path) -> list[Path]:
        """The codes that may follow ``path``: its first child, then the next sibling at every level up."""
        steps: list[Path] = [(*path, str(self.highest[path] + 1))]
        for length in range(len(path), 0, -1):
            parent = path[: length - 1]
            number = self._number(path[:length])
            if number is not None:
                steps.append((*parent, self._part(parent, max(self.highest[parent], number) + 1)))
        return steps


def _result(printed: Path, settled: Path, fault: CodeFault | None = None, missing: Sequence[Path] = ()) -> SettledCode:
    return SettledCode(".".join(printed), ".".join(settled), fault, tuple(".".join(step) for step in missing))
