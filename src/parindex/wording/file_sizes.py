"""Sizes of files as people read them: ``1,2 MB``."""

from __future__ import annotations

_STEP = 1024


def size_text(size: int) -> str:
    """At most one decimal, in the unit that keeps the number short."""
    if size < _STEP:
        return f"{size} byte"
    for unit in ("KB", "MB"):
        tenths = (size * 10 + _STEP // 2) // _STEP
        if tenths < _STEP * 10 or unit == "MB":
            whole, part = divmod(tenths, 10)
            return f"{whole},{part} {unit}" if part and whole < 100 else f"{whole} {unit}"
        size //= _STEP
    return ""  # pragma: no cover
