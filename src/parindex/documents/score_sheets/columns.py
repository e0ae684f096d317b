"""The head of a score sheet in flowing text: which columns it has, in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from parindex.documents.score_sheets.lines import Line


class Column(StrEnum):
    """What a column of a score sheet holds."""

    CODE = "code"
    TITLE = "title"
    MAX = "max_points"
    SELF = "self_points"
    EXPLANATION = "explanation"
    APPRAISED = "appraised_points"
    OPINION = "opinion"


NUMBERS = frozenset({Column.MAX, Column.SELF, Column.APPRAISED})

#: How heads call the columns; tried in this order, so that "điểm thẩm định" is found before "thẩm định" in another
#: name.
_COUNCIL = r"(?:hội đồng|tổ|đoàn|cơ quan)"
_SELF = r"tự\s+(?:đánh\s+giá(?:,?\s+chấm\s+điểm)?|chấm(?:\s+điểm)?)"
_NAMES: tuple[tuple[Column, str], ...] = (
    (Column.OPINION, rf"(?:ý kiến|nhận xét|kết luận)(?:\s+(?:của\s+)?{_COUNCIL}(?:\s+thẩm định)?|\s+thẩm định)?"),
    (Column.MAX, r"(?:thang\s+)?điểm\s+(?:chuẩn|tối\s+đa)|thang\s+điểm"),
    (Column.SELF, rf"(?:điểm\s+)?(?:(?:đơn vị|cơ quan|tỉnh|huyện|xã|sở)\s+)?{_SELF}"),
    (Column.APPRAISED, r"(?:điểm|kết quả)\s+(?:hội đồng\s+)?thẩm\s+định|điểm\s+(?:hội đồng|được\s+công\s+nhận)"),
    (Column.EXPLANATION, r"giải\s+trình|thuyết\s+minh|diễn\s+giải|căn\s+cứ\s+chấm\s+điểm|lý\s+do"),
    (Column.TITLE, r"lĩnh\s+vực|tiêu\s+chí|nội\s+dung"),
    (Column.CODE, r"\b(?:stt|tt|mã(?:\s+số)?)\b"),
)

#: A column of another year's points: its figures cannot be told from this year's in flowing text.
_OTHER_YEAR = re.compile(
    r"(?:điểm|tự\s+chấm|đánh\s+giá|thẩm\s+định)\s+(?:của\s+)?(?:năm|kỳ)\s+(?:liền\s+)?(?:trước|ngoái)"
)

#: More lines than this a head does not have, even where every word has a line of its own.
_MAX_HEAD_LINES = 40
_FIRST_ROW = re.compile(r"^(?:1|I|A)[.)]?\s+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the sheet: its lines ``first`` up to, not including, ``end``, and the columns in reading order."""

    first: int
    end: int
    columns: tuple[Column, ...]

    @property
    def numbers_after_title(self) -> int:
        """How many columns of points follow the titles at once."""
        after = self.columns[self.columns.index(Column.TITLE) + 1 :]
        return next((at for at, column in enumerate(after) if column not in NUMBERS), len(after))


def find_head(lines: Sequence[Line]) -> Head | None:
    """The first head of a score sheet; None where no lines are one.

    A head names a title column, the maximum, and at least two of: self points, appraised points, explanation, opinion;
    and no column of last year's points.
    """
    for first, line in enumerate(lines):
        if columns_of(line.text)[:1] not in ((Column.CODE,), (Column.TITLE,)):
            continue
        end = _end(lines, first)
        text = " ".join(each.text for each in lines[first:end])
        columns = columns_of(text)
        if _is_head(columns) and not _OTHER_YEAR.search(text.casefold()):
            return Head(first, end, columns)
    return None


def columns_of(text: str) -> tuple[Column, ...]:
    """The columns that the text names, in order; a name given twice in a row ("Lĩnh vực/Tiêu chí") counts once."""
    found: list[tuple[int, Column]] = []
    rest = text.casefold()
    for column, pattern in _NAMES:
        for match in re.finditer(pattern, rest):
            found.append((match.start(), column))
        rest = re.sub(pattern, lambda match: "\0" * len(match[0]), rest)
    out: list[Column] = []
    for _, column in sorted(found):
        if not out or out[-1] is not column:
            out.append(column)
    return tuple(out)


def without_repeated_heads(lines: Sequence[Line], head: Head) -> tuple[Line, ...]:
    """The lines after the head, without the copies of it that stand at the top of later pages."""
    model = [line.text.casefold() for line in lines[head.first : head.end]]
    out: list[Line] = []
    at = head.end
    while at < len(lines):
        here = [line.text.casefold() for line in lines[at : at + len(model)]]
        if here == model:
            at += len(model)
        else:
            out.append(lines[at])
            at += 1
    return tuple(out)


def _end(lines: Sequence[Line], first: int) -> int:
    for at in range(first + 1, min(first + _MAX_HEAD_LINES, len(lines))):
        if _FIRST_ROW.match(lines[at].text):
            return at
    return first + 1


def _is_head(columns: tuple[Column, ...]) -> bool:
    others = {Column.SELF, Column.APPRAISED, Column.EXPLANATION, Column.OPINION} & set(columns)
    return (
        len(set(columns)) == len(columns)
        and Column.TITLE in columns
        and Column.MAX in columns
        and len(others) >= 2
        and columns.index(Column.TITLE) <= 1
    )
