"""Points against a rule that asks whether there is something: ``có sáng kiến được 0,5 điểm, không có sáng kiến được 0
điểm. … Sở không có sáng kiến nào, tự chấm 0,5 điểm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.rules.meant_values import is_excused
from parindex.documents.arithmetic.prose.rules.stretches import SHOWN, Stretch, block_of, in_form, points_in
from parindex.documents.arithmetic.prose.rules.wording import ToldRule
from parindex.documents.arithmetic.prose.statements import Checked, finding

_THERE_IS = r"(?:có|phát sinh|để xảy ra|bị)"
_WORD = r"[^\W\d_]{1,10}"
#: "không có hồ sơ quá hạn được 2 điểm", "có hồ sơ quá hạn thì không được điểm", "không có: 0 điểm".
_SIDE = re.compile(
    rf"(?<!\w)(?:(?P<no>không) )?{_THERE_IS}(?P<thing>(?: (?!thì |được |đạt |chấm |tính |cho |nào){_WORD}){{0,14}})"
    r"(?: nào)?(?:\s?:\s|,?\s(?:(?:thì|được|đạt|chấm|tính|cho) ){0,2})"
    r"(?P<p>\d{1,2}(?:,\d{1,3})?|không(?: có| được| tính| chấm)?)\s?điểm",
    re.IGNORECASE,
)
_NAMES_BOTH = re.compile(rf"(?<!\w)không {_THERE_IS}(?!\w)")


@dataclass(frozen=True, slots=True)
class YesNo:
    """What it is worth that there is a ``thing`` (words in small letters), and that there is none."""

    thing: str
    yes: Fraction
    no: Fraction
    end: int


def told_yes_no(text: str) -> YesNo | None:
    """The rule of a paragraph that gives other points for something than for nothing of it; None where none does."""
    small = text.lower()
    if "điểm" not in small or _NAMES_BOTH.search(small) is None:
        return None
    sides = [(found["no"] is not None, found["thing"].strip().lower(), found) for found in _SIDE.finditer(text)][:2]
    if len(sides) < 2 or sides[0][0] is sides[1][0]:
        return None
    things = {thing for _, thing, _ in sides if thing}
    shorter = min(things, key=len, default="")
    if all(thing.startswith(shorter) for thing in things):
        things = {shorter} if shorter else set()  # "bị phê bình bằng văn bản", "không bị phê bình"
    worths = {no: _points(found["p"]) for no, _, found in sides}
    if (
        len(things) != 1
        or len(set(worths.values())) == 1
        or re.search(r"[.]\s", text[sides[0][2].end() : sides[1][2].start()])
    ):
        return None
    return YesNo(things.pop(), worths[False], worths[True], sides[1][2].end())


def by_yes_no(texts: Sequence[MarkedText], at: int, told: YesNo) -> Iterator[tuple[MarkedText, Checked]]:
    """Points that are those of something where the text says that there is none, or the other way round."""
    rule = ToldRule((), (), max(told.yes, told.no), told.end, told.end)
    block = list(block_of(texts, at, rule))
    facts = [fact for each in block for fact in _facts(each, told.thing)]
    sure = [words for none, counted, words in facts if none or counted]
    given = [one for each in block for one in points_in(each, rule)]
    years = {figure.readings[0] for each in block for _, figure in each.text.figures(each.start, each.end, YEAR)}
    if len(years) > 1:
        return
    if not given or len({none for none, _, _ in facts}) != 1 or is_excused(block):
        return
    right, other = (told.no, told.yes) if facts[0][0] else (told.yes, told.no)
    one = given[-1]
    is_right = any(each.figure.value == right for each in given)
    if not is_right and (one.figure.value != other or not sure):
        return
    wrong = None
    if not is_right:
        wrong = finding(
            one.text, max(0, one.at - SHOWN), one.at + 1, StatementKind.RULE_POINTS, "rule_apart", at=one.at,
            stated=one.figure.digits, found=in_form(one.figure, right), sure=Sure.LIKELY,
            severity=Severity.CHANGES_SCORE, facts={"basis": sure[0]},
        )  # fmt: skip
    yield one.text, Checked("points", Fit.RIGHT if is_right else Fit.WRONG, one.at, one.at + 1, wrong)


def _facts(each: Stretch, thing: str) -> Iterator[tuple[bool, bool, str]]:
    """Each time that a stretch says that there is none (True), or that there is such a thing, whether it counts them,
    and its words. Who has such a thing that nobody counts may be somebody else.
    """
    number = rf"(?P<n> {COUNT}| \w{{1,8}} {COUNT})?"
    asked = re.compile(rf"(?<!\w)(?P<no>không (?:hề )?)?(?:{_THERE_IS}|còn){number} {re.escape(thing)}(?!\w)")
    for found in asked.finditer(each.text.text, each.start, each.end):
        yield found["no"] is not None, found["n"] is not None, each.text.printed(*found.span())


def _points(words: str) -> Fraction:
    return readings_of(words)[0][0] if words[0].isdigit() else Fraction(0)
