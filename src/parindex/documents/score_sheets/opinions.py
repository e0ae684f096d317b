"""Opinions and explanations inside one cell of a score sheet, taken apart.

Both are printed by a software that puts everything ever written about an item into one cell, one after the other.
"""

from __future__ import annotations

import re
from datetime import datetime

from parindex.documents.papers import PrintedOpinion
from parindex.documents.score_sheets.widths import room_left, text_width

#: "Cấp 2:", "Cấp II:", "Cấp tỉnh:", "Vòng 1:": how an opinion names its appraisal level.
LEVEL = r"(?:Cấp|CẤP|Vòng|VÒNG)\s+(?:\d{1,2}|[IVX]{1,4}|[Tt]rung ương|[Bb]ộ|[Tt]ỉnh|[Hh]uyện|[Xx]ã|[Ss]ở)\s*:"
_LEVELS = re.compile(rf"(?:^|(?<=[\s.;,]))({LEVEL})")
_TIME = (
    r"(?:(?P<clock>\d{1,2}:\d{2})(?::\d{2})?\s*[-–,]?\s*(?P<day>\d{1,2}/\d{1,2}/\d{4})"
    r"|(?P<day2>\d{1,2}/\d{1,2}/\d{4})\s*[-–,]?\s*(?P<clock2>\d{1,2}:\d{2})(?::\d{2})?)"
)
_UNIT_NOUN = (
    r"(?:Vụ|Cục|Tổng cục|Chi cục|Sở|Ban|Bộ|Văn phòng|Phòng|Thanh tra|Trung tâm|Viện|Tổ|Hội đồng|UBND|HĐND|Kho bạc)"
)
_UNIT = rf"{_UNIT_NOUN}\b(?:(?!{_UNIT_NOUN}\b|[():]).)*?"
#: "Vụ Đào tạo…_thẩm định (13:39 - 07/04/2021) - ": the stamp of the software in front of what the unit wrote.
_STAMP = re.compile(rf"(?P<unit>{_UNIT})?[_\s]*(?:thẩm\s+định)?\s*\(\s*{_TIME}\s*\)\s*[-–:]?\s*")

#: What may stand between an opinion and its stamp.
_BETWEEN = " -–_"
#: A block that begins like this goes on with the list before it.
_LIST_MARK = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)]\s|[a-zđ][.)]\s)")
_UNFINISHED = (":", ",", ";", "-", "–")
#: In a cell whose lines are wrapped, a line that leaves more than this part of the width free (1/20) was ended on
#: purpose.
EARLY = 20


def parse_opinions(text: str) -> tuple[PrintedOpinion, ...]:
    """Every opinion in the text of one cell, in order; () for an empty cell.

    "Cấp 2: Vụ Đào tạo bồi dưỡng CBCCVC_thẩm định (13:39 - 07/04/2021) - Chưa có KQ…" gives level "Cấp 2", the unit,
    the time
    "2021-04-07T13:39" and the text after the stamp. What stands before the first level has level "". A time that no
    calendar has stays in the text, and ``at`` is "".
    """
    flat = " ".join(text.split())
    cuts = [match.start(1) for match in _LEVELS.finditer(flat)]
    pieces = [flat[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(flat)], strict=True)]
    out: list[PrintedOpinion] = []
    for piece in pieces:
        if not piece:
            continue
        match = re.match(LEVEL, piece)
        level = match[0].rstrip(": ") if match else ""
        out += _stamped(level, piece[match.end() :].strip() if match else piece)
    return tuple(out)


def _stamped(level: str, body: str) -> list[PrintedOpinion]:
    """The opinions of one level: one for each stamp, and one for what stands without."""
    stamps = [(match, at) for match in _STAMP.finditer(body) if (at := _iso_minute(match))]
    if not stamps:
        return [PrintedOpinion(level, body)]
    if not body[stamps[-1][0].end() :].strip(_BETWEEN + ".;") and body[: stamps[0][0].start()].strip(_BETWEEN):
        return _signed(level, body, stamps)
    out = [PrintedOpinion(level, body[: stamps[0][0].start()].strip())] if body[: stamps[0][0].start()].strip() else []
    ends = [match.start() for match, _ in stamps[1:]] + [len(body)]
    for (match, at), end in zip(stamps, ends, strict=True):
        out.append(PrintedOpinion(level, body[match.end() : end].strip(), _unit_of(match), at))
    return out


def _signed(level: str, body: str, stamps: list[tuple[re.Match[str], str]]) -> list[PrintedOpinion]:
    """Opinions that end with their stamp, as a letter with its signature: each stamp belongs to the text before it."""
    starts = [0, *(match.end() for match, _ in stamps)]
    return [
        PrintedOpinion(
            level, body[start : match.start()].rstrip(_BETWEEN).lstrip(_BETWEEN + ".;,"), _unit_of(match), at
        )
        for start, (match, at) in zip(starts, stamps, strict=False)
    ]


def _unit_of(match: re.Match[str]) -> str:
    return (match["unit"] or "").strip(" _-–")


def _iso_minute(match: re.Match[str]) -> str:
    """``2021-04-07T13:39``, or "" where no calendar has the time."""
    clock, day = match["clock"] or match["clock2"], match["day"] or match["day2"]
    try:
        return datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M").isoformat(timespec="minutes")
    except ValueError:
        return ""


def split_explanations(text: str) -> tuple[str, ...]:
    """The explanation and the further ones in the text of one cell, each on one line; () for an empty cell.

    A blank line always ends one. Where there is none, single line breaks are either those of a narrow column (then a
    line that ends a sentence early, with room for the next word, ends an explanation) or the writer's own paragraphs
    (then each begins a further explanation unless it goes on with a list or with an unfinished sentence).
    """
    blocks = [block for block in re.split(r"\n[^\S\n]*\n\s*", text.strip()) if block.strip()]
    if len(blocks) != 1:
        return tuple(" ".join(block.split()) for block in blocks)
    lines = [" ".join(line.split()) for line in blocks[0].split("\n") if line.strip()]
    ends = _wrapped_ends(lines) if _is_wrapped(lines) else _paragraph_ends(lines)
    cuts = [0, *ends, len(lines)]
    return tuple(" ".join(lines[start:end]) for start, end in zip(cuts, cuts[1:], strict=False))


def breaks_early(above: str, below: str, width: int) -> bool:
    """Whether a line of a column ended although the next word would have fitted, where a new paragraph can begin."""
    begins = below[0].isupper() or below[0].isdigit() or below[0] in '-–+•("“'
    return begins and room_left(above, below, width) * EARLY > width


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines are about equally wide, as in a narrow column."""
    if len(lines) < 4:
        return False
    widths = sorted(text_width(line) for line in lines)
    return widths[len(widths) // 2] * 5 >= widths[-1] * 4


def _wrapped_ends(lines: list[str]) -> list[int]:
    width = max(text_width(line) for line in lines)
    return [
        at
        for at in range(1, len(lines))
        if not lines[at - 1].endswith(_UNFINISHED) and breaks_early(lines[at - 1], lines[at], width)
    ]


def _paragraph_ends(lines: list[str]) -> list[int]:
    return [
        at
        for at in range(1, len(lines))
        if not (_LIST_MARK.match(lines[at]) or lines[at][0].islower() or lines[at - 1].endswith(_UNFINISHED))
    ]
