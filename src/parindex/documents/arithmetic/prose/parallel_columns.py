"""Several totals over a list whose every entry tells as many figures: ``60 vụ, làm chết 33 người. Cụ thể: cao tốc 2
vụ, làm chết 1 người; quốc lộ 13 vụ, …``, ``259 lượt/316 người, trong đó thường xuyên 161 lượt/201 người; định kỳ 98
lượt/115 người``. Where one of the totals is the sum of its column, the list leaves nothing out, and the others must be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import count_alike, is_thing
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import TO_PARTS
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_move, unit_behind

_LINK = re.compile(rf"(?<!\w)(?:{TO_PARTS}|chia ra)(?: như sau)?\s?[:,]?\s|:\s")
_BEFORE = 420
_MOST_ROWS, _MOST_COLUMNS = 40, 5
#: A total below this is the sum of a column by accident.
_TELLING = 10
_Column = tuple[int, TextFigure, str]


def in_clauses(text: MarkedText) -> Iterator[Checked]:
    """Totals of a sentence over the clauses behind "cụ thể", "trong đó"."""
    if text.text.count(";") < 1 or text.text.count(COUNT) + text.text.count(QUOTIENT) < 4:
        return
    for found in _LINK.finditer(text.text):
        _, end = text.period(found.end())
        cuts = [found.end(), *(at + 1 for at in _semicolons(text, found.end(), end)), end]
        if len(cuts) < 3 or len(cuts) > _MOST_ROWS:
            continue
        rows = [_columns(text, first, last) for first, last in zip(cuts, cuts[1:], strict=False)]
        head = _columns(text, max(0, found.start() - _BEFORE), found.start())
        checked = list(columns_checked(text, head, rows))
        if checked:
            yield from checked
            return


def _semicolons(text: MarkedText, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if text.text[at] == ";"]


def of_entries(head: MarkedText, entries: Sequence[MarkedText]) -> Iterator[Checked]:
    """Totals of a paragraph over the entries listed below it."""
    rows = [_columns(entry, 0, len(entry.text)) for entry in entries]
    yield from columns_checked(head, _columns(head, max(0, len(head.text) - _BEFORE), len(head.text)), rows)


def _columns(text: MarkedText, start: int, end: int) -> list[_Column]:
    """The counts from ``start`` to ``end``; of a pair with one stroke both."""
    out: list[_Column] = []
    for at, figure in text.figures(start, end, COUNT + QUOTIENT):
        unit = unit_behind(text, at)
        if is_move(text, at) or not is_thing(unit):
            continue
        if figure.over is not None:
            out.append((at, figure, ""))
        out.append((at, figure.over or figure, unit))
    return out


def columns_checked(text: MarkedText, head: Sequence[_Column], rows: Sequence[Sequence[_Column]]) -> Iterator[Checked]:
    """Each run of totals in the head against the columns below it; told where one of them holds."""
    width = len(rows[0]) if rows else 0
    if not 1 < width <= min(_MOST_COLUMNS, len(head)) or any(len(row) != width for row in rows) or len(rows) < 2:
        return
    for first in range(len(head) - width, -1, -1):
        totals = head[first : first + width]
        if not all(_alike(total, [row[number] for row in rows]) for number, total in enumerate(totals)):
            continue
        sums = [sum((row[number][1].value for row in rows), Fraction(0)) for number in range(width)]
        holds = [found == total[1].value for found, total in zip(sums, totals, strict=True)]
        if not any(right and found >= _TELLING for right, found in zip(holds, sums, strict=True)):
            continue
        for number, total in enumerate(totals):
            parts = [row[number][1] for row in rows]
            yield _checked(text, total, parts, sums[number])
        return


def _alike(total: _Column, parts: Sequence[_Column]) -> bool:
    """Whether a column may add up to its total: the same thing, exact counts."""
    if any(one[1].places[0] or one[1].scale > 1 for one in (total, *parts)):
        return False
    return all(not part[2] or not total[2] or count_alike(part[2], total[2]) for part in parts)


def _checked(text: MarkedText, total: _Column, parts: Sequence[TextFigure], found: Fraction) -> Checked:
    at, figure, _ = total
    if found == figure.value or is_about(text.text, at):
        return Checked("sums", Fit.RIGHT, at, at + 1)
    told = finding(
        text, at, min(len(text.text), at + 60), StatementKind.PART_OF_WHOLE, "parts_apart", at=at, sure=Sure.LIKELY,
        stated=figure.digits, found=in_form_of(figure, found), facts={"parts": " + ".join(one.digits for one in parts)},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, at, at + 1, told)
