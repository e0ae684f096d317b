"""Where the rows of a score sheet in flowing text begin.

A code at the start of a line may be a row or a number inside an explanation ("2.0 và tổ chức…", "5.2.1, 5.2.2…").
Each such line is a candidate; a candidate with points after its title is strong. The rows are the cheapest chain of
candidates: a code that follows the one before it costs nothing, gaps, repetitions and steps back cost, and so does
passing over a strong candidate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.score_sheets.lines import Line
from parindex.domain.criteria import codes

_ARABIC = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")
_OTHER = re.compile(r"^(?:[IVX]{1,5}|[A-HĐ])\.?$")
_CODE_TAIL = re.compile(r"^\.?\d{1,2}(?:\.\d{1,2})*$")
NUMBER = re.compile(r"^\d{1,3}(?:[.,]\d{1,6})?$")
#: A title longer than this many lines before its points is none.
_MAX_TITLE_LINES = 15
_TOTAL = re.compile(r"^(?:tổng\s+(?:số\s+)?(?:điểm|cộng)|cộng)\b", re.IGNORECASE)

_FREE, _GAP, _OTHER_BRANCH, _TWICE, _BACK = 0, 3, 4, 4, 8
_WEAK = 6  # a start without points
_PASSED_OVER = {1: 5, 2: 10}  # a start passed over that one number, or two and more, follow
_TAKES_POINTS = 12  # a start where the row before has its points


@dataclass(frozen=True, slots=True)
class RowStart:
    """One place where a row may begin: the code, as printed, and the position of the first word after it."""

    code: str
    printed: str
    line: int
    next_line: int
    next_word: int
    #: The line that has the points due after the title; None where there are none.
    points_line: int | None
    #: What the step from the row before cost; 0 where the code was to be expected.
    surprise: int = 0

    @property
    def last_line(self) -> int:
        """The line with the points, or with the end of the code."""
        return self.next_line if self.points_line is None else self.points_line

    @property
    def strong(self) -> bool:
        """Whether points follow the title."""
        return self.points_line is not None


@dataclass(frozen=True, slots=True)
class Rows:
    """The chosen starts in order, the strong candidates passed over, the line of the total (None: there is none)."""

    starts: tuple[RowStart, ...]
    passed_over: tuple[RowStart, ...]
    total_line: int | None


def find_rows(lines: Sequence[Line], numbers: int) -> Rows:
    """The rows of the sheet below its head; ``numbers`` columns of points follow its titles."""
    candidates = [each for at in range(len(lines)) for each in _candidates(lines, at, numbers)]
    chosen = _best_chain(candidates, _PASSED_OVER[2 if numbers > 1 else 1])
    starts = [candidates[at] for at in chosen]
    taken = {line for start in starts for line in range(start.line, start.last_line + 1)}
    after = starts[-1].line if starts else 0
    passed = tuple(each for each in candidates if each.strong and each.line not in taken and starts[0].line < each.line)
    return Rows(_qualified(starts), passed, _total_line(lines, after))


def is_number(word: str) -> bool:
    """Whether a word can be points: ``8,5``, ``0.25``, ``100``."""
    return NUMBER.match(word) is not None


def _total_line(lines: Sequence[Line], after: int) -> int | None:
    for at in range(after + 1, len(lines)):
        words = lines[at].words
        numbers = 0
        while numbers < len(words) and is_number(words[-1 - numbers]):
            numbers += 1
        if numbers and _TOTAL.match(lines[at].text) and len(words) - numbers <= 4:
            return at
    return None


def _candidates(lines: Sequence[Line], at: int, numbers: int) -> list[RowStart]:
    words = lines[at].words
    arabic = _ARABIC.match(words[0]) is not None
    if not arabic and not _OTHER.match(words[0]):
        return []
    code = words[0].rstrip(".")
    if len(words) > 1:
        if not _can_begin_title(words[1]):
            return []
        return [RowStart(code, words[0], at, at, 1, _points_line(lines, at, 1, numbers))]
    return _alone(lines, at, code, arabic, numbers)


def _alone(lines: Sequence[Line], at: int, code: str, arabic: bool, numbers: int) -> list[RowStart]:
    """A code that has its line for itself: the rest of it may stand on the next line ("7.1.1", "0")."""
    if at + 1 >= len(lines):
        return []
    following = lines[at + 1].words
    if arabic and len(following) == 1 and _CODE_TAIL.match(following[0]) and at + 2 < len(lines):
        joined = code + "." + following[0] if lines[at].words[0].endswith(".") else code + following[0]
        if _can_begin_title(lines[at + 2].words[0]):
            printed = f"{lines[at].words[0]} {following[0]}"
            return [
                RowStart(joined.replace("..", "."), printed, at, at + 2, 0, _points_line(lines, at + 2, 0, numbers))
            ]
    if _can_begin_title(following[0]):
        return [RowStart(code, lines[at].words[0], at, at + 1, 0, _points_line(lines, at + 1, 0, numbers))]
    return []


def _can_begin_title(word: str) -> bool:
    return word[0].isupper() or word[0] in "\"“'(" or (word[0].isalpha() and len(word) > 1 and word[1:2].isupper())


def _points_line(lines: Sequence[Line], at: int, word: int, numbers: int) -> int | None:
    """The line with the points due after a title: its own, or one below on the same page that begins with them."""
    run = min(numbers, 2)
    first = lines[at].words[word:]
    if any(_are_numbers(first[start : start + run], run) for start in range(1, len(first))):
        return at
    for below in range(at + 1, min(at + _MAX_TITLE_LINES, len(lines))):
        words = lines[below].words
        if lines[below].page != lines[at].page:
            return None
        if _are_numbers(words[:run], run):
            return below
        if _ARABIC.match(words[0]) and len(words) > 1 and words[1][0].isupper():
            return None
    return None


def _are_numbers(words: Sequence[str], run: int) -> bool:
    return len(words) == run and all(is_number(word) for word in words)


def _best_chain(candidates: Sequence[RowStart], passing: int) -> list[int]:
    """Positions of the cheapest chain from any first to any last; passing over a strong one costs ``passing``."""
    if not candidates:
        return []
    passed = [0]
    for each in candidates:
        passed.append(passed[-1] + (passing if each.strong else 0))
    inside = [_inside(candidates, at, passed) for at in range(len(candidates))]
    best: list[int] = []
    link: list[int | None] = []
    for at, here in enumerate(candidates):
        cost, origin = passed[at] + (_FREE if _is_first(here.code) else _GAP), None
        for before in range(at):
            above = candidates[before]
            step = best[before] + _step(above.code, here.code) + passed[at] - passed[before + 1] - inside[before]
            step += _TAKES_POINTS if here.line <= above.last_line else 0
            if above.next_line < here.line and step < cost:
                cost, origin = step, before
        best.append(cost + (0 if here.strong else _WEAK))
        link.append(origin)
    ends = [best[at] + passed[-1] - passed[at + 1] - inside[at] for at in range(len(candidates))]
    last: int | None = min(range(len(ends)), key=lambda at: (ends[at], -at))
    chain: list[int] = []
    while last is not None:
        chain.append(last)
        last = link[last]
    return chain[::-1]


def _inside(candidates: Sequence[RowStart], at: int, passed: Sequence[int]) -> int:
    """What passing over the candidates between a row's code and its points would cost: they are its own, so nothing."""
    end = at + 1
    while end < len(candidates) and candidates[end].line <= candidates[at].last_line:
        end += 1
    return passed[end] - passed[at + 1]


def _step(before: str, here: str) -> int:
    """What it costs that ``here`` follows ``before``."""
    if before == here:
        return _TWICE
    if _style(here) != _style(before):
        return _FREE if _is_first(here) or _style(here) != "arabic" else _OTHER_BRANCH
    if _style(here) != "arabic":
        return _FREE if _ordinal(here) == _ordinal(before) + 1 else _OTHER_BRANCH
    if here == before + ".1" or here in _next_codes(before):
        return _FREE
    if codes.sort_key(here) < codes.sort_key(before):
        return _BACK
    above = codes.parent(here)
    return _GAP if any(codes.parent(each) == above for each in _with_ancestors(before)) else _OTHER_BRANCH


def _with_ancestors(code: str) -> list[str]:
    out = [code]
    while (above := codes.parent(out[-1])) is not None:
        out.append(above)
    return out


def _next_codes(code: str) -> set[str | None]:
    return {codes.next_sibling(each) for each in _with_ancestors(code)}


def _style(code: str) -> str:
    if code[0].isdigit():
        return "arabic"
    return "roman" if set(code) <= set("IVX") else "letter"


def _is_first(code: str) -> bool:
    return code in ("1", "I", "A")


def _ordinal(code: str) -> int:
    if _style(code) == "letter":
        return "ABCDĐEGH".find(code)
    value = {"I": 1, "V": 5, "X": 10}
    sizes = [value[char] for char in code]
    return sum(-one if one < two else one for one, two in zip(sizes, [*sizes[1:], 0], strict=True))


def _qualified(starts: Sequence[RowStart]) -> tuple[RowStart, ...]:
    """The starts with what their steps cost; numbers that begin anew under I, II… carry that area's code in front."""
    mixed = len({_style(start.code) for start in starts}) > 1
    area = ""
    out: list[RowStart] = []
    for at, start in enumerate(starts):
        surprise = _step(starts[at - 1].code, start.code) if at else (_FREE if _is_first(start.code) else _GAP)
        code = start.code
        if mixed and _style(code) != "arabic":
            area = code
        elif mixed and area:
            code = f"{area}.{code}"
        out.append(
            RowStart(code, start.printed, start.line, start.next_line, start.next_word, start.points_line, surprise)
        )
    return tuple(out)
