"""The modules that the path of a QR code draws."""

from __future__ import annotations

import re

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")


def modules(size: int, path: str) -> list[list[bool]]:
    """Dark modules, row by row, as a reader of the picture finds them; everything in the path must be a run."""
    drawn = [[False] * size for _ in range(size)]
    assert _RUN.sub("", path) == ""
    for x, y, width in _RUN.findall(path):
        for at in range(int(x), int(x) + int(width)):
            drawn[int(y)][at] = True
    return drawn
