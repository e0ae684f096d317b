"""The head of a table whose layout is lost: the names of its columns of points, and the lines that title it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined

#: Lines of a head at most; a line so long that ends a sentence is none.
_LINES, _SENTENCE = 45, 25
_CAPTION = re.compile(r"^(?:bang|bieu|phu luc|danh (?:sach|muc)|thong ke|tong hop)\b")
_OF = r"(?:điểm )?(?:tự (?:chấm|đánh giá)|tối đa|chuẩn|thẩm định)"
#: The name of a column of points; "đạt điểm tối đa" is a remark.
_NAME = re.compile(
    r"(?<!đạt )(?<!\w)(?:tổng |số |thang )?(?:điểm (?:chuẩn|tối đa|tự (?:chấm|đánh giá)|thẩm định|đánh giá|đạt được"
    r"|bị (?:trừ|mất)|trừ|mất|chênh lệch)|tối đa|tự (?:chấm|đánh giá)|thẩm định|chênh lệch|bị trừ|mất điểm)(?!\w)"
    rf"(?: so với {_OF}(?!\w))?",
    re.IGNORECASE,
)
_POINTS = "Điểm"


@dataclass(frozen=True, slots=True)
class ScatteredHead:
    """``rows``: the words over the names of the rows; ``columns``: those over each column of figures; ``captions``:
    the lines above that title the table or lead to it.
    """

    rows: str
    columns: tuple[str, ...]
    captions: tuple[Paragraph, ...]


def head_above(lines: Sequence[Paragraph], columns: int) -> ScatteredHead:
    """The head in the last of the lines above a table with so many columns of figures."""
    near = _near(lines)
    captions = [at for at, line in enumerate(near) if _is_caption(joined(line.text))]
    head = joined(" ".join(line.text for line in near[captions[-1] + 1 if captions else 0 :]))
    found = list(_NAME.finditer(head))[: columns + 1]
    names = tuple(one[0] for one in found[:columns])
    if len(names) < columns:
        names = (_POINTS if "điểm" in head.lower() else "",) * columns
    words = head[: found[0].start()] if found else head
    return ScatteredHead(words.strip(), names, tuple(near[at] for at in captions))


def _near(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines above a table after the last sentence of the text before it."""
    out: list[Paragraph] = []
    for line in reversed(lines[-_LINES:]):
        text = joined(line.text)
        if len(text) > _SENTENCE and text.endswith((".", ";")):
            break
        out.append(line)
        if len(text) > _SENTENCE and text.endswith(":"):
            break
    return out[::-1]


def _is_caption(text: str) -> bool:
    return len(text) > _SENTENCE and (text.endswith(":") or _CAPTION.match(folded(text)) is not None)
