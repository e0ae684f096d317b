"""How strongly two figures of a paper speak for one quantity told twice, once misprinted: the evidence in bits.

Bits are powers of two by which an accident is improbable, so they add up:

- *values*: of all figures with as many digits few are one misprint apart from a given one (of four digits six of nine
  thousand by an exchange: 10 bits; 36 by another digit: 8 bits, one less because figures of one sort begin alike);
  zeros that both have at an end tell nothing; of a rounded figure only the digits that it keeps do;
- *words*: a word that names both figures weighs the more the rarer it is among the names of the paper's figures; half
  as much where it stands far from one of them; words that only the one has weigh against;
- *places*: what stands in the title is told again below; what goes back to a figure ("trong số …") was told before;
  figures beside that are the same in both places bind them, others part them;
- *trials*: the more pairs of such figures a paper has, the more are alike by accident.

Figures with contradictory units or scopes are two quantities, whatever their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import comb, fsum, log2

from parindex.documents.arithmetic.misprints import MisprintKind, digits_of, misprint_between
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.told_figures import Level, ToldFigure
from parindex.documents.arithmetic.quantities.told_scopes import YEARS

#: Words weigh no more than that, however many there are: parallel lists have long names alike.
_MOST_OF_WORDS = 14.0
_TITLE, _ABSENT, _TWICE, _GOES_BACK, _ROUNDED_SO = 3.0, 2.0, 3.0, 6.0, 2.0
_MOST_BESIDE, _NONE_BESIDE, _UNSAID, _OTHER_WORD = 8.0, 2.0, 3.0, 2.0
#: Words at once before or behind that are held against each other.
_AT_ONCE = 2
#: A short paper is not poor in words for its few figures.
_FEWEST_FIGURES = 6
#: In fewer digits one that is another says nothing; one less where the words say that the figure is told again.
_FEWEST_OTHER, _FEWEST_MOVED = 3, 3
#: How far a figure may be from the one that it goes back to, or on the wrong side of the one that it rounds.
_NEAR_BACK, _NEAR_SIDE = Fraction(1, 50), Fraction(1, 20)
#: So many words before two figures, whatever commas are among them, are one name.
_FEWEST_OF_RUN = 4
#: Words that join a name to its figure.
_PLAIN = frozenset({"còn", "vẫn", "là", "với", "đạt", "được", "chỉ", "có", "đã", "trong", "ở", "mức", "tới", "đến"})
#: What may stand by the one of two figures of a body, and not by the other; and what tells of a part of what it has.
_OF_BODIES = _PLAIN.union(
    ("cả", "năm", "làm", "rõ", "vì", "sao", "nguyên", "nhân", "đơn", "vị", "huyện", "xã", "sở", "tỉnh", "thành", "phố"),
    ("phường", "điểm", "đứng", "đầu", "mới", "xếp", "cuối", "bảng", "nhất", "dẫn", "thấp", "cao", "do", "tại", "nhưng"),
    ("nên", "tuy", "nhiên", "kết", "quả", "này"),
)
_OF_PARTS = frozenset({"thẩm", "tra", "lĩnh", "tiêu", "trừ", "thưởng", "mục", "khảo", "nhóm", "hài", "nếu"})
#: Words for people, which stand for each other.
_PEOPLE = frozenset({"người", "cán", "công", "ứng", "đại", "viên", "biên"})
#: Two tellings of one figure are of one quantity where so many bits of words say it.
_SAME_WORDS = 4.0
#: Ranks and scores below one stroke, and figures of two digits, are alike in any paper: their words must say more.
_LEAST_OF_STROKE, _LEAST_OF_SHORT, _SHORT = 8.0, 6.5, 2


class Telling:
    """The figures of a paper, and how often words stand near them; ``head``: what stands first in it."""

    def __init__(self, told: Sequence[ToldFigure], head: Sequence[Passage] = ()) -> None:
        self.told = told
        self._head = head

    def bits(self, one: ToldFigure, two: ToldFigure) -> float:
        """The evidence that two figures are one quantity; 0 where they are not."""
        value = value_bits(one, two)
        if value is None or one.limits or two.limits or _is_list(one, two):
            return 0.0
        if self._tells_both(one, two) or self._tells_both(two, one):
            return 0.0
        words, again = self._words(one, two), one.goes_back or two.goes_back
        least = _LEAST_OF_SHORT if len(one.digits) <= _SHORT and not again else 0.0
        least = _LEAST_OF_STROKE if one.figure.over and two.figure.over else least
        absent = self._absent(one, two)
        if words <= least or _contradict(one, two, value, alone=absent > 0):
            return 0.0
        occurs = self.occurs(one, two), self.occurs(two, one)
        if min(occurs) > 1 or self._of_other_year(one, two):
            return 0.0
        twice = _TWICE if max(occurs) > 1 else 0.0
        return value + words + _place_bits(one, two) + absent + twice - self._trials(one)

    def _of_other_year(self, one: ToldFigure, two: ToldFigure) -> bool:
        """Whether one of two figures is told of a year before that of the paper, the other of none."""
        years = one.scope.year, two.scope.year
        if years[0] == years[1] or all(years):
            return False
        return max(years) not in self._own_years

    @cached_property
    def _own_years(self) -> frozenset[str]:
        """The years that a paper may be of: those that its title names, and the one that it names most."""
        head = [one.text for one in self._head]
        texts = {
            **{id(one.passage): one.passage.text for one in self.told},
            **{id(one): one.text for one in self._head},
        }
        counts = Counter(year for text in texts.values() for year in YEARS.findall(text))
        most = max(counts, key=lambda year: (counts[year], year), default="")
        return frozenset((most, *(year for text in head for year in YEARS.findall(text))))

    def occurs(self, one: ToldFigure, other: ToldFigure) -> int:
        """How often the figure ``one`` is told, of what may be the quantity of ``other``."""
        return sum(
            each is one or (not _contradict(each, other, 0.0) and self._words(each, other) > _SAME_WORDS)
            for each in self._by_value[one.figure.percent, one.figure.value]
        )

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for one in self.told for word in one.near)

    @cached_property
    def _by_value(self) -> dict[tuple[bool, Fraction], list[ToldFigure]]:
        out: dict[tuple[bool, Fraction], list[ToldFigure]] = defaultdict(list)
        for one in self.told:
            out[one.figure.percent, one.figure.value].append(one)
        return out

    @cached_property
    def _alike(self) -> dict[tuple[object, ...], set[str]]:
        out: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for one in self.told:
            out[_form(one)].add(one.digits)
        return out

    def _trials(self, one: ToldFigure) -> float:
        return log2(max(1, comb(len(self._alike[_form(one)]), 2)))

    def _weight(self, word: str) -> float:
        return log2(1 + max(len(self.told), _FEWEST_FIGURES) / max(1, self._counts[word] - 1))

    def _words(self, one: ToldFigure, two: ToldFigure) -> float:
        shared = (one.near & two.near) | _short_for(one, two) | _short_for(two, one) | _one_name(one, two)
        title = _is_title(one, two)
        far = [each.far | (each.sentence.words - each.near if title else frozenset()) for each in (one, two)]
        half = ((one.near & far[1]) | (two.near & far[0])) - shared
        known = shared | half | (far[0] & far[1])
        against = min(self._sum(each.near - known) for each in (one, two))
        if not title and not one.goes_back and not two.goes_back and not _of_one_body(one, two):
            against += min(self._sum(each - known) for each in far)
        return min(self._sum(shared) + (self._sum(half) - against) / 2 - _parted(one, two), _MOST_OF_WORDS)

    def _sum(self, words: Iterable[str]) -> float:
        # Exactly: sets go through their words in another order in each run.
        return fsum(map(self._weight, words))

    def _absent(self, one: ToldFigure, two: ToldFigure) -> float:
        """What is told again must have been told: the bits of a title, or of a figure that goes back, without it."""
        for again, other in ((one, two), (two, one)):
            if again.goes_back or (again.level is Level.TITLE and other.level is not Level.TITLE):
                same = self._by_value[again.figure.percent, again.figure.value]
                told = any(each is not again and (again.goes_back or each.level is not Level.TITLE) for each in same)
                return 0.0 if told else _ABSENT
        return 0.0

    def is_rounded_right(self, one: ToldFigure, two: ToldFigure) -> bool:
        """Whether one of two figures rounds a third one."""
        return any(
            each.rounding and other.unit == each.unit and other is not each and rounds(each, other)
            for each in (one, two)
            for other in self.told
            if _step(each) > _step(other) and self._words(each, other) > _SAME_WORDS
        )

    def _tells_both(self, one: ToldFigure, other: ToldFigure) -> bool:
        """Whether the paragraph of one figure has the other, too: it speaks of two things."""
        return any(
            each.passage is one.passage and (one.passage is not other.passage or each.sentence is one.sentence)
            for each in self._by_value[other.figure.percent, other.figure.value]
        )


def value_bits(one: ToldFigure, two: ToldFigure) -> float | None:
    """How improbable it is by accident that two figures are so near each other; None where they are not near, or may
    be the same.
    """
    if one.figure.percent != two.figure.percent:
        return None
    for rounded, exact in ((one, two), (two, one)):
        if _step(rounded) and (rounded.rounding or not exact.rounding) and _step(exact) < _step(rounded):
            return _rounded_bits(rounded, exact)
    if _same(one, two):
        return None
    if (one.figure.scale, one.figure.places[0]) != (two.figure.scale, two.figure.places[0]):
        return _moved(one, two)
    bits = _misprint_bits(one.digits, two.digits, again=_is_again(one, two))
    return _back_bits(one, two) if bits is None else bits


def _is_again(one: ToldFigure, two: ToldFigure) -> bool:
    return one.goes_back or two.goes_back or bool(one.rounding and one.rounding == two.rounding)


def _same(one: ToldFigure, two: ToldFigure) -> bool:
    scales = one.figure.scale, two.figure.scale
    return any(a * scales[0] == b * scales[1] for a in one.figure.readings for b in two.figure.readings)


def _misprint_bits(first: str, second: str, *, again: bool) -> float | None:
    first, second = (each.lstrip("0") for each in (first, second))  # "05" has one digit
    zeros = min(len(each) - len(each.rstrip("0")) for each in (first, second))
    first, second = (each[: len(each) - zeros] for each in (first, second))
    kind, digits = misprint_between(first, second), len(first)
    if kind is MisprintKind.EXCHANGED:
        return log2(9 * 10 ** (digits - 1) / comb(digits, 2))
    if kind is MisprintKind.OTHER and digits >= _FEWEST_OTHER - again:
        return log2(10 ** (digits - 1) / digits) - 1
    return None


def _moved(one: ToldFigure, two: ToldFigure) -> float | None:
    """The same digits with the mark elsewhere, or in another scale."""
    first, second = one.digits.strip("0"), two.digits.strip("0")
    if first != second or len(first) < _FEWEST_MOVED:
        return None
    return log2(9 * 10 ** (len(first) - 1))


def _step(told: ToldFigure) -> int:
    """What a figure with zeros at its end may be rounded to; 0 where it is exact."""
    zeros = 0 if told.figure.places[0] else len(told.digits) - len(told.digits.rstrip("0"))
    return 10**zeros * told.figure.scale if zeros > 1 else 0


def _rounded_bits(rounded: ToldFigure, exact: ToldFigure) -> float | None:
    """A figure on the wrong side of the one that rounds it, or one misprint from it."""
    if rounds(rounded, exact):
        return None
    step, value, printed = _step(rounded), exact.figure.value, rounded.figure.value
    if _on_wrong_side(rounded, exact) and abs(value - printed) < _NEAR_SIDE * printed:
        return log2(1 / _NEAR_SIDE)
    kept = int(value // step)
    bits = (
        _misprint_bits(str(int(printed // step)), str(each), again=True)
        for each in ((kept,) if rounded.rounding == "above" else (kept + 1, kept))
    )
    return max((each for each in bits if each is not None), default=None)


def rounds(rounded: ToldFigure, exact: ToldFigure) -> bool:
    """Whether ``exact`` may be told as ``rounded``."""
    near = abs(exact.figure.value - rounded.figure.value) < _step(rounded)
    return near and not _on_wrong_side(rounded, exact)


def _on_wrong_side(rounded: ToldFigure, exact: ToldFigure) -> bool:
    gap = exact.figure.value - rounded.figure.value
    return (rounded.rounding == "below" and gap > 0) or (rounded.rounding == "above" and gap < 0)


def _back_bits(one: ToldFigure, two: ToldFigure) -> float | None:
    """A figure that goes back to one that is hardly another."""
    low, high = sorted((one.figure.value, two.figure.value))
    if one.goes_back == two.goes_back or not low or high - low > _NEAR_BACK * high or len(one.digits) < _FEWEST_MOVED:
        return None
    return log2(high / (2 * (high - low)))


def _place_bits(one: ToldFigure, two: ToldFigure) -> float:
    bits = _TITLE if _is_title(one, two) else 0.0
    bits += _GOES_BACK if one.goes_back or two.goes_back else 0.0
    bits += _ROUNDED_SO if one.rounding and one.rounding == two.rounding else 0.0
    bits -= _UNSAID * one.scope.unsaid(two.scope)
    roots = frozenset(digits_of(each.root.digits) for each in (one, two) if each.root is not None)
    beside = one.beside, two.beside
    both = beside[0] & beside[1]
    if one.root is not None and two.root is not None:
        bits += fsum(map(_bits_of_same, roots))
    if both - roots:
        bits += min(fsum(map(_bits_of_same, both - roots)), _MOST_BESIDE)
    elif beside[0] - roots and beside[1] - roots:
        bits -= _NONE_BESIDE
    return bits


def _bits_of_same(digits: str) -> float:
    """How little it is an accident that the same figure stands beside both."""
    return 2.0 * (len(digits.strip("0")) - 1)


def _is_title(one: ToldFigure, two: ToldFigure) -> bool:
    """Whether one of two figures stands in the title, the other below it."""
    return one.level is not two.level and Level.TITLE in (one.level, two.level)


def _is_list(one: ToldFigure, two: ToldFigure) -> bool:
    """Whether figures stand in one sentence, or in entries of one list: what is told in a row is told of several."""
    if one.passage is not two.passage:
        return False
    first, second = sorted((one.figure, two.figure), key=lambda figure: figure.start)
    between = one.passage.text[first.end : second.start]
    return not any(mark in between for mark in (". ", "! ", "? ", "\n"))


def _contradict(one: ToldFigure, two: ToldFigure, bits: float, *, alone: bool = False) -> bool:
    title = _is_title(one, two)
    free = title or one.goes_back or two.goes_back
    if one.unit != two.unit and not {one.unit, two.unit} <= _PEOPLE and (not free or (one.unit and two.unit)):
        return True
    # One of them counts the other, too: "15 vụ cháy, nổ" are "14 vụ cháy, 1 vụ nổ".
    gap = abs(one.figure.value - two.figure.value)
    if gap in one.sentence.values or gap in two.sentence.values:
        return True
    # A share of what is another figure there is the share of something else.
    if one.root is not None and two.root is not None and one.root.value != two.root.value:
        return True
    if one.body and one.body == two.body and (one.far ^ two.far) & _OF_PARTS:
        return True
    return one.scope.contradicts(two.scope, free=free, bits=bits, alone=alone)


def _parted(one: ToldFigure, two: ToldFigure) -> float:
    """The bits against two figures of which other words stand at once before or behind them; words that stand on the
    other side of the other figure are none.
    """
    if any(each.follows or each.goes_back for each in (one, two)):
        return 0.0
    pairs = ((one.before, two.before), (one.behind, two.behind))
    own, other = one.near | _PLAIN, two.near | _PLAIN
    return _OTHER_WORD * sum(
        any(a != b and not (a in other and b in own) for a, b in zip(left[:_AT_ONCE], right[:_AT_ONCE], strict=False))
        for left, right in pairs
    )


def _one_name(one: ToldFigure, two: ToldFigure) -> frozenset[str]:
    """The words of one name that commas part from both figures ("tiếp nhận, xử lý phản ánh, kiến nghị đạt 78,26%"),
    and those of one body that both sentences name last.
    """
    first, second = (
        [word for word in each.run if word not in _PLAIN] for each in (one, two)
    )  # fmt: skip
    alike = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    run = frozenset(first[:alike]) if alike >= _FEWEST_OF_RUN else frozenset()
    return run | (frozenset(one.body.split()) if _of_one_body(one, two) else frozenset())


def _of_one_body(one: ToldFigure, two: ToldFigure) -> bool:
    """Whether both figures are told of one body, and neither of a part of what it has."""
    if not one.body or one.body != two.body or (one.far ^ two.far) & _OF_PARTS:
        return False
    return one.near ^ two.near <= _OF_BODIES | frozenset(one.body.split())


def _short_for(one: ToldFigure, two: ToldFigure) -> frozenset[str]:
    """The words by one figure that are the first letters of words by the other, and those words."""
    out: set[str] = set()
    for words in (two.before[::-1], two.behind):
        letters = "".join(word[0] for word in words)
        for word in one.near - two.near:
            at = letters.find(word) if len(word) > 1 else -1
            if at >= 0:
                out.update((word, *words[at : at + len(word)]))
    return frozenset(out)


def _form(one: ToldFigure) -> tuple[object, ...]:
    return one.figure.percent, one.unit, one.figure.places[0], len(one.digits)
