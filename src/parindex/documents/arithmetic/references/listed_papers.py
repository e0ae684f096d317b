"""Papers and days in the cells of a table: ``1138/KH-UBND | 28/3/2024 | Kế hoạch kiểm tra``.

The number of a paper and its day stand in two cells of a row side by side. The day is held against the calendar, and
against the day that the text gives for the same number. Bodies have each their own numbers, so that another day is told
only where it is a misprint of the one in the text, and where no other row has that number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from parindex.documents.arithmetic.findings import Found, Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import misprint_between
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.citations.citation import number_key
from parindex.documents.citations.recognise import citations_in
from parindex.documents.citations.tokens import Piece, Token, cited_date, printed_number, stands_alone, tokens
from parindex.documents.papers import Block, Cell, Grid
from parindex.documents.printed_text import folded, joined
from parindex.domain.errors import Place

#: What stands in a cell beside the number or the day itself.
_BESIDE = re.compile(r"(?:số|ngày|\s|[:,;.()])*", re.IGNORECASE)
_SHORTEST, _LONGEST = 6, 60
#: Heads of days that are not those of the papers.
_OTHER_DAY = re.compile(r"\b(?:hieu luc|han|hoan thanh|nhan|den|tra|gui|xu ly|bat dau|ket thuc|thuc hien)\b")
_HEAD_ROWS = 4
_YEARS = range(1945, 2100)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as a cell prints it; ``day`` None where no calendar has it."""

    text: str
    day: date | None
    parts: tuple[int, int, int]
    cell: Cell


@dataclass(frozen=True, slots=True)
class _Listed:
    """A paper of a row: its number as printed and as equal numbers share it, and its day."""

    number: str
    key: str
    day: _Day
    text: str


def find(blocks: Sequence[Block], passages: Sequence[Passage]) -> Found:
    """The days in cells that no calendar has, and those that are not the ones that the text gives for their papers."""
    findings: list[StatementFinding] = []
    listed: list[_Listed] = []
    looked_at = 0
    for grid in blocks:
        if not isinstance(grid, Grid):
            continue
        days = _days(grid)
        looked_at += sum(map(len, days.values()))
        papers = list(_papers(grid, days))
        listed += papers
        findings += _impossible(grid, days, papers)
    if listed:
        findings += _apart(listed, passages)
    return findings, Counter(dates=looked_at, citations=len(listed))


def _held(cell: Cell) -> tuple[Token | None, Token | None]:
    """The number and the day that a cell holds, if nothing else stands in it."""
    text = joined(cell.text)
    if cell.is_number or not _SHORTEST <= len(text) <= _LONGEST or not any(letter.isdigit() for letter in text):
        return None, None
    found = list(tokens(text))
    beside = text
    for one in reversed(found):
        beside = beside[: one.start] + beside[one.end :]
    kinds = [one.piece for one in found]
    if not _BESIDE.fullmatch(beside) or kinds not in ([Piece.NUMBER], [Piece.DATE], [Piece.NUMBER, Piece.DATE]):
        return None, None
    return (found[0] if kinds[0] is Piece.NUMBER else None), (found[-1] if kinds[-1] is Piece.DATE else None)


def _days(grid: Grid) -> dict[int, dict[int, _Day]]:
    """The days of each column by row; none of a column that has the month before the day."""
    out: dict[int, dict[int, _Day]] = defaultdict(dict)
    for at, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            _, token = _held(cell)
            if token is not None:
                cited = cited_date(token.found)
                day, month, year = (int(part) for part in cited.text.split("/"))
                out[column][at] = _Day(cited.text, cited.day, (day, month, year), cell)
    return {column: days for column, days in out.items() if not _are_turned(days)}


def _are_turned(days: dict[int, _Day]) -> bool:
    """Whether the days of a column cannot be days with the day first: many have no such month."""
    wrong = sum(one.day is None for one in days.values())
    return wrong > 1 and 2 * wrong > len(days) - wrong


def _papers(grid: Grid, days: dict[int, dict[int, _Day]]) -> Iterator[_Listed]:
    for at, row in enumerate(grid.rows):
        numbers = [
            (column, token)
            for column, cell in enumerate(row)
            if (token := _held(cell)[0]) is not None and stands_alone(token.found)
        ]
        if len(numbers) != 1:
            continue
        column, token = numbers[0]
        for beside in (column, column + 1, column - 1):
            day = days.get(beside, {}).get(at)
            if day is not None and not _OTHER_DAY.search(_head(grid, beside, days)):
                number = printed_number(token.found)
                text = " ".join(words for cell in row if (words := joined(cell.text)))
                yield _Listed(number, number_key(number), day, text)
                break


def _head(grid: Grid, column: int, days: dict[int, dict[int, _Day]]) -> str:
    """The words over the first day of a column."""
    first = min(days[column])
    above = grid.rows[max(0, first - _HEAD_ROWS) : first]
    return " ".join(folded(row[column].text) for row in above if column < len(row))


def _impossible(grid: Grid, days: dict[int, dict[int, _Day]], papers: Sequence[_Listed]) -> Iterator[StatementFinding]:
    """The days that no calendar has, in columns of days."""
    # The cells of a printed line may all have its place.
    numbers = {id(one.day.cell): one.number for one in papers}
    for column, own in days.items():
        wrong = {at: one for at, one in own.items() if one.day is None and one.parts[2] in _YEARS}
        if len(wrong) == len(own) and "ngay" not in _head(grid, column, days):
            continue
        for at, one in wrong.items():
            text = " ".join(words for cell in grid.rows[at] if (words := joined(cell.text)))
            number = numbers.get(id(one.cell))
            why, facts = ("date_impossible", {"number": number}) if number else ("day_impossible", {})
            yield StatementFinding(
                StatementKind.IMPOSSIBLE_DATE, Severity.SLIP, Sure.CERTAIN, one.cell.place, text, one.text, "", why,
                facts,
            )  # fmt: skip


def _apart(listed: Sequence[_Listed], passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The papers whose day is a misprint of the one that the text gives for them, or the other way round."""
    rows = Counter(one.key for one in listed)
    told: dict[str, list[tuple[date, str, Place]]] = defaultdict(list)
    for passage in passages:
        if "/" in passage.text:
            for cited in citations_in(passage.text, passage.pieces):
                if cited.key in rows and cited.date is not None and cited.date.day is not None:
                    told[cited.key].append((cited.date.day, cited.date.text, passage.place_at(cited.start)))
    for one in listed:
        others = {day for day, _, _ in told[one.key]}
        if rows[one.key] > 1 or len(others) != 1 or one.day.day is None:
            continue
        day, printed, place = told[one.key][0]
        if _is_misprint(one.day.day, day):
            facts = {"number": one.number, "at": place}
            yield StatementFinding(
                StatementKind.TWO_DATES, Severity.SLIP, Sure.CERTAIN, one.day.cell.place, one.text, one.day.text,
                printed, "two_dates", facts,
            )  # fmt: skip


def _is_misprint(one: date, other: date) -> bool:
    """Whether two days are one, but for one digit or the order of the digits of day and month."""
    if one == other:
        return False
    digits = [f"{day:%d%m%Y}" for day in (one, other)]
    turned = one.year == other.year and sorted(digits[0][:4]) == sorted(digits[1][:4])
    return turned or misprint_between(*digits) is not None
