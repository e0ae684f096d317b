"""Codes of nodes. A code is text: 1.10 is not 1.1, and sorts after 1.9."""

from __future__ import annotations

import re

#: "1", "1.10", "8.3.9", also "I", "A.1" or "3a": parts separated by dots, each of letters and digits.
CODE = re.compile(r"^[0-9A-Za-zĐđ]+(?:\.[0-9A-Za-zĐđ]+)*$")


def parts(code: str) -> tuple[str, ...]:
    """The parts of a code: ``"1.10"`` → ``("1", "10")``."""
    return tuple(code.split("."))


def depth(code: str) -> int:
    """1 for an area, 2 for a criterion, 3 for a subcriterion, and so on."""
    return code.count(".") + 1


def parent(code: str) -> str | None:
    """The code above: ``"1.10"`` → ``"1"``; None for an area."""
    return code.rpartition(".")[0] or None


def is_below(code: str, ancestor: str) -> bool:
    """Whether ``code`` stands anywhere under ``ancestor``."""
    return code.startswith(ancestor + ".")


def sort_key(code: str) -> tuple[tuple[int, int | str, str], ...]:
    """Order of codes: parts that are numbers by their value, others by their text after all numbers."""
    return tuple((0, int(p), p) if p.isdecimal() else (1, p, p) for p in parts(code))


def next_sibling(code: str) -> str | None:
    """The code that follows: ``"2.3.1"`` → ``"2.3.2"``; None where the last part is not a number."""
    head, _, last = code.rpartition(".")
    if not last.isdecimal():
        return None
    following = str(int(last) + 1)
    return f"{head}.{following}" if head else following
