"""Reading the parameters of a rule: every problem is noted with its path and reading goes on: all come at once.

Problem kinds, facts: ``key_missing`` (``key``), ``key_unknown`` (``key``, ``near``), ``value_wrong_type`` (``found``,
``expected``), ``value_not_understood`` (``found``, ``expected``), ``value_not_allowed`` (``found``, ``allowed``),
``number_out_of_range`` (``found``, ``least``, ``most``), ``list_empty``, ``list_too_long`` (``length``, ``limit``),
``keys_exclude_each_other`` (``keys``), ``not_dated_yet`` (``year``, ``first``), ``unknown_measure`` (``measure``,
``near``), ``measure_of_other_kind`` (``measure``, ``found``, ``expected``) and those of the kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidValue, Place, Problem
from parindex.domain.values import Rounding, RoundingMode, number_text, parse_number

if TYPE_CHECKING:
    from parindex.domain.scoring.rule import Rule, Scope

#: What a hostile rule may not exceed: entries of one list, and rules or quantities inside each other.
LIST_LIMIT = 100
DEPTH_LIMIT = 8
_NESTING = frozenset({"quantity", "rule", "parts", "alternatives"})
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Amount:
    """Stated points: ``points`` is what they give (never above the rule's maximum), ``text`` how the rule says it.

    ``stated`` is the figure before it was limited to the maximum: more than the maximum is a finding of ``check``.
    """

    points: Fraction
    text: str
    stated: Fraction = field(default=Fraction(0), compare=False)


@dataclass(slots=True)
class Reading:
    """One reading of a rule: the year that dated parameters are bound to, the known measures, what was found wrong."""

    year: int
    measures: Mapping[str, Measure] | None
    read_rule: Callable[[Section, Scope], Rule | None]
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One mapping of a rule with its path; what is never asked for is an unknown key (see :meth:`close`)."""

    data: Mapping[str, Any]
    path: tuple[str, ...]
    reading: Reading
    asked: set[str] = field(default_factory=set)

    def problem(self, kind: str, *path: str, **facts: Any) -> None:
        """Note a problem at ``path`` below this section."""
        self.reading.problems.append(Problem(kind, Place(path="/".join((*self.path, *path)) or None), facts))

    def has(self, key: str) -> bool:
        """Whether ``key`` is stated."""
        self.asked.add(key)
        return key in self.data

    def raw(self, key: str) -> Any:
        """The value of ``key``; a problem where it is not stated."""
        if not self.has(key):
            self.problem("key_missing", key=key)
            return None
        return self.data[key]

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                near = get_close_matches(str(key), self.asked, n=1)
                self.problem("key_unknown", shown(key), key=shown(key), near=near[0] if near else "")

    # --- values ------------------------------------------------------------------------------------------------

    def number(
        self, key: str, *, default: Fraction | None = None, least: Fraction | None = None, most: Fraction | None = None
    ) -> Fraction:
        """An exact or dated number from ``least`` to ``most``; where it is wrong a stand-in, and reading goes on."""
        stand_in = Fraction(1) if default is None else default
        if default is not None and not self.has(key):
            return default
        data = self.raw(key)
        value = self._exact(data, key) if key in self.data else None
        if value is None:
            return stand_in
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = {"least": _text(least), "most": _text(most)}
            self.problem("number_out_of_range", key, found=number_text(value), **bounds)
            return stand_in
        return value

    def _exact(self, data: Any, key: str) -> Fraction | None:
        if isinstance(data, Mapping):
            return self._dated(data, key)
        try:
            return parse_number(data)
        except InvalidValue:
            self.problem("value_not_understood", key, found=shown(data), expected="number")
            return None

    def _dated(self, data: Mapping[Any, Any], key: str) -> Fraction | None:
        """``{2023: 60%, 2024: 80%}``: the number of the latest year that is not after the year of the cycle."""
        numbers: dict[int, Fraction] = {}
        for when, written in data.items():
            year = year_of(when)
            if year is None or year in numbers:
                self.problem("value_not_understood", key, found=shown(when), expected="year")
                continue
            try:
                numbers[year] = parse_number(written)
            except InvalidValue:
                self.problem("value_not_understood", key, str(year), found=shown(written), expected="number")
        if len(numbers) < len(data):
            return None
        past = [year for year in numbers if year <= self.reading.year]
        if not past:
            first = min(numbers) if numbers else None
            self.problem("not_dated_yet", key, year=self.reading.year, first=first)
            return None
        return numbers[max(past)]

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """One of the words ``allowed``."""
        found = self.data[key] if self.has(key) else default
        if not isinstance(found, str) or found not in allowed:
            self.problem("value_not_allowed", key, found=shown(found), allowed=list(allowed))
            return default
        return str(found)

    def rounding(self) -> Rounding | None:
        """The declared rounding step ``round``: ``places`` (0 to 12) and ``mode`` (default ``half_up``)."""
        if not self.has("round"):
            return None
        inner = self.section("round")
        if inner is None:
            return None
        places = inner.number("places", least=Fraction(0), most=Fraction(12))
        mode = inner.choice("mode", tuple(RoundingMode), RoundingMode.HALF_UP)
        inner.close()
        if places.denominator != 1:
            inner.problem("value_not_understood", "places", found=number_text(places), expected="count")
            return None
        return Rounding(int(places), RoundingMode(mode))

    # --- structure ---------------------------------------------------------------------------------------------

    def section(self, key: str) -> Section | None:
        """The mapping at ``key``; None, with a problem, where there is none."""
        data = self.raw(key)
        return self.inside(data, key) if key in self.data else None

    def inside(self, data: Any, *path: str) -> Section | None:
        """``data`` as a section at ``path``; None, with a problem, where it is not a mapping."""
        if not isinstance(data, Mapping):
            self.problem("value_wrong_type", *path, found=shown(data), expected="object")
            return None
        return Section(data, (*self.path, *path), self.reading)

    def sections(self, key: str) -> list[Section]:
        """The mappings in the list at ``key``."""
        found = [self.inside(data, key, str(position)) for position, data in enumerate(self.listed(key))]
        return [inner for inner in found if inner is not None]

    def listed(self, key: str) -> list[Any]:
        """The list of 1 to :data:`LIST_LIMIT` entries at ``key``; empty, with a problem, where there is none."""
        data = self.raw(key)
        if key not in self.data:
            return []
        if not isinstance(data, list | tuple):
            self.problem("value_wrong_type", key, found=shown(data), expected="array")
            return []
        if not data:
            self.problem("list_empty", key)
        if len(data) > LIST_LIMIT:
            self.problem("list_too_long", key, length=len(data), limit=LIST_LIMIT)
            return []
        return list(data)

    def too_deep(self) -> bool:
        """Whether rules or quantities stand further inside each other than is read."""
        deep = sum(step in _NESTING for step in self.path) > DEPTH_LIMIT
        if deep:
            self.problem("nested_too_deep", limit=DEPTH_LIMIT)
        return deep

    # --- measures and stated points ----------------------------------------------------------------------------

    def measure(self, data: Any, *path: str, choice: bool = False) -> str:
        """The id of a known measure that is a choice, or is not."""
        if not isinstance(data, str) or not data:
            self.problem("value_wrong_type", *path, found=shown(data), expected="string")
            return ""
        known = self.reading.measures
        if known is None:
            return data
        if data not in known:
            near = get_close_matches(data, known, n=1)
            self.problem("unknown_measure", *path, measure=shown(data), near=near[0] if near else "")
        elif (known[data].kind is MeasureKind.CHOICE) is not choice:
            expected = "choice" if choice else "number"
            self.problem("measure_of_other_kind", *path, measure=data, found=str(known[data].kind), expected=expected)
        return data

    def year(self) -> int:
        """``year``: an offset (0, −1 …) or a calendar year not after that of the cycle."""
        if not self.has("year"):
            return 0
        written = self.data["year"]
        calendar = year_of(written)
        if calendar is not None and calendar <= self.reading.year:
            return calendar
        try:
            offset = parse_number(written)
        except InvalidValue:
            offset = Fraction(1)
        if offset.denominator == 1 and -100 <= offset <= 0:
            return int(offset)
        self.problem("value_not_understood", "year", found=shown(written), expected="year")
        return 0

    def amount(self, maximum: Fraction, *, limited: bool = True) -> Amount | None:
        """``points`` or a ``share`` of ``maximum``, one of the two; points above the maximum give the maximum."""
        points, share = self.has("points"), self.has("share")
        if points and share:
            self.problem("keys_exclude_each_other", keys=["points", "share"])
            return None
        if share:
            part = self.number("share", least=Fraction(0), most=Fraction(1))
            return Amount(maximum * part, f"share {number_text(part)}", maximum * part)
        stated = self.number("points", least=Fraction(0))
        return Amount(min(stated, maximum) if limited else stated, f"points {number_text(stated)}", stated)


def worded_amount(section: Section, key: str, maximum: Fraction, words: tuple[str, ...] = ()) -> Amount | str | None:
    """``full``, ``zero``, ``{points:}`` or ``{share:}`` at ``key`` (which is stated), or one of ``words``."""
    data = section.raw(key)
    if isinstance(data, Mapping):
        inner = Section(data, (*section.path, key), section.reading)
        found = inner.amount(maximum)
        inner.close()
        return found
    if data == "full":
        return Amount(maximum, "full")
    if data == "zero":
        return Amount(Fraction(0), "zero")
    if isinstance(data, str) and data in words:
        return data
    section.problem("value_not_allowed", key, found=shown(data), allowed=["full", "zero", *words, "points", "share"])
    return None


def year_of(data: Any) -> int | None:
    """A calendar year written with four digits; None for anything else."""
    if isinstance(data, str) and len(data) == 4 and data.isascii() and data.isdigit():
        data = int(data)
    return data if isinstance(data, int) and 1900 <= data <= 9999 else None


def shown(data: Any) -> str:
    """``data`` as it may stand in a sentence."""
    if isinstance(data, Mapping):
        return "{…}" if data else "{}"
    if isinstance(data, list | tuple):
        return "[…]" if data else "[]"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int) and abs(data) >= 10**_SHOWN:
        return "…"
    text = str(data)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _text(value: Fraction | None) -> str | None:
    return None if value is None else number_text(value)
