"""Options in rows of their own with letters before them: a, b, c below 1.1, worth 3, 1.5 and nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.criteria_tables import printed_codes
from parindex.documents.criteria_tables.drafts import Draft
from parindex.documents.printed_text import joined, read_points


def folded_in(drafts: Sequence[Draft]) -> list[Draft]:
    """The rows with lettered options put under their items.

    Letters name options where the first is worth what the item above is worth at most, and the last nothing: as items
    they would have a part that nobody can earn.
    """
    out: list[Draft] = []
    for draft, letters in _with_letters(drafts):
        out.append(draft)
        if _are_options(draft, letters):
            draft.option_texts.extend(f"{joined(' '.join(each.title))}: {joined(each.points)}" for each in letters)
        else:
            out.extend(letters)
    return out


def _with_letters(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, list[Draft]]]:
    """Each row with the lettered rows that come right after it."""
    head: Draft | None = None
    letters: list[Draft] = []
    for draft in drafts:
        if head is not None and printed_codes.style(draft.code) == "lower":
            letters.append(draft)
            continue
        if head is not None:
            yield head, letters
        head, letters = draft, []
    if head is not None:
        yield head, letters


def _are_options(above: Draft, letters: Sequence[Draft]) -> bool:
    worth = [read_points(draft.points) for draft in letters]
    points = [value for value in worth if value is not None]
    if len(points) < 2 or len(points) < len(worth) or above.option_texts or any(each.option_texts for each in letters):
        return False
    falling = all(first > second for first, second in zip(points, points[1:], strict=False))
    return falling and points[0] == read_points(above.points) and points[-1] == Fraction(0)
