"""A year that is compared with itself: "năm 2020 … tăng 5 bậc so với năm 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted

_AGAINST = re.compile(r"so với (?:cùng kỳ )?(?P<year>năm (?P<number>(?:19|20)\d\d))(?![\d/])", re.IGNORECASE)
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|cao hơn|thấp hơn|tụt|vượt|nhiều hơn|ít hơn)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: The year that is told of, not another one that something is compared with.
_SUBJECT = re.compile(r"(?<!so với )(?<!so với cùng kỳ )(?<!hơn )năm (?P<number>(?:19|20)\d\d)(?![\d/])", re.IGNORECASE)
#: A part of the year, its plan or its beginning is compared with the whole of it.
_PART = re.compile(
    r"quý|tháng|kỳ|đầu năm|cuối năm|kế hoạch|dự toán|chỉ tiêu|mục tiêu|ước|giai đoạn|trước|sau", re.IGNORECASE
)
_BRACKET = re.compile(r"\([^()]{0,300}\)")
_SENTENCE = re.compile(r"[.;:](?=\s)")
_REACH = 300


def compared_with_itself(passage: Passage) -> Iterator[StatementFinding]:
    """The changes of a year against the same year; only where the sentence names no other year and no part of one."""
    text = passage.text
    for found in _AGAINST.finditer(text):
        begin = max(0, found.start() - _REACH)
        ends = [one.end() for one in _SENTENCE.finditer(text, begin, found.start())]
        before = text[ends[-1] if ends else begin : found.start()]
        years = set(_YEAR.findall(before))
        # A year in brackets tells the value of another time: "85,5 điểm (năm 2022: 80 điểm), tăng 5,5 so với năm 2022".
        subject = _SUBJECT.search(_BRACKET.sub(lambda one: " " * len(one[0]), before))
        if subject is None or years != {found["number"]} or _PART.search(before):
            continue
        if _CHANGE.search(before, subject.end()):
            yield StatementFinding(
                StatementKind.DIFFERENCE, Severity.SLIP, Sure.LIKELY, passage.place_at(found.start()),
                quoted(text, found.start() - len(before), found.end()), found["year"], "", "year_with_itself",
                {"year": found["number"]},
            )  # fmt: skip
