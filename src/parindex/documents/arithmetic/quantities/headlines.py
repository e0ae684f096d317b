"""A figure of a title that the paper under it prints with two digits exchanged: ``Bãi bỏ 463 thủ tục hành chính`` over
``… bãi bỏ 436 TTHC``.

A title says again what the text says: its figure stands there, too. Where it does not, but one does that has the same
digits in another order, in a sentence with most of the title's words, one of the two is a misprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import are_exchanged, digits_of
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.references.named_papers import quoted

_SENTENCE = re.compile(r"[.;](?=\s|$)")
_TIME = re.compile(r"(?<!\w)(?:tháng|quý|tuần|kỳ|ngày)(?!\w)")
_CLAUSE = re.compile(r"[,;.()](?=\s|$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What papers write in full above and in letters below.
_SHORT = {
    "tthc": "thủ tục hành chính", "cchc": "cải cách hành chính", "dvc": "dịch vụ công", "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân", "cbcc": "cán bộ công chức", "vbqppl": "văn bản quy phạm pháp luật",
    "hs": "hồ sơ", "cntt": "công nghệ thông tin",
}  # fmt: skip
_OTHER = re.compile(
    r"(?<!\w)(?:cận|mới|cũ|quá|chưa|không|kế hoạch|mục tiêu|chỉ tiêu"
    r"|bình quân|trung bình|cả nước)(?!\w)"
)
_LONGEST_TITLE = 220
#: A title, what stands above it (a date) and what stands below it (a second line).
_TITLES = 3
_FEWEST_DIGITS, _FEWEST_WORDS = 3, 2
#: Figures of a paper that are looked through.
_MOST = 2000


def headlines(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The figures of the title that the text has with two digits exchanged."""
    printed = [passage for passage in passages if passage.text]
    for number, title in enumerate(printed[:_TITLES]):
        if not _is_title(title):
            return
        yield from _apart(title, printed[number + 1 :])


def _apart(title: Passage, body: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The figures of one line of the title that the text has otherwise."""
    told = [(passage, figure) for passage in body for figure in passage.figures if _is_told(figure)][:_MOST]
    for figure in title.figures:
        if not _is_told(figure) or any(one.readings[0] == figure.readings[0] for _, one in told):
            continue
        alike = [(passage, one) for passage, one in told if _is_exchanged(figure, one)]
        alike = [(passage, one) for passage, one in alike if _is_of_title(title.text, passage, one)]
        if len({one.readings[0] for _, one in alike}) == 1:
            yield _finding(title, figure, *alike[0])


def _is_title(passage: Passage) -> bool:
    return len(passage.text) <= _LONGEST_TITLE and not passage.text.rstrip().endswith((".", ";", ":"))


def _is_told(figure: TextFigure) -> bool:
    return not figure.named and figure.over is None and len(digits_of(figure.digits)) >= _FEWEST_DIGITS


def _is_exchanged(one: TextFigure, other: TextFigure) -> bool:
    if (one.percent, one.scale, one.places[0]) != (other.percent, other.scale, other.places[0]):
        return False
    return are_exchanged(digits_of(one.digits), digits_of(other.digits), _FEWEST_DIGITS)


def _is_of_title(title: str, passage: Passage, figure: TextFigure) -> bool:
    """Whether the sentence of a figure has most of the telling words of the title, and speaks of no other year."""
    begin = max((found.end() for found in _SENTENCE.finditer(passage.text, 0, figure.start)), default=0)
    end = _SENTENCE.search(passage.text, figure.end)
    sentence = passage.text[begin : end.start() if end else len(passage.text)]
    clause = _CLAUSE.split(passage.text[begin : figure.start])[-1] + _CLAUSE.split(passage.text[figure.end :])[0]
    years, own = set(_YEAR.findall(title)), set(_YEAR.findall(passage.text[begin : figure.start]))
    if years and own and not years & own:
        return False
    # "hộ cận nghèo" are others than "hộ nghèo", and what a month had is not what the year had.
    if set(_OTHER.findall(clause.lower())) ^ set(_OTHER.findall(title.lower())):
        return False
    if set(_TIME.findall(passage.text[begin : figure.start].lower())) - set(_TIME.findall(title.lower())):
        return False
    words, told = _words(title), _words(sentence)
    return len(words & told) >= max(_FEWEST_WORDS, (len(words) + 1) // 2)


def _words(text: str) -> frozenset[str]:
    written = " ".join(_SHORT.get(word.strip(",.:;()"), word) for word in text.lower().split())
    return telling_words(written)


def _finding(title: Passage, figure: TextFigure, passage: Passage, other: TextFigure) -> StatementFinding:
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, title.place_at(figure.start),
        quoted(title.text, figure.start, figure.end), figure.digits, other.digits, "quantity_told_twice",
        {"at": passage.place_at(other.start)},
    )  # fmt: skip
