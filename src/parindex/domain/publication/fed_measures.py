"""Which figures a published result, or a signed sheet, gives to the measures of a level above.

What is offered follows from the same measure (by its name, kind and unit of measurement) of the same unit and year, and
from nothing else. A figure of a unit is its own; a measure that a set declares the sum over child units is the sum over
the units of the bundle; a declared feed counts how many of them were rated; a measure that is declared to be of a
result takes the index or the points. Whatever matches nothing is listed with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure, MeasureKind, OfResult
from parindex.domain.index.feeds import fed_by_rated
from parindex.domain.publication.recomputation import GroupOutcome
from parindex.domain.publication.snapshot import FrozenGroup, Snapshot
from parindex.domain.units.paths import is_within
from parindex.domain.values import exact_number, number_text


class Way(StrEnum):
    """How a bundle gives a figure."""

    OWN = "own"  # the figure of the unit itself
    SUM = "sum"  # the sum over the units of the bundle
    FEED = "feed"  # how many units were rated, or reached a grade
    RESULT = "result"  # what the unit reached


#: Ways in which several senders below a unit give parts of one figure, which add up.
ADDING = frozenset({Way.SUM, Way.FEED})


class Unfit(StrEnum):
    """Why something of a bundle is not offered."""

    UNIT_UNKNOWN = "unit_unknown"
    UNIT_WITHOUT_SHEET = "unit_without_sheet"
    NO_SHEET = "no_sheet"
    MEASURE_NOT_ASKED = "measure_not_asked"
    OTHER_YEAR = "other_year"
    OTHER_KIND = "other_kind"
    OTHER_UNIT_OF_MEASURE = "other_unit_of_measure"
    CHOICE_UNKNOWN = "choice_unknown"
    NO_VALUE = "no_value"


@dataclass(frozen=True, slots=True)
class OurUnit:
    """A unit of this installation: its code, and where it stands in the tree."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class AskingSheet:
    """A sheet here that asks for figures: its unit, the year of its set, the measures that its items read."""

    unit: OurUnit
    year: int
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Given:
    """What a bundle holds: the frozen columns, what came out (of a sheet nothing final), who sent it as a unit here
    (None: not known here), and which units here its units are, by their codes.
    """

    snapshot: Snapshot
    outcomes: Sequence[GroupOutcome]
    is_final: bool
    sender: OurUnit | None
    matched: Mapping[str, OurUnit]


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that a bundle gives to the sheet of ``unit`` (by its code here): exact text, or the key of a choice.

    ``of``: the units of the bundle that it is made from; ``lacking``: those that would belong to it and have none.
    """

    unit: str
    measure: str
    year: int
    value: str
    way: Way
    of: tuple[str, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotOffered:
    """What a bundle holds and nothing here takes: units by name, or a measure by its title, and why."""

    why: Unfit
    measure: str = ""
    units: tuple[str, ...] = ()
    theirs: str = ""
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that a bundle gives to the sheets that were asked about, and everything that it does not."""

    offered: tuple[Offer, ...]
    not_offered: tuple[NotOffered, ...]


def added_up(values: Sequence[str]) -> str:
    """A figure that was given in parts: their sum as exact text, the one value as it is; "" for none."""
    if len(values) < 2:  # nothing to add
        return values[0] if values else ""
    return number_text(sum((exact_number(one) for one in values), Fraction(0)))


def offers(given: Given, sheets: Sequence[AskingSheet]) -> Offers:
    """What ``given`` offers to ``sheets``; a figure of a unit itself comes before a sum or a count for it."""
    found: dict[tuple[str, str, int], Offer] = {}
    for sheet in sheets:
        for one in (*_own(given, sheet), *_results(given, sheet), *_sums(given, sheet), *_feeds(given, sheet)):
            found.setdefault((one.unit, one.measure, one.year), one)
    return Offers(tuple(found.values()), tuple(_not_offered(given, sheets, found.values())))


def _own(given: Given, sheet: AskingSheet) -> Iterator[Offer]:
    for group, at in _rows_of(given, sheet.unit):
        for (measure, year), column in group.figures.items():
            asked = sheet.measures.get(measure)
            value = column[at]
            if asked is None or year != sheet.year or value == "":
                continue
            if misfit(group.criteria_set.measures.get(measure), asked, value) is None:
                yield Offer(sheet.unit.code, measure, year, value, Way.OWN, (group.units[at].code,))


def _results(given: Given, sheet: AskingSheet) -> Iterator[Offer]:
    asked = [one for one in sheet.measures.values() if one.of_result is not None]
    if not asked or not given.is_final or given.snapshot.year != sheet.year:
        return
    outcomes = {one.code: one for one in given.outcomes}
    for group, at in _rows_of(given, sheet.unit):
        reached = outcomes[group.code].units[at]
        for one in asked:
            value = reached.index if one.of_result is OfResult.INDEX else reached.points
            if reached.index:  # a unit without an index was not rated: it has no points either
                yield Offer(sheet.unit.code, one.id, sheet.year, value, Way.RESULT, (reached.code,))


def _sums(given: Given, sheet: AskingSheet) -> Iterator[Offer]:
    """Sums over the units of a sender that is the unit of the sheet, or stands below it."""
    if not _is_from_below(given, sheet):
        return
    for asked in sheet.measures.values():
        if not asked.sum_of_children or asked.kind is MeasureKind.CHOICE:
            continue
        parts = list(_parts(given, sheet, asked))
        known = [(code, value) for code, _, value in parts if value]
        if known:
            total = sum((exact_number(value) for _, value in known), Fraction(0))
            lacking = tuple(name for _, name, value in parts if not value)
            codes = tuple(code for code, _ in known)
            yield Offer(sheet.unit.code, asked.id, sheet.year, number_text(total), Way.SUM, codes, lacking)


def _parts(given: Given, sheet: AskingSheet, asked: Measure) -> Iterator[tuple[str, str, str]]:
    """Code, name and value ("" for none) of every unit whose set has the measure; the unit of the sheet itself is no
    part of its sum, and a unit below another one of the bundle is in that one's figure.
    """
    codes = (one.code for group in given.snapshot.groups for one in group.units)
    paths = {given.matched[code].path for code in codes if code in given.matched} - {sheet.unit.path}
    for group in given.snapshot.groups:
        if misfit(group.criteria_set.measures.get(asked.id), asked) is not None:
            continue
        column = group.figures.get((asked.id, sheet.year), ("",) * len(group.units))
        for unit, value in zip(group.units, column, strict=True):
            ours = given.matched.get(unit.code)
            if ours is None or not (ours == sheet.unit or _is_below_one(ours.path, paths)):
                yield unit.code, unit.name, value


def _is_below_one(path: str, paths: Collection[str]) -> bool:
    """Whether a unit stands below one of those at ``paths``."""
    above = path.rpartition("/")[0]
    return above != "" and (above in paths or _is_below_one(above, paths))


def _feeds(given: Given, sheet: AskingSheet) -> Iterator[Offer]:
    """Counts that the sets of the bundle declare for others; a sheet that nobody has appraised rates nobody."""
    if not given.is_final or not _is_from_below(given, sheet) or given.snapshot.year != sheet.year:
        return
    for group, outcome in zip(given.snapshot.groups, given.outcomes, strict=True):
        rated = [(group.code, one.grade or None, False) for one in outcome.units if one.index]
        for fed in fed_by_rated(group.criteria_set, {group.code}, rated):
            asked = sheet.measures.get(fed.measure)
            if asked is not None and asked.kind is not MeasureKind.CHOICE:
                units = tuple(one.code for one in group.units)
                yield Offer(sheet.unit.code, fed.measure, sheet.year, str(fed.count), Way.FEED, units)


def _is_from_below(given: Given, sheet: AskingSheet) -> bool:
    """Whether the sender is the unit of the sheet with a result of its own, or a unit below it."""
    if given.sender is None or not is_within(given.sender.path, sheet.unit.path):
        return False
    return given.is_final or given.sender != sheet.unit


def _rows_of(given: Given, unit: OurUnit) -> Iterator[tuple[FrozenGroup, int]]:
    for group in given.snapshot.groups:
        for at, one in enumerate(group.units):
            if given.matched.get(one.code) == unit:
                yield group, at


def misfit(theirs: Measure | None, asked: Measure, value: str = "") -> Unfit | None:
    """Why a figure of the measure ``theirs`` is none of ``asked``; None where it is one."""
    if theirs is None:
        return Unfit.MEASURE_NOT_ASKED
    if (theirs.kind is MeasureKind.CHOICE) is not (asked.kind is MeasureKind.CHOICE):
        return Unfit.OTHER_KIND
    if _plain(theirs.unit) != _plain(asked.unit):
        return Unfit.OTHER_UNIT_OF_MEASURE
    if value and asked.kind is MeasureKind.CHOICE and value not in asked.choices:
        return Unfit.CHOICE_UNKNOWN
    return None


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


# --- what is not offered -----------------------------------------------------------------------------------------


def _not_offered(given: Given, sheets: Sequence[AskingSheet], found: Iterable[Offer]) -> Iterator[NotOffered]:
    if not sheets:
        yield NotOffered(Unfit.NO_SHEET)
        return
    offered = list(found)
    used = {code for one in offered for code in one.of}
    asking = {sheet.unit.code for sheet in sheets}
    units = [unit for group in given.snapshot.groups for unit in group.units]
    unused = [one for one in units if one.code not in used]
    if unknown := tuple(one.name for one in unused if one.code not in given.matched):
        yield NotOffered(Unfit.UNIT_UNKNOWN, units=unknown)
    known = [one for one in unused if one.code in given.matched]
    if left := tuple(one.name for one in known if given.matched[one.code].code not in asking):
        yield NotOffered(Unfit.UNIT_WITHOUT_SHEET, units=left)
    given_measures = {one.measure for one in offered}
    for name, theirs, why, said in _unused(given, sheets):
        if name not in given_measures:
            yield NotOffered(why, theirs.title or name, theirs=theirs.unit, ours=said)


def _unused(given: Given, sheets: Sequence[AskingSheet]) -> Iterator[tuple[str, Measure, Unfit, str]]:
    """Every measure of the bundle that has a figure, each once, with why it is not taken."""
    years = {sheet.year for sheet in sheets}
    seen: set[str] = set()
    for group in given.snapshot.groups:
        for measure, year in group.figures:
            theirs = group.criteria_set.measures.get(measure)
            if theirs is None or measure in seen or year != given.snapshot.year:
                continue
            seen.add(measure)
            asked = next((one.measures[measure] for one in sheets if measure in one.measures), None)
            if asked is None:
                yield measure, theirs, Unfit.MEASURE_NOT_ASKED, ""
            elif year not in years:
                yield measure, theirs, Unfit.OTHER_YEAR, ", ".join(str(one) for one in sorted(years))
            else:
                values = [one for one in group.figures[measure, year] if one]
                reasons = (misfit(theirs, asked, value) for value in values)
                yield measure, theirs, next((one for one in reasons if one), Unfit.NO_VALUE), asked.unit
