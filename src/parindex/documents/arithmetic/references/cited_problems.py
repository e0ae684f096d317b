"""What is wrong with single citations and between them, as findings: two days, no such day, digits changed round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.references.named_papers import Named
from parindex.documents.citations.findings import Placed, citation_findings
from parindex.domain.errors import Place

#: Numbers of one day that are nearer than this may well be two papers.
_NEAR = 30
#: The first papers of a year are of the same sort and near the same day each year: "01/NQ-CP ngày 01/01".
_FIRST_NUMBERS = 20
#: A paper with more of them has another fault.
_MOST_TOLD = 400


def cited_problems(named: Sequence[Named], own: date | None) -> Iterator[StatementFinding]:
    """The findings on the papers that are named; ``own``: the day of the paper itself.

    What may well be right is left out: numbers begin anew each year, and bodies have each their own.
    """
    # The place of a citation is its position here, so that both sides of a contradiction are found again.
    placed = [Placed(one.citation, Place(code=str(at))) for at, one in enumerate(named)]
    dates = Counter((one.key, _date(one)) for one in named)
    numbers = Counter(one.key for one in named)
    usual = _usual_dates(named)
    for problem in islice(citation_findings(placed, today=own), _MOST_TOLD):
        one = named[int(problem.place.code or 0)]
        facts: dict[str, Any] = {"number": one.citation.number}
        if problem.kind == "citation_date_impossible":
            facts["usual"] = usual.get(one.key, "")
            yield _finding(
                StatementKind.IMPOSSIBLE_DATE,
                one,
                _date(one),
                facts["usual"],
                "date_impossible/usual" if facts["usual"] else "date_impossible",
                facts,
            )
        elif problem.kind == "citation_date_future" and own is not None:
            facts["own"] = own
            yield _finding(StatementKind.IMPOSSIBLE_DATE, one, _date(one), "", "date_future", facts, Sure.LIKELY)
        elif problem.kind == "citation_year_differs":
            facts["year"] = str(one.citation.year)
            yield _finding(StatementKind.TWO_DATES, one, _date(one), "", "year_differs", facts, Sure.LIKELY)
        elif problem.kind == "citation_two_dates":
            yield from _two_dates(one, named[int(problem.facts["at"] or 0)], dates)
        elif problem.kind == "citation_two_years":
            other = named[int(problem.facts["at"] or 0)]
            if _day_and_month(one) == _day_and_month(other) and _is_no_first_number(one):
                yield from _two_dates(one, other, dates)
        elif problem.kind == "citation_digits_swapped":
            yield from _swapped(one, named[int(problem.facts["at"] or 0)], numbers)


def _date(one: Named) -> str:
    return one.citation.date.text if one.citation.date is not None else ""


def _usual_dates(named: Sequence[Named]) -> dict[str, str]:
    """The day of every number that is named with one day that the calendar knows, and with no other."""
    known: dict[str, set[str]] = defaultdict(set)
    for one in named:
        if one.day is not None:
            known[one.key].add(_date(one))
    return {key: next(iter(dates)) for key, dates in known.items() if len(dates) == 1}


def _two_dates(one: Named, other: Named, dates: Counter[tuple[str, str]]) -> Iterator[StatementFinding]:
    """Told where the rarer day stands, the later one in a draw."""
    if None in (one.day, other.day) and _day_and_month(one) == _day_and_month(other):
        return  # the year that no calendar has is told already
    if dates[other.key, _date(other)] < dates[one.key, _date(one)]:
        one, other = other, one
    facts = {"number": one.citation.number, "at": other.place}
    yield _finding(StatementKind.TWO_DATES, one, _date(one), _date(other), "two_dates", facts)


def _is_no_first_number(one: Named) -> bool:
    """Whether a number is so high that no body gives it a paper on the same day of every year."""
    return not one.digits.isdigit() or int(one.digits) >= _FIRST_NUMBERS


def _day_and_month(one: Named) -> tuple[str, ...]:
    return tuple(part.lstrip("0") for part in _date(one).split("/")[:2])


def _swapped(one: Named, other: Named, numbers: Counter[str]) -> Iterator[StatementFinding]:
    if not (one.digits.isdigit() and other.digits.isdigit()) or abs(int(one.digits) - int(other.digits)) < _NEAR:
        return
    if numbers[other.key] < numbers[one.key]:
        one, other = other, one
    facts = {"at": other.place, "day": one.day}
    stated, found = one.citation.number, other.citation.number
    yield _finding(StatementKind.DOCUMENT_NUMBER, one, stated, found, "digits_swapped", facts)


def _finding(
    kind: StatementKind, one: Named, stated: str, found: str, why: str, facts: dict[str, Any], sure: Sure = Sure.CERTAIN
) -> StatementFinding:
    return StatementFinding(kind, Severity.SLIP, sure, one.place, one.sentence, stated, found, why, facts)
