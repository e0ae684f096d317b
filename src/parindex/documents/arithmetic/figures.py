"""Figures in running text, in every form that Vietnamese papers print them: ``2.836.483.552.955 đồng``, ``13,4873``,
``0.6967``, ``25.800 lượt``, ``1.280 triệu``, ``45 %``, ``70, 18%``, ``2 568 521``, ``249/832``.

A dot may part thousands or decimals, and a comma, too: where both can be meant, both are kept, and a statement is
wrong only if it is by every reading. Dates, numbers of documents, pages, codes of items and years are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from parindex.documents.citations.tokens import Piece, Token, tokens
from parindex.domain.values import Rounding

#: Digits of one figure: a state budget in đồng has sixteen.
_MOST_DIGITS = 18
_DIGITS = rf"\d{{1,{_MOST_DIGITS}}}(?:[.,]\d{{1,{_MOST_DIGITS}}}){{0,6}}"
#: Thousands parted by blanks, only where nothing else can be meant; a decimal that the print pulled apart.
_SPACED = r"\d{1,3}(?:\s\d{3}){2,5}(?![\d.,]|\s\d)"
_TORN = r"\d{1,2}\s?,\s\d{2}(?=\s{0,2}%)"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−–+](?=\d))?(?P<digits>{_SPACED}|{_TORN}|{_DIGITS})"
    r"(?P<percent>\s{0,2}(?:%|phần trăm(?!\w)))?"
    r"(?:\s{0,2}(?P<scale>nghìn tỷ|ngàn tỷ|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w|\slệ))?"
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SCALES |= {"nghìn tỷ": 10**12, "ngàn tỷ": 10**12}
#: What stands before a number that names something: a year, a month, an item, a person's turn.
_NAMING = (
    r"năm|tháng|quý|(?<!ngắn )(?<!dài )ngày"
    r"|(?<!tổng )(?<!trong )(?<!trên )(?<!với )(?<!thiểu )(?<!dân )(?<!con )số|mục|chỉ số|tiêu chí"
    r"|tiêu chí thành phần|lần thứ"
    r"|thứ|hạng|khóa|khoá|giai đoạn|mức độ|(?<!định )mức"
    r"|cấp độ|điều|khoản|trang"
    r"|bảng|biểu|phụ lục|mẫu|phiếu|nhóm|(?<!định )(?<!cùng )kỳ|đợt|câu|lĩnh vực|sáng kiến"
    r"|iso|tcvn|tại điểm"
    r"|tuần|hình|(?<!một )phần|vòng|bước|giải pháp|nhiệm vụ|hợp phần|nội dung|quận|phường|tổ|ca"
)
_NAMES = re.compile(rf"(?<!\w)(?:{_NAMING})\s{{1,2}}$", re.IGNORECASE)
#: Their last words, by which other numbers are passed over quickly.
_LAST_OF_NAMES = tuple({one.rpartition(")")[2].rpartition(" ")[2] for one in _NAMING.split("|")})
#: "hoàn thành tốt nhiệm vụ 2.895 người", "lĩnh vực đất đai: 12 hồ sơ": what is counted stands behind it.
_NAMES_OF_LISTS = re.compile(
    r"(?<!\w)(?:nhiệm vụ|phiếu|nhóm|nội dung|tổ|lĩnh vực|sáng kiến|giải pháp|câu|kỳ)\s{1,2}$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\s(?:người|hồ sơ|đồng chí|cán bộ|công chức|viên chức|đảng viên|trường hợp|lượt|vụ|đơn|phiếu|hộ|văn bản|tập thể"
    r"|cá nhân|tổ chức|chi bộ|đảng bộ|cơ quan|ý kiến|doanh nghiệp)(?!\w)",
    re.IGNORECASE,
)
_POINTS_OR_PLACES = frozenset({"điểm", "đoạn", "ý", "khổ", "dòng"})
#: A decimal from here on is no name ("mức độ 3,4" is two levels, "mức 85,2" is a figure).
_FEWEST_POINTS = 5
#: "tiêu chí 5.1": a code, whatever its size.
_CODED = re.compile(r"(?:tiêu chí|thành phần|mục)\s$", re.IGNORECASE)
_YEAR = range(1990, 2100)
_MONTHS = 12
_BEFORE_YEAR = re.compile(r"(?:năm|và|đến|từ|so với|cùng kỳ|[-–/(,])\s{0,2}$", re.IGNORECASE)
#: "mức độ 3 và 4": what joins a second number to the first; "1.673 hồ sơ" counts.
_JOINTS = (",", "và", "-", "–")
_FIRST_NAMED = re.compile(r"(?<!\d)(?P<first>\d{1,4})\s?(?:,|và|-|–)$")
_MOST_NAMED = 2100
#: "163 tỷ 702 triệu".
_IN_SCALES = re.compile(r"\d[\d.]*\s?(?:tỷ|tỉ|triệu|nghìn|ngàn)\s\d", re.IGNORECASE)
_ONLY_DIGITS = re.compile(r"\d[\d.,\s]*\d|\d")
_SCALE_WORD = re.compile(r"tỷ|tỉ|triệu|nghìn|ngàn", re.IGNORECASE)
_SCALE_WORDS = re.compile(r"(?:nghìn|ngàn)\stỷ|tỷ|tỉ|triệu|nghìn|ngàn", re.IGNORECASE)
_GROUP = 3
_MOST_PLACES = 4
_BELOW = re.compile(r"\d\s?/\s?\Z")
_OVER = re.compile(r"\s{0,2}/\s{0,2}(?=\d)")


@dataclass(frozen=True, slots=True)
class TextFigure:
    """A figure of a text from ``start`` to ``end``, as printed.

    ``readings``: what it can mean, the likeliest first, without its scale; ``places``: the decimals of each reading;
    ``scale``: 1 000 for "nghìn", and so on; ``percent``: a per cent sign stands behind it; ``over``: what stands below
    the stroke of ``249/832``; ``named``: the number names something (a year, an item, a rank).
    """

    text: str
    start: int
    end: int
    readings: tuple[Fraction, ...]
    places: tuple[int, ...]
    scale: int = 1
    percent: bool = False
    over: TextFigure | None = None
    named: bool = False

    @property
    def value(self) -> Fraction:
        """The likeliest reading, with its scale."""
        return self.readings[0] * self.scale if self.scale > 1 else self.readings[0]

    @property
    def digits(self) -> str:
        """The digits as printed, with their marks and without sign, per cent and scale; of an amount in several scales
        all of it, of a quotient those above the stroke.
        """
        return _digits(self.text)

    @property
    def scale_word(self) -> str:
        """The scale as printed ("nghìn tỷ"), of an amount in several scales the largest; empty without one."""
        found = _SCALE_WORDS.search(self.text) if self.scale > 1 else None
        return found[0] if found else ""

    @property
    def is_year(self) -> bool:
        """Whether the digits alone can be a year."""
        return len(self.text) == 4 and self.text.isdigit() and int(self.text) in _YEAR

    def step(self, reading: int = 0) -> Fraction:
        """One unit of the last printed place, with the scale."""
        return _step(self.scale, self.places[reading])


@lru_cache(maxsize=128)
def _step(scale: int, places: int) -> Fraction:
    return Fraction(scale, 10**places)


@lru_cache(maxsize=4096)
def _digits(printed: str) -> str:
    if _IN_SCALES.match(printed):
        return printed
    found = _ONLY_DIGITS.search(printed)
    return found[0] if found else printed


def all_figures(text: str, pieces: Sequence[Token] | None = None) -> Iterator[TextFigure]:
    """The figures of a text in reading order, with the numbers that name something; neither dates nor numbers of
    documents. What stands below a stroke is part of the figure above it (``over``). ``pieces``: the pieces of citations
    in the text, where they are known.
    """
    whole: TextFigure | None = None
    for one in _each_figure(text, pieces):
        added = None if whole is None else _added(text, whole, one)
        if whole is not None and added is None:
            yield whole
        whole = added or one
    if whole is not None:
        yield whole


def _added(text: str, whole: TextFigure, one: TextFigure) -> TextFigure | None:
    """One amount of what two scales tell: "163 tỷ 702 triệu đồng"; None where they are two."""
    if not one.end or whole.scale <= one.scale or one.scale == 1 or text[whole.end : one.start].strip():
        return None
    if (
        one.places[0]
        or one.readings[0] >= whole.scale // one.scale
        or any((one.percent, one.named, one.over, whole.over))
    ):
        return None
    value = whole.readings[0] + one.readings[0] * one.scale / whole.scale
    places = len(str(whole.scale // one.scale)) - 1
    return TextFigure(text[whole.start : one.end], whole.start, one.end, (value,), (places,), whole.scale)


def _each_figure(text: str, pieces: Sequence[Token] | None = None) -> Iterator[TextFigure]:
    """The figures of a text, those of each scale for themselves."""
    known = tokens(text) if pieces is None else pieces
    taken = sorted((one.start, one.end) for one in known if not is_figure_place(one))
    at, past = 0, 0
    for found in _NUMBER.finditer(text):
        start, end = found.span("digits")
        if start < past:
            continue
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            continue
        figure = _figure(found)
        if figure is None or _BELOW.search(text, max(0, start - 4), start):
            continue
        stroke = _OVER.match(text, figure.end)
        below = _NUMBER.match(text, stroke.end()) if stroke else None
        over = _figure(below) if below and below.start("digits") == below.start() else None
        free = at >= len(taken) or (over is not None and taken[at][0] >= over.end)
        if stroke and over is not None and free and not _OVER.match(text, over.end):
            past = over.end
            figure = TextFigure(
                text[figure.start : over.end], figure.start, over.end, figure.readings, figure.places, figure.scale,
                figure.percent, over,
            )  # fmt: skip
        yield figure if not _is_name(text, figure, start) else _as_name(figure)


def is_figure_place(token: Token) -> bool:
    """Whether the word of a place in a paper stands before a figure instead: "điểm 8,5", "giai đoạn 2021"."""
    if token.piece is not Piece.LOCATOR:
        return False
    word = token.found["word"].lower()
    # "toàn trình 1.018 thủ tục, một phần 654 thủ tục"
    partly = word == "phần" and token.found.string[: token.start].lower().endswith("một ")
    return partly or word in _POINTS_OR_PLACES


def _figure(found: re.Match[str]) -> TextFigure | None:
    sign, digits, percent, scale = found.groups()
    read = _values_and_places(digits)
    if read is None or (not scale and found.string[found.end() : found.end() + 1].isalpha()):
        return None
    values, places = read
    if sign and sign != "+" and _is_minus(found):
        values = tuple(-value for value in values)
    return TextFigure(
        found[0].strip(), found.start(), found.start() + len(found[0].rstrip()), values, places,
        _SCALES.get(" ".join(scale.lower().split()), 1) if scale else 1, percent=bool(percent),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _values_and_places(digits: str) -> tuple[tuple[Fraction, ...], tuple[int, ...]] | None:
    """The readings of digits, and the decimals of each; None for a code."""
    read = readings_of(digits)
    return (tuple(value for value, _ in read), tuple(places for _, places in read)) if read else None


def _is_minus(found: re.Match[str]) -> bool:
    """Whether a dash before digits is a minus: not the dash of a range, of a list, or one that joins."""
    before = found.string[: found.start()].rstrip()
    return bool(before) and before[-1] in "(=:" and found["sign"] in "-−"


@lru_cache(maxsize=4096)
def readings_of(digits: str) -> tuple[tuple[Fraction, int], ...]:
    """What digits with dots and commas can mean, each with its decimals, the likeliest first; nothing for a code.

    One mark before three digits parts thousands, or decimals ("1.280", "0.697" only decimals: no thousands begin with
    0). Of two different marks the last parts decimals.
    """
    if digits.isdigit():
        return ((Fraction(int(digits)), 0),)
    torn = re.sub(r"\s?,\s", ",", digits)
    if torn != digits:
        tail = torn.rpartition(",")[2]
        return (*readings_of(torn), (Fraction(int(tail)), 0))
    digits = re.sub(r"\s", "", digits)
    marks = [one for one in digits if one in ".,"]
    parts = re.split(r"[.,]", digits)
    if not marks:
        return ((Fraction(int(digits)), 0),)
    grouped = len(parts[0]) <= _GROUP and parts[0][0] != "0" and all(len(one) == _GROUP for one in parts[1:])
    whole = (Fraction(int("".join(parts))), 0)
    decimal = (Fraction(int("".join(parts)), 10 ** len(parts[-1])), len(parts[-1]))
    if len(set(marks)) == 1 and len(marks) == 1:
        thousands_first = (whole, decimal) if marks[0] == "." else (decimal, whole)
        return thousands_first if grouped else (decimal,)
    if len(set(marks)) == 1:
        return (whole,) if grouped else ()
    inner = parts[:-1]
    well_grouped = len(inner[0]) <= _GROUP and all(len(one) == _GROUP for one in inner[1:])
    return (decimal,) if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and well_grouped else ()


def in_form_of(figure: TextFigure, value: Fraction, places: int | None = None) -> str:
    """``value`` (without the scale) printed as ``figure`` is: its marks, its decimals (or ``places``)."""
    digits = figure.digits
    if _IN_SCALES.match(digits):
        return _in_scales(digits, value * figure.scale)
    decimals = figure.places[0] if places is None else places
    rounded = Rounding(decimals).apply(abs(value))
    whole, part = divmod(rounded.numerator * 10**decimals // rounded.denominator, 10**decimals)
    comma = "." if re.fullmatch(r"\d+\.\d+", digits) and figure.places[0] else ","
    grouped = figure.places[0] == 0 and re.search(r"\d[. ]\d{3}", digits)
    grouped = grouped or re.search(r"\d\.\d{3},", digits)
    mark = grouped[0][1] if grouped else ""
    text = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", mark, str(whole)) if mark else str(whole)
    if not decimals and re.fullmatch(r"0\d", digits):
        text = text.rjust(2, "0")
    sign = "-" if rounded and value < 0 else ""
    return f"{sign}{text}{comma}{part:0{decimals}d}" if decimals else f"{sign}{text}"


def _in_scales(digits: str, amount: Fraction) -> str:
    """An amount in the scales of ``digits``: "3 tỷ 654 triệu"; the last one rounded."""
    words = _SCALE_WORD.findall(digits)
    left = int(Rounding(0).apply(amount / _SCALES[words[-1].lower()])) * _SCALES[words[-1].lower()]
    out = []
    for number, word in enumerate(words):
        count, left = divmod(left, _SCALES[word.lower()])
        out.append(f"{f'{count:,}'.replace(',', '.') if not number else f'{count:03d}'} {word}")
    return " ".join(out)


def in_full(figure: TextFigure, digits: str) -> str:
    """``digits`` of a figure, or those in its form, with its scale or sign of per cent: "1,25 triệu", "84,69%";
    several scales stand among the digits.
    """
    scale = f" {figure.scale_word}" if figure.scale > 1 and not _IN_SCALES.match(digits) else ""
    return f"{digits}{scale}{'%' if figure.percent else ''}"


def in_distinct_form(figure: TextFigure, value: Fraction) -> str:
    """``value`` as :func:`in_form_of`, with as many more decimals as it takes to differ from ``figure``."""
    places = figure.places[0]
    while places < _MOST_PLACES and in_form_of(figure, value, places) == in_form_of(figure, figure.readings[0], places):
        places += 2
    return in_form_of(figure, value, places)


def _as_name(figure: TextFigure) -> TextFigure:
    return TextFigure(
        figure.text, figure.start, figure.end, figure.readings, figure.places, figure.scale, figure.percent,
        figure.over, named=True,
    )  # fmt: skip


def _is_name(text: str, figure: TextFigure, start: int) -> bool:
    """Whether a number names something instead of counting it."""
    if figure.percent or figure.scale > 1 or (figure.over and not _is_month(text, figure, start)):
        return False
    if figure.over:
        return True
    before = text[max(0, start - 24) : start]
    is_decimal = figure.places[0] and figure.readings[0] >= _FEWEST_POINTS and len(figure.readings) == 1
    if is_decimal and not ("." in figure.text and _CODED.search(before)):
        return False
    behind = text[figure.end : figure.end + 2].lstrip()[:1]
    is_year = figure.is_year and (bool(_BEFORE_YEAR.search(before)) or behind == ":")
    lowered = before.lower()
    if lowered.endswith("tháng ") and figure.readings[0] > _MONTHS and not is_year:
        return False  # "tổng 3 tháng 365 hồ sơ"
    is_named = lowered.rstrip().endswith(_LAST_OF_NAMES)
    if is_named and _COUNTED.match(text, figure.end) and _NAMES_OF_LISTS.search(before):
        return False
    if lowered.endswith("mức ") and text.startswith(" điểm", figure.end):
        return False  # "tự đánh giá ở mức 1,5 điểm"
    return (is_named and bool(_NAMES.search(before))) or is_year or _joins_named(text, figure, start)


def _joins_named(text: str, figure: TextFigure, start: int) -> bool:
    """Whether a number goes on a list of names: "mức độ 3 và 4", "năm 2019, 2020"."""
    near = text[max(0, start - 34) : start].rstrip()
    if not near.endswith(_JOINTS) or not figure.text.isdigit() or figure.readings[0] >= _MOST_NAMED:
        return False
    before = _FIRST_NAMED.search(near)
    if before is None or not _NAMES.search(near[: before.start()][-24:]):
        return False
    # "so với năm 2022 và 03 lĩnh vực": beside a year only a year is a name.
    return figure.is_year or int(before["first"]) not in _YEAR


def _is_month(text: str, figure: TextFigure, start: int) -> bool:
    """Whether a quotient is a month of a year or a day of a month."""
    over = figure.over
    if over is None or figure.readings[0] > 31 or figure.places[0] or over.places[0]:
        return False
    before = re.search(r"(?:ngày|tháng|quý|kỳ)\s{1,2}$", text[max(0, start - 8) : start], re.IGNORECASE)
    if over.is_year:
        return bool(before) or figure.readings[0] <= 12
    return bool(before) and over.readings[0] <= 12
