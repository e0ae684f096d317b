"""Points against the rule that stands beside them: ``(tối đa 1,0 điểm; chậm mỗi báo cáo trừ 0,25 điểm): … gửi chậm 02
báo cáo … chấm 0,5 điểm``; ``từ 50% trở lên: 1 điểm; từ 30% đến dưới 50%: 0,5 điểm … đạt 53,57% … điểm tự chấm: 1,0``.

A rule holds for its paragraph and those below it, up to the next item. Points are held against all values told since
the points before them: they are wrong where no value is worth them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.rules.bands import by_bands, reached_band
from parindex.documents.arithmetic.prose.rules.cases import by_cases, by_cases_above
from parindex.documents.arithmetic.prose.rules.stretches import ITEM, before_rule, block_of, heading_of, own_sentence
from parindex.documents.arithmetic.prose.rules.wording import ToldRule, told_maximum, told_rule
from parindex.documents.arithmetic.prose.rules.yes_no import by_yes_no, told_yes_no
from parindex.documents.arithmetic.prose.statements import Checked

#: One band of a rule on a line of its own: "- Từ 80% đến dưới 90%: 0,5 điểm"; below a maximum, also "…: 0,5".
_BAND = re.compile(
    r"(?:[-–+*•]\s?)?(?P<band>(?:(?:nếu|khi|còn|trường hợp|tỷ lệ|hoàn thành|đạt|có)\s){0,3}"
    r"(?:từ|trên|dưới|đạt|100\s?%|[≥≤<>])\s?(?:[^.;]|[.](?=\d)){2,100}?(?:điểm|:\s\d{1,2}(?:,\d{1,3})?))[.;,]?\s*",
    re.IGNORECASE,
)
_FEWEST_LISTED, _MOST_LISTED = 2, 8


def told_rules(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every statement of points to which a rule told above it applies, with the text that states it."""
    above: Fraction | None = None
    group, listed_to = None, 0
    for at, text in enumerate(texts):
        if text.passage.group != group or ITEM.match(text.passage.text):
            above, group = None, text.passage.group
        if at < listed_to:
            continue
        rule, listed_to = _rule_at(texts, at, above)
        maximum = told_maximum(text.passage.text)
        above = maximum if maximum is not None else above
        if rule is None:
            yes_no = told_yes_no(text.passage.text)
            yield from by_yes_no(texts, at, yes_no) if yes_no is not None else ()
            continue
        if len(rule.bands) == 1 and rule.bands[0].factor is None and not rule.cases:
            told = list(reached_band(text, rule))
            yield from told or by_bands([own_sentence(text, rule)], rule)
            continue
        block = list(block_of(texts, max(at, listed_to - 1), rule))
        if rule.bands:
            upper = list(before_rule(texts, at))
            yield from by_bands([*block, *heading_of(texts, at, block, rule)], rule, upper)
        else:
            yield from ((each.text, one) for each in block for one in by_cases(each, rule))
            yield from by_cases_above(block, rule)


def _rule_at(texts: Sequence[MarkedText], at: int, above: Fraction | None) -> tuple[ToldRule | None, int]:
    """The rule that a paragraph tells, or that the lines from it on tell together, with where these end (else 0)."""
    lines: list[str] = []
    for text in texts[at : at + _MOST_LISTED]:
        band = _BAND.fullmatch(text.passage.text)
        if band is None or text.passage.group != texts[at].passage.group:
            break
        if not band["band"].lower().endswith("điểm") and above is None:
            break
        lines.append(band["band"] if band["band"].lower().endswith("điểm") else f"{band['band']} điểm")
    if len(lines) >= _FEWEST_LISTED:
        rule = told_rule("; ".join(lines), above)
        if rule is not None and len(rule.bands) == len(lines):
            last = len(texts[at + len(lines) - 1].passage.text)
            return replace(rule, start=last, end=last), at + len(lines)
    return told_rule(texts[at].passage.text, above), 0
