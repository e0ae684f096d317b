"""Codes that stand before the titles, in the same cells, in a table without a column of codes."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.documents.criteria_tables.printed_codes import is_decimal, roman_value, split_leading, style
from parindex.documents.printed_text import joined
from parindex.domain.criteria import codes

_FEWEST = 3


def borne_out(titles: Sequence[str]) -> bool:
    """Whether most titles begin with a code, and these codes count: each begins a level or goes on with one."""
    leading = [split[0] for title in titles if (split := split_leading(joined(title))) is not None]
    if len(leading) < _FEWEST or 2 * len(leading) < len(titles):
        return False
    open_levels: list[tuple[str, str]] = []
    following = 0
    for code in leading:
        kind = style(code)
        depth = next((at for at, (known, _) in enumerate(open_levels) if known == kind), len(open_levels))
        before = open_levels[depth][1] if depth < len(open_levels) else ""
        following += _follows(code, before)
        open_levels[depth:] = [(kind, code)]
    return 5 * following >= 4 * len(leading)


def _follows(code: str, before: str) -> bool:
    if is_decimal(code) and "." in code:
        return True
    if not before:
        return code in ("1", "I", "A", "a")
    numeral = roman_value(code)
    if numeral is not None:
        return numeral == (roman_value(before) or 0) + 1
    if is_decimal(code):
        return code == codes.next_sibling(before)
    return code == "đ" or before == "đ" or ord(code) == ord(before) + 1
