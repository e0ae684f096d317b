"""Which row stands under which: by code where the codes allow it, by document order where a code is wrong.

A wrong code is not put right here; it is put where the paper prints it, so that the check finds it, and finds nothing
else.
"""

from __future__ import annotations

from collections.abc import Sequence

from parindex.domain.criteria import codes


def parents(row_codes: Sequence[str]) -> list[int | None]:
    """The position of each row's parent; None for areas.

    * The code above is open: the row stands under it (2.3.1 under 2.3, also where 2.3.1 has been before).
    * A dot is missing (11.1 or 1.11 where 1.1.1 is due): the row stands where the code with its dot would.
    * Else the row stands under the nearest open row of the level above (2.4.1 within 2.3 stays within 2.3).
    """
    out: list[int | None] = []
    open_rows: list[int] = []  # positions from the area down to the row before
    last_child: dict[int | None, int] = {}
    for at, code in enumerate(row_codes):
        above = _above(code, row_codes, open_rows, last_child)
        while open_rows and open_rows[-1] != above:
            open_rows.pop()
        out.append(above)
        last_child[above] = at
        open_rows.append(at)
    return out


def _above(code: str, row_codes: Sequence[str], open_rows: list[int], last_child: dict[int | None, int]) -> int | None:
    due = _due(row_codes, open_rows, last_child)
    if code not in due.values():
        for place, expected in due.items():
            if "." in expected and expected.replace(".", "") == code.replace(".", ""):
                return place
    upper = codes.parent(code)
    if upper is None:
        return None
    for place in reversed(open_rows):
        if row_codes[place] == upper:
            return place
    level = codes.depth(code)
    return open_rows[min(level - 1, len(open_rows)) - 1] if open_rows else None


def _due(row_codes: Sequence[str], open_rows: list[int], last_child: dict[int | None, int]) -> dict[int | None, str]:
    """The next code that is due under each open row, deepest first."""
    out: dict[int | None, str] = {}
    for place in [*reversed(open_rows), None]:
        last = last_child.get(place)
        if last is not None:
            following = codes.next_sibling(row_codes[last])
            if following is not None:
                out[place] = following
        elif place is not None:
            out[place] = f"{row_codes[place]}.1"
    return out
