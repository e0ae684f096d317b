"""Numbers that run against their days: a body numbers its papers of one kind through the year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.references.named_papers import Named

#: A run of numbers tells what is out of order where it has so many papers, and so many of them for each that is odd;
#: one with more papers than that is no run of one body.
_FEWEST, _FOR_EACH_ODD, _MOST = 5, 6, 400
#: Bodies below the province number theirs each for itself.
_LOWER = ("huyện", "xã", "phường", "thị trấn", "thành phố")

#: A number and its day.
Entry = tuple[int, date]


def against_the_run(named: Sequence[Named]) -> Iterator[StatementFinding]:
    """Papers whose number is far below or above those of the days around: number or day is misprinted."""
    runs: dict[tuple[str, int], dict[Entry, Named]] = defaultdict(dict)
    for one in named:
        of_lower = any(word in one.citation.issuer.lower() for word in _LOWER)
        if one.day is not None and one.digits.isdigit() and "/20" not in one.series and not of_lower:
            runs[one.series, one.day.year].setdefault((int(one.digits), one.day), one)
    for papers in runs.values():
        # A number with two days is told as that.
        numbers = Counter(number for number, _ in papers)
        run = sorted((entry for entry in papers if numbers[entry[0]] == 1), key=lambda entry: entry[::-1])
        odd = _odd(run) if _FEWEST <= len(run) <= _MOST else []
        if len(odd) <= max(1, len(run) // _FOR_EACH_ODD):
            for at in odd:
                yield _finding(papers, run, at, odd)


def _odd(run: Sequence[Entry]) -> list[int]:
    """The fewest entries without which numbers rise with days; of two that exclude each other the one that is farther
    from an even pace through the year.
    """
    paces = sorted(Fraction(number, day.timetuple().tm_yday) for number, day in run)
    pace = paces[len(paces) // 2]
    off = [abs(number - pace * day.timetuple().tm_yday) for number, day in run]
    longest, before = [(1, -each) for each in off], [-1] * len(run)
    for at, (number, _) in enumerate(run):
        for earlier in range(at):
            if run[earlier][0] < number:
                chain = (longest[earlier][0] + 1, longest[earlier][1] - off[at])
                if chain > longest[at]:
                    longest[at], before[at] = chain, earlier
    at = max(range(len(run)), key=lambda each: longest[each])
    kept = set()
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [each for each in range(len(run)) if each not in kept]


def _finding(papers: dict[Entry, Named], run: Sequence[Entry], at: int, odd: Sequence[int]) -> StatementFinding:
    number, day = run[at]
    one = papers[number, day]
    higher = [entry for each, entry in enumerate(run) if each not in odd and each < at and entry[0] > number]
    lower = [entry for each, entry in enumerate(run) if each not in odd and each > at and entry[0] < number]
    beside = papers[higher[-1]] if higher else papers[lower[0]]
    facts = {
        "number": one.citation.number,
        "other": beside.citation.number,
        "other_day": beside.day,
        "at": beside.place,
    }
    stated = one.citation.date.text if one.citation.date is not None else ""
    return StatementFinding(
        StatementKind.IMPOSSIBLE_DATE, Severity.SLIP, Sure.DOUBTFUL, one.place, one.sentence, stated, "",
        "against_the_run", facts,
    )  # fmt: skip
