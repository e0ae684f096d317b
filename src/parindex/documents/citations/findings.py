"""What is wrong or doubtful in citations: each by itself, and all those of a sheet against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from parindex.documents.citations.citation import Citation, CitedDate, kind_of_number
from parindex.documents.citations.issuers import same_issuer
from parindex.domain.errors import Place, Problem

#: A kind that any paper may be called by.
_ANY_PAPER = frozenset({"Văn bản", "Công văn", "Luật", "Pháp lệnh"})

#: What is said of one number is said so often and no more: a text of thousands of dates has another fault.
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation and the explanation that it stands in (``Place(code="1.3.1")``)."""

    citation: Citation
    place: Place = field(default_factory=Place)


def citation_findings(
    citations: Sequence[Placed], *, today: date | None = None, assessed_year: int | None = None
) -> list[Problem]:
    """Everything that is wrong or doubtful, in reading order; what speaks of several places stands at the later one.

    Wrong: ``citation_date_impossible`` (number, date), ``citation_date_future`` (number, date, today),
    ``citation_year_differs`` (number, date), ``citation_two_dates`` (number, dates, at),
    ``citation_two_issuers`` (number, issuers, at). Doubtful: ``citation_two_years`` (number, dates, at: numbers
    begin anew each year, these may be two documents), ``citation_after_year`` (number, date, year),
    ``citation_two_digit_year`` (number, date, read), ``citation_kind_differs`` (number, stated, kind),
    ``citation_digits_swapped`` (number, other, date, at). ``at`` is the code of the other place.
    """
    found: list[tuple[int, Problem]] = []
    for at, one in enumerate(citations):
        found.extend((at, problem) for problem in _alone(one, today, assessed_year))
    found.extend(_dates_differ(citations))
    found.extend(_issuers_differ(citations))
    found.extend(_digits_swapped(citations))
    return [problem for _, problem in sorted(found, key=lambda pair: pair[0])]


def _alone(one: Placed, today: date | None, assessed_year: int | None) -> Iterator[Problem]:
    citation, printed = one.citation, one.citation.date
    kind = kind_of_number(citation.number)
    if kind and citation.stated_kind and citation.stated_kind != kind and citation.stated_kind not in _ANY_PAPER:
        facts = {"number": citation.number, "stated": citation.stated_kind, "kind": kind}
        yield Problem("citation_kind_differs", one.place, facts)
    if printed is None:
        return
    facts = {"number": citation.number, "date": printed.text}
    if printed.day is None:
        yield Problem("citation_date_impossible", one.place, facts)
        return
    if printed.two_digit_year:
        yield Problem("citation_two_digit_year", one.place, facts | {"read": _printed(printed.day)})
    if citation.year != printed.day.year:
        yield Problem("citation_year_differs", one.place, facts)
    elif today is not None and printed.day > today:
        yield Problem("citation_date_future", one.place, facts | {"today": _printed(today)})
    elif assessed_year is not None and printed.day.year > assessed_year:
        yield Problem("citation_after_year", one.place, facts | {"year": str(assessed_year)})


def _printed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _by_key(citations: Sequence[Placed]) -> Iterator[list[tuple[int, Placed]]]:
    groups: dict[str, list[tuple[int, Placed]]] = defaultdict(list)
    for at, one in enumerate(citations):
        groups[one.citation.key].append((at, one))
    yield from groups.values()


def _dates_differ(citations: Sequence[Placed]) -> Iterator[tuple[int, Problem]]:
    """The same number with two dates; said once a date."""
    for group in _by_key(citations):
        seen: dict[CitedDate, str] = {}
        for at, one in group:
            printed = one.citation.date
            if printed is None or len(seen) > _MOST_TOLD or any(_same_day(printed, other) for other in seen):
                continue
            if seen:
                # A date of the same year contradicts more than one of another year.
                near = min(seen, key=lambda other: _years_differ(printed, other))
                kind = "citation_two_years" if _years_differ(printed, near) else "citation_two_dates"
                facts = {"number": one.citation.number, "dates": [near.text, printed.text], "at": seen[near]}
                yield at, Problem(kind, one.place, facts)
            seen[printed] = one.place.code or ""


def _same_day(one: CitedDate, other: CitedDate) -> bool:
    return one.day == other.day if one.day is not None else one.text == other.text


def _years_differ(one: CitedDate, other: CitedDate) -> bool:
    return one.day is not None and other.day is not None and one.day.year != other.day.year


def _issuers_differ(citations: Sequence[Placed]) -> Iterator[tuple[int, Problem]]:
    """The same document with two issuers; a number of another year is another document."""
    for group in _by_key(citations):
        seen: list[tuple[str, str, int | None]] = []
        for at, one in group:
            issuer, year = one.citation.issuer, one.citation.year
            if not issuer or len(seen) > _MOST_TOLD or any(same_issuer(issuer, name) for name, _, _ in seen):
                continue
            other = next((each for each in seen if None in (each[2], year) or each[2] == year), None)
            if other is not None:
                facts = {"number": one.citation.number, "issuers": [other[0], issuer], "at": other[1]}
                yield at, Problem("citation_two_issuers", one.place, facts)
            seen.append((issuer, one.place.code or "", year))


def _digits_swapped(citations: Sequence[Placed]) -> Iterator[tuple[int, Problem]]:
    """Two numbers of one symbol and day with the same digits in another order: 1794/KH-UBND and 1974/KH-UBND."""
    seen: dict[tuple[str, str, date], tuple[str, str, str]] = {}
    told: set[str] = set()
    for at, one in enumerate(citations):
        number, _, symbol = one.citation.key.partition("/")
        day = one.citation.date.day if one.citation.date is not None else None
        if day is None:
            continue
        key, other, code = seen.setdefault(
            ("".join(sorted(number)), symbol, day), (one.citation.key, one.citation.number, one.place.code or "")
        )
        if key != one.citation.key and one.citation.key not in told:
            told.add(one.citation.key)
            facts = {"number": one.citation.number, "other": other, "date": _printed(day), "at": code}
            yield at, Problem("citation_digits_swapped", one.place, facts)
