"""Parts that no word links to their whole: all kinds of a row side by side (``Kết quả phân loại, có 54.681 việc có
điều kiện và 23.912 việc chưa có điều kiện``), and what is left beside what is done (``kiến nghị thu hồi 318,45 triệu
đồng; đã thu 256 triệu đồng (80,4%), còn 62,45 triệu đồng``). The whole stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, MarkedText
from parindex.documents.arithmetic.prose.part_lists import OTHERS, Part, rows_told
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count, Says, as_part, counts_in
from parindex.documents.arithmetic.prose.parts.plain import is_plain

#: "đã thu 256 triệu đồng (80,4%), còn 62,45 triệu đồng".
_LEFT = re.compile(
    rf"(?<!\w)đã\s(?:được\s)?[^.;:,(){MARKS}]{{2,40}}\s(?P<done>{COUNT})[^.;:{COUNT}]{{1,60}}?[,;(]\s?(?:và\s)?"
    rf"(?:hiện\s|số\s)?(?:chưa [^.;:,(){MARKS}]{{2,24}}|còn(?: lại| phải| nợ| thiếu)?(?:\s[^\W\d_]{{1,8}}){{0,4}}?)\s"
    rf"(?:là\s|có\s)?(?P<left>{COUNT})"
)
_BEFORE, _MOST_WHOLES = 300, 3
#: Kinds side by side stand so near each other.
_SIDE_BY_SIDE = 90


def apart(text: MarkedText) -> Iterator[list[Claim]]:
    """For kinds and rests without a link the wholes that they may be of."""
    counts = [one for one in counts_in(text) if one.figure.over is None and text.text[one.at] == COUNT]
    if len(counts) < 3:
        return
    places = {one.at: one for one in counts}
    for found in _LEFT.finditer(text.text):
        done, left = places.get(found.start("done")), places.get(found.start("left"))
        if done is not None and left is not None and count_alike(left.unit or done.unit, done.unit):
            parts = (as_part(text, done), replace(as_part(text, left), rest=True))
            yield list(_of_wholes(counts, done, parts))
    yield from _sentences(text, counts)
    for one, other in zip(counts[1:], counts[2:], strict=False):
        if other.at - one.at > _SIDE_BY_SIDE or not count_alike(one.unit, other.unit):
            continue
        parts = (as_part(text, one), as_part(text, other))
        if len(rows_told(parts)) == 1:
            yield list(_of_wholes(counts, one, parts))


def _sentences(text: MarkedText, counts: Sequence[Count]) -> Iterator[list[Claim]]:
    """Sentences that count but one thing, the whole first: "tiếp nhận 28.116 hồ sơ, qua mạng 24.870 hồ sơ, …"."""
    sentences: dict[tuple[int, int], list[Count]] = {}
    for one in counts:
        sentences.setdefault(text.sentence(one.at), []).append(one)
    for whole, *others in sentences.values():
        if len(others) > 1 and all(one.unit and count_alike(one.unit, whole.unit) for one in others):
            yield [Claim(whole, [as_part(text, one) for one in others], Says.NEAR)]
    for first, last in text.periods() if "tổng" in text.text else ():
        told = [one for one in counts if first <= one.at < last]
        if len(told) > 2 and "tổng" in text.text[first : told[0].at] and ";" in text.text[told[0].at : told[1].at]:
            claim = Claim(told[0], [as_part(text, one) for one in told[1:]], Says.SOME)
            if OTHERS.search(claim.parts[-1].words) and is_plain(text, claim):
                yield [claim]


def _of_wholes(counts: Sequence[Count], first: Count, parts: tuple[Part, ...]) -> Iterator[Claim]:
    """The nearest figures of the same thing before the parts that are more than each of them."""
    largest = max(part.amount for part in parts)
    wholes = [
        one for one in counts
        if first.at - _BEFORE <= one.at < first.at and one.figure.value > largest and count_alike(one.unit, first.unit)
    ]  # fmt: skip
    for number, whole in enumerate(reversed(wholes[-_MOST_WHOLES:]), start=1):
        yield Claim(whole, parts, Says.NEAR, tried=number)
