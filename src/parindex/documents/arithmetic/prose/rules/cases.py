"""Points against a rule of so much for each case: ``mỗi báo cáo chậm trừ 0,25 điểm``, ``mỗi sáng kiến được 0,5``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.rules.stretches import SHOWN, Stretch, Told, in_form, points_in
from parindex.documents.arithmetic.prose.rules.wording import PerCase, ToldRule, tells_fault
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_CLAUSE_END = re.compile(r"[.,;:()]")
_BEFORE, _AFTER = 25, 48
#: Cases that take nothing off after all.
_EXCUSED = re.compile(
    r"(?<!\w)(?:không (?:bị )?(?:trừ|tính)|miễn trừ|loại trừ|khách quan|bất khả kháng|gia hạn|trong đó)(?!\w)"
)
#: What begins a clause of another time.
_EARLIER = re.compile(r"\s?(?:năm trước|năm ngoái|kỳ trước|cùng kỳ|so với)(?!\w)")
_ONE_TERM = ("phản ánh, kiến nghị", "phản ánh kiến nghị")
_MOST_CASES, _TELLING = 4, 2
_TAKEN_OFF = " (bị trừ)"
#: What is called "văn bản" in a rule.
_DOCUMENTS = ("quyết định", "nghị quyết", "chỉ thị", "công văn", "thông tư", "hướng dẫn")
_A_DOCUMENT = ["văn", "bản"]
#: Things that one word names.
_ONE_WORD = frozenset({"cuộc", "lớp", "bài", "lần", "ngày", "vụ", "đợt", "phiếu", "tin", "đơn", "hội", "chuyên"})
_LOST = re.compile(rf"(?<!\w)(?:bị trừ|trừ|mất)(?: đi| tổng cộng| mất)? (?P<lost>{COUNT})\s?điểm")


def by_cases(each: Stretch, rule: ToldRule) -> Iterator[Checked]:
    """What so many cases are worth: off the maximum, or together up to it; and what they take off."""
    text, start = each.text, each.start
    minus = rule.cases[0].minus
    if any(case.minus is not minus for case in rule.cases) or _is_excused(each):
        return
    if minus:
        last = start
        for found in _LOST.finditer(text.text, start, each.end):
            lost = Told(text, found.start("lost"), text.figure(found.start("lost")))
            fresh = last if _cases_in(text, last, lost.at, rule.cases) else start
            yield from _counted_out(lost, fresh, rule, (), why="rule_loss_apart")
            last = lost.at
    last, given = start, points_in(each, rule)
    for number, points in enumerate(given):
        if not minus or rule.maximum is not None:
            later = {one.figure.value for one in given[number + 1 :]}
            fresh = last if _cases_in(text, last, points.at, rule.cases) else start
            yield from _counted_out(points, fresh, rule, later, of=rule.maximum if minus else None)
            last = points.at


def by_cases_above(block: Sequence[Stretch], rule: ToldRule) -> Iterator[tuple[MarkedText, Checked]]:
    """Points of a paragraph that counts nothing, against the one count of those above it: "kết luận 02 văn bản sai: …",
    "Tự chấm 0,5 điểm." Of several points one is right: a claim, and what it was corrected to.
    """
    minus = rule.cases[0].minus
    if any(case.minus is not minus for case in rule.cases) or (minus and rule.maximum is None):
        return
    if any(map(_is_excused, block)):
        return
    counted: list[tuple[TextFigure, PerCase]] = []
    given: list[Told] = []
    for each in block:
        own = _cases_in(each.text, each.start, each.end, rule.cases)
        given += points_in(each, rule) if counted and not own else []
        counted += own
    if len(counted) != 1 or not given:
        return
    count, case = counted[0]
    right = _result(count.readings[0] * case.points, rule, rule.maximum if minus else None)
    points = next((one for one in given if one.figure.value == right), given[-1])
    is_right = points.figure.value == right
    told = None if is_right else _told(points, max(0, points.at - SHOWN), right, (count, case), minus=minus)
    yield points.text, Checked("points", Fit.WRONG if told else Fit.RIGHT, points.at, points.at + 1, told)


def _is_excused(each: Stretch) -> bool:
    return _EXCUSED.search(each.text.text, each.start, each.end) is not None


def _counted_out(
    points: Told,
    start: int,
    rule: ToldRule,
    later: Collection[Fraction],
    *,
    of: Fraction | None = None,
    why: str = "rule_apart",
) -> Iterator[Checked]:
    """Points against the cases told before them, any of which may be meant; ``of``: what the cases are taken off.
    ``later``: points told after them, to which these may have been corrected.
    """
    counted = _counted_for(points, start, rule)
    if not counted or len(counted) > _MOST_CASES:
        return
    worths = [count.readings[0] * case.points for count, case in counted]
    sums = {sum(chosen, Fraction(0)) for size in range(1, len(worths) + 1) for chosen in combinations(worths, size)}
    allowed = {_result(total, rule, of) for total in sums}
    allowed |= sums if rule.cases[0].minus and of is None else set()
    told = None
    if points.figure.value not in allowed:
        if allowed & set(later):
            return
        right = _result(sum(worths, Fraction(0)), rule, of)
        told = _told(points, max(start, points.at - SHOWN), right, counted[-1], minus=of is not None, why=why)
    yield Checked("points", Fit.WRONG if told else Fit.RIGHT, points.at, points.at + 1, told)


def _counted_for(points: Told, start: int, rule: ToldRule) -> list[tuple[TextFigure, PerCase]]:
    """The cases of the sentence of some points before them, else those told before that: behind the rule, or where it
    stands right behind the rule, in its paragraph before it.
    """
    text = points.text
    first, last = text.sentence(points.at)
    counted = _cases_in(text, max(start, first), points.at, rule.cases)
    if counted or _cases_in(text, points.at + 1, last, rule.cases):
        return counted
    counted = _cases_in(text, start, points.at, rule.cases)
    if not counted and start and start == text.letter(rule.end):
        counted = _cases_in(text, 0, text.letter(rule.start), rule.cases)
    return counted


def _told(
    points: Told,
    start: int,
    right: Fraction,
    counted: tuple[TextFigure, PerCase],
    *,
    minus: bool,
    why: str = "rule_apart",
) -> StatementFinding:
    count, case = counted
    basis = f"{count.digits} {case.thing}{_TAKEN_OFF if minus else ''}"
    return finding(
        points.text, start, points.at + 1, StatementKind.RULE_POINTS, why, at=points.at, stated=points.figure.digits,
        found=in_form(points.figure, right), sure=Sure.LIKELY, severity=Severity.CHANGES_SCORE, facts={"basis": basis},
    )  # fmt: skip


def _result(total: Fraction, rule: ToldRule, of: Fraction | None) -> Fraction:
    caps = [case.most for case in rule.cases if case.most is not None]
    if len(caps) == len(rule.cases):
        total = min(total, sum(caps, Fraction(0)))
    if of is not None:
        return max(Fraction(0), of - total)
    return total if rule.maximum is None else min(total, rule.maximum)


def _cases_in(text: MarkedText, start: int, end: int, cases: Sequence[PerCase]) -> list[tuple[TextFigure, PerCase]]:
    """The counts of what a rule counts, each with the case whose words it has most of."""
    out = []
    for at, figure in text.figures(start, end, COUNT + QUOTIENT):
        if figure.places[0] or figure.scale > 1 or is_change(text, at):
            continue
        if _EARLIER.match(text.text, text.sentence(at)[0]):
            continue
        ahead = text.text[at + 1 : at + 1 + _AFTER].replace(*_ONE_TERM)
        behind = _CLAUSE_END.split(ahead, maxsplit=1)[0]
        before = _CLAUSE_END.split(text.text[max(start, at - _BEFORE) : at])[-1]
        words, is_fault = behind.split(), tells_fault(f"{before} {behind}")
        if is_fault and behind.strip().startswith(_DOCUMENTS):
            words[:2] = _A_DOCUMENT
        own = set(behind.split(COUNT)[0].split())
        # Of cases with one name ("báo cáo gửi chậm", "báo cáo không gửi") the one that is told in more of its words.
        shared = [(_shared(case.thing.split(), words), len(own & case.words), case) for case in cases]
        most, _, case = max(shared, key=lambda each: each[:2])
        if most and (not case.faults or is_fault):
            out.append((figure, case))
    return out


def _shared(thing: Sequence[str], behind: Sequence[str]) -> int:
    """How many words a thing and what is counted begin with alike; 0 where these are too few to be the same."""
    words = [word.strip(".,;:()") for word in behind[: len(thing)]]
    count = next(
        (at for at, (a, b) in enumerate(zip(thing, words, strict=False)) if a != b), min(len(thing), len(words))
    )
    return count if count >= min(len(thing), _TELLING) or (count and thing[0] in _ONE_WORD) else 0
