"""Page numbers that stand in a row of their own, where a table goes on over a page: "2" in the column of the codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.criteria_tables.drafts import Draft
from parindex.domain.errors import Problem


def without_page_numbers(drafts: Sequence[Draft], table: str) -> tuple[list[Draft], list[Problem]]:
    """The rows without those that hold a number and nothing else and that the codes after them do not go on from; one
    doubt for all of them.
    """
    kept: list[Draft] = []
    numbers: list[Draft] = []
    for at, draft in enumerate(drafts):
        after = next((other.code for other in drafts[at + 1 :] if other.code), "")
        top = next((other.code for other in reversed(kept) if other.code.isdecimal()), "")
        (numbers if _is_bare(draft) and not _is_row(draft.code, top, after) else kept).append(draft)
    if not numbers:
        return kept, []
    place = replace(numbers[0].place, table=table or None)
    return kept, [Problem("page_numbers", place, {"numbers": [draft.code for draft in numbers]})]


def _is_bare(draft: Draft) -> bool:
    texts = (*draft.title, draft.points, *draft.option_texts, *(text for said in draft.texts.values() for text in said))
    return draft.code.isdecimal() and not any(text.strip() for text in texts)


def _is_row(code: str, top: str, after: str) -> bool:
    """Whether a bare number is the code of a row without a title: rows go on below it, or it fills a gap."""
    if after.startswith(f"{code}."):
        return True
    return after == str(int(code) + 1) and top == str(int(code) - 1)
