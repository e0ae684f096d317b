"""What a rule told in running text holds for: the rest of its paragraph and those below it, up to the next item; and
the points that are given there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_form_of
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.rules.wording import ToldRule, told_maximum, told_rule
from parindex.documents.arithmetic.prose.values import is_change

#: A rule holds for so many paragraphs below its own.
_REACH = 8
#: What begins an item: its code, its number, its name; the rule of the item before ends there.
ITEM = re.compile(
    r"(?:[-+*•]\s)?(?:\d{1,2}(?:\.\d{1,2}){1,4}\.?\s|\d{1,2}[.)]\s|[ivx]{1,5}\.\s|tiêu chí |tổng (?:điểm|cộng)|cộng)",
    re.IGNORECASE,
)
#: Before a rule its values stand so many paragraphs above it, and not above the number of a chapter.
_ABOVE = 3
_CHAPTER = re.compile(r"(?:[ivx]{1,5}|\d{1,2})[.)]\s|[a-zđ][.)]\s", re.IGNORECASE)
#: A code of three parts and more, which is no figure: "7.3.4".
CODE = r"\d{1,2}(?:\.\d{1,2}){2,4}"
#: "tự chấm ở tiêu chí này 0,75 điểm", "tự chấm cho tiêu chí thành phần 6.2 là 0,75 điểm".
FOR_ITEM = (
    r"(?: (?:ở |tại |cho |với |đối với )?(?:tiêu chí|nội dung|mục)(?: thành phần)?(?: này| trên| nói trên)?"
    rf"(?: (?:{NAME}|{CODE}))?)?"
)
#: What leads to points that are given; of ordinary verbs only with the word behind the figure.
_GIVEN = re.compile(
    r"(?<!\w)(?:(?P<sure>(?:tự |thống nhất |đề nghị )?chấm|tự đánh giá|tự xác định|thẩm định|tự cho"
    r"|(?<!thang )(?<!số )(?<!tính )(?<!cộng )điểm(?=\s?:)"
    r"|điểm (?:[^\W\d_]+ )?(?:tự (?:chấm|đánh giá)|đạt được|đánh giá|thẩm định|được hưởng|số|đề nghị|còn lại))"
    r"|được(?: tính| cộng| hưởng| chấm| cho| công nhận)?|đạt|tính|cho|hưởng|còn|nhận|công nhận|tương ứng(?: với)?"
    r"|đề nghị(?: [^\W\d_]+){0,4}? (?:công nhận|chấm|cho)|đề nghị(?: cho| cộng(?! lại| thêm| bù)| được)?)"
    rf"{FOR_ITEM}(?: của(?: [^\W\d_]+){{1,3}})?"
    r"(?: là| được| lại| chỉ| nay| còn| đạt| ở mức| mức| tới| đến)?(?: điểm)?\s?:?\s?$"
)
#: Points right behind a value: "đạt 85,42%: 1,5 điểm".
_BESIDE = re.compile(rf"[{PER_CENT}{QUOTIENT}]\)?[^.;{MARKS}]{{0,20}}[,;:=(–→-]\s?$")
_LEAD = 60
_BEHIND = re.compile(r"\s?(?P<points>điểm(?! phần trăm))?(?!\s?(?:[+x×*/=]|điểm phần trăm))")
_NO_POINTS = re.compile(r"\s(?!điểm|với|do|vì|\(|theo|là|và|cho)[^\W\d_]")
_TOTAL = re.compile(r"(?<!\w)(?:tổng|cộng)(?!\w| hợp)")
_MOST_PLACES = 2
#: A finding shows so many letters before the points.
SHOWN = 120


@dataclass(frozen=True, slots=True)
class Worth:
    """What a value is worth by the rule: ``points``, None where the rule does not say; ``inside``: it lies in a band
    of the rule; ``rounded``: it is a part of the maximum; ``basis``: the value in words.
    """

    basis: str
    points: Fraction | None
    inside: bool
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A figure at ``at`` of ``text``: a value that the rule is asked about (``worth``), or points (no worth)."""

    text: MarkedText
    at: int
    figure: TextFigure
    worth: Worth | None = None

    @property
    def sentence(self) -> tuple[int, int]:
        """What stands in one sentence has the same mark."""
        return id(self.text), self.text.period(self.at)[0]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a paragraph that a rule holds for; ``own``: that of the rule itself, whose points are its."""

    text: MarkedText
    start: int
    end: int
    own: bool = False


def block_of(texts: Sequence[MarkedText], at: int, rule: ToldRule) -> Iterator[Stretch]:
    """What a rule holds for: the rest of its paragraph, and those below it up to the next item."""
    own = texts[at]
    last = own.letter(rule.end)
    yield Stretch(own, last, len(own.text), own=True)
    if "điểm" in own.text[last:] and ITEM.match(own.passage.text):
        return  # the paragraph is an item with its rule and its points
    for text in texts[at + 1 : at + 1 + _REACH]:
        printed = text.passage.text
        ends = text.passage.group != own.passage.group or ITEM.match(text.passage.text)
        if ends or told_rule(printed) is not None or told_maximum(printed) is not None:
            return
        yield Stretch(text, 0, len(text.text))


def before_rule(texts: Sequence[MarkedText], at: int) -> Iterator[Stretch]:
    """The paragraphs of the same item before that of a rule, up to those with another rule or with points."""
    for text in reversed(texts[max(0, at - _ABOVE) : at]):
        printed = text.passage.text
        if text.passage.group != texts[at].passage.group or told_rule(printed) is not None:
            return
        if _CHAPTER.match(printed) or "chấm" in text.text:
            return
        yield Stretch(text, 0, len(text.text))
        if ITEM.match(printed):
            return


def own_sentence(text: MarkedText, rule: ToldRule) -> Stretch:
    """The rest of the sentence that tells a rule."""
    last = text.letter(rule.end)
    return Stretch(text, last, text.period(max(0, last - 1))[1], own=True)


def heading_of(texts: Sequence[MarkedText], at: int, block: Sequence[Stretch], rule: ToldRule) -> Iterator[Stretch]:
    """The heading of an item where it tells the points ("(điểm tối đa 1,0; tự chấm 0,75)") and nothing below does."""
    if any(points_in(each, rule) for each in block):
        return
    for back in (1, 2):
        if at >= back and texts[at - back].passage.group == texts[at].passage.group:
            text = texts[at - back]
            if ITEM.match(text.passage.text):
                yield Stretch(text, 0, len(text.text))
                return


def points_in(each: Stretch, rule: ToldRule) -> list[Told]:
    """The points that are given in a stretch; elsewhere than beside the rule those above its maximum are said of
    something else.
    """
    text, out = each.text, []
    for at, figure in text.figures(each.start, each.end, COUNT):
        lead = _GIVEN.search(text.text, max(each.start, at - _LEAD), at)
        beside = _BESIDE.search(text.text, max(each.start, at - _LEAD), at)
        behind = _BEHIND.match(text.text, at + 1)
        if not (lead or beside) or behind is None or figure.scale > 1 or is_change(text, at):
            continue
        sure = lead is not None and lead["sure"]
        if not behind["points"] and (not sure or _NO_POINTS.match(text.text, at + 1)):
            continue
        if (
            rule.maximum is None
            or min(figure.readings) <= rule.maximum
            or (each.own and not _TOTAL.search(text.text, 0, at))
        ):
            out.append(Told(text, at, figure))
    return out


def in_form(figure: TextFigure, value: Fraction) -> str:
    """``value`` in the form of ``figure``, with the decimals that it takes; a part of a maximum is rounded."""
    places = figure.places[0]
    while (value * 10**places).denominator != 1 and places < _MOST_PLACES:
        places += 1
    exact = (value * 10**places).denominator == 1
    return in_form_of(figure, value, places) if exact else in_distinct_form(figure, value)
