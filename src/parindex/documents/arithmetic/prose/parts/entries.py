"""Wholes over the entries of a list below them: ``đã cử 1.318 lượt người. Chia theo nội dung:`` over a line for each
sort, ``08 lĩnh vực, 50 tiêu chí, cụ thể:`` over a line for each area with its counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MarkedText, marked
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count, Says, as_part, counts_in
from parindex.documents.arithmetic.prose.parts.columns import column_claims
from parindex.domain.errors import Place

#: A head that says by what all of something is parted.
_BY = re.compile(r"(?<!\w)(?:(?:phân|chia) (?:theo|ra|thành)|theo|gồm|bao gồm)(?: [^.;:()]{0,40})?:\s?$")
#: More figures to an entry would be a report of its own; wholes stand in the last few figures before the list.
_MOST_COUNTS, _MOST_WHOLES = 4, 6
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _List:
    """One text of what stands before a list, its head and its entries, with where each of them begins and ends."""

    text: MarkedText
    before: tuple[int, int]
    head: tuple[int, int]
    entries: tuple[tuple[int, int], ...]


def of_entries(
    before: MarkedText | None, head: MarkedText, entries: Sequence[MarkedText]
) -> Iterator[tuple[MarkedText, list[Claim]]]:
    """The claims of a list below ``head``; its whole may stand in the paragraph ``before`` it."""
    told = sum(len(one.marks) for one in entries)
    if told < len(entries) or not (head.marks or (before is not None and before.marks)):
        return
    joined = _joined(before, head, entries)
    text, counts = joined.text, counts_in(joined.text)
    rows = [
        [one for one in counts if first <= one.at < last and text.text[one.at] == COUNT]
        for first, last in joined.entries
    ]
    if any(len(row) > _MOST_COUNTS for row in rows):
        return
    heads = [one for one in counts if joined.head[0] <= one.at < joined.head[1]]
    claims = column_claims(text, heads, rows)
    if any(claim.says is Says.ALL for claim in claims):
        yield from ((text, [claim]) for claim in claims)
        return
    wholes = [one for one in counts if joined.before[0] <= one.at < joined.head[1]][-_MOST_WHOLES:]
    says = Says.ALL if _BY.search(head.text) else Says.SOME
    yield text, list(_of_wholes(text, joined, wholes, rows, says))


def _of_wholes(
    text: MarkedText, joined: _List, wholes: Sequence[Count], rows: Sequence[Sequence[Count]], says: Says
) -> Iterator[Claim]:
    """Every whole with the first figure of its kind in each entry; the nearest is likeliest the one."""
    units = [one.unit for one in wholes if one.at >= joined.head[0]]
    for number, whole in enumerate(reversed(wholes), start=1):
        column = [next((one for one in row if count_alike(one.unit, whole.unit)), None) for row in rows]
        parts = tuple(as_part(text, one) for one in column if one is not None)
        if not whole.unit or whole.about or len(parts) < max(_FEWEST, len(rows)):
            continue
        in_head = whole.at >= joined.head[0]
        claim = Claim(whole, parts, says, far=not in_head, tried=number)
        alone = in_head and units.count(whole.unit) == 1
        yield replace(claim, says=Says.ALL) if alone else claim


def _joined(before: MarkedText | None, head: MarkedText, entries: Sequence[MarkedText]) -> _List:
    """The paragraphs as one text."""
    printed = ""
    starts: list[int] = []
    places: list[Place] = []
    spans: list[tuple[int, int]] = []
    for one in (*([before] if before else []), head, *entries):
        passage = one.passage
        printed += " " if printed else ""
        spans.append((len(printed), len(printed) + len(passage.text)))
        starts += [len(printed) + start for start in passage.starts]
        places += passage.places
        printed += passage.text
    text = marked(Passage(printed, tuple(starts), tuple(places), head.passage.group))
    at = [(text.letter(first), text.letter(last)) for first, last in spans]
    head_at = 1 if before else 0
    return _List(text, at[0] if before else (at[0][0], at[0][0]), at[head_at], tuple(at[head_at + 1 :]))
