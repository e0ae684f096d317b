"""The figure of one year told under the name of another: ``Với 655 doanh nghiệp thành lập mới trong năm 2024`` where
above stands ``Năm 2024 có 702 doanh nghiệp thành lập mới, năm 2023 có 655 doanh nghiệp``.

Two sorts of evidence, each an accident in hardly one of a thousand papers:

- a sentence holds two years against each other, each with its figure, and elsewhere the figure of the one stands with
  the other year;
- a per cent of four digits or more stands with two years.

What a change told with it proves, the prose room finds by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.quantities.dated_figures import DatedFigure
from parindex.documents.arithmetic.references.named_papers import quoted

#: The sentences that tell of it.
ANOTHER_YEAR, TWO_YEARS = "figure_of_another_year", "figure_of_two_years"
#: Letters between two years that a sentence holds against each other.
_NEAR = 120
#: Figures with fewer digits are alike by accident.
_FEWEST, _FEWEST_ALONE = 3, 4
#: Figures of two years are of one size.
_TIMES = 4
_MOST_TOLD = 5


def years_apart(told: Sequence[DatedFigure]) -> Iterator[StatementFinding]:
    """The figures of a paper that stand with another year than theirs, with the place of their own."""
    said: set[tuple[int, int]] = set()
    for wrong, own, found in (*_contrasted(told), *_twice(told)):
        key = id(wrong.passage), wrong.figure.start
        if key not in said and len(said) < _MOST_TOLD:
            said.add(key)
            yield _finding(wrong, own, found)


def _digits(one: DatedFigure) -> int:
    return len(digits_of(one.figure.digits).strip("0"))


_Wrong = tuple[DatedFigure, DatedFigure, DatedFigure | None]


def _contrasted(told: Sequence[DatedFigure]) -> Iterator[_Wrong]:
    """Figures that stand with the year of the one that they are held against."""
    dated = [one for one in told if one.year and _digits(one) >= _FEWEST]
    if len({one.year for one in dated}) < 2:
        return
    by_value: dict[tuple[bool, Fraction], list[DatedFigure]] = defaultdict(list)
    for one in dated:
        by_value[one.figure.percent, one.value].append(one)
    for at, one in enumerate(dated):
        for other in dated[at + 1 : at + 4]:
            if not _are_held(one, other):
                continue
            for first, second in ((one, other), (other, one)):
                for again in by_value[first.figure.percent, first.value]:
                    if again.year == second.year and again.may_be_of(first) and _is_same_thing(again, first):
                        yield again, first, second


def _are_held(one: DatedFigure, other: DatedFigure) -> bool:
    """Whether a sentence tells two years of one thing."""
    if one.passage is not other.passage or one.year == other.year or one.value == other.value:
        return False
    low, high = sorted((one.value, other.value))
    between = one.passage.text[one.figure.end : other.figure.start]
    near = len(between) <= _NEAR and ". " not in between and "\n" not in between
    return near and one.may_be_of(other) and 0 < high <= _TIMES * low


def _is_same_thing(again: DatedFigure, first: DatedFigure) -> bool:
    return again.passage is first.passage or len((again.words & first.words) - {again.unit}) > 1


def _twice(told: Sequence[DatedFigure]) -> Iterator[_Wrong]:
    """Per cents with two years, the later one in the paper."""
    first: dict[Fraction, DatedFigure] = {}
    for one in told:
        if (
            not one.year
            or not one.figure.percent
            or len(digits_of(one.figure.digits)) < _FEWEST_ALONE
            or not one.figure.value % 100
        ):
            continue
        own = first.setdefault(one.value, one)
        if own.year != one.year and own.passage is not one.passage and own.may_be_of(one):
            yield one, own, None


def _finding(wrong: DatedFigure, own: DatedFigure, right: DatedFigure | None) -> StatementFinding:
    figure, text = wrong.figure, wrong.passage.text
    facts = {"at": own.passage.place_at(own.figure.start)}
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, wrong.passage.place_at(figure.start),
        quoted(text, figure.start, figure.end), figure.digits, right.figure.digits if right is not None else "",
        ANOTHER_YEAR if right is not None else TWO_YEARS, facts,
    )  # fmt: skip
