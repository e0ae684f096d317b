"""Points that a title prints in its last words: "CHỈ ĐẠO ĐIỀU HÀNH (13 điểm)", "CẢI CÁCH THỂ CHẾ: 8 điểm"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.criteria_tables.drafts import Draft
from parindex.documents.printed_text import THOUSANDS, has_thousands, in_capitals, joined, read_points

_SAID = re.compile(
    r"^(?P<title>.*[^\s(\[:–-])\s*(?P<mark>[(\[:–-])\s*(?:tối đa:?\s*)?"
    rf"(?P<points>{THOUSANDS}|\d{{1,4}}(?:[.,]\d{{1,4}})?)\s*(?:điểm|đ)\s*[)\]]?[.;]?$",
    re.IGNORECASE,
)


def split_points(title: str) -> tuple[str, str]:
    """A title apart from the points in its last words; "" where it prints none."""
    found = _SAID.match(joined(title))
    if found is None:
        return joined(title), ""
    said = found["points"]
    return found["title"], said.replace(".", "") if has_thousands(said) else said


def take_points(drafts: Sequence[Draft]) -> list[tuple[Draft, str]]:
    """Give rows without points those in their titles; returns the areas that have both, and not the same, with what
    their titles say.
    """
    at_odds: list[tuple[Draft, str]] = []
    for draft in drafts:
        title, said = split_points(" ".join(draft.title))
        if not said or draft.option_texts:
            continue
        if not draft.points:
            draft.title, draft.points = [title], said
        elif in_capitals(title) and read_points(said) != read_points(draft.points):
            at_odds.append((draft, said))
    return at_odds
