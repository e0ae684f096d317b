"""Lists of parts in a sentence: each with its label, its figure and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.marked_text import COUNT, MarkedText
from parindex.documents.arithmetic.prose.values import is_move, unit_behind

_BETWEEN = re.compile(r"[;,]|(?<!\w)và(?!\w)|\s[-–+•]\s|(?<!\w)còn(?: lại)?(?!\w)|\s(?=\(\d\))")
_NESTED = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|cụ thể là)(?!\w)")
_MOST_PARTS = 40
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
        ("nam", "nữ"),
        ("kỳ trước|tồn|chuyển sang|chuyển qua|năm trước", "tiếp nhận mới|mới tiếp nhận|trong kỳ|phát sinh mới"),
        ("đã giải quyết|đã xử lý", "đang giải quyết|đang xử lý|chưa giải quyết|chưa xử lý"),
        (
            "điểm tối đa|tuyệt đối",
            "một phần điểm|đạt một phần|một phần|chưa đạt điểm tối đa|không đạt điểm tối đa|bị trừ điểm|mất điểm",
            "không đạt điểm|không có điểm|0 điểm|điểm 0|không được điểm",
        ),
        ("toàn trình", "dịch vụ công trực tuyến một phần|trực tuyến một phần"),
        ("tăng", "giảm", "giữ nguyên|không đổi|không thay đổi|bằng"),
        ("thẩm định|tự đánh giá|tự chấm", "điều tra xã hội học|đtxhh|khảo sát"),
        ("xuất sắc", "tốt", "khá|trung bình|yếu|hoàn thành"),
        ("hợp lệ", "không hợp lệ"),
        ("đạt chuẩn", "chưa đạt chuẩn|không đạt chuẩn"),
        ("nội địa", "xuất nhập khẩu|xuất, nhập khẩu"),
        ("chi thường xuyên|thường xuyên", "chi đầu tư|đầu tư"),
        ("đơn vị hành chính", "đơn vị sự nghiệp"),
        ("cán bộ", "công chức", "viên chức"),
    )
)
#: More words for kinds that have nothing in common; others may be left out beside them.
_DISJOINT: tuple[tuple[str, ...], ...] = (
    ("phía bắc|miền bắc", "miền trung", "phía nam|miền nam"),
    ("nông, lâm|nông nghiệp|nông lâm", "công nghiệp|xây dựng", "dịch vụ"),
    ("thường xuyên", "định kỳ", "đột xuất"),
)
_CHANGES = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in ("mới", "sửa đổi|thay thế|bổ sung", "bãi bỏ|hủy bỏ|bị bỏ")
)
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


def parts_in(text: MarkedText, start: int, end: int, unit: str) -> list[Part]:
    """The parts listed from ``start`` to ``end`` that count ``unit``: one a piece between commas; what stands in
    brackets inside a piece, or below a part ("trong đó"), is none.
    """
    out: list[Part] = []
    for first, last in _pieces(text.text, start, end):
        words = text.text[first:last]
        nested = _NESTED.search(words)
        if nested and out:
            break
        figures = [at for at, _ in text.figures(first, last, COUNT) if not is_move(text, at)]
        if not figures:
            continue
        part = _part(text, first, last, figures[0], unit)
        if part is None:
            break
        out.append(part)
        if len(out) >= _MOST_PARTS:
            break
    return out


def _part(text: MarkedText, first: int, last: int, at: int, unit: str) -> Part | None:
    own = unit_behind(text, at)
    words = text.text[first:last]
    ends = not re.search(r"[^\W\d_]", text.text[at + 1 : last].partition("(")[0])
    if unit and own and own.split()[0] != unit.split()[0] and not _is_label(own):
        return None
    if not own and not ends:
        return None
    return Part(text.figure(at), at, words, own, bool(_REST.search(text.text[max(0, first - 9) : at])))


def _is_label(unit: str) -> bool:
    """Whether the words behind a figure say which part it is, not what is counted: "120 trực tuyến", "80 cấp xã"."""
    return any(word.startswith(unit.split()[0]) for row in _ROWS for kind in row for word in kind)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces between commas, semicolons and "và", brackets held together."""
    depth, first = 0, start
    breaks = {found.start(): found.end() for found in _BETWEEN.finditer(text, start, end)}
    for at in range(start, end):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth = max(0, depth - 1)
        elif at in breaks and not depth and at >= first:
            yield first, at
            first = breaks[at]
    if first < end:
        yield first, end


def rows_told(parts: Sequence[Part]) -> list[list[Part]]:
    """The runs of parts that are all the kinds of one row ("đúng hạn", "quá hạn"): each such run is a whole."""
    runs: list[list[Part]] = []
    kinds = [_kinds(part) for part in parts]
    for row in range(len(_ROWS)):
        run = [part for part, kind in zip(parts, kinds, strict=True) if row in kind]
        told = {kind[row] for part, kind in zip(parts, kinds, strict=True) if row in kind}
        if len(run) > 1 and len(told) == len(_ROWS[row]):
            runs.append(run)
    if parts and len(parts) > 1 and parts[-1].rest:
        runs.append(list(parts))
    return runs


def are_all_changes(parts: Sequence[Part]) -> bool:
    """Whether parts are what was made new, changed and repealed; a year's list of them may be less than the whole."""
    told = [{kind for kind, word in enumerate(_CHANGES) if word.search(part.words)} for part in parts]
    return all(told) and set().union(*told) == set(range(len(_CHANGES)))


def are_apart(parts: Sequence[Part]) -> bool:
    """Whether no two parts can count the same thing: all are kinds of one row, each another one."""
    kinds = [_kinds(part) for part in parts]
    rows = [[kind.get(row) for kind in kinds] for row in range(len(_ROWS))]
    rows += [[_disjoint(part, row) for part in parts] for row in _DISJOINT]
    return any(None not in row and len(set(row)) == len(parts) for row in rows)


def _disjoint(part: Part, row: Sequence[str]) -> int | None:
    """Which one kind of a row a part is."""
    told = [kind for kind, words in enumerate(row) if re.search(rf"(?<!\w)(?:{words})(?!\w)", part.words)]
    return told[0] if len(told) == 1 else None


def _kinds(part: Part) -> dict[int, int]:
    """The rows that a part belongs to, with the kind of each; the longest word that fits says which."""
    longest: dict[int, tuple[int, int]] = {}
    for row, kind, word in _words_of_rows():
        if word.search(part.words):
            longest[row] = max(longest.get(row, (0, 0)), (len(word.pattern), kind))
    return {row: kind for row, (_, kind) in longest.items()}


@lru_cache(maxsize=1)
def _words_of_rows() -> list[tuple[int, int, re.Pattern[str]]]:
    """Every word with its row and kind."""
    return [
        (row, kind, re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"))
        for row, kinds in enumerate(_ROWS)
        for kind, words in enumerate(kinds)
        for word in words
    ]
