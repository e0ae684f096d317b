"""Shares that nothing can have two of and that come to more than all: ``hài lòng 92,5%, không hài lòng 8,5%``, ``nộp
trực tuyến chiếm 68,4%, trực tiếp chiếm 41,6%``, ``đã có 92% hồ sơ đúng hạn, 10% còn lại quá hạn``.

Less than all may leave a third kind out; more cannot be, where both are told of one whole. What became of things (in
time, too late) is always told of them all. A kind of things ("trực tuyến", "nữ") may have a rate of its own ("nữ đạt
94%"): there the words must say that the per cent is its share ("chiếm 45%", "64% thủ tục … ở mức toàn trình").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.about_words import PASSED_OVER
from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_ALL = 100
#: So much above all is a slip; what is more was told of other wholes.
_MOST_ABOVE, _MOST_ABOVE_OF_MANY = 15, 30
_FEWEST, _MOST_SHARES = 2, 8
#: What becomes of things; nothing is two of a row. The first is told of all three, or "đúng hạn" holds "trước hạn".
_IN_TIME = 0
_OUTCOMES = (
    (
        "trước(?: thời)? (?:hạn|hẹn)", "(?:đúng|trong)(?: thời)? (?:hạn|hẹn)",
        "(?:quá|trễ|chậm)(?: thời)? (?:hạn|hẹn)|chậm muộn",
    ),
    ("(?:đúng|trước|trong|còn)(?: thời)? (?:hạn|hẹn)", "(?:quá|trễ|chậm)(?: thời)? (?:hạn|hẹn)|chậm muộn"),
    (
        "rất hài lòng", "hài lòng", "bình thường|chấp nhận được", "(?:không|chưa|ít) hài lòng",
        "rất không hài lòng|hoàn toàn không hài lòng",
    ),
    (
        "hoàn thành xuất sắc(?: nhiệm vụ)?|xuất sắc", "hoàn thành tốt(?: nhiệm vụ)?|tốt",
        "không hoàn thành(?: nhiệm vụ)?", "hoàn thành(?: nhiệm vụ)?|khá", "trung bình", "yếu|kém",
    ),
    ("tán thành|đồng ý", "không tán thành|không đồng ý|phản đối", "không có ý kiến|ý kiến khác"),
    ("đúng(?! (?:hạn|hẹn|thời))", "sai"),
    ("tín nhiệm cao", "tín nhiệm", "tín nhiệm thấp"),
)  # fmt: skip
#: Kinds of things, which may have rates of their own.
_SORTS = (
    ("trực tuyến", "trực tiếp", "(?:bưu chính|bưu điện)(?: công ích)?"),
    ("(?:bản )?điện tử|qua mạng", "(?:bản |văn bản )?giấy"),
    ("nam", "nữ"),
    ("tiến sĩ|thạc sĩ|trên đại học|sau đại học", "đại học", "cao đẳng", "trung cấp", "sơ cấp"),
)
#: Kinds that mostly have: only "chiếm" says that they are shares.
_OWNERS = (
    ("toàn trình", "một phần"),
    (
        "(?:ngân sách |vốn |của )?trung ương",
        "(?:ngân sách |vốn |của )?(?:địa phương|tỉnh)",
        "(?:ngân sách |vốn |của )?(?:cấp )?huyện",
        "(?:nguồn |vốn )?(?:xã hội hóa|đóng góp|khác)",
    ),
    ("(?:chi )?thường xuyên", "(?:chi )?đầu tư(?: phát triển)?"),
    ("cấp tỉnh", "cấp huyện", "cấp xã"),
    ("cán bộ", "công chức", "viên chức"),
    ("hành chính", "sự nghiệp"),
    ("(?:thu )?nội địa", "(?:thu )?xuất(?: khẩu)?,? nhập khẩu"),
    (
        "nông(?:, lâm)? nghiệp|nông, lâm, thủy sản",
        "công nghiệp(?: - xây dựng|, xây dựng| và xây dựng)?",
        "dịch vụ(?! công)",
    ),
)
#: Each kind with its words, the longest first: "rất không hài lòng" holds "hài lòng".
_ROWS = tuple(
    tuple(
        (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)"))
        for kind, words in sorted(enumerate(row), key=lambda one: len(one[1]), reverse=True)
    )
    for row in (*_OUTCOMES, *_SORTS, *_OWNERS)
)
_NOT = re.compile(
    r"(?<!\w)(?:không|chưa)\s(?:được\s)?((?!có|được|là|đạt tỷ)[^\W\d_]+(?:\s(?!là|đạt|chiếm|được)[^\W\d_]+)?)"
)
_LEFT = re.compile(r"(?<!\w)còn lại(?!\w)")
#: "nữ chiếm 45%", and the mark before a share that has its label behind it.
_TAKES = re.compile(rf"(?<!\w)chiếm(?: tỷ lệ)?(?: là)?\s{PASSED_OVER}$")
#: What is told of things of a kind that have a rate of their own.
_RATE = re.compile(
    r"(?<!\w)(?:đạt|hạn|hẹn|hài lòng|hoàn thành|giải ngân|thực hiện|điểm|kế hoạch|chỉ tiêu|dự toán)(?!\w)"
)
_BREAK = re.compile(r"[;,.:](?=\s|$)|\s(?:và|còn)(?!\w)(?! lại)")
_WORD, _FIGURE = re.compile(r"[^\W\d_]+"), re.compile(f"[{PER_CENT}{COUNT}{QUOTIENT}]")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_TOTAL = re.compile(r"\s?(?:so với |trong |trên |của )?tổng(?!\w)")
#: Words that say of which whole a share is told no more than others do.
_PLAIN = frozenset(
    "chiếm đạt là tỷ lệ số lượng có với được của các những tổng thì bị ở mức loại hình thức qua nộp đã chỉ trong"  # noqa: SIM905
    " đó và kết quả ý kiến trả lời đánh giá cho rằng mới còn lại vẫn khoảng gần hơn trên dưới hồ sơ giải quyết xử lý"
    " phần trăm phiếu người chưa không tương ứng bằng trình độ xếp gửi bản".split()
)
_REACH = 110


@dataclass(frozen=True, slots=True)
class _Share:
    """A per cent at ``at`` with its own words ``before`` and ``behind`` it; ``since``: all words since the last one."""

    figure: TextFigure
    at: int
    since: str
    before: str
    behind: str

    @property
    def words(self) -> str:
        """All words that belong to it."""
        return f"{self.before} {self.behind}"

    @property
    def is_share(self) -> bool:
        """Whether its words say that it is a part of all: "chiếm", or a label behind it alone."""
        if _TAKES.search(self.before):
            return True
        return bool(self.behind.strip()) and set(self.before.split()) <= _PLAIN


def complements(text: MarkedText) -> Iterator[Checked]:
    """Every run of shares of one sentence of which nothing can have two, where they are more than all."""
    if text.text.count(PER_CENT) < _FEWEST:
        return
    for start, end in text.periods():
        figures = text.figures(start, end, PER_CENT)
        if len(figures) >= _FEWEST:
            figures = [(at, one) for at, one in figures if not is_change(text, at)]
        taken = 0
        for first, last in _above_all(figures):
            run = [_share(text, at, one, start, end) for at, one in figures[first:last]]
            if first >= taken and not any(is_about(text.text, one.at) for one in run) and _are_apart(run):
                taken = last
                yield _told(text, run)


def _above_all(figures: Sequence[tuple[int, TextFigure]]) -> Iterator[tuple[int, int]]:
    """The runs of shares that come to more than all, by no more than a slip; the longest first."""
    values = [figure.value.numerator / figure.value.denominator for _, figure in figures]
    for first in range(len(values) - 1):
        total, runs = 0.0, []
        for last in range(first, min(len(values), first + _MOST_SHARES)):
            total += values[last]
            if not 0 < values[last] < _ALL or total - _ALL > _MOST_ABOVE_OF_MANY + 1:
                break
            if last > first and total > _ALL and _is_above([figure for _, figure in figures[first : last + 1]]):
                runs.append((first, last + 1))
        yield from reversed(runs)


def _is_above(figures: Sequence[TextFigure]) -> bool:
    """Whether shares are more than all by more than rounding, and by no more than a slip."""
    above = sum((figure.value for figure in figures), Fraction(-_ALL))
    slack = sum((figure.step() for figure in figures), Fraction(0)) / 2
    return slack < above <= (_MOST_ABOVE if len(figures) == _FEWEST else _MOST_ABOVE_OF_MANY)


def _share(text: MarkedText, at: int, figure: TextFigure, start: int, end: int) -> _Share:
    """A share with its words, brackets passed over: its own stand between the breaks around it."""
    since = _FIGURE.split(_BRACKETS.sub(" ", text.text[max(start, at - _REACH) : at]))[-1]
    behind = _FIGURE.split(_BRACKETS.sub(" ", text.text[at + 1 : min(end, at + _REACH)]))[0]
    return _Share(figure, at, since, _BREAK.split(since)[-1], _BREAK.split(behind)[0])


def _are_apart(run: Sequence[_Share]) -> bool:
    """Whether no thing can have two of a run, and all are told of one whole."""
    for row in range(len(_ROWS)):
        kinds = {_kind(one, row) for one in run}
        if None in kinds or len(kinds) < len(run) or (row == _IN_TIME and len(run) < len(_OUTCOMES[row])):
            continue
        if not _are_of_one_whole(run, row):
            continue
        if row < len(_OUTCOMES) or all(one.is_share for one in run):
            return True
        return row < len(_OUTCOMES) + len(_SORTS) and not any(_RATE.search(one.words) for one in run)
    if len(run) != _FEWEST:
        return False
    return _is_rest(run) or (_is_opposite(*run) and _are_of_one_whole(run))


def _kind(share: _Share, row: int) -> int | None:
    """Which kind of a row the words of a share tell, the longest word first; None: none or two."""
    found = [(len(one[0]), kind, one.span()) for kind, word in _ROWS[row] if (one := word.search(share.words))]
    if not found:
        return None
    _, kind, (first, last) = max(found)
    within = all(first <= start and stop <= last for _, _, (start, stop) in found)
    return kind if within else None


def _are_of_one_whole(run: Sequence[_Share], row: int | None = None) -> bool:
    """Whether no share has words of its own, besides its kind, that tell it of another whole than the first. What is
    told behind the last alone is told of all: "… chiếm 72% và … chiếm 28% tổng chi ngân sách".
    """
    if row is not None and row >= len(_OUTCOMES) and any(_has_other_kind(one.words, row) for one in run[1:]):
        return False  # "công chức nữ chiếm 48%, viên chức nữ chiếm 65%"
    of_all = _TOTAL.match(run[-1].behind) is not None and not any(one.behind.strip() for one in run[:-1])
    known = _words(f"{run[0].since} {run[0].behind}", row) | _PLAIN
    behind = ["" if of_all else one.behind for one in run]
    return all(_words(f"{one.since} {words}", row) <= known for one, words in zip(run[1:], behind[1:], strict=True))


def _has_other_kind(words: str, row: int) -> bool:
    """Whether words tell a kind of another row, too."""
    own = " ".join(_WORD.findall(words))
    for _, word in _ROWS[row]:
        own = word.sub(" ", own)
    return any(word.search(own) for kinds in _ROWS[len(_OUTCOMES) :] for _, word in kinds)


def _words(words: str, row: int | None) -> set[str]:
    """The words that stand there without those of the kinds of a row."""
    for _, word in _ROWS[row] if row is not None else ():
        words = word.sub(" ", words)
    return set(_WORD.findall(words))


def _is_rest(run: Sequence[_Share]) -> bool:
    """Whether the last share is all that the others leave: "8% còn lại", "còn lại 8%"."""
    last = run[-1]
    left = _LEFT.match(last.behind.strip()) or _LEFT.fullmatch(last.before.strip())
    return left is not None and not any(_LEFT.search(one.words) for one in run[:-1])


def _is_opposite(one: _Share, other: _Share) -> bool:
    """Whether one of two shares is told of what the other is not."""
    for yes, no in ((one, other), (other, one)):
        denied = _NOT.search(no.words)
        if denied is not None and not _NOT.search(yes.words):
            return re.search(rf"(?<!\w){re.escape(denied[1])}(?!\w)", yes.words) is not None
    return False


def _told(text: MarkedText, run: Sequence[_Share]) -> Checked:
    total = sum((one.figure.value for one in run), Fraction(0))
    start, end = run[0].at, run[-1].at + 1
    form = max((one.figure for one in run), key=lambda figure: figure.places[0])
    parts = " + ".join(one.figure.digits for one in run)
    told = finding(
        text, start, end, StatementKind.PART_OF_WHOLE, "shares_above_whole", stated="100", sure=Sure.LIKELY,
        found=in_form_of(form, total, 0 if total.denominator == 1 else None), facts={"parts": parts},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)
