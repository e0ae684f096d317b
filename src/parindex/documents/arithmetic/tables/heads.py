"""The words over a column, and what they say that the column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from parindex.documents.arithmetic.tables.amounts import cell_figure
from parindex.documents.arithmetic.tables.labels import CodeStyle, code_of
from parindex.documents.papers import Cell
from parindex.documents.printed_text import joined


class ColumnKind(StrEnum):
    """What a column holds by its head; ``PLAIN`` where the head does not say."""

    NUMBER = "number"
    MAXIMUM = "maximum"
    POINTS = "points"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    MEAN = "mean"
    SUM = "sum"
    RANK = "rank"
    GRADE = "grade"
    YEAR = "year"
    PLAIN = "plain"


_YEARS = range(1990, 2100)
_KINDS = (
    (ColumnKind.NUMBER, re.compile(r"^(?:s?tt|so tt|so thu tu|ma so|muc|no)\b\.?(?: \(?[a1]\)?)?$")),
    (
        ColumnKind.RANK,
        re.compile(
            r"(?:\b(?:xep hang|thu hang|vi thu|xep thu|thu bac)\b"
            r"|^hang(?:(?: nam)?(?: (?:19|20)\d\d)?| (?:nam|quy|thang|ky|dot) .{1,12}| truoc| cu| moi| nay)?$)"
            r"(?!.{0,20}(?:tang|giam))"
        ),
    ),
    (ColumnKind.GRADE, re.compile(r"\bxep loai|phan loai|muc do dat\b")),
    (
        ColumnKind.DIFFERENCE,
        re.compile(
            r"\b(?:tang|giam|chenh lech|so sanh|so voi|thay doi|bien dong|bi tru|bi mat|mat diem|diem mat|con lai)\b"
            r"|\+/-|\bdiem tru\b"
        ),
    ),
    (ColumnKind.MEAN, re.compile(r"\b(?:trung binh|binh quan|dtb|diem tb|tb)\b")),
    (ColumnKind.MAXIMUM, re.compile(r"\b(?:toi da|diem chuan|thang diem|khung diem)\b")),
    (
        ColumnKind.RATIO,
        re.compile(
            r"\b(?:ty le|ti le|ty trong|ti trong|dat ty le|muc do hai long|"
            r"chi so (?:hai long|cchc|sipas|par index|cai cach))\b|%"
        ),
    ),
    (ColumnKind.SUM, re.compile(r"\btong\b|(?:^|tong )cong$|\bcong diem\b")),
    (ColumnKind.POINTS, re.compile(r"\b(?:diem|tu cham|tham dinh|dat duoc)\b")),
)


def kind_of(head: str) -> ColumnKind:
    """What a folded head says of its column."""
    return next((kind for kind, pattern in _KINDS if pattern.search(head)), ColumnKind.PLAIN)


def is_head_row(row: Sequence[Cell]) -> bool:
    """Whether a row may belong to a head: words side by side, years, the numbers of the columns, no figures."""
    filled = [cell for cell in row if cell.text.strip()]
    if not filled:
        return True
    if are_numbers_of_columns(filled):
        return True
    if len(filled) < 2 and not any(cell.covered for cell in row):
        return False
    # Years under a merged cell begin behind the column of numbers.
    is_year = not row[0].text.strip() and filled[0].text.strip().isdigit() and int(filled[0].text) in _YEARS
    if not is_year and code_of(filled[0].text).style not in (CodeStyle.NONE, CodeStyle.LETTERED):
        return False
    figures = [figure for cell in filled if (figure := cell_figure(cell)) is not None]
    return all(figure.comma.value in _YEARS and figure.comma.places == 0 for figure in figures)


def are_numbers_of_columns(row: Sequence[Cell]) -> bool:
    """(1) (2) (3) or 1 2 3 4 under a head; "A B 1 2", "(5)=(4)-(3)"; one that a formula needs may be lost."""
    filled = [cell for cell in row if cell.text.strip()]
    texts = [joined(cell.text).strip("()[] ") for cell in filled]
    plain = [re.split(r"[)=\s]", text, maxsplit=1)[0] for text in texts]
    numbers = [int(text) for text in plain if re.fullmatch(r"\d{1,2}", text)]
    others = [text for text in plain if not re.fullmatch(r"\d{1,2}|[A-Za-z]", text)]
    named = {int(one) for text in texts if "=" in text for one in re.findall(r"\d{1,2}", text.partition("=")[2])}
    steps = list(zip(numbers, numbers[1:], strict=False))
    rising = all(before < after and named.issuperset(range(before + 1, after)) for before, after in steps)
    return len(filled) >= 3 and len(numbers) >= 2 and not others and rising and numbers[0] <= 3


def column_heads(rows: Sequence[Sequence[Cell]], width: int) -> tuple[str, ...]:
    """The words over each column: those of the column itself and of the merged cells above it."""
    heads = [""] * width
    own = [False] * width
    for number, row in enumerate(rows):
        below = rows[number + 1 :]
        last = ""
        for at in range(width):
            text = joined(row[at].text) if at < len(row) else ""
            under = any(at < len(other) and other[at].text.strip() for other in below)
            # Below words of its own a cell is the rest of these, not of the cell to its left.
            if text or own[at] or not under:
                last = text
            own[at] = own[at] or bool(text)
            heads[at] = f"{heads[at]} {last}".strip()
    return tuple(heads)
