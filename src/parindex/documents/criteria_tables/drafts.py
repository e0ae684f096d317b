"""A row of a table while it is read, and the points in its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.criteria_tables import option_lines
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.printed_text import folded, in_capitals, joined, read_points
from parindex.documents.score_sheets.explanations import Explanations
from parindex.domain.errors import Place, Problem

_NUMBERS = re.compile(r"^\d+(?:[.,]\d+)?(?:\s+\d+(?:[.,]\d+)?)+$")


@dataclass(slots=True)
class Draft:
    """A row while it is read: texts still in pieces."""

    code: str
    code_is_number: bool
    title: list[str]
    place: Place
    points: str = ""
    option_texts: list[str] = field(default_factory=list)
    #: The item prints no maximum of its own: ``points`` are those of its best option.
    best_option_is_max: bool = False
    texts: dict[Column, list[str]] = field(default_factory=dict)
    #: The word for its level that stands before the code ("linh vuc").
    level_word: str = ""
    #: No code could be read; ``code`` is "" until one is supplied, ``unreadable`` is what is printed.
    code_lost: bool = False
    unreadable: str = ""
    #: The cell of its points is merged with that of the row above.
    points_merged: bool = False
    #: The explanations in its cell, once all rows are read.
    explanations: Explanations = field(default_factory=Explanations)
    #: The code as printed, where ``code`` is another.
    printed: str = ""

    def add_option(self, text: str, points: str) -> None:
        """An option in a row of its own with its points in the column of the maximum.

        Then the item's own row may hold the first option, and the maximum is that of the best option.
        """
        first = self.option_texts[:1] if len(self.option_texts) == 1 and not self.best_option_is_max else []
        if first and self.points and option_lines.read_line(first[0]) is None:
            self.option_texts = [f"{joined(first[0])}: {self.points}"]
            self.best_option_is_max = True
        elif not self.points:
            self.best_option_is_max = True
        self.option_texts.append(f"{joined(text)}: {points}")
        if self.best_option_is_max and (read_points(points) or 0) >= (read_points(self.points) or 0):
            self.points = points

    def add(self, column: Column, text: str) -> None:
        """One more piece of the text of ``column``."""
        if text:
            self.texts.setdefault(column, []).append(text)

    def text(self, column: Column) -> str:
        """All of a column's text on one line."""
        return joined(" ".join(self.texts.get(column, ())))


@dataclass(slots=True)
class Totals:
    """The total row of a table, where it prints one."""

    place: Place = field(default_factory=Place)
    values: dict[Column, Fraction] = field(default_factory=dict)
    #: The total stands above the rows.
    leads: bool = False


def points_of(draft: Draft, text: str, doubts: list[Problem]) -> Fraction | None:
    """The points in a cell of a row; None for an empty cell.

    What is no single number is a doubt: ``points_not_read``, ``several_numbers`` (taken where all are equal).
    """
    value = read_points(text)
    if value is not None or not text:
        return value
    if _NUMBERS.match(text):
        values = {read_points(part) for part in text.split()}
        doubts.append(Problem("several_numbers", draft.place, {"code": draft.code, "text": short(text)}))
        return values.pop() if len(values) == 1 else None
    doubts.append(Problem("points_not_read", draft.place, {"code": draft.code, "text": short(text)}))
    return None


def is_area_title(title: str, points: str, last: Draft | None) -> bool:
    """An area without a code: capitals with points, or capitals that do not go on from capitals."""
    if not in_capitals(title) or len(folded(title)) < 8:
        return False
    if last is None:
        return True
    goes_on = in_capitals(" ".join(last.title)) and not points
    return not goes_on and not (in_capitals(" ".join(last.title)) and not last.points)


def is_unfinished(last: Draft) -> bool:
    """A title that cannot end where it does: an open bracket, a comma, a joining word."""
    text = joined(" ".join(last.title))
    return text.count("(") > text.count(")") or bool(
        re.search(r"(,|;|\b(và|của|về|theo|đối với|trong|các|thuộc|hoặc))$", text)
    )


def short(text: str) -> str:
    flat = joined(text)
    return flat if len(flat) <= 80 else flat[:79] + "…"
