"""Points told some lines below the maximum of their item: ``2.1. Kế hoạch (tối đa 1,5 điểm)`` … ``Điểm tự chấm: 1,75
điểm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MarkedText
from parindex.documents.arithmetic.prose.rules.stretches import FOR_ITEM, ITEM
from parindex.documents.arithmetic.prose.statements import Checked, finding

_MAXIMUM = re.compile(
    rf"(?:điểm (?:tối đa|chuẩn|trần)(?: là)?:?\s(?P<bare>{COUNT})(?!\s?[%/])"
    rf"|tối đa(?: là)?:?\s(?P<named>{COUNT})\s?điểm)"
)
_TELLS_MAXIMUM = re.compile(r"tối đa|điểm chuẩn|điểm trần|không quá|thang điểm")
_GIVEN = re.compile(
    rf"(?<!\w)(?:điểm (?:tự chấm|tự đánh giá|thẩm định|đánh giá|đạt được|được hưởng)"
    rf"|(?:tự|đề nghị|thống nhất) chấm|(?:tự đánh giá|thẩm định)(?=[^.;]{{0,50}}\sđiểm)"
    rf"|đề nghị(?: [^\W\d_]+){{0,4}} (?:công nhận|chấm)){FOR_ITEM}"
    rf"(?: là| được| đạt| lại| còn| ở mức| mức)?\s?:?\s(?P<points>{COUNT})(?:\s?điểm)?(?!\s?(?:[/+x×*=%-]|\w))"
)
_OTHER = re.compile(
    r"(?<!\w)(?:tổng|cộng|thưởng|bình quân|trung bình|năm trước|cả|các|tiêu chí(?! này| nói trên)|mục(?! này)|lĩnh vực"
    r"|nhóm|phần|năm \S{1,4}|trừ)(?!\w)"
)
#: The maximum as a line of its own: "Điểm tối đa: 1,5 điểm."
_OWN_LINE = re.compile(r"(?:(?:[-+*•]|[a-zđ]\))\s)?(?:điểm (?:tối đa|chuẩn|trần)|thang điểm)(?!\w)")
#: "Tiêu chí 6.1.3 (1 điểm): …": bare points behind the name of a coded item are its maximum.
_CODED = re.compile(r"(?:[-+*•]\s)?(?:tiêu chí (?:thành phần )?(?:số )?)?\d{1,2}(?:\.\d{1,2}){1,4}", re.IGNORECASE)
_BARE = re.compile(rf"\((?P<m>{COUNT})\sđiểm\)(?!\s?[+x×*/])")
#: A maximum holds for so many paragraphs; points of the same item are no more than so many times it.
_REACH, _MOST_TIMES = 8, 2


def item_maxima(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every statement of points below the heading of an item that tells one maximum, or behind its bare points."""
    for at, heading in enumerate(texts):
        told = _maximum(heading)
        if told is None:
            continue
        maximum, start = told
        yield from ((heading, one) for one in _below(heading, maximum, start))
        for text in texts[at + 1 : at + 1 + _REACH]:
            other = text.passage.group != heading.passage.group or ITEM.match(text.passage.text)
            if other or _TELLS_MAXIMUM.search(text.text):
                break
            yield from ((text, one) for one in _below(text, maximum, 0))


def _maximum(text: MarkedText) -> tuple[TextFigure, int] | None:
    """The maximum that a heading or a line of its own tells, and where in it points may stand that others miss."""
    printed = text.passage.text
    told = len(_TELLS_MAXIMUM.findall(text.text))
    if not told and _CODED.match(printed):
        bare = list(_BARE.finditer(text.text))
        return (text.figure(bare[0].start("m")), bare[0].end()) if len(bare) == 1 else None
    if told != 1 or not (ITEM.match(printed) or _OWN_LINE.match(text.text)):
        return None
    found = _MAXIMUM.search(text.text)
    return (text.figure(found.start("bare" if found["bare"] else "named")), len(text.text)) if found else None


def _below(text: MarkedText, maximum: TextFigure, start: int) -> Iterator[Checked]:
    for found in _GIVEN.finditer(text.text, start):
        at = found.start("points")
        points = text.figure(at)
        if _OTHER.search(text.text, max(start, text.period(at)[0]), at) or points.scale * maximum.scale != 1:
            continue
        lowest, most = min(points.readings), max(maximum.readings)
        if lowest > _MOST_TIMES * most:
            continue
        told = None
        if lowest > most:
            told = finding(
                text, found.start(), found.end(), StatementKind.RULE_POINTS, "text_points_above_maximum", at=at,
                stated=points.digits, found="", sure=Sure.LIKELY, severity=Severity.CHANGES_SCORE,
                facts={"maximum": maximum.digits},
            )  # fmt: skip
        yield Checked("points", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)
