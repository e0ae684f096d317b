"""Days as people type them at the command line: 01/02/2025, or as ISO writes them."""

from __future__ import annotations

import re

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def iso_day(typed: str) -> str:
    """A day as ISO writes it; what is written otherwise as it is: whether it is a day is asked elsewhere."""
    found = _DAY.fullmatch(typed.strip())
    return typed.strip() if found is None else f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
