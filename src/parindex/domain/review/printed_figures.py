"""Counts that explanations print, held against what was entered and against each other.

Only what is sure is said: a count beside the word of its unit, the same words in two items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from parindex.domain.review.flags import FlagKind, FoundFlag, Severity
from parindex.domain.values import exact_number, number_text

#: A label of fewer words says too little to be the same thing in two items.
_LEAST_WORDS = 6
#: So many other items are named.
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """``TTHC có phát sinh hồ sơ: 178 TTHC``: the words before a number, the number, up to three words behind it, in
    small letters; ``label`` is "" where nothing joins words and number.
    """

    label: str
    value: int
    unit: str


def count_apart(entered: Mapping[str, str], unit: str, counts: Sequence[PrintedCount]) -> FoundFlag | None:
    """One figure of several that the explanation prints otherwise than it was entered.

    ``entered``: two or more figures of the item, all in the unit of measurement ``unit``, by title. Said only where
    the explanation prints just as many different numbers before that word, and all but one are those entered.
    """
    values = {title: exact_number(text) for title, text in entered.items() if text}
    mine = set(values.values())
    word = unit.casefold()
    told = {one.value for one in counts if word and f"{one.unit} ".startswith(f"{word} ")}
    if len(values) < 2 or len(values) < len(entered) or len(mine) < len(values) or len(told) != len(mine):
        return None
    if len(told - mine) != 1:
        return None
    (printed,) = told - mine
    title = next(name for name, value in values.items() if value not in told)
    facts = {
        "says": "count", "title": title, "entered": number_text(values[title]), "printed": str(printed),
        "unit": unit,
    }  # fmt: skip
    return FoundFlag(FlagKind.FIGURES_APART, Severity.WARN, facts, "count")


def labels_apart(printed: Mapping[str, Sequence[PrintedCount]]) -> dict[str, list[FoundFlag]]:
    """The same words and unit with different numbers in two items of a sheet, by item; ``printed`` by item.

    Compared are labels that name what is counted ("TTHC có phát sinh hồ sơ trực tuyến: 178 TTHC"). One that stands in
    its item with several numbers says nothing. Two items may mean two things by the same words (dossiers of the
    province, of a district): it is something to know.
    """
    known: dict[tuple[str, str], dict[str, set[int]]] = {}
    for code, counts in printed.items():
        for one in counts:
            if len(one.label.split()) >= _LEAST_WORDS and one.label.split()[0] == one.unit.split()[0]:
                known.setdefault((one.label, one.unit.split()[0]), {}).setdefault(code, set()).add(one.value)
    found: dict[str, list[FoundFlag]] = {}
    for (label, unit), places in known.items():
        single = {code: next(iter(values)) for code, values in places.items() if len(values) == 1}
        if len(set(single.values())) < 2:
            continue
        for code, value in single.items():
            others = islice(((other, one) for other, one in single.items() if one != value), _MOST_NAMED)
            facts = {
                "says": "label", "label": label, "unit": unit, "here": str(value),
                "elsewhere": [{"item": other, "value": str(one)} for other, one in others],
            }  # fmt: skip
            flag = FoundFlag(FlagKind.FIGURES_APART, Severity.INFO, facts, f"label.{label}"[:200])
            found.setdefault(code, []).append(flag)
    return found
