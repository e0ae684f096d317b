"""What a paper tells: every figure with its place, its unit, the words that name it, and its scope.

The words *near* a figure stand in its own clause, on both sides of it; those *far* from it before it in the sentence. A
share or rank that follows another figure at once ("12.516 hồ sơ trực tuyến, đạt 22,33%") is of what that one counts,
and takes its words, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from parindex.documents.arithmetic.about_words import ABOUT, BELOW, NEARLY
from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.quantities.told_bodies import body_before
from parindex.documents.arithmetic.quantities.told_scopes import Scope

_SENTENCE = re.compile(r"[.;](?=\s|$)|[!?](?=\s)")
_CLAUSE = re.compile(r"[,:\n](?=\s|$)|[()]|\s[-–+•*]\s|^[-–+•*]\s|t(?<!\wt)rong đó(?!\w)|c(?<!\wc)òn lại(?!\w)")
#: Days, years and numbers of papers part no name from its figure; other figures do. (What stands before is asked behind
#: the first letter: a pattern that begins with a letter is found several times as fast.)
_REST_OF_YEARS = r"\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?(?![\d.,/%]\S|\s?%)"
_NO_FIGURE = re.compile(
    r"[\dn](?:(?<=\d)(?:(?<![\d.,]\d)\d?[/.-]\d{1,2}(?:[/.-](?:19|20)\d\d)?(?![\d/])|\d{0,3}/[a-zđ-]{2,20}"
    rf"|(?<![\d.,/]\d)(?:(?<=1)9|(?<=2)0){_REST_OF_YEARS})|(?<=n)(?<!\wn)ăm (?:19|20){_REST_OF_YEARS})"
)
_NUMBER = re.compile(r"\d[\d.,/]*")
#: Where every clause ends: sought first, as letters are found at once.
_MARKS = (", ", ": ", "(", ")")
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"\s{0,2}\(?([^\W\d_]+)")
#: What papers write in full in one place and in letters in another.
_IN_FULL = {
    "tthc": "thủ tục hành chính", "cchc": "cải cách hành chính", "dvc": "dịch vụ công", "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân", "cbcc": "cán bộ công chức", "vbqppl": "văn bản quy phạm pháp luật", "hs": "hồ sơ",
    "cbccvc": "cán bộ công chức viên chức", "cntt": "công nghệ thông tin", "gdp": "tổng sản phẩm trong nước",
    "dvctt": "dịch vụ công trực tuyến", "nsnn": "ngân sách nhà nước",
}  # fmt: skip
#: What joins a share, a rank or a score to the figure before it.
_FOLLOWS = re.compile(
    r"[^\d.;:]{0,30}?[\s,(]{1,3}(?:đạt|chiếm|bằng|tương ứng|tương đương|tỷ lệ|tỉ lệ|đứng|xếp|hạng|vị trí)"
    r"(?: (?:tỷ lệ|tỉ lệ|đạt|thứ|thứ hạng|hạng|vị trí|vị thứ|gần|hơn|trên|khoảng|với)){0,3}[\s(]{1,2}|\s?\((?:tỷ lệ )?"
)
_ROUNDING = re.compile(
    rf"(?<!\w)(?:(?P<above>hơn|trên)|(?P<below>{'|'.join(BELOW)})|(?P<about>{'|'.join((*NEARLY, *ABOUT))}))\s\Z"
)
#: What goes back to a figure told before: "Trong số 2.039 công chức có mặt: …", and the base of a list in brackets:
#: "Theo nội dung (2.094 vụ việc): …".
_BACK = re.compile(
    r"(?:^|[.,;:(\n-]\s?)\s?(?:trong\s(?:tổng số |tổng |số |các |toàn bộ )?"
    r"|(?:toàn bộ|tất cả|cả|đối với)\s(?:số )?)\Z|(?:^|[.;:\n]\s?)\s?với\s\Z|(?<!\w)trong (?:tổng )?số\s\Z"
)
_WITHIN = re.compile(r"(?<!\w)trong\s\Z")
#: The last words of the three above: most figures have another one before them, and cost no search.
_LAST_OF_ROUNDING = ("hơn", "trên", *{words.rpartition(" ")[2] for words in (*BELOW, *NEARLY, *ABOUT)})
_LAST_OF_BACK = ("trong", "số", "tổng", "các", "bộ", "cả", "với")
_BASE = re.compile(r"\s[^\d()]{1,40}\)\s?:")
_LONG = 3
_LIMIT = re.compile(r"(?<!\w)(?:từ|dưới|đến)\s\Z")
_BEFORE = 24
#: Words behind such a figure that say again what it counts.
_OF_BACK = 4
#: Letters of a clause and of a sentence that are read, and words of a clause.
_NEAR, _REACH, _MOST_WORDS, _MOST_OF_RUN = 110, 320, 9, 14
#: A per cent with fewer words of its own, so near behind another figure, is a share of what that one counts.
_FEWEST_OWN, _SHARE_NEAR = 2, 60
#: A title, what stands above it (a date) and what stands below it (a second line).
_LONGEST_TITLE, _TITLES = 220, 3
#: A figure of one digit is told of anything.
_LEAST_DIGITS = 2


class Level(Enum):
    """Where in a paper a figure stands: what is told in the title is told again below."""

    TITLE = 0
    LEAD = 1
    BODY = 2


@dataclass(frozen=True)
class ToldSentence:
    """A sentence of a passage from ``start`` to ``end``, with all its figures."""

    passage: Passage
    lowered: str
    start: int
    end: int
    level: Level
    figures: tuple[TextFigure, ...]

    @cached_property
    def values(self) -> frozenset[Fraction]:
        """The values of all its figures."""
        return frozenset(one.value for one in self.figures)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its telling words."""
        return telling_words(" ".join(words_of(self.lowered[self.start : self.end])))


@dataclass(frozen=True)
class ToldFigure:
    """A figure of a sentence; ``earlier`` is the one before it there that it follows at once, ``root`` what it is a per
    cent of, ``there`` the digits of all, each as often as its sentence tells it.
    """

    figure: TextFigure
    sentence: ToldSentence
    earlier: ToldFigure | None
    root: TextFigure | None
    there: Counter[str]

    @property
    def beside(self) -> frozenset[str]:
        """The digits of the others of its sentence; made when asked for, as a sentence may tell thousands."""
        return frozenset(one for one, often in self.there.items() if often > 1 or one != self.digits)

    @property
    def passage(self) -> Passage:
        """The passage that it stands in."""
        return self.sentence.passage

    @property
    def level(self) -> Level:
        """Where in the paper it stands."""
        return self.sentence.level

    @cached_property
    def digits(self) -> str:
        """Its bare digits."""
        return digits_of(self.figure.digits)

    @cached_property
    def unit(self) -> str:
        """The word behind it; "" behind a per cent, or where none follows."""
        found = None if self.figure.percent else _UNIT.match(self.sentence.lowered, self.figure.end)
        return words_of(found[1])[0] if found else ""

    @cached_property
    def rounding(self) -> str:
        """ "above" for "hơn 3.800", "below" for "chưa tới 2.100", "about" for "gần 27.000"."""
        before = self._before[-_BEFORE:]
        found = _ROUNDING.search(before) if before[:-1].endswith(_LAST_OF_ROUNDING) else None
        return found.lastgroup or "" if found else ""

    @cached_property
    def limits(self) -> bool:
        """Whether it is a mark that others are held against: "từ 95% trở lên"."""
        return self.figure.percent and _LIMIT.search(self._before[-_BEFORE:]) is not None

    @cached_property
    def goes_back(self) -> bool:
        """Whether it is told as known: "Trong số 2.039 công chức có mặt"."""
        before = self._before[-_BEFORE:]
        if before.endswith("(") and _BASE.match(self.sentence.lowered, self.figure.end):
            return True
        if not before[:-1].endswith(_LAST_OF_BACK):
            return False
        return _BACK.search(before) is not None or (len(self.digits) >= _LONG and _WITHIN.search(before) is not None)

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The words of its clause before it, the nearest first."""
        return tuple(words_of(self._clauses[0])[: -_MOST_WORDS - 1 : -1])

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The words of its clause behind it."""
        return tuple(words_of(self._clauses[1])[:_MOST_WORDS])

    @cached_property
    def near(self) -> frozenset[str]:
        """The telling words of its clause, and of the figure that it follows."""
        own = telling_words(" ".join((*self.before, *self.behind)))
        return own | self._followed.near if self._followed is not None else own

    @cached_property
    def far(self) -> frozenset[str]:
        """The other telling words before it in the sentence."""
        own = telling_words(" ".join(words_of(self._before)))
        return (own | self._followed.far if self._followed is not None else own) - self.near

    @property
    def follows(self) -> bool:
        """Whether it is told of what another figure counts."""
        return self._followed is not None

    @cached_property
    def scope(self) -> Scope:
        """What it is bound to."""
        sentence, figure = self.sentence, self.figure
        begin = max(sentence.start, figure.start - _REACH)
        beyond = sentence.lowered[figure.end : min(sentence.end, figure.end + _NEAR)]
        return Scope.of(self.passage.text[begin : figure.start], *self._clauses, beyond)

    @cached_property
    def run(self) -> tuple[str, ...]:
        """The words before it up to another figure, whatever commas are among them, the nearest first."""
        return tuple(words_of(_NUMBER.split(self._before[-_REACH:])[-1])[: -_MOST_OF_RUN - 1 : -1])

    @cached_property
    def body(self) -> str:
        """The body that its sentence names last before it; "" where it names none."""
        return body_before(self.passage.text, self.sentence.start, self.figure.start)

    @property
    def _before(self) -> str:
        begin = max(self.sentence.start, self.figure.start - _REACH)
        return self.sentence.lowered[begin : self.figure.start]

    @cached_property
    def _clauses(self) -> tuple[str, str]:
        end = min(self.sentence.end, self.figure.end + _NEAR)
        behind = _NO_FIGURE.sub(" ", _up_to_mark(self.sentence.lowered[self.figure.end : end]))
        behind = _NUMBER.split(_CLAUSE.split(behind)[0])[0]
        if self.goes_back:
            return "", " ".join(behind.split()[:_OF_BACK])
        before = self._before[-_NEAR:]
        before = _ROUNDING.sub("", before) if self.rounding else before
        near = _NO_FIGURE.sub(" ", _from_mark(before)).rstrip(" :")
        near = near or _NO_FIGURE.sub(" ", before).rstrip(" :")  # "cụ thể: năm 2025: 651 người"
        return _NUMBER.split(_CLAUSE.split(near)[-1])[-1], behind

    @cached_property
    def _followed(self) -> ToldFigure | None:
        if self.earlier is None or self.goes_back:
            return None
        gap = self.sentence.lowered[self.earlier.figure.end : self.figure.start]
        own = telling_words(" ".join((*self.before, *self.behind)))
        share = self.figure.percent and len(own) < _FEWEST_OWN and len(gap) < _SHARE_NEAR
        return self.earlier if share or _FOLLOWS.fullmatch(gap) else None


def told_figures(passages: Sequence[Passage]) -> list[ToldFigure]:
    """The figures of a paper in reading order, without what names something."""
    printed = [passage for passage in passages if passage.text]
    titles = next((at for at, passage in enumerate(printed[:_TITLES]) if not is_title(passage)), _TITLES)
    out: list[ToldFigure] = []
    for at, passage in enumerate(printed):
        level = Level.TITLE if at < titles < len(printed) else Level.LEAD if at == titles else Level.BODY
        for sentence, figures in _sentences(passage, level):
            out.extend(_of_sentence(sentence, figures))
    return out


def is_told(figure: TextFigure) -> bool:
    """Whether a figure tells a quantity."""
    return not figure.named and not figure.is_year and len(digits_of(figure.digits)) >= _LEAST_DIGITS


def is_title(passage: Passage) -> bool:
    """Whether a passage is a line of a title, and no sentence."""
    return len(passage.text) <= _LONGEST_TITLE and not passage.text.rstrip().endswith((".", ";", ":"))


def _sentences(passage: Passage, level: Level) -> Iterator[tuple[ToldSentence, list[TextFigure]]]:
    """The sentences of a passage that tell something, each with what it tells."""
    told, lowered = [one for one in passage.figures if is_told(one)], passage.text.lower()
    if not told or len(lowered) != len(passage.text):  # a letter that is two in small: places would be off
        return
    ends = [found.end() for found in _SENTENCE.finditer(passage.text)]
    start = 0
    for end in (*(end for end in ends if end < len(passage.text)), len(passage.text)):
        figures = [one for one in told if start <= one.start < end]
        if figures:
            every = tuple(one for one in passage.figures if start <= one.start < end)
            yield ToldSentence(passage, lowered, start, end, level, every), figures
        start = end


def _of_sentence(sentence: ToldSentence, figures: Sequence[TextFigure]) -> Iterator[ToldFigure]:
    there = Counter(digits_of(one.digits) for one in figures)
    root: TextFigure | None = None
    told: ToldFigure | None = None
    for figure in figures:
        told = ToldFigure(figure, sentence, told, root if figure.percent else None, there)
        root = root if figure.percent else figure
        yield told


def _up_to_mark(text: str) -> str:
    """The text up to its first comma, colon or bracket, none of which stands in a date or number: a clause is sought in
    few letters.
    """
    ends = [at for mark in _MARKS if (at := text.find(mark)) >= 0]
    return text[: min(ends)] if ends else text


def _from_mark(text: str) -> str:
    """The text from behind its last comma, colon or bracket."""
    text = text.rstrip(" :")
    return text[max(text.rfind(mark) for mark in _MARKS) + 1 :]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, abbreviations in full."""
    return [full for word in _WORD.findall(text) for full in _IN_FULL.get(word, word).split()]
