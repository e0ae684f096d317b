"""What a paper reports of other documents: "Theo Quyết định số 876/QĐ-BNV, Chỉ số gồm 8 lĩnh vực, 37 tiêu chí…".

The structure of a cited document is that of the paper's own table only where the table has the numbers; else it is
left out, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.errors import Problem

_SENTENCES = re.compile(r"(?<=[^\W\d_])[.;]\s+(?=[A-ZĐÀ-Ỵ])|(?<=[)”\"])[.;]\s+(?=[A-ZĐÀ-Ỵ])")
_DOCUMENT = r"(?:quyet dinh|ke hoach|cong van|thong bao|huong dan|nghi quyet|thong tu|nghi dinh|de an|van ban)"
_SYMBOL = r"(?P<number>\d{1,5}\s*/\s*(?:\d{4}/)?[a-z]{2,6}(?:-[a-z]{2,12})*)"
_CITED = re.compile(rf"\b(?:theo|tai|can cu|thuc hien|kem theo|cua)\s+{_DOCUMENT}\s+(?:so\s*:?\s*)?{_SYMBOL}")

Fits = Callable[[str], bool | None]


def without_cited(
    paragraphs: Sequence[Paragraph], own: Sequence[str], fits: Fits
) -> tuple[list[Paragraph], list[Problem]]:
    """The paragraphs without the sentences that report the structure of another document, and a doubt for each.

    ``own`` are the numbers of the paper itself; ``fits`` says of a folded sentence whether its numbers are those of a
    table of the paper, None where it declares no structure. Doubt: ``structure_cited`` (number, text).
    """
    known = {_plain(number) for number in own}
    kept: list[Paragraph] = []
    doubts: list[Problem] = []
    for paragraph in paragraphs:
        text = joined(paragraph.text)
        cuts = [0, *(found.end() for found in _SENTENCES.finditer(text)), len(text)]
        sentences = [text[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
        others = [
            (one, number) for one in sentences if (number := _cited_by(one, known)) and fits(folded(one)) is False
        ]
        doubts += [
            Problem("structure_cited", paragraph.place, {"number": number, "text": one.strip()})
            for one, number in others
        ]
        left = "".join(one for one in sentences if one not in {cited for cited, _ in others}).strip()
        if not others:
            kept.append(paragraph)
        elif left:
            kept.append(replace(paragraph, text=left))
    return kept, doubts


def _cited_by(sentence: str, own: set[str]) -> str:
    """The number of the first document that a sentence cites and that is not the paper itself."""
    words = folded(sentence)
    cited = (found for found in _CITED.finditer(words) if _plain(found["number"]) not in own)
    found = next(cited, None)
    if found is None:
        return ""
    printed = joined(sentence)
    start, end = found.span("number")
    return printed[start:end] if len(printed) == len(words) else found["number"]


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", folded(number))
