"""Items whose number or code is not theirs: headings ``1. … 2. … 2. … 4. …``; a name that stands under one code in most
places and once under that of another item.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.printed_text import folded

#: A number that begins a paragraph, with the title behind it.
_HEADING = re.compile(r"(?P<code>\d{1,2})(?P<mark>[.)])\s(?P<title>[^\W\d_].*)")
#: An item that is named with its code, wherever.
_NAMED = re.compile(
    r"(?<!\w)(?:[Tt]iêu chí(?: thành phần)?|TCTP|[Cc]hỉ số thành phần)\s(?P<code>\d{1,2}(?:\.\d{1,2}){1,4})"
    r"[.:]?\s?[-–:(]?\s?[\"“]?(?P<title>[^\W\d_][^.;:()\"”]{8,160})"
)
_TITLE_ENDS = re.compile(r"[.;:()\"”]|\s[-–]\s|,\s(?:đạt|tự|điểm)")
_TELLING = 5


@dataclass(frozen=True, slots=True)
class _Item:
    """A number or code from ``start`` to ``end`` of a passage, its parts, and the words of the title behind it."""

    passage: Passage
    start: int
    end: int
    code: tuple[int, ...]
    title: tuple[str, ...]


#: An item, and the code that it should have.
_Wrong = tuple[_Item, tuple[int, ...]]


def item_codes(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """Every number or code that belongs to another item, as those beside it or other mentions show."""
    for run in _runs(passages):
        yield from (_finding(*wrong) for wrong in _out_of_order(run))
    yield from (_finding(*wrong) for wrong in _names_apart(passages))


def _item(passage: Passage, found: re.Match[str]) -> _Item:
    title = _TITLE_ENDS.split(found["title"], maxsplit=1)[0]
    code = tuple(int(part) for part in found["code"].split("."))
    return _Item(passage, found.start("code"), found.end("code"), code, tuple(folded(title).split()))


def _runs(passages: Sequence[Passage]) -> Iterator[list[_Item]]:
    """Headings with plain numbers that follow each other; another run begins where they count from 1 again."""
    runs: dict[tuple[int, str], list[_Item]] = {}
    for passage in passages:
        found = _HEADING.match(passage.text)
        if found is None:
            continue
        item, key = _item(passage, found), (passage.group, found["mark"])
        if key in runs and item.code != (1,):
            runs[key].append(item)
            continue
        if key in runs:
            yield runs[key]
        runs[key] = [item]
    yield from runs.values()


def _out_of_order(run: Sequence[_Item]) -> Iterator[_Wrong]:
    """The one number between two that leave room for another: 1, 2, 2, 4."""
    numbers = [item.code[0] for item in run]
    for at in range(2, len(run) - 1):
        earlier, before, here, after = numbers[at - 2 : at + 2]
        if earlier + 1 == before == here == after - 2 and run[at].title != run[at - 1].title:
            yield run[at], (before + 1,)


def _names_apart(passages: Sequence[Passage]) -> Iterator[_Wrong]:
    """Items whose name stands with another code in most places, where their code has another name."""
    named: dict[tuple[str, ...], list[_Item]] = defaultdict(list)
    titles: dict[tuple[int, ...], set[tuple[str, ...]]] = defaultdict(set)
    for passage in passages:
        for found in _NAMED.finditer(passage.text):
            item = _item(passage, found)
            if len(item.title) >= _TELLING and found["title"][0].isupper():
                named[item.title[:_TELLING]].append(item)
                titles[item.code].add(item.title[:_TELLING])
    for items in named.values():
        codes = Counter(item.code for item in items).most_common()
        (usual, most), (rare, few) = codes[0], codes[-1]
        alone = len(codes) - 1 == 1 == few < most
        if alone and len(usual) == len(rare) and len(titles[rare]) > 1 and len(titles[usual]) == 1:
            yield next(item for item in items if item.code == rare), usual


def _finding(item: _Item, right: tuple[int, ...]) -> StatementFinding:
    stated, found = (".".join(map(str, code)) for code in (item.code, right))
    return StatementFinding(
        StatementKind.CODE, Severity.SLIP, Sure.LIKELY, item.passage.place_at(item.start),
        quoted(item.passage.text, item.start, item.end), stated, found, "item_code_apart", {},
    )  # fmt: skip
