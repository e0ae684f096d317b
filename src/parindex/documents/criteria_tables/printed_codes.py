"""Codes as printed, and the codes that are meant: line breaks joined, lost zeros restored, levels of other
numberings qualified.

A spreadsheet that takes codes for numbers turns 1.10 into 1.1, and one that takes them for dates turns 1.1.2 into a
day. The row
before says what was meant; nothing is put right without a doubt that says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from parindex.domain.criteria import codes

_DECIMAL = re.compile(r"^\d{1,3}(?:\.\d{1,3}){0,6}$")
_ROMAN = re.compile(r"^(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})$")
_UPPER = re.compile(r"^[A-HĐ]$")
_LOWER = re.compile(r"^[a-eđg-i]$")
_MIXED = re.compile(r"^(?:[IVX]{1,5}|[A-HĐ])(?:\.\d{1,3}){1,6}$")
_SUFFIXED = re.compile(r"^\d{1,3}(?:\.\d{1,3}){0,6}(?:\.?[a-eđ])$")
_WORD = re.compile(
    r"^(?:lĩnh vực|tiêu chí(?: thành phần)?|phần|mục|nội dung|nhóm)\s*:?\s+(?=[\dIVXA-H])", re.IGNORECASE
)
#: A short word for the level, right before the number: "TC1.1", "LV 2".
_ABBREVIATED = re.compile(r"^(?:LV|TCTP|TC|CSTP|CS|ND|NTC)[ .-]?(?=\d{1,3}(?:\.\d{1,3})*\W*$)", re.IGNORECASE)
#: Small Roman numerals: "ii", "iv.1.1"; "i" alone is told from the letter by the codes below it.
_SMALL_NUMERAL = re.compile(r"^(?:[ivx]{1,5}(?:\.\d{1,3}){1,6}|[ivx]{2,5}|[vx])$")
_COMMA = re.compile(r"^\d{1,3}(?:,\d{1,3})+$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
#: "1.1. Kế hoạch", "I/ CÔNG TÁC", "a) Nội dung": a code and a title in one cell.
_LEADING = re.compile(
    r"^(?:(?:lĩnh vực|tiêu chí(?: thành phần)?|phần|mục)\s+|(?:LV|TCTP|TC|CSTP|CS)\s?(?=\d))?"
    r"(?P<code>\d{1,3}(?:\.\d{1,3}){1,6}|\d{1,3}(?=[.)/:]|\s+[A-ZĐÀ-Ỹ])|[IVX]{1,5}(?=[.)/:]|\s+[A-ZĐÀ-Ỹ]{2})|[A-H](?=[.)/])|[a-eđ](?=[.)/]))"
    r"\s*[.)/:-]*\s+(?P<title>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Settled:
    """A code that was settled on; ``kind`` names the doubt about it ("" for none), ``facts`` what it was decided by."""

    code: str
    printed: str = ""
    kind: str = ""
    facts: tuple[tuple[str, Any], ...] = ()


def read_code(text: str) -> str | None:
    """The code in a cell, without line breaks, spaces, brackets and closing marks; None where the cell holds no code.

    ``"1.10.\\n1"`` → ``"1.10.1"``, ``"Lĩnh vực 2"`` → ``"2"``, ``"a)"`` → ``"a"``, ``"1,2"`` → ``"1.2"``,
    ``"TC1.1"`` → ``"1.1"``, ``"ii.1"`` → ``"II.1"``.
    """
    bare = _ABBREVIATED.sub("", _WORD.sub("", text.strip()).lstrip("( "))
    bare = re.sub(r"\s+", "", bare).strip("().:/;-–_")
    if _SMALL_NUMERAL.match(bare) and roman_value(bare.partition(".")[0].upper()) is not None:
        return bare.upper()
    if _COMMA.match(bare):
        bare = bare.replace(",", ".")
    if not bare or len(bare) > 30:
        return None
    if _DAY.match(bare):
        return bare
    patterns = (_DECIMAL, _ROMAN, _UPPER, _LOWER, _MIXED, _SUFFIXED)
    return bare if any(pattern.match(bare) for pattern in patterns) else None


def looks_like_code(text: str) -> bool:
    """Whether a cell holds a code and nothing else."""
    return len(text) <= 40 and read_code(text) is not None


def split_leading(text: str) -> tuple[str, str] | None:
    """A code and a title that share one cell, apart; None where the cell does not begin with a code."""
    found = _LEADING.match(text)
    if found is None:
        return None
    code = read_code(found["code"])
    return (code, found["title"]) if code is not None else None


def roman_value(code: str) -> int | None:
    """1 for ``I``, 4 for ``IV``; None for what is no Roman numeral up to 39."""
    if not _ROMAN.match(code):
        return None
    values = [_ROMAN_VALUES[letter] for letter in code]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def is_decimal(code: str) -> bool:
    """Whether ``code`` is made of numbers and dots."""
    return bool(_DECIMAL.match(code))


def settle(printed: Sequence[tuple[str, bool]]) -> list[Settled]:
    """The codes meant by the codes printed (text, stored as a number?), row by row in reading order."""
    restored = _restored(_numerals(printed))
    if all(is_decimal(row.code) for row in restored):
        return restored
    return _qualified(restored)


def _numerals(printed: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The codes with "i" as the numeral, where a code right below says that it is one: i, i.1."""
    below = [*(text for text, _ in printed[1:]), ""][: len(printed)]
    return [
        (text.upper() if text == "i" and after.startswith("I.") else text, is_number)
        for (text, is_number), after in zip(printed, below, strict=True)
    ]


# --- lost zeros, days ----------------------------------------------------------------------------------------------


def _restored(printed: Sequence[tuple[str, bool]]) -> list[Settled]:
    out: list[Settled] = []
    seen: set[str] = set()
    last_child: dict[str, str] = {}
    previous = ""
    for text, is_number in printed:
        row = (
            _from_day(text, previous, last_child) if _DAY.match(text) else _with_zero(text, is_number, seen, last_child)
        )
        out.append(row)
        seen.add(row.code)
        last_child[codes.parent(row.code) or ""] = row.code
        previous = row.code
    return out


def _with_zero(text: str, is_number: bool, seen: set[str], last_child: dict[str, str]) -> Settled:
    """1.1 after 1.9 is 1.10: the code has been seen, and the next one would differ only by zeros at its end."""
    sibling = last_child.get(codes.parent(text) or "")
    expected = codes.next_sibling(sibling) if sibling else None
    if expected is None or text not in seen or not expected.endswith("0") or expected.rstrip("0") != text:
        return Settled(text)
    facts = (("printed", text), ("restored", expected), ("after", sibling), ("stored_as_number", is_number))
    # A number may well show its zero; what the paper prints is then not known to differ.
    return Settled(expected, "" if is_number else text, "code_restored", facts)


def _from_day(text: str, previous: str, last_child: dict[str, str]) -> Settled:
    """A code that a spreadsheet took for a date: of its readings the one that follows on the rows before."""
    day = date.fromisoformat(text)
    year = str(day.year % 100)
    readings = [
        f"{day.day}.{day.month}",
        f"{day.month}.{day.day}",
        f"{day.day}.{day.month}.{year}",
        f"{day.month}.{day.day}.{year}",
    ]
    expected = {f"{previous}.1", *filter(None, (codes.next_sibling(code) for code in last_child.values()))}
    chosen = next((reading for reading in readings if reading in expected), readings[0])
    return Settled(
        chosen, text, "code_was_date", (("printed", text), ("restored", chosen), ("sure", chosen in expected))
    )


# --- numberings with other levels ----------------------------------------------------------------------------------


def style(code: str) -> str:
    """The kind of numbering that a code belongs to."""
    if is_decimal(code):
        return f"decimal{codes.depth(code)}"
    if roman_value(code) is not None:
        return "roman"
    if _UPPER.match(code):
        return "upper"
    return "lower" if _LOWER.match(code) else "mixed"


def _qualified(rows: Sequence[Settled]) -> list[Settled]:
    """Codes of a table with Roman or letter levels: "1.1" under II becomes "II.1.1", or II becomes 2 where 2.1
    stands below.
    """
    return _qualified_below(_as_numbers(rows) if _romans_are_areas(rows) else rows)


def _romans_are_areas(rows: Sequence[Settled]) -> bool:
    """Whether every code below a Roman numeral begins with its value: I, 1.1, 1.1.1, II, 2.1."""
    value: int | None = None
    dotted = 0
    for row in rows:
        number = roman_value(row.code)
        if number is not None:
            value = number
        elif not is_decimal(row.code):
            return False
        else:
            first, *rest = codes.parts(row.code)
            if not rest or value is None or int(first) != value:
                return False
            dotted += 1
    return dotted > 0


def _as_numbers(rows: Sequence[Settled]) -> list[Settled]:
    def numbered(row: Settled) -> Settled:
        value = roman_value(row.code)
        return row if value is None else Settled(str(value), row.code)

    return [numbered(row) for row in rows]


def _qualified_below(rows: Sequence[Settled]) -> list[Settled]:
    """Outline order: a style that is new stands below the row before, a style seen before goes back to its level."""
    out: list[Settled] = []
    open_styles: list[tuple[str, str]] = []  # style and settled code of the open levels, from the top
    for row in rows:
        kind = style(row.code)
        if kind == "mixed":
            out.append(row)
            continue
        depth = next((i for i, (name, _) in enumerate(open_styles) if name == kind), len(open_styles))
        del open_styles[depth:]
        code = _below(row.code, kind, open_styles)
        open_styles.append((kind, code))
        if code == row.code:
            out.append(row)
        else:
            facts = (("printed", row.printed or row.code), ("qualified", code))
            out.append(Settled(code, row.printed or row.code, row.kind or "code_qualified", row.facts or facts))
    return out


def _below(code: str, kind: str, open_styles: Sequence[tuple[str, str]]) -> str:
    """``code`` under the open levels: a decimal goes on from the letter or numeral above it, a letter from any code."""
    if not open_styles:
        return code
    if kind.startswith("decimal"):
        anchor = next((c for name, c in reversed(open_styles) if not name.startswith("decimal")), "")
        return f"{anchor}.{code}" if anchor else code
    return f"{open_styles[-1][1]}.{code}"
