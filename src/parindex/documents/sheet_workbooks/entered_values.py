"""From what a cell stores to the value that was meant: nothing is guessed, what may be meant in two ways is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from parindex.documents.printed_text import clean, joined
from parindex.documents.sheet_workbooks.cell_contents import MOST_CHARACTERS, Stored, fits, stored_text, writable
from parindex.documents.sheet_workbooks.sheet_workbook import Value, WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.errors import InvalidValue, Place, Problem
from parindex.domain.values import decimal_places, number_text, parse_number

_SHOWN = 80
_LISTED = 12
_SENTENCE_PLACES = 5
_PLAIN = re.compile(r"[+-]?[0-9]{1,40}(?:[.,][0-9]{1,40})?")
#: One dot before three digits: a thousand in Vietnamese, a decimal elsewhere.
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
#: Numbers with marks between thousands, by the mark of their decimals.
_THOUSANDS = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]{1,20})?"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]{1,20})?"),
}
_PERCENT = re.compile(r"([+-]?[0-9]{1,40}(?:[.,][0-9]{1,40})?) ?%")
_DATES = (datetime, date, time, timedelta)


class Unreadable(Exception):
    """What a cell holds is not what it takes."""

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number must keep: ``name`` is what it is called in a problem."""

    name: str
    integer: bool = False
    minimum: Fraction | None = None
    maximum: Fraction | None = None


def figure(stored: Stored, measure: WorkbookMeasure) -> Value | None:
    """The figure in a cell, None for a blank one. Raises :class:`Unreadable`."""
    if measure.kind is MeasureKind.NUMBER:
        limits = Limits(measure.title, measure.integer, measure.minimum, measure.maximum)
        value = _number(stored, limits)
        return None if value is None else _within(value, limits)
    words = _words(stored)
    if words is None:
        return None
    return _choice(words, measure) if measure.kind is MeasureKind.CHOICE else _entries(words, measure)


def points(stored: Stored, item: WorkbookItem) -> Fraction | None:
    """Points typed by hand, None for a blank cell. Raises :class:`Unreadable`."""
    value = _number(stored, Limits(item.code))
    if value is not None and value < 0:
        raise Unreadable("workbook_points_negative", item=item.code, points=value)
    if value is not None and item.max_points is not None and value > item.max_points:
        facts = {"item": item.code, "points": value, "max_points": item.max_points}
        raise Unreadable("workbook_points_above_maximum", **facts)
    return value


def explanation(stored: Stored, most: int = MOST_CHARACTERS) -> str | None:
    """The text in a cell with its own lines, None for a blank one. Raises :class:`Unreadable`."""
    words = _words(stored)
    if words is not None and (len(words) > most or not fits(words)):
        raise Unreadable("workbook_text_too_long", limit=min(most, MOST_CHARACTERS))
    return words


def problem(found: Unreadable, place: Place) -> Problem:
    """What is wrong with a cell, at its place."""
    return Problem(found.kind, place, found.facts)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _number(stored: Stored, limits: Limits) -> Fraction | None:
    if isinstance(stored, _DATES):
        raise Unreadable("workbook_date_for_number", measure=limits.name, text=_date_text(stored))
    text = joined(stored_text(stored)).replace("−", "-")
    if not text:
        return None
    if isinstance(stored, bool):
        raise Unreadable("workbook_not_a_number", measure=limits.name, text=text)
    if isinstance(stored, str):
        _refuse_unclear(text, limits)
    try:
        return parse_number(text)
    except InvalidValue:
        raise Unreadable("workbook_not_a_number", measure=limits.name, text=_short(text)) from None


def _refuse_unclear(text: str, limits: Limits) -> None:
    """Text that is no plain number, or may be two of them."""
    if _EITHER.fullmatch(text) and not limits.integer:
        facts = {"whole": parse_number(text.replace(".", "")), "decimal": parse_number(text)}
        raise Unreadable("workbook_number_ambiguous", measure=limits.name, text=text, **facts)
    if _PLAIN.fullmatch(text) and not _EITHER.fullmatch(text):
        return
    for mark, pattern in _THOUSANDS.items():
        if pattern.fullmatch(text):
            reading = parse_number(re.sub(r"[. ]" if mark == "," else r"[, ]", "", text))
            raise Unreadable("workbook_number_with_thousands", measure=limits.name, text=text, reading=_told(reading))
    percent = _PERCENT.fullmatch(text)
    if percent is not None:
        reading = parse_number(percent[1])
        raise Unreadable("workbook_number_with_percent", measure=limits.name, text=text, reading=_told(reading))
    raise Unreadable("workbook_not_a_number", measure=limits.name, text=_short(text))


def _within(value: Fraction, limits: Limits) -> Fraction:
    facts = {"measure": limits.name, "value": value}
    if limits.integer and value.denominator != 1:
        raise Unreadable("workbook_not_whole", measure=limits.name, value=_told(value))
    if limits.integer and limits.minimum is None and value < 0:
        raise Unreadable("negative_count", **facts)
    if limits.minimum is not None and value < limits.minimum:
        raise Unreadable("below_minimum", **facts, limit=limits.minimum)
    if limits.maximum is not None and value > limits.maximum:
        raise Unreadable("above_maximum", **facts, limit=limits.maximum)
    return value


# --- words -----------------------------------------------------------------------------------------------------------


def _words(stored: Stored) -> str | None:
    if isinstance(stored, _DATES):
        raise Unreadable("workbook_date_for_text", text=_date_text(stored))
    # Numbers and truth values are words that the program took for something else: "2020", "TRUE".
    text = writable(stored).strip() if isinstance(stored, str) else stored_text(stored)
    return text if clean(text) else None


def _choice(words: str, measure: WorkbookMeasure) -> str:
    wanted = _folded(words)
    by_label = {_folded(measure.label(key)): key for key in measure.choices}
    by_key = {_folded(key): key for key in measure.choices}
    key = by_label.get(wanted, by_key.get(wanted))
    if key is None:
        known = [f"“{measure.label(one)}”" for one in measure.choices]
        raise Unreadable("workbook_unknown_choice", measure=measure.title, text=_short(words), known=known[:_LISTED])
    return key


def _folded(text: str) -> str:
    return joined(clean(writable(text))).casefold()


def _entries(words: str, measure: WorkbookMeasure) -> tuple[str, ...]:
    """One entry a line; "0" alone is a list without entries."""
    entries = tuple(filter(None, (joined(clean(line)) for line in words.split("\n"))))
    if entries == ("0",):
        return ()
    if len(entries) == 1 and _PLAIN.fullmatch(entries[0]):
        raise Unreadable("workbook_number_for_list", measure=measure.title, text=entries[0])
    seen: set[str] = set()
    for entry in entries:
        if entry.casefold() in seen:
            raise Unreadable("workbook_entry_twice", measure=measure.title, entry=_short(entry))
        seen.add(entry.casefold())
    return entries


def _date_text(stored: Stored) -> str:
    """A date as it is printed here; a time as it is stored."""
    return f"{stored:%d/%m/%Y}" if isinstance(stored, date) else str(stored)


def _told(value: Fraction) -> Fraction | str:
    """A number for a sentence: as its digits where a sentence would round it."""
    places = decimal_places(value)
    return value if places is not None and places <= _SENTENCE_PLACES else number_text(value)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
