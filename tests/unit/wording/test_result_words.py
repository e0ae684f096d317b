"""What differs between two results, as pages print it and as a command proves it."""

from __future__ import annotations

import pytest

from parindex.wording.results import item_pair, outcome_pair, outcome_value

LONG = "87646695329598554694719329/1652584242441947257716900"


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("index", "62", "64.5", ("62,00%", "64,50%")),
        ("index", LONG, "53", ("53,04%", "53,00%")),
        ("index", "53.001", "53.002", ("53,001%", "53,002%")),
        ("index", "", "53", ("–", "53,00%")),
        ("points", "6.2", "19/3", ("6,2", "6,33333")),
        ("points", "6.2", "6.2000000000000001", ("6,2", "6,2000000000000001")),
        ("max_points", "10", "8", ("10", "8")),
        ("rank", 1, None, ("1", "–")),
        ("ranked", True, False, ("có", "không")),
        ("grade", "Khá", "", ("Khá", "–")),
    ],
)
def test_what_differs_is_printed_as_results_are_and_never_alike(
    name: str, before: object, after: object, said: tuple[str, str]
) -> None:
    assert outcome_pair(name, before, after) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (("answered", "0.75"), ("answered", "1"), ("0,75", "1")),
        (("answered", "2/3"), ("answered", "0.666667"), ("0,6666667", "0,666667")),
        (("answered", "2/3"), ("unanswered", ""), ("0,66667", "0, không trả lời")),
        (("", ""), ("answered", "1"), ("–", "1")),
    ],
)
def test_an_item_is_its_points_or_what_it_counts_as(
    before: tuple[str, str], after: tuple[str, str], said: tuple[str, str]
) -> None:
    was, now = item_pair(before, after)
    assert (was, now.lower()) == said


def test_what_is_proved_stays_exact() -> None:
    assert outcome_value("index", LONG) == LONG
