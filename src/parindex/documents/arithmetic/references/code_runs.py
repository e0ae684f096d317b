"""Codes of items in running text that break their run: ``Tiêu chí 6.2.1 …`` twice, with 6.2.2 nowhere.

Codes count up among those with the same parent. One that stands where the next should, has the code before it again
under other words (or is one part off), while the next stands nowhere in the paper, is misprinted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted

#: A code with its title, at the beginning of a paragraph or of an entry within it.
_CODED = re.compile(
    r"(?:^|[;.]\s|^[-–+•*]\s)(?:(?:Tiêu chí(?: thành phần)?|TCTP|TC|Nội dung|Chỉ số|Nhiệm vụ|Mục)\s)?"
    r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,4})\.?(?:\s?[-–:])?\s(?P<title>[A-ZÀ-ỸĐ][^\d:;(]{5,120})"
)
_WORD = re.compile(r"[^\W\d_]+")
_MOST = 2000
#: Codes with fewer parts begin anew in each part of a paper.
_FEWEST_PARTS = 3

_Code = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Coded:
    code: _Code
    printed: str
    words: tuple[str, ...]
    passage: Passage
    start: int
    end: int


def codes_out_of_run(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The codes that are misprinted, by the codes around them."""
    coded = [one for passage in passages for one in _coded(passage)][:_MOST]
    known = {one.code for one in coded}
    last: dict[_Code, _Coded] = {}
    for at, one in enumerate(coded):
        parent = one.code[:-1]
        before = last.get(parent)
        behind = coded[at + 1].code if at + 1 < len(coded) else None
        meant = _meant(one, before, coded[at - 1] if at else None, behind)
        if meant is not None and meant not in known:
            yield _finding(one, meant)
        last[parent] = one


def _coded(passage: Passage) -> Iterator[_Coded]:
    for found in _CODED.finditer(passage.text):
        code = tuple(map(int, found["code"].split(".")))
        words = tuple(_WORD.findall(found["title"].lower()))
        yield _Coded(code, found["code"], words, passage, found.start("code"), found.end("code"))


def _meant(one: _Coded, before: _Coded | None, at_once: _Coded | None, behind: _Code | None) -> _Code | None:
    """The code that should stand here, where this one is misprinted."""
    if at_once is None or all(a == b for a, b in zip(one.words, at_once.words, strict=False)):
        return None  # the same item is told of again
    following = (*at_once.code[:-1], at_once.code[-1] + 1)
    after_next = (*at_once.code[:-1], at_once.code[-1] + 2)
    if before is at_once and one.code == at_once.code:  # again
        begins = len(one.code) < _FEWEST_PARTS and one.code[-1] == 1
        return following if behind == after_next or (behind != following and not begins) else None
    off = len(one.code) == len(following) and sum(a != b for a, b in zip(one.code, following, strict=True)) == 1
    return following if behind == after_next and off else None


def _finding(one: _Coded, meant: _Code) -> StatementFinding:
    found = ".".join(map(str, meant))
    return StatementFinding(
        StatementKind.CODE, Severity.SLIP, Sure.LIKELY, one.passage.place_at(one.start),
        quoted(one.passage.text, one.start, one.end), one.printed, found, "code_misprinted", {},
    )  # fmt: skip
