"""What is noticed about one item from plain facts: texts as they are stored, exact numbers, years.

Each function is one rule and says it in its docstring; numbers come and go as exact text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.domain.review.flags import FlagKind, FoundFlag, Severity
from parindex.domain.scoring.outcome import NoPoints, Settled
from parindex.domain.values import Rounding, decimal_places, exact_number, number_text

#: Reasons of a rule that say that figures cannot be, or that nobody has decided what they give.
_CANNOT_BE = {
    NoPoints.IMPOSSIBLE: Severity.ERROR,
    NoPoints.OVER: Severity.ERROR,
    NoPoints.OUTSIDE: Severity.ERROR,
    NoPoints.UNKNOWN_OPTION: Severity.ERROR,
    NoPoints.UNDECIDED: Severity.WARN,
}
#: So many papers, places and units are named in one flag; the count says how many there are.
_MOST_NAMED = 5


def claim_not_rule(claimed: str, rule_points: str, *, is_assumed: bool = False) -> FoundFlag | None:
    """Points typed beside a rule that gives others: the rule's value, rounded half up at the places that were written,
    is not what was written. More than the rule gives is an error, less a doubt; beside an assumed rule both are only
    something to know.
    """
    if not claimed or not rule_points:
        return None
    written, value = exact_number(claimed), exact_number(rule_points)
    places = decimal_places(written)
    if written == value or (places is not None and places <= 12 and Rounding(places).apply(value) == written):
        return None
    severity = Severity.ERROR if written > value else Severity.WARN
    facts = {"claimed": claimed, "rule_points": rule_points, "is_assumed": is_assumed}
    return FoundFlag(FlagKind.CLAIM_NOT_RULE, Severity.INFO if is_assumed else severity, facts)


def claim_above_maximum(claimed: str, max_points: Fraction) -> FoundFlag | None:
    """More points typed than the item gives: as happens where its set was corrected after they were signed."""
    if not claimed or exact_number(claimed) <= max_points:
        return None
    facts = {"claimed": claimed, "max_points": number_text(max_points)}
    return FoundFlag(FlagKind.CLAIM_NOT_RULE, Severity.ERROR, facts, "maximum")


def impossible_branch(branch: int | None) -> FoundFlag | None:
    """Figures of which the rule makes nothing: impossible, more than the whole, in no band, an unknown option, or a
    case that the rule does not decide.
    """
    if branch is None or branch not in _CANNOT_BE:
        return None
    reason = NoPoints(branch)
    return FoundFlag(FlagKind.IMPOSSIBLE_FIGURES, _CANNOT_BE[reason], {"reason": reason.name.lower()})


@dataclass(frozen=True, slots=True)
class Part:
    """A part and its whole, of which the part is larger; ``is_refused``: the rule gives no points for it."""

    number: int
    part: Fraction
    whole: Fraction
    is_refused: bool


def over_the_whole(found: Part, printed: Collection[Fraction] = ()) -> FoundFlag:
    """A part that is larger than its whole: an error where the rule refuses it, a doubt where it takes it as 100 %.

    ``printed``: the per cents that the explanation prints; where one of them is what the two figures give the other
    way round (at two places), they have been swapped.
    """
    facts: dict[str, Any] = {"part": number_text(found.part), "whole": number_text(found.whole)}
    if found.whole > 0:
        swapped = found.whole * 100 / found.part
        facts["reason"] = "over"
        if any(Rounding(2).apply(swapped) == Rounding(2).apply(one) for one in printed):
            facts["swapped"] = number_text(Rounding(2).apply(swapped))
    else:
        facts["reason"] = "impossible"
    severity = Severity.ERROR if found.is_refused else Severity.WARN
    return FoundFlag(FlagKind.IMPOSSIBLE_FIGURES, severity, facts, f"over.{found.number}")


def maximum_on_nothing(branch: int | None, points: str, max_points: Fraction) -> FoundFlag | None:
    """The maximum because nothing arose (0 of 0)."""
    if branch != Settled.NOTHING_AROSE or not points or max_points <= 0 or exact_number(points) < max_points:
        return None
    return FoundFlag(FlagKind.MAXIMUM_ON_NOTHING, Severity.WARN, {"points": points})


@dataclass(frozen=True, slots=True)
class Proofs:
    """What stands behind a claim: how many documents are attached, the numbers of papers that are cited without one.

    ``is_lacking``: the set demands evidence of this item and there is none; ``is_explained``: an explanation stands
    there, or a paper is cited.
    """

    attached: int = 0
    missing: Sequence[str] = ()
    is_lacking: bool = False
    is_explained: bool = False


def proof_flags(points: str, proofs: Proofs) -> list[FoundFlag]:
    """Points claimed without what proves them.

    Evidence that the set demands and that is not there is a doubt. Where the set demands none, points without any
    document, citation or explanation are something to know. A paper that the explanation cites and that is not there
    is a doubt where the item has no document at all, else something to know.
    """
    found = []
    if proofs.is_lacking:
        found.append(FoundFlag(FlagKind.NO_EVIDENCE, Severity.WARN, {"is_demanded": True}))
    elif points and exact_number(points) > 0 and not proofs.attached and not proofs.is_explained:
        found.append(FoundFlag(FlagKind.NO_EVIDENCE, Severity.INFO, {"is_demanded": False}))
    if proofs.missing:
        papers = list(dict.fromkeys(proofs.missing))
        severity = Severity.INFO if proofs.attached else Severity.WARN
        facts = {"papers": papers[:_MOST_NAMED], "count": len(papers)}
        found.append(FoundFlag(FlagKind.PAPER_NOT_ATTACHED, severity, facts))
    return found


@dataclass(frozen=True, slots=True)
class CitedDay:
    """A paper as one item cites it: ``key`` is the number that equal numbers share, ``day`` the date as written."""

    item: str
    key: str
    number: str
    day: str
    year: int | None


def two_dates(cited: Iterable[CitedDay]) -> dict[str, list[FoundFlag]]:
    """The same paper with two dates within a sheet, by item, at every item that cites it so.

    Numbers begin anew each year: of two dates in different years the papers may be two, and nothing is said.
    """
    papers: dict[tuple[str, int | None], dict[str, list[CitedDay]]] = {}
    for one in cited:
        if one.day:
            papers.setdefault((one.key, one.year), {}).setdefault(one.day, []).append(one)
    found: dict[str, list[FoundFlag]] = {}
    for (key, _), days in papers.items():
        if len(days) < 2:
            continue
        places = {day: list(dict.fromkeys(one.item for one in rows)) for day, rows in days.items()}
        for item in dict.fromkeys(code for codes in places.values() for code in codes):
            facts = {
                "number": next(iter(days.values()))[0].number,
                "dates": [{"day": day, "items": codes[:_MOST_NAMED]} for day, codes in sorted(places.items())],
            }
            found.setdefault(item, []).append(FoundFlag(FlagKind.PAPER_TWO_DATES, Severity.WARN, facts, key[:200]))
    return found


def file_of_other_year(file: str, title: str, uses: Iterable[tuple[int, str]]) -> FoundFlag | None:
    """The same bytes prove an item of another year of the unit; ``uses``: year and item."""
    elsewhere = sorted(set(uses))
    if not elsewhere:
        return None
    facts = {"title": title, "uses": [{"year": year, "item": item} for year, item in elsewhere[:_MOST_NAMED]]}
    return FoundFlag(FlagKind.FILE_OF_OTHER_YEAR, Severity.WARN, facts, file)


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of this year and of the one before, as exact text; ``limit``: the share of last year's value that it
    may move by; ``reason``: why it is so, in the unit's words.
    """

    measure: str
    title: str
    now: str
    before: str
    limit: Fraction
    has_reason: bool = False


def far_from_last_year(moved: Moved) -> FoundFlag | None:
    """A figure that moved by more than ``limit`` of last year's value: |x − y| > limit · |y|, where y is not 0.

    With the unit's reason beside it, it is only something to know.
    """
    if not moved.now or not moved.before:
        return None
    now, before = exact_number(moved.now), exact_number(moved.before)
    if before == 0 or abs(now - before) <= moved.limit * abs(before):
        return None
    facts = {
        "measure": moved.measure, "title": moved.title, "now": moved.now, "before": moved.before,
        "growth": number_text((now - before) / abs(before)), "limit": number_text(moved.limit),
        "has_reason": moved.has_reason,
    }  # fmt: skip
    severity = Severity.INFO if moved.has_reason else Severity.WARN
    return FoundFlag(FlagKind.FAR_FROM_LAST_YEAR, severity, facts, moved.measure)


@dataclass(frozen=True, slots=True)
class Outside:
    """A figure from elsewhere: of which measure, what it is, who says so."""

    measure: str
    title: str
    value: str
    source: str


def not_external(mine: Mapping[str, str], outside: Iterable[Outside]) -> list[FoundFlag]:
    """Figures of the unit that another source gives otherwise; ``mine``: its figures by measure.

    Where two of them agree the other way round, they were swapped, and that is said.
    """
    given = list(outside)
    told = {one.measure: one.value for one in given}
    found = []
    for one in given:
        entered = mine.get(one.measure, "")
        if not entered or exact_number(entered) == exact_number(one.value):
            continue
        swapped = [
            measure
            for measure, value in told.items()
            if measure != one.measure and mine.get(measure) == one.value and value == entered
        ]
        facts = {
            "measure": one.measure, "title": one.title, "entered": entered, "external": one.value,
            "source": one.source, "swapped": bool(swapped),
        }  # fmt: skip
        found.append(FoundFlag(FlagKind.NOT_EXTERNAL_FIGURE, Severity.WARN, facts, one.measure))
    return found


def not_given_points(claimed: str, given: str, source: str) -> FoundFlag | None:
    """Points that the unit claims and that the agency which keeps the data gives otherwise."""
    if not claimed or not given or exact_number(claimed) == exact_number(given):
        return None
    facts = {"claimed": claimed, "given": given, "source": source}
    return FoundFlag(FlagKind.NOT_EXTERNAL_FIGURE, Severity.WARN, facts, "points")


def not_sum(measure: str, title: str, entered: str, children: Fraction | None) -> FoundFlag | None:
    """A figure that is the sum over child units, and is not what those have entered now; None: they have not yet."""
    if not entered or children is None or exact_number(entered) == children:
        return None
    facts = {"measure": measure, "title": title, "entered": entered, "sum": number_text(children)}
    return FoundFlag(FlagKind.NOT_OTHER_FIGURE, Severity.WARN, facts, measure)
