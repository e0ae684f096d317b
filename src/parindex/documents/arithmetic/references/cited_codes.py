"""Codes of items that are cited with parts changed round: ``Tiêu chí 2.3.1: bổ sung 48 văn bản góp ý`` in a paper that
tells of 2.1.3 and has nothing else of 2.3; ``các tiêu chí 1.4, 5.3 và 6.2`` in one that tells of 1.4, 3.5 and 6.2.

A code that stands once in a paper, with no relation of it anywhere (its parent, its brothers, what is below it), is a
misprint where the paper has one with two of its parts exchanged, and something tells that this one is meant: words of
that item stand by it; it is told points below the heading of that item; it begins an entry of a list whose other
entries are of items that the paper has; it stands among codes that the paper has elsewhere, all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.references.code_parts import (
    ANY,
    FEWEST_PARTS,
    ITEM,
    Code,
    are_exchanged,
    are_turned,
    has_relations,
    known_codes,
    parts_of,
)
from parindex.documents.arithmetic.references.named_papers import quoted

_CODE = r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,4})(?![\d/%]|[.,]\d)"
_CITED = re.compile(rf"(?<!\w)(?P<word>{ITEM})\s{_CODE}", re.IGNORECASE)
#: A heading has the code first, and a title that begins with a capital.
_HEADING = re.compile(
    rf"(?:\d{{1,2}}[.)]\s|[IVX]{{1,5}}[.)]\s)?(?:{ITEM}\s)?{_CODE}\.?(?:\s?[-–:])?\s[\"“]?(?P<first>[^\W\d_])",
    re.IGNORECASE,
)
#: What begins an entry, up to its code; passages that are read of an item, and words that it must share.
_ITEM = re.compile(ITEM, re.IGNORECASE)
_ENTRY = re.compile(rf"[-–+•*]?\s?{ITEM}\s", re.IGNORECASE)
_BELOW, _FEWEST_WORDS = 3, 2
_OF_ALL = frozenset(
    {"tiêu", "chí", "thành", "phần", "điểm", "tối", "đa", "tự", "chấm", "kết", "quả", "thực", "tài", "liệu"}
)
#: Codes one after another, behind what they are codes of and a few words more.
_NEXT = rf"\s?(?:[,;]\svà|[,;]|và)\s?(?:{ITEM}\s)?"
_RUN = re.compile(
    r"[TtCcMm](?<!\w.)(?:iêu chí(?: thành phần)?|CTP|ctp|hỉ số thành phần|ục)(?:\s[^\W\d]{1,12}){0,8}?\s?:?\s"
    rf"(?P<run>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?:{_NEXT}\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}){{1,20}})(?![\d/%]|[.,]\d)"
)
#: What is told of the item that a paragraph is about: its points.
_POINTS = re.compile(r"(?<!\w)(?:tự (?:chấm|đánh giá)|chấm|đề nghị|đạt|được)(?!\w)[^.;]{0,40}\sđiểm")
#: A paper with more codes has lists of all of them: what it cites may be told in another paper.
_MOST_CITED = 200


@dataclass(frozen=True, slots=True)
class _Cited:
    code: Code
    printed: str
    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Paper:
    """The codes of a paper: how often each stands, the words of those that are headings, those that begin entries,
    those behind a word for an item, those that stand together; the heading above each passage.
    """

    known: Counter[Code]
    headed: Mapping[Code, frozenset[str]]
    listed: frozenset[Code]
    worded: frozenset[Code]
    runs: tuple[frozenset[Code], ...]
    above: Mapping[int, Code]

    @classmethod
    def of(cls, passages: Sequence[Passage], cited: Sequence[_Cited], runs: Sequence[Sequence[_Cited]]) -> _Paper:
        """What the passages say of codes."""
        above: dict[int, Code] = {}
        worded = {one.code for one in cited}
        last: Code | None = None
        for passage in passages:
            heading = _heading(passage)
            if heading is not None:
                last = parts_of(heading["code"])
                worded |= {last} if _ITEM.search(heading[0]) else set()
            if last is not None:
                above[id(passage)] = last
        together = tuple(frozenset(one.code for one in run) for run in runs)
        listed = frozenset(one.code for one in cited if _begins_an_entry(one))
        return cls(known_codes(passages), _headed(passages), listed, frozenset(worded), together, above)


def codes_changed_round(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The cited codes that the paper has only with their parts in another order."""
    cited = [one for passage in passages for one in _cited(passage)][:_MOST_CITED]
    runs = [run for passage in passages for run in _runs(passage)][:_MOST_CITED]
    if not cited and not runs:
        return
    paper = _Paper.of(passages, cited, runs)
    told = [*(one for run in runs for one in _of_run(run, paper)), *_single(cited, paper)]
    right = {found: number for number, (_, found) in enumerate(told)}
    for number, (one, found) in enumerate(told):
        if right.get(one.code, -1) <= number:  # of two codes that are each other turned round, one is told
            yield _finding(one, found)


def _single(cited: Sequence[_Cited], paper: _Paper) -> Iterator[tuple[_Cited, Code]]:
    """The codes that are wrong as they stand alone, with the right ones."""
    for one in cited:
        if paper.known[one.code] == 1 and not has_relations(one.code, paper.known):
            meant = _meant(one, paper) if len(one.code) >= FEWEST_PARTS else set()
            meant |= _of_heading(one, paper)
            if len(meant) == 1:
                yield one, meant.pop()


def _of_run(run: Sequence[_Cited], paper: _Paper) -> Iterator[tuple[_Cited, Code]]:
    """The one code of a run that the paper has nowhere else, all others being told of elsewhere, too."""
    known, parts = paper.known, len(run[0].code)
    odd = [one for one in run if known[one.code] == 1]
    few = parts < FEWEST_PARTS
    if len(odd) != 1 or len(odd[0].code) != parts or has_relations(odd[0].code, known) or (few and len(run) < _BELOW):
        return
    elsewhere = paper.worded if few else frozenset(known)
    codes = {one.code for one in run}
    meant = [code for code in elsewhere if are_turned(code, odd[0].code) and code not in codes]
    if len(meant) == 1 and codes - {odd[0].code} <= elsewhere:
        yield odd[0], meant[0]


def _meant(one: _Cited, paper: _Paper) -> set[Code]:
    """The items that a code with three parts or more may be meant for."""
    near = {code for code in paper.headed if are_exchanged(code, one.code) and not _stands_beside(one, code)}
    words = telling_words(one.passage.text)
    told_of = {code for code in near if len(words & paper.headed[code]) >= _FEWEST_WORDS}
    if not _begins_an_entry(one):
        return told_of
    if any(code in paper.headed for code in paper.listed):
        return near - paper.listed
    announced = (run - paper.listed for run in paper.runs if len(run - paper.listed) == 1)
    return told_of | {code for left in announced for code in left if are_turned(code, one.code)}


def _of_heading(one: _Cited, paper: _Paper) -> set[Code]:
    """The item whose heading stands above a code that points are told for."""
    above = paper.above.get(id(one.passage))
    if above is None or not are_turned(above, one.code) or _stands_beside(one, above):
        return set()
    told = _POINTS.search(one.passage.text.lower(), one.end) is not None
    return {above} if told and (len(above) >= FEWEST_PARTS or above in paper.worded) else set()


def _cited(passage: Passage) -> Iterator[_Cited]:
    heading = _heading(passage)
    for found in _CITED.finditer(passage.text):
        if heading is None or found.start("code") != heading.start("code"):
            yield _Cited(parts_of(found["code"]), found["code"], passage, found.start("code"), found.end("code"))


def _runs(passage: Passage) -> Iterator[tuple[_Cited, ...]]:
    """The codes that stand together."""
    for found in _RUN.finditer(passage.text):
        yield tuple(
            _Cited(parts_of(code[0]), code[0], passage, code.start(), code.end())
            for code in ANY.finditer(passage.text, found.start("run"), found.end("run"))
        )


def _heading(passage: Passage) -> re.Match[str] | None:
    """The code that a passage begins with, where a title follows."""
    found = _HEADING.match(passage.text)
    return found if found is not None and found["first"].isupper() else None


def _headed(passages: Sequence[Passage]) -> dict[Code, frozenset[str]]:
    """The codes of headings, with the telling words of what stands below each."""
    out: dict[Code, frozenset[str]] = {}
    for at, passage in enumerate(passages):
        found = _heading(passage)
        if found is not None:
            below = takewhile(lambda one: not _CITED.search(one.text), passages[at + 1 : at + _BELOW])
            words = telling_words(" ".join((passage.text, *(one.text for one in below))))
            out.setdefault(parts_of(found["code"]), words - _OF_ALL)
    return out


def _begins_an_entry(one: _Cited) -> bool:
    """Whether a passage is "- Tiêu chí 1.3.1: …"."""
    return (
        _ENTRY.fullmatch(one.passage.text, 0, one.start) is not None and one.passage.text[one.end : one.end + 1] == ":"
    )


def _stands_beside(one: _Cited, code: Code) -> bool:
    """Whether the sentence names both: it speaks of two items."""
    return any(parts_of(found[0]) == code for found in ANY.finditer(one.passage.text))


def _finding(one: _Cited, right: Code) -> StatementFinding:
    return StatementFinding(
        StatementKind.CODE, Severity.SLIP, Sure.LIKELY, one.passage.place_at(one.start),
        quoted(one.passage.text, one.start, one.end), one.printed, ".".join(map(str, right)), "cited_code_apart", {},
    )  # fmt: skip
