"""Codes of items in running text that break their run: ``Tiêu chí 6.2.1 …`` twice, with 6.2.2 nowhere.

Codes count up among those with the same parent. One that stands where the next should, has the code before it again
under other words (or is one part off, or has two parts changed round), while the next stands nowhere in the paper, is
misprinted. So is one that nothing else in the paper is related to, where its own text names the one that is due.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.code_parts import (
    ANY,
    FEWEST_PARTS,
    ITEM,
    Code,
    are_exchanged,
    has_relations,
    known_codes,
    parts_of,
)
from parindex.documents.arithmetic.references.named_papers import quoted

#: A code with its title, at the beginning of a paragraph or of an entry within it.
_CODED = re.compile(
    r"(?:^|[;.]\s|^[-–+•*]\s)(?:(?:Tiêu chí(?: thành phần)?|TCTP|TC|Nội dung|Chỉ số|Nhiệm vụ|Mục)\s)?"
    r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,4})\.?(?:\s?[-–:])?\s(?P<title>[^\W\d_][^\d:;(]{5,120})"
)
_WORD = re.compile(r"[^\W\d_]+")
_MOST = 2000
_NAMED = re.compile(rf"(?<!\w){ITEM}\s({ANY.pattern})", re.IGNORECASE)
#: A heading has so many paragraphs at the most.
_OWN = 20


@dataclass(frozen=True, slots=True)
class _Coded:
    code: Code
    printed: str
    words: tuple[str, ...]
    passage: Passage
    start: int
    end: int


def codes_out_of_run(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The codes that are misprinted, by the codes around them."""
    coded = [one for passage in passages for one in _coded(passage)][:_MOST]
    known = {one.code for one in coded}
    last: dict[Code, _Coded] = {}
    paper: Counter[Code] = Counter()
    for at, one in enumerate(coded):
        parent = one.code[:-1]
        before = last.get(parent)
        behind = coded[at + 1].code if at + 1 < len(coded) else None
        meant = _meant(one, before, coded[at - 1] if at else None, behind)
        if meant is None and before is None and len(coded) > 1:
            paper = paper or known_codes(passages)
            if paper[one.code] == 1 and not has_relations(one.code, paper):
                meant = _misplaced(coded, at, passages)
        if meant is not None and meant not in known:
            yield _finding(one, meant)
        last[parent] = one


def _coded(passage: Passage) -> Iterator[_Coded]:
    for found in _CODED.finditer(passage.text):
        if not found["title"][0].isupper():
            continue  # "Tiêu chí 1.2.3 đề nghị …" tells of the item again
        code = tuple(map(int, found["code"].split(".")))
        words = tuple(_WORD.findall(found["title"].lower()))
        yield _Coded(code, found["code"], words, passage, found.start("code"), found.end("code"))


def _meant(one: _Coded, before: _Coded | None, at_once: _Coded | None, behind: Code | None) -> Code | None:
    """The code that should stand here, where this one is misprinted."""
    if at_once is None or all(a == b for a, b in zip(one.words, at_once.words, strict=False)):
        return None  # the same item is told of again
    following = (*at_once.code[:-1], at_once.code[-1] + 1)
    after_next = (*at_once.code[:-1], at_once.code[-1] + 2)
    if before is at_once and one.code == at_once.code:  # again
        begins = len(one.code) < FEWEST_PARTS and one.code[-1] == 1
        return following if behind == after_next or (behind != following and not begins) else None
    return following if behind == after_next and _is_near(one.code, following) else None


def _is_near(code: Code, meant: Code) -> bool:
    """Whether one part of a code is another, or two parts changed places."""
    if len(code) != len(meant):
        return False
    return sum(a != b for a, b in zip(code, meant, strict=True)) == 1 or are_exchanged(code, meant)


def _misplaced(coded: Sequence[_Coded], at: int, passages: Sequence[Passage]) -> Code | None:
    """The code that a heading without relations in the paper should have: the one that the heading before it or behind
    it asks for, which its own text names, or which has its parts in the order that the headings rise in.
    """
    one, before, behind = coded[at], coded[at - 1] if at else None, coded[at + 1] if at + 1 < len(coded) else None
    due = {(*before.code[:-1], before.code[-1] + 1)} if before is not None else set()
    if behind is not None and behind.code[-1] > 1:
        due.add((*behind.code[:-1], behind.code[-1] - 1))
    due = {code for code in due if _is_near(one.code, code)}
    if not due:
        return None
    rising = (before is None or before.code < one.code) and (behind is None or one.code < behind.code)
    turned = len(one.code) >= FEWEST_PARTS and not rising
    cited = _cited_below(coded, at, passages)
    meant = [code for code in due if code in cited or (turned and are_exchanged(one.code, code))]
    return meant[0] if len(meant) == 1 else None


def _cited_below(coded: Sequence[_Coded], at: int, passages: Sequence[Passage]) -> set[Code]:
    """The codes of items that the text below a heading names, up to the next heading."""
    own, behind = coded[at].passage, coded[at + 1].passage if at + 1 < len(coded) else None
    begin = next(index for index, passage in enumerate(passages) if passage is own)
    texts = [own.text[coded[at].end :]]
    for passage in passages[begin + 1 : begin + _OWN]:
        if passage is behind:
            break
        texts.append(passage.text)
    return {parts_of(found[1]) for text in texts for found in _NAMED.finditer(text)}


def _finding(one: _Coded, meant: Code) -> StatementFinding:
    found = ".".join(map(str, meant))
    return StatementFinding(
        StatementKind.CODE, Severity.SLIP, Sure.LIKELY, one.passage.place_at(one.start),
        quoted(one.passage.text, one.start, one.end), one.printed, found, "code_misprinted", {},
    )  # fmt: skip
