"""Points with the codes of their items in brackets behind their sum: ``tự chấm 6,35 điểm (2.1: 2,0 điểm; 2.2: 2,5 điểm;
2.3: 1,85 điểm)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementKind
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PAPER, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

#: A sum of points and the bracket behind it.
_LISTED = re.compile(
    rf"(?P<whole>{COUNT})\s?điểm,?\s?[(:]\s?(?:gồm|bao gồm|cụ thể|chia ra)?:?\s?(?P<list>[^()]{{8,600}})"
)
_BETWEEN = re.compile(r"\s?(?:;|,|\svà\s|\+)\s?")
#: One entry: the code of an item, and its points.
_ENTRY = re.compile(
    rf"(?:và )?(?:(?:tiêu chí(?: thành phần)?|mục|lĩnh vực|nội dung|phần|nhóm)\s)?(?P<code>[{COUNT}{NAME}{PAPER}])"
    rf"(?:\s[^.;:(){MARKS}]{{1,60}})?(?::|\slà|\sđạt|\sđược|\schấm|\stự chấm|=)\s?(?P<points>{COUNT})(?:\s?điểm)?\s?"
)
_CODE = re.compile(r"(?:[IVX]{1,4}|\d{1,2})(?:\.\d{1,2}){0,4}\.?")
_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?! (?:loại|khá|yếu))[^.;:,()]{0,60}$")
_FEWEST, _MOST = 2, 30


def coded_points(text: MarkedText) -> Iterator[Checked]:
    """Every sum of points with codes in the passage."""
    for found in _LISTED.finditer(text.text):
        entries = _entries(text, found.start("list"), found.end("list"))
        if not _FEWEST <= len(entries) <= _MOST or _MEAN.search(
            text.text, text.period(found.start())[0], found.start()
        ):
            continue
        at, end = found.start("whole"), found.end()
        whole = text.figure(at)
        total = sum((one.value for one in entries), Fraction(0))
        fit = Fit.RIGHT if total == whole.value else Fit.WRONG
        told = None
        if fit is Fit.WRONG:
            told = finding(
                text, at, end, StatementKind.TOTAL, "parts_apart", stated=whole.digits,
                found=in_form_of(whole, total, max(whole.places[0], *(one.places[0] for one in entries))),
                severity=Severity.CHANGES_SCORE, facts={"parts": " + ".join(one.digits for one in entries)},
            )  # fmt: skip
        yield Checked("sums", fit, at, end, told)


def _entries(text: MarkedText, start: int, end: int) -> list[TextFigure]:
    """The points of a list in which every entry has a code of its own; none where it is any other list."""
    stop = text.text.find(".", start, end)
    end = stop if stop >= 0 else end
    points: list[TextFigure] = []
    codes: set[str] = set()
    at = start
    while at < end:
        found = _ENTRY.match(text.text, at, end)
        if found is None or not _CODE.fullmatch(text.printed(found.start("code"), found.end("code"))):
            return []
        codes.add(text.printed(found.start("code"), found.end("code")))
        points.append(text.figure(found.start("points")))
        gap = _BETWEEN.match(text.text, found.end())
        at = gap.end() if gap else end + (found.end() < end)
    return points if at == end and len(codes) == len(points) else []
