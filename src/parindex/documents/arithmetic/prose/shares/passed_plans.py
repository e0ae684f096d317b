"""By how much a result passed its plan: ``thu 6.300 tỷ đồng, vượt 5% dự toán (6.000 tỷ đồng)``, ``kế hoạch 40 cuộc, đã
thực hiện 46 cuộc, vượt 15% kế hoạch``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.about_words import PASSED_OVER
from parindex.documents.arithmetic.figures import in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import count_the_same, may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, Span, is_about, meant, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import unit_of

_PLANS = r"(?:kế hoạch|dự toán|chỉ tiêu|nghị quyết)"
_NO = rf"[^.;:(){MARKS}]"
#: A result, by how much it passed its plan, and the plan in a bracket or behind a preposition, where it stands there.
_PASSED = re.compile(
    rf"vượt {PASSED_OVER}(?P<p>{PER_CENT})(?: so với)? {_PLANS}(?!\w)"
    rf"(?P<plan>(?:{_NO}|{YEAR}){{0,60}}\((?:{_NO}{{0,30}}\s)?(?P<w>{COUNT}){_NO}{{0,30}}\))?"
)
_PLAN_BEFORE = re.compile(rf"(?<!\w)(?:{_PLANS}|giao)(?!\w)(?:{_NO}|{YEAR}){{0,60}}(?::\s?)?$")
_ALL = 100
_REACH = 130


def passed_plans(text: MarkedText) -> Iterator[Checked]:
    """Every per cent by which a result passed its plan, beside both."""
    for found in _PASSED.finditer(text.text) if "vượt" in text.text else ():
        first, _ = text.period(found.start())
        before = text.figures(first, found.start(), COUNT)
        if not before or is_about(text.text, found.start("p")):
            continue
        at, place = before[-1][0], found.start("w") if found["plan"] else _plan_before(text, first, before[-1][0])
        if place is None or text.figures(at, found.start(), PER_CENT + QUOTIENT):
            continue
        checked = _checked(text, at, place, found)
        if checked is not None:
            yield checked


def _plan_before(text: MarkedText, first: int, at: int) -> int | None:
    """The only count of the same thing before a result in its sentence, where it is what was planned."""
    unit = unit_of(text, at)
    alike = [place for place, _ in text.figures(first, at, COUNT) if count_the_same(unit_of(text, place), unit)]
    if len(alike) != 1 or _PLAN_BEFORE.search(text.text, max(first, alike[0] - _REACH), alike[0]) is None:
        return None
    return alike[0]


def _checked(text: MarkedText, at: int, place: int, found: re.Match[str]) -> Checked | None:
    result, plan, per_cent = text.figure(at), text.figure(place), text.figure(found.start("p"))
    alike = may_count_alike(unit_of(text, at), unit_of(text, place)) and result.scale == plan.scale
    if not alike or plan.value <= 0 or result.value < plan.value:
        return None
    above, below = meant(result), meant(plan)
    rate = Span(_ALL * above.low / below.high, _ALL * above.high / below.low)
    start, end = min(at, place), found.end()
    # "vượt 105%" is said of what reached so much of it, too.
    if any(prints_as(span, per_cent) for span in (Span(rate.low - _ALL, rate.high - _ALL), rate)):
        return Checked("ratios", Fit.RIGHT, start, end)
    right = in_distinct_form(per_cent, Fraction(_ALL * result.value / plan.value - _ALL))
    told = finding(
        text, start, end, StatementKind.RATIO, "change_apart_in_unit", at=found.start("p"), sure=Sure.LIKELY,
        stated=per_cent.digits, found=right, facts={"old": plan.digits, "new": result.digits, "unit": "%"},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, end, told)
