"""Lists of parts in a sentence: each with its label, its figure and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.values import is_move, unit_behind

#: What parts the pieces of a list, and brackets, which hold theirs together.
_BETWEEN_OR_BRACKET = re.compile(r"[()]|[;,]|(?<!\w)và(?!\w)|\s[-–+•]\s|(?<!\w)còn(?: lại)?(?!\w)|\s(?=\(\d\))")
_AND = re.compile(r"\s?và(?!\w)")
_NESTED = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|cụ thể là)(?!\w)")
#: A piece that says what a part is compared with.
_COMPARES = re.compile(r"\s?(?:so với|so cùng kỳ|cùng kỳ)(?!\w)")
_BOUND = re.compile(r"(?:dưới|cận)\s$")
_MOST_PARTS = 40
#: Letters before a figure in which the words of a comparison stand.
_COMPARED_REACH = 80
#: Words that begin what is said of a part: "788 đang hoạt động", "45 ngừng hoạt động".
_STATES = frozenset(
    "đang|đã|chưa|không|ngừng|tạm|còn|mới|cũ|đúng|sai|quá|trước|trong|giải|phá".split("|")  # noqa: SIM905
)
#: What people may be more than one of.
_OVERLAPPING = re.compile(
    r"(?<!\w)(?:nữ|nam|đoàn viên|đảng viên|đảng|dân tộc|tôn giáo|trẻ|tái cử|tự ứng cử|thiếu hụt|ngoài đảng|trình độ"
    r"|hộ nghèo|khuyết tật|chủ yếu|nhiều nhất|có phát sinh)(?!\w)"
)
#: What leads from a whole to its parts; how surely these are all of them, each reader judges by what stands around.
TO_PARTS = r"trong (?:số )?đó|bao gồm|gồm(?: có)?|cụ thể"
#: "A 10 ca, B và C mỗi tỉnh 1 ca": a part stands for several.
EACH = re.compile(rf"(?<!\w)(?:mỗi|cùng có|đều có)(?!\w)(?=[^.;()]{{0,40}}[{MARKS}])")
#: The last part of a list that has the whole: all others.
OTHERS = re.compile(r"(?<!\w)(?:khác|còn lại)(?!\w)")
#: Before a figure, in brackets or not, that another is compared with.
_COMPARED = re.compile(
    rf"(?:so với|(?:cao|nhiều|thấp|ít) hơn(?= (?:năm|quý|tháng|kỳ|cùng)))"
    rf" (?:(?!{YEAR}\)? và )[^.;:{COUNT}{PER_CENT}{QUOTIENT}]){{0,60}}$"
)
_ANY_MARK = re.compile(f"[{MARKS}]")
#: Words by which a part says to which of several kinds of the same thing it belongs; a list that has all of a row has
#: the whole. Each inner set holds words for one kind.
_ROWS: tuple[tuple[frozenset[str], ...], ...] = tuple(
    tuple(frozenset(kind.split("|")) for kind in row)
    for row in (
        ("cấp tỉnh|khối tỉnh|sở, ban|sở, ngành|các sở", "cấp huyện|khối huyện|các huyện", "cấp xã|khối xã|các xã"),
        ("trực tuyến", "trực tiếp"),
        (
            "đúng hạn|đúng thời hạn|trước hạn|trong hạn|còn hạn|chưa đến hạn",
            "quá hạn|trễ hạn|chậm hạn|chậm muộn|không đúng hạn|quá thời hạn",
        ),
        ("cấp tỉnh|khối tỉnh", "cấp cơ sở|cấp huyện và cấp xã|huyện, xã"),
        ("trung ương", "cấp tỉnh|của tỉnh", "cấp huyện|của huyện"),
        ("của bộ|bộ, cơ quan|trung ương|bộ, ngành", "địa phương"),
        ("mầm non|mẫu giáo", "tiểu học", "thcs|trung học cơ sở", "thpt|trung học phổ thông"),
        ("cũ|kỳ trước", "mới|mới phát sinh"),
        ("có điều kiện", "chưa có điều kiện|không có điều kiện"),
        ("nam", "nữ"),
        (
            "kỳ trước|tồn|chuyển sang|chuyển qua|năm trước",
            "tiếp nhận mới|mới tiếp nhận|trong kỳ|phát sinh mới|thụ lý mới|mới thụ lý|nhận mới",
        ),
        (
            "đã giải quyết|đã xử lý",
            "đang giải quyết|đang xử lý|chưa giải quyết|chưa xử lý|tồn đọng|còn tồn|tồn",
        ),
        (
            "điểm tối đa|tuyệt đối",
            "một phần điểm|đạt một phần|một phần|chưa đạt điểm tối đa|không đạt điểm tối đa|bị trừ điểm|mất điểm",
            "không đạt điểm|không có điểm|0 điểm|điểm 0|không được điểm",
        ),
        ("toàn trình", "dịch vụ công trực tuyến một phần|trực tuyến một phần|dịch vụ công một phần|dịch vụ một phần"),
        ("tăng", "giảm", "giữ nguyên|không đổi|không thay đổi|bằng điểm"),
        ("thẩm định|tự đánh giá|tự chấm", "điều tra xã hội học|đtxhh|khảo sát"),
        ("xuất sắc", "tốt", "khá|trung bình|yếu|hoàn thành"),
        ("hợp lệ", "không hợp lệ"),
        ("đạt chuẩn", "chưa đạt chuẩn|không đạt chuẩn"),
        ("nội địa", "xuất nhập khẩu|xuất, nhập khẩu"),
        ("chi thường xuyên|thường xuyên", "chi đầu tư|đầu tư"),
        ("đơn vị hành chính", "đơn vị sự nghiệp"),
        ("cán bộ", "công chức", "viên chức"),
        ("theo kế hoạch", "đột xuất"),
        ("thường xuyên", "định kỳ", "đột xuất"),
        ("chuyên trách", "kiêm nhiệm"),
        ("trong nước", "nước ngoài|ngoài nước"),
    )
)
#: More words for kinds that have nothing in common; others may be left out beside them.
_DISJOINT: tuple[tuple[str, ...], ...] = (
    ("phía bắc|miền bắc", "miền trung", "phía nam|miền nam"),
    ("nông, lâm|nông nghiệp|nông lâm", "công nghiệp|xây dựng", "dịch vụ"),
    (
        "trước hạn",
        "đúng hạn",
        "quá hạn|trễ hạn|chậm hạn",
        "đang (?:giải quyết|xử lý|thực hiện)|chưa (?:giải quyết|đến hạn|hoàn thành|thực hiện)",
    ),
    ("cấp tỉnh", "cấp huyện", "cấp xã"),
    ("ngân sách trung ương", "ngân sách tỉnh", "ngân sách huyện", "ngân sách xã", "xã hội hóa|vốn vay|nguồn khác"),
    ("nghỉ hưu", "thôi việc"),
    # Poor households are those of a low income, and those above it that lack what all should have.
    ("nghèo (?:về )?thu nhập", "thiếu hụt (?:tiếp cận )?(?:các )?dịch vụ xã hội"),
    ("khiển trách", "cảnh cáo", "cách chức|giáng chức|hạ bậc lương", "buộc thôi việc"),
    ("đang hoạt động|còn hoạt động", "ngừng hoạt động|tạm ngừng|tạm dừng", "giải thể|phá sản|đóng cửa"),
    ("thạc sĩ|tiến sĩ|trên đại học|sau đại học", "đại học", "cao đẳng", "trung cấp", "sơ cấp"),
    ("xuất sắc", "tốt(?! nghiệp)", "khá", "trung bình", "yếu", "kém"),
    (
        "đã (?:được )?(?:giải quyết|xử lý)|giải quyết xong",
        "giải trình",
        "(?:đang|chưa) (?:được )?(?:giải quyết|xử lý|xem xét)",
    ),
)
_CHANGES = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in ("mới", "sửa đổi|thay thế|bổ sung", "bãi bỏ|hủy bỏ|bị bỏ")
)
#: "không hài lòng", "chưa đạt chuẩn".
_DENIED = re.compile(r"(?<!\w)(?:không|chưa) ((?!có(?!\w))[^\W\d_]+ [^\W\d_]+)")
_REST = re.compile(r"(?<!\w)còn(?: lại)?(?!\w)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its figure at ``at``, the words of its piece of the sentence, its unit (""), whether it is what is
    left ("còn lại").
    """

    figure: TextFigure
    at: int
    words: str
    unit: str
    rest: bool = False

    @property
    def amount(self) -> Fraction:
        """The likeliest reading, with its scale."""
        return self.figure.value


@lru_cache(maxsize=2048)
def is_compared(text: MarkedText, at: int) -> bool:
    """Whether the figure at ``at`` is what another is compared with: "so với cùng kỳ năm 2022 (5.034 hồ sơ)"."""
    return _COMPARED.search(text.text, max(0, at - _COMPARED_REACH), at) is not None


def parts_in(text: MarkedText, start: int, end: int, unit: str) -> list[Part]:
    """The parts listed from ``start`` to ``end`` that count ``unit``: one a piece between commas; what stands in
    brackets inside a piece, or below a part ("trong đó"), is none.
    """
    out: list[Part] = []
    label = ""  # "tiếp định kỳ" of "tiếp định kỳ và đột xuất 98 lượt"
    for first, last in pieces(text.text, start, end):
        words = text.text[first:last]
        if _COMPARES.match(words):
            continue
        nested = _NESTED.search(words)
        if nested and out:
            break
        at = _main_figure(text, first, last)
        if at is None:
            if out and _AND.match(text.text, last) and not _ANY_MARK.search(words):
                label = words
            elif out and not _ANY_MARK.search(words):  # "13 ý kiến, kiến nghị thuộc thẩm quyền cấp tỉnh"
                out[-1] = replace(out[-1], words=f"{out[-1].words}, {words}")
            continue
        part = _part(text, first, last, at, unit)
        if part is None:
            break
        out.append(replace(part, words=f"{label} {part.words}") if label else part)
        label = ""
        if len(out) >= _MOST_PARTS:
            break
    return out


def _main_figure(text: MarkedText, first: int, last: int) -> int | None:
    """The figure of a piece: the first outside its brackets, else the first in them ("Nhật Bản (39 người)")."""
    figures = [at for at, _ in text.figures(first, last, COUNT) if not is_move(text, at) and not _is_number(text, at)]
    outside = [at for at in figures if text.text.count("(", first, at) <= text.text.count(")", first, at)]
    return next(iter(outside or figures), None)


def _is_number(text: MarkedText, at: int) -> bool:
    """Whether a figure numbers an entry: "(1) …; (2) …"."""
    return (
        text.text[max(0, at - 1) : at] == "("
        and text.text[at + 1 : at + 2] == ")"
        and text.figure(at).value < _MOST_PARTS
    )


def _part(text: MarkedText, first: int, last: int, at: int, unit: str) -> Part | None:
    if _BOUND.search(text.text, max(first, at - len("dưới ")), at):
        return None  # "loại Khá (70 - dưới 80 điểm)": a band
    own = unit_behind(text, at)
    words = _ANY_MARK.split(text.text[at + 1 : last], maxsplit=1)[0]
    words = f"{text.text[first : at + 1]}{words}"  # not what else is told of a part: "bằng 82,7% so với cùng kỳ"
    ends = not re.search(r"[^\W\d_]", re.split(r"[()]", text.text[at + 1 : last], maxsplit=1)[0])
    if unit and own and not count_alike(own, unit) and not _is_label(own):
        return None
    if not own and not ends:
        return None
    if not own and unit and re.search(rf"(?<!\w)số {re.escape(unit.split()[0])}(?!\w)", words):
        own = unit  # "số hồ sơ trả trước hạn là 3.066"
    return Part(text.figure(at), at, words, own, bool(_REST.search(text.text[max(0, first - 9) : at])))


@lru_cache(maxsize=512)
def _is_label(unit: str) -> bool:
    """Whether the words behind a figure say which part it is, not what is counted: "120 trực tuyến", "80 cấp xã";
    points that are given for it ("được cộng 0,8 điểm") are counted themselves.
    """
    if unit.split()[0] == "điểm" and not unit.startswith("điểm tối đa"):
        return False
    return unit.split()[0] in _STATES or any(
        word.startswith(unit.split()[0]) for row in _ROWS for kind in row for word in kind
    )


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces between commas, semicolons and "và", brackets held together."""
    depth, first = 0, start
    for found in _BETWEEN_OR_BRACKET.finditer(text, start, end):
        mark = found[0]
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        elif not depth:
            yield first, found.start()
            first = found.end()
    if first < end:
        yield first, end


def rows_told(parts: Sequence[Part]) -> list[list[Part]]:
    """The runs of parts that are all the kinds of one row ("đúng hạn", "quá hạn"): each such run is a whole."""
    runs: list[list[Part]] = []
    kinds = [_kinds(part.words) for part in parts]
    for row in sorted(set().union(*kinds)):
        run = [part for part, kind in zip(parts, kinds, strict=True) if row in kind]
        if len(run) > 1 and len({kind[row] for kind in kinds if row in kind}) == len(_ROWS[row]):
            runs.append(run)
    if parts and len(parts) > 1 and parts[-1].rest:
        runs.append(list(parts))
    return runs


def are_all_changes(parts: Sequence[Part]) -> bool:
    """Whether parts are what was made new, changed and repealed; a year's list of them may be less than the whole."""
    told = [{kind for kind, word in enumerate(_CHANGES) if word.search(part.words)} for part in parts]
    return all(told) and set().union(*told) == set(range(len(_CHANGES)))


def may_overlap(parts: Sequence[Part]) -> bool:
    """Whether parts may count the same thing twice: "(nữ 40, đảng viên 80)", or name some of many."""
    return any(_OVERLAPPING.search(part.words) for part in parts)


def may_overlap_in(text: MarkedText, start: int, end: int) -> bool:
    """As :func:`may_overlap`, of all that stands from ``start`` to ``end``."""
    return _OVERLAPPING.search(text.text, start, end) is not None


def are_apart(parts: Sequence[Part]) -> bool:
    """Whether no two parts can count the same thing: all are kinds of one row, each another one."""
    if are_each_other_denied(parts):
        return True
    kinds = [_kinds(part.words) for part in parts]
    common = set(kinds[0]).intersection(*kinds)
    if any(len({kind[row] for kind in kinds}) == len(parts) for row in common):
        return True
    rows = zip(*(_disjoint(part.words) for part in parts), strict=True)
    return any(all(row) and sum(map(len, row)) == len(frozenset().union(*row)) for row in rows)


def leave_kinds_out(parts: Sequence[Part]) -> bool:
    """Whether parts are some of the kinds of a row, each another one, and others of it are not named."""
    rows = zip(*(_disjoint(part.words) for part in parts), strict=True)
    return any(
        all(row) and sum(map(len, row)) == len(frozenset().union(*row)) < len(_DISJOINT[number])
        for number, row in enumerate(rows)
    )


def are_each_other_denied(parts: Sequence[Part]) -> bool:
    """Whether of two parts one is what the other is not: "hài lòng", "không hài lòng"; "có mặt", "chưa có mặt"."""
    if len(parts) != 2:
        return False
    one, other = (_ANY_MARK.sub(" ", part.words) for part in parts)
    return any(
        (denied := _DENIED.search(with_no)) is not None and denied[1] in without and not _DENIED.search(without)
        for with_no, without in ((one, other), (other, one))
    )


def are_of_other_ways(parts: Sequence[Part]) -> bool:
    """Whether every part is a kind of something, but no two of the same row."""
    rows = [set(_kinds(part.words)) for part in parts]
    return all(rows) and sum(map(len, rows)) == len(set().union(*rows))


@lru_cache(maxsize=1024)
def _disjoint(words: str) -> tuple[frozenset[int], ...]:
    """Which kinds of each disjoint row the words of a part tell: "định kỳ và đột xuất" two."""
    return tuple(frozenset(kind for kind, one in enumerate(row) if one.search(words)) for row in _words_of_disjoint())


@lru_cache(maxsize=1024)
def _kinds(words: str) -> dict[int, int]:
    """The rows that a part belongs to by its words, with the kind of each; the longest word that fits says which."""
    longest: dict[int, tuple[int, int]] = {}
    for row, kind, plain, word in _words_of_rows():
        if plain in words and word.search(words):
            longest[row] = max(longest.get(row, (0, 0)), (len(plain), kind))
    return {row: kind for row, (_, kind) in longest.items()}


@lru_cache(maxsize=1)
def _words_of_disjoint() -> list[list[re.Pattern[str]]]:
    return [[re.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in row] for row in _DISJOINT]


@lru_cache(maxsize=1)
def _words_of_rows() -> list[tuple[int, int, str, re.Pattern[str]]]:
    """Every word with its row and kind."""
    return [
        (row, kind, word, re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"))
        for row, kinds in enumerate(_ROWS)
        for kind, words in enumerate(kinds)
        for word in words
    ]
