"""Changes told behind what they are held against: ``đạt 91,36 điểm; so với 89,05 điểm của năm 2023, thành phố tăng 2,31
điểm``, ``… đạt 91,86% kế hoạch. … So với cùng kỳ năm trước (đạt 88,42%), tỷ lệ giải ngân chung tăng 3,44 điểm phần
trăm``.

The value that is compared stands before, in the same sentence, or in one of those before it, even of the paragraph
before. In its sentence it is the only one of its kind. Farther away it may be another's: there the change must be a
misprint of the way from one value to the other, and either its words name both or no other value is so near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_form_of
from parindex.documents.arithmetic.findings import Sure
from parindex.documents.arithmetic.misprints import MisprintKind, digits_of, misprint_between
from parindex.documents.arithmetic.prose.changes.ties import Change, comparable
from parindex.documents.arithmetic.prose.changes.wrong_changes import change_apart, printed
from parindex.documents.arithmetic.prose.counted_things import count_the_same
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked
from parindex.documents.arithmetic.prose.values import Value, is_change, unit_behind, value_at, values_in

_TIME = (
    rf"(?:năm {YEAR}|(?:năm|kỳ|quý|tháng|mùa|vụ|nhiệm kỳ) (?:trước|ngoái|{YEAR})|cùng kỳ(?: năm)?(?: trước| {YEAR})?)"
)
_OLD = f"(?P<old>[{COUNT}{PER_CENT}])"
_WORDS = rf"[^.;:,(){MARKS}]"
_MARK = rf"(?:{_WORDS}{{1,30}}?\s)?"
_CHANGES = r"(?P<dir>tăng|giảm|cao hơn|thấp hơn)"
#: "so với 89,05 điểm của năm 2023", "so với cùng kỳ năm trước (đạt 88,42%)".
_AGAINST = (
    rf"so với\s(?:{_MARK}{_OLD}{_WORDS}{{0,24}}?\s(?:của |trong )?{_TIME}"
    rf"|{_WORDS}{{0,30}}?{_TIME}\s\({_WORDS}{{0,24}}?(?P<old2>[{COUNT}{PER_CENT}]){_WORDS}{{0,24}}\))"
)
_LEADS = re.compile(rf"{_AGAINST},?\s(?P<who>{_WORDS}{{0,60}}?)(?:đã |cũng )?$")
#: "Tỷ lệ này cao hơn cùng kỳ năm trước (đạt 71,92%) là 6,54 điểm phần trăm", from the word of the change on.
_ABOVE = re.compile(
    rf"{_CHANGES}(?: so với)?\s{_WORDS}{{0,20}}?{_TIME}\s\({_WORDS}{{0,24}}?{_OLD}{_WORDS}{{0,24}}\)\s(?:là\s)?"
    rf"(?P<c>[{COUNT}{PER_CENT}])"
)
_BEGINS = re.compile(
    rf"{_AGAINST},?\s(?P<who>{_WORDS}{{0,60}}?)\s?(?:đã |cũng )?{_CHANGES}(?: thêm| lên)?\s(?:được |là )?"
    rf"(?P<c>[{COUNT}{PER_CENT}])"
)
#: What stands before it in its sentence: nothing, or whose change it is.
_NOBODY, _SOMEBODY = re.compile(r"\s*"), re.compile(rf"\s?(?P<who>{_WORDS}{{2,60}})\s")
_UP = ("tăng", "cao hơn")
#: Whoever has one value told has no other than it: a body, or a word for the value.
_ANYONE = frozenset(
    "thành phố huyện tỉnh thị xã phường sở ban ngành đơn vị cơ quan địa phương chỉ số tỷ lệ điểm kết quả này đó trên"  # noqa: SIM905
    " con mức chung toàn của số tổng cả đã cũng được thì là".split()
)
_THIS = re.compile(r"(?:tỷ lệ|con số|chỉ số|chỉ tiêu|kết quả|mức|số|điểm số|chỉ số thành phần)\s(?:này|trên|đó)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_POINTS = re.compile(r"\s?điểm (?:phần trăm|%)")
_NEAR, _MOST_BEFORE, _FAR = 220, 8, 700
_LABEL = 120
#: Two digits of a change tell nothing of what it was meant to be; two of three that changed places do.
_FEWEST_DIGITS = 3
#: A change is not three times what it should be.
_MOST_TIMES = 3
#: "(năm 2023: 88%)": of another time; what was planned is an aside, but for a change of the plan itself.
_ASIDE = re.compile(r"(?P<what>cùng kỳ|năm trước|năm ngoái|kế hoạch|chỉ tiêu|so với)[^.;]{0,40}$")


def led_by_old(text: MarkedText, start: int, at: int, *, up: bool) -> Change | None:
    """The change at ``at``, whose word begins at ``start``, behind the value it is held against; the only other value
    of that kind in its sentence before is the one that changed.
    """
    first = text.period(start)[0]
    near = max(first, start - _NEAR)
    found = _LEADS.search(text.text, near, start) if "so với" in text.text[near:start] else None
    if found is None:
        return None
    old = value_at(text, _old_at(found))
    told = [
        one for one in values_in(text, max(first, found.start() - _NEAR), found.start())
        if one.letter == old.letter and _is_plain(text, one, found["who"])
    ]  # fmt: skip
    if len(told) != 1 or (told[0].year is not None and told[0].year == old.year):
        return None
    named = set(_WORD.findall(text.text[first : found.start()])) | _ANYONE
    if any(word not in named for word in _WORD.findall(found["who"])):
        return None
    change = Change(text.figure(at), at, up, old, told[0], told[0].at, at + 1, Sure.LIKELY)
    return change if comparable(text, change) else None


def changes_of_values_before(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every change against another time that begins its sentence, where the value that changed was told before it."""
    for number, text in enumerate(texts):
        if "so với" not in text.text and "hơn cùng" not in text.text and "hơn năm" not in text.text:
            continue
        for pattern, before in ((_BEGINS, _NOBODY), (_ABOVE, _SOMEBODY)):
            for found in pattern.finditer(text.text):
                first, _ = text.sentence(found.start())
                led = before.fullmatch(text.text, first, found.start())
                checked = _of_value_before(texts, number, found, led) if led is not None else None
                if checked is not None:
                    yield text, checked


@dataclass(frozen=True, slots=True)
class _Move:
    """A change from ``old`` by the figure at ``at``; ``who``: whose it is told to be."""

    text: MarkedText
    at: int
    old: Value
    up: bool
    who: str

    def gap(self, new: Value) -> Fraction:
        """How far it is from the old value to ``new``, the way that the change is told."""
        return (new.amount - self.old.amount) * (1 if self.up else -1)


def _of_value_before(
    texts: Sequence[MarkedText], number: int, found: re.Match[str], led: re.Match[str]
) -> Checked | None:
    text, at = texts[number], found.start("c")
    old, by = value_at(text, _old_at(found)), text.figure(at)
    who = {**led.groupdict(), **found.groupdict()}["who"]
    move = _Move(text, at, old, found["dir"] in _UP, who)
    if is_about(text.text, at) or not _can_change(move):
        return None
    told = [one for one in _told_before(texts, number, led.start(), who) if _is_of(move, one[1])]
    slack = sum((one.step() for one in (old.figure, by) if one.places[0] or one.scale > 1), Fraction(0))
    if not told or any(abs(abs(move.gap(one)) - by.value) <= slack for _, one in told):
        return None
    meant = _beside(move, told) or [one for one in told if _is_meant(move, *one)]
    if len({one.amount for _, one in meant}) != 1:
        return None
    new, start = meant[0][1], found.start()
    places = max(by.places[0], old.figure.places[0], new.figure.places[0])
    right = in_form_of(by, move.gap(new) / by.scale, places)
    told_wrong = change_apart(text, (start, at + 1), at, printed(old.figure, new.figure), right)
    return Checked("differences", Fit.WRONG, start, at + 1, told_wrong)


def _can_change(move: _Move) -> bool:
    """Whether the change is in points of shares, or in what the old value counts."""
    text, at, unit = move.text, move.at, unit_behind(move.text, move.at)
    if move.old.letter == PER_CENT:
        return text.text[at] == PER_CENT or _POINTS.match(text.text, at + 1) is not None
    return text.text[at] == COUNT and bool(unit) and count_the_same(unit, move.old.unit or unit)


def _is_of(move: _Move, one: Value) -> bool:
    """Whether a value counts what the old one does, at another time."""
    if one.letter != move.old.letter or one.figure.scale != move.old.figure.scale:
        return False
    counts = one.letter == PER_CENT or count_the_same(one.unit, unit_behind(move.text, move.at))
    return counts and (one.year is None or one.year != move.old.year)


def _beside(move: _Move, told: Sequence[tuple[MarkedText, Value]]) -> Sequence[tuple[MarkedText, Value]]:
    """The only value of its sort in the sentence right before a change that names it; of the size of the change."""
    where, new = told[-1]
    first, by, gap = move.text.period(move.old.at)[0], move.text.figure(move.at).value, move.gap(new)
    if where is not move.text or where.period(new.at)[1] != first or not _names(move, where, new):
        return []
    alone = sum(1 for each, one in told if each is where and where.period(one.at)[1] == first) == 1
    return told[-1:] if alone and gap > 0 and gap <= _MOST_TIMES * by <= _MOST_TIMES**2 * gap else []


def _is_meant(move: _Move, where: MarkedText, new: Value) -> bool:
    """Whether a change is the way to ``new`` but for one misprint: for two digits that changed places; for any other
    digit only where the words of both are the same.
    """
    by, gap = move.text.figure(move.at), move.gap(new)
    if gap <= 0 or new.figure.places[0] > by.places[0]:
        return False
    stated, right = digits_of(by.digits), digits_of(in_form_of(by, gap / by.scale, by.places[0]))
    kind = misprint_between(stated, right.rjust(len(stated), "0"))
    if kind is None or len(stated.strip("0")) < _FEWEST_DIGITS - 1:
        return False
    names = _names(move, where, new)
    if kind is MisprintKind.EXCHANGED:
        return names or len(stated) >= _FEWEST_DIGITS
    return names and len(stated) >= _FEWEST_DIGITS


def _names(move: _Move, where: MarkedText, new: Value) -> bool:
    """Whether a change names what a value before it is told of: by "tỷ lệ này", or by words of its clause."""
    if _THIS.match(move.who):
        return True
    first = max(where.period(new.at)[0], new.at - _LABEL)
    label = set(_WORD.findall(f"{where.text[first : new.at]} {new.unit}")) - _ANYONE
    named = set(_WORD.findall(move.who)) - _ANYONE
    return bool(named) and len(named & label) * 2 > len(named)


def _told_before(texts: Sequence[MarkedText], number: int, start: int, who: str) -> list[tuple[MarkedText, Value]]:
    """The last values before a sentence: of its paragraph, else of the one before."""
    text = texts[number]
    own = [(text, one) for one in values_in(text, max(0, start - _FAR), start) if _is_plain(text, one, who)]
    if own or not number or texts[number - 1].passage.group != text.passage.group:
        return own[-_MOST_BEFORE:]
    text = texts[number - 1]
    return [(text, one) for one in values_in(text, 0, len(text.text)) if _is_plain(text, one, who)][-_MOST_BEFORE:]


def _is_plain(text: MarkedText, value: Value, who: str) -> bool:
    """Whether a value is one of this time, and no change; ``who``: what the change is told of."""
    if is_change(text, value.at):
        return False
    aside = _ASIDE.search(text.text, max(0, value.at - _LABEL // 2), value.at)
    while aside is not None and aside["what"] in who:
        aside = _ASIDE.search(text.text, aside.start() + 1, value.at)
    return aside is None


def _old_at(found: re.Match[str]) -> int:
    return found.start("old") if found["old"] else found.start("old2")
