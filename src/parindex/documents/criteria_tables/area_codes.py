"""The codes of areas that the paper prints without one."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.documents.criteria_tables import printed_codes
from parindex.documents.criteria_tables.drafts import Draft

_NUMERALS = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def supply_area_codes(drafts: Sequence[Draft]) -> set[int]:
    """Give areas without a code the one that the rows below them begin with, else their number; Roman numerals where
    all rows stand below such areas and have these numbers themselves.

    Returns the positions of these areas.
    """
    supplied = [at for at, draft in enumerate(drafts) if not draft.code]
    numbers = {at: _number(drafts, at) for at in supplied}
    taken = {draft.code for draft in drafts if draft.code}
    if any(_is_roman(code) for code in taken) or (0 in numbers and not taken.isdisjoint(numbers.values())):
        count = 0
        for draft in drafts:
            count += not draft.code or _is_roman(draft.code)
            draft.code = draft.code or roman(count)
        return set(supplied)
    for at in supplied:
        drafts[at].code = _number(drafts, at)
        _put_below(drafts, at)
    return set(supplied)


def _put_below(drafts: Sequence[Draft], area: int) -> None:
    """The rows below an area that count from 1 again, although 1 is the code of another area, go on from its code."""
    if all(draft.code != "1" for draft in drafts[:area]):
        return
    due = 1
    for draft in drafts[area + 1 :]:
        first, _, rest = draft.code.partition(".")
        if not first.isdecimal() or int(first) != (due - 1 if rest else due):
            return
        due += not rest
        draft.printed, draft.code = draft.code, f"{drafts[area].code}.{draft.code}"


def roman(number: int) -> str:
    """4 → ``IV``."""
    out = ""
    for numeral, value in _NUMERALS:
        while number >= value:
            out, number = out + numeral, number - value
    return out


def _is_roman(code: str) -> bool:
    return printed_codes.roman_value(code) is not None


def _number(drafts: Sequence[Draft], at: int) -> str:
    """The number for the area at ``at``, after the numbers before it."""
    following = next((draft.code for draft in drafts[at + 1 :] if draft.code), "")
    if "." in following:
        return following.partition(".")[0]
    return str(1 + sum(draft.code.isdecimal() or not draft.code for draft in drafts[:at]))
