"""Codes of items that are cited with parts changed round: ``Tiêu chí 2.3.1: bổ sung 48 văn bản góp ý`` in a paper that
tells of 2.1.3 and has nothing else of 2.3.

A code that stands once in a paper, with no relation of it anywhere (its parent, its brothers, what is below it), is a
misprint where the paper has a heading with two of its parts exchanged, and either words of that item stand by it or it
begins an entry of a list whose other entries are of items that the paper has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import ne

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.references.named_papers import quoted

_WORD = r"(?:tiêu chí(?: thành phần)?|tctp|tc|chỉ số thành phần|chỉ tiêu|nội dung|nhiệm vụ|mục)"
_CODE = r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,4})(?![\d/%]|[.,]\d)"
_CITED = re.compile(rf"(?<!\w)(?P<word>{_WORD})\s{_CODE}", re.IGNORECASE)
#: A heading has the code first, and a title that begins with a capital.
_HEADING = re.compile(
    rf"(?:\d{{1,2}}[.)]\s|[IVX]{{1,5}}[.)]\s)?(?:{_WORD}\s)?{_CODE}\.?(?:\s?[-–:])?\s[\"“]?(?P<first>[^\W\d_])",
    re.IGNORECASE,
)
_ANY = re.compile(r"(?<![\d.,/])\d{1,2}(?:\.\d{1,2}){1,4}(?![\d/%]|[.,]\d)")
#: Two of three parts in another order are no accident; of two parts ("1.2", "2.1") they may be.
_FEWEST_PARTS = 3
_MOST = 2_000
#: What begins an entry, up to its code; passages that are read of an item, and words that it must share.
_ENTRY = re.compile(rf"[-–+•*]?\s?{_WORD}\s", re.IGNORECASE)
_BELOW, _FEWEST_WORDS = 3, 2
_OF_ALL = frozenset(
    {"tiêu", "chí", "thành", "phần", "điểm", "tối", "đa", "tự", "chấm", "kết", "quả", "thực", "tài", "liệu"}
)
#: A paper with more codes has lists of all of them: what it cites may be told in another paper.
_MOST_CITED = 200

_Code = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Cited:
    code: _Code
    printed: str
    passage: Passage
    start: int
    end: int


def codes_changed_round(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The cited codes that the paper has only with their parts in another order."""
    cited = [one for passage in passages for one in _cited(passage)][:_MOST_CITED]
    if not any(len(one.code) >= _FEWEST_PARTS for one in cited):
        return
    known = Counter(code for passage in passages for code in _codes(passage))
    headed = _headed(passages)
    listed = [one.code for one in cited if _begins_an_entry(one)]
    for one in cited:
        if len(one.code) < _FEWEST_PARTS or known[one.code] != 1 or _has_relations(one.code, known):
            continue
        near = [code for code in headed if _are_exchanged(code, one.code) and not _stands_beside(one, code)]
        if _begins_an_entry(one) and any(code in headed for code in listed):
            meant = [code for code in near if code not in listed]
        else:
            meant = [code for code in near if len(telling_words(one.passage.text) & headed[code]) >= _FEWEST_WORDS]
        if len(meant) == 1:
            yield _finding(one, meant[0])


def _cited(passage: Passage) -> Iterator[_Cited]:
    heading = _heading(passage)
    for found in _CITED.finditer(passage.text):
        if heading is None or found.start("code") != heading.start("code"):
            yield _Cited(_code(found["code"]), found["code"], passage, found.start("code"), found.end("code"))


def _codes(passage: Passage) -> Iterator[_Code]:
    for number, found in enumerate(_ANY.finditer(passage.text)):
        if number >= _MOST:
            return
        yield _code(found[0])
    place = passage.places[0].code
    if place and _ANY.fullmatch(place):
        yield _code(place)


def _heading(passage: Passage) -> re.Match[str] | None:
    """The code that a passage begins with, where a title follows."""
    found = _HEADING.match(passage.text)
    return found if found is not None and found["first"].isupper() else None


def _headed(passages: Sequence[Passage]) -> dict[_Code, frozenset[str]]:
    """The codes of headings, with the telling words of what stands below each."""
    out: dict[_Code, frozenset[str]] = {}
    for at, passage in enumerate(passages):
        found = _heading(passage)
        if found is not None:
            below = takewhile(lambda one: not _CITED.search(one.text), passages[at + 1 : at + _BELOW])
            words = telling_words(" ".join((passage.text, *(one.text for one in below))))
            out.setdefault(_code(found["code"]), words - _OF_ALL)
    return out


def _are_exchanged(one: _Code, other: _Code) -> bool:
    """Whether two parts of a code changed places."""
    return len(one) == len(other) and sorted(one) == sorted(other) and sum(map(ne, one, other)) == 2


def _begins_an_entry(one: _Cited) -> bool:
    """Whether a passage is "- Tiêu chí 1.3.1: …"."""
    return (
        _ENTRY.fullmatch(one.passage.text, 0, one.start) is not None and one.passage.text[one.end : one.end + 1] == ":"
    )


def _code(printed: str) -> _Code:
    return tuple(map(int, printed.split(".")))


def _has_relations(code: _Code, known: Counter[_Code]) -> bool:
    """Whether the paper has another code with the same parent, or the parent itself."""
    parent = code[:-1]
    return any(other != code and other[: len(parent)] == parent for other in known)


def _stands_beside(one: _Cited, code: _Code) -> bool:
    """Whether the sentence names both: it speaks of two items."""
    return any(_code(found[0]) == code for found in _ANY.finditer(one.passage.text))


def _finding(one: _Cited, right: _Code) -> StatementFinding:
    return StatementFinding(
        StatementKind.CODE, Severity.SLIP, Sure.LIKELY, one.passage.place_at(one.start),
        quoted(one.passage.text, one.start, one.end), one.printed, ".".join(map(str, right)), "cited_code_apart", {},
    )  # fmt: skip
