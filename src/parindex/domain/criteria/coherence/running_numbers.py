"""Where a numbering by one breaks: a number that is skipped, or one that is wrong by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def sequence_breaks(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Each break as (position, the number that was due); the numbering begins with 1, −1 stands for no number.

    A number that is wrong by itself (the next one goes on behind it) is one break, and so is a gap.
    """
    breaks: list[tuple[int, int]] = []
    due = 1
    for at, (number, following) in enumerate(pairwise([*numbers, -1])):
        if number == due:
            due += 1
            continue
        breaks.append((at, due))
        if following == due + 1:
            due += 1
        else:
            due = max(due, number + 1)
    return breaks
