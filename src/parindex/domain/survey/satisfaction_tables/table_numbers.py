"""How a satisfaction table numbers its rows, and where that breaks: figures, Roman numerals, letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parindex.domain.criteria.coherence.numerals import ordinal, roman_numeral
from parindex.domain.criteria.coherence.running_numbers import sequence_breaks
from parindex.domain.survey.satisfaction_tables.printed_table import SatisfactionRow

#: The letters of groups: Vietnamese papers pass over F and J, some do not.
_LETTERS = ("ABCDEGHIKLMNOPQ", "ABCDEFGHIJKLMNOPQ")

Names = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Labels as numbers (−1 for none), and numbers as such labels."""

    numbers: tuple[int, ...]
    names: Names


def readings(rows: Sequence[SatisfactionRow]) -> Iterator[Reading]:
    """The labels in each way that they can be read: figures, Roman numerals, letters."""
    labels = [row.label.rpartition(".")[2] for row in rows]
    for roman in (False, True):
        read = [ordinal(label, roman=roman) if label else None for label in labels]
        if 2 * sum(number is not None for number in read) > len(labels):
            numbers = tuple(-1 if number is None else number for number in read)
            yield Reading(numbers, roman_numeral if roman else str)
    for letters in _LETTERS:
        at = [letters.find(label) if len(label) == 1 else -1 for label in labels]
        if 2 * sum(number >= 0 for number in at) > len(labels):
            numbers = tuple(number + 1 if number >= 0 else -1 for number in at)
            yield Reading(numbers, lambda due, letters=letters: letters[due - 1 : due])  # type: ignore[misc]


Runs = list[tuple[Sequence[int], list[tuple[int, int]]]]


def numbered(
    of_level: Sequence[int], stretches: Mapping[int | None, Sequence[int]], labels: Reading
) -> tuple[int, Reading, Runs]:
    """The breaks of labels that run through, or begin anew in every group: whichever has fewer."""
    read = dict(zip(of_level, labels.numbers, strict=True))
    ways = ([of_level], list(stretches.values()))
    runs = [[(run, sequence_breaks([read[at] for at in run])) for run in way] for way in ways]
    counts = [sum(len(found) for _, found in way) for way in runs]
    return min(counts), labels, runs[counts.index(min(counts))]
