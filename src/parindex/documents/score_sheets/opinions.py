"""Opinions inside one cell of a score sheet, taken apart.

They are printed by a software, or typed by people, that put everything ever said about an item into one cell, one
after the other. Each may name its appraisal level ("Cấp 2:"), its unit and its time, in any order; what cannot be told
apart surely stays whole in the text, and :func:`is_unsure` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.documents.papers import PaperRow, PrintedOpinion
from parindex.domain.errors import Problem

_LEVEL_NAME = r"(?:Cấp|CẤP|Vòng|VÒNG)\s+(?:\d{1,2}|[IVX]{1,4}|[Tt]rung ương|[Bb]ộ|[Tt]ỉnh|[Hh]uyện|[Xx]ã|[Ss]ở)"
#: "Cấp 2:", "Cấp II:", "Cấp tỉnh:", "Vòng 1:": how an opinion names its appraisal level.
LEVEL = rf"{_LEVEL_NAME}\s*:"
_UNIT_NOUN = (
    r"(?:Vụ|Cục|Tổng cục|Chi cục|Sở|Ban|Bộ|Văn phòng|Phòng|Thanh tra|Trung tâm|Viện|Tổ|Hội đồng|UBND|HĐND|Kho bạc"
    r"|[ỦU][yỷ] ban nhân dân|Uỷ ban nhân dân|Công an|Đoàn)"
)
#: A level also ends before a dash or a bracket with a unit: "Cấp 1 - Phòng Nội vụ: …", "Cấp 1 (Phòng Nội vụ): …".
_LEVELS = re.compile(rf"(?:^|(?<=[\s.;,]))(?P<level>{_LEVEL_NAME})\s*(?::|(?:[-–]\s*|(?=\())(?=\(?{_UNIT_NOUN}\b))")
_LEVEL_WORDS = re.compile(rf"\b{_LEVEL_NAME}\b")

_CLOCK = r"\d{1,2}\s*(?::|h|giờ)\s*(?:\d{2}\b)?(?:\s*phút)?(?::\d{2})?"
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_AND = r"\s*[-–,]?\s*(?:(?:vào\s+)?lúc\s+|ngày\s+)?"
_TIME = (
    r"(?:vào\s+)?(?:lúc\s+|ngày\s+)?(?:"
    rf"(?P<clock>{_CLOCK}){_AND}(?P<day>{_DAY})|(?P<day2>{_DAY})(?:{_AND}(?P<clock2>{_CLOCK}))?)"
)
_BRACKETS = re.compile(rf"[(\[](?P<within>[^()\[\]\d]*?)[\s,;:–-]*{_TIME}\s*[)\]]", re.IGNORECASE)
#: A time without brackets opens an opinion only where a mark or a unit follows.
_BARE = re.compile(rf"{_TIME}\s*(?:[:–-]\s*|,\s*(?={_UNIT_NOUN}\b))", re.IGNORECASE)
_AFTER = re.compile(r"\s*[-–:]\s*")
_UNIT_FIRST = re.compile(rf"(?P<unit>{_UNIT_NOUN}\b[^:()\n]{{0,100}}):\s*")
#: A unit and its time without brackets: "Sở Nội vụ - 12/02/2021 09:30: …".
_UNIT_AND_TIME = re.compile(rf"(?P<unit>{_UNIT_NOUN}\b[^:()\n\d]{{0,100}}?)\s*[-–,]\s*{_TIME}\s*:\s*", re.IGNORECASE)
_STARTS_AS_UNIT = re.compile(rf"{_UNIT_NOUN}\b(?!\s+(?:hành|chức|phận|tiêu|chỉ|chống|Chỉ số|Tiêu chí)\b)")
_LAST_UNIT = re.compile(rf".*(?:^|[\s\-–_])(?P<unit>{_UNIT_NOUN}\b(?:\s+{_UNIT_NOUN}\b)*(?:(?!{_UNIT_NOUN}\b|[:]).)*)$")
_IN_SENTENCES = re.compile(
    r"\b(?:đã|có|chưa|không|ban hành|gửi|trình|là|được|theo|đồng ý|đề nghị|yêu cầu|trừ|thiếu|chậm)\b|[,;:!?]",
    re.IGNORECASE,
)
_UNIT_ALONE = re.compile(
    rf"{_UNIT_NOUN}(?:\s+{_UNIT_NOUN})*\s+(?:[^\W\d_a-zà-ỹđ]|thẩm định|giúp việc|công tác|cấp|tỉnh|huyện|xã)"
)
#: What the software adds to the name of the unit; "Hội đồng thẩm định" and "Tổ thẩm định" are names.
_APPRAISES = re.compile(r"(?:_\s*|(?<!\bHội đồng)(?<!\bTổ)(?<!\bĐoàn)(?<!\bBan)\s+)thẩm\s+định[_\s]*$|_+$")
_MOST_WORDS = 14
_BETWEEN = " \n-–_"


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Who spoke and when, from ``start`` to ``end`` of a text."""

    start: int
    end: int
    unit: str
    at: str


def parse_opinions(text: str) -> tuple[PrintedOpinion, ...]:
    """Every opinion in the text of one cell, in order; () for an empty cell. Line breaks tell opinions apart.

    "Cấp 2: Vụ Đào tạo bồi dưỡng CBCCVC_thẩm định (13:39 - 07/04/2021) - Chưa có KQ…" gives level "Cấp 2", the unit,
    the time "2021-04-07T13:39" (the day "2021-04-07" where no hour is printed) and the text after the stamp. What
    stands before the first level has level "". A time that no calendar has stays in the text, and ``at`` is "".
    """
    lines = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
    levels = list(_LEVELS.finditer(lines))
    ends = [*(found.start() for found in levels), len(lines)]
    out = _of_level("", lines[: ends[0]])
    for found, end in zip(levels, ends[1:], strict=True):
        out += _of_level(" ".join(found["level"].split()), lines[found.end() : end])
    return tuple(out)


def is_unsure(opinion: PrintedOpinion) -> bool:
    """Whether the text of an opinion holds what looks like the stamp or the level of an opinion of its own."""
    stamped = (
        found for found in _BRACKETS.finditer(opinion.text) if found["clock"] or found["clock2"] or found["within"]
    )
    opened = re.search(r"\d{4}\s*[)\]]\s*:", opinion.text)
    levels = _LEVEL_WORDS.findall(opinion.text)
    return any(stamped) or bool(opened) or len(levels) > 1 or bool(_LEVEL_WORDS.match(opinion.text))


def opinion_doubts(rows: Sequence[PaperRow]) -> list[Problem]:
    """One doubt ``opinion_unsure`` (code, text) for each opinion that was kept whole for want of knowing better."""
    return [
        Problem("opinion_unsure", row.place, {"code": row.code, "text": opinion.text})
        for row in rows
        for opinion in row.opinions
        if is_unsure(opinion)
    ]


# --- the opinions of one level ---------------------------------------------------------------------------------------


def _of_level(level: str, text: str) -> list[PrintedOpinion]:
    """The opinions of one level: one for each stamp, and one for what stands without."""
    body = text.strip(" \n;,")
    stamps = list(_stamps(body))
    if not stamps:
        return [PrintedOpinion(level, _plain(body))] if body else []
    if not body[stamps[-1].end :].strip(_BETWEEN + ".;") and body[: stamps[0].start].strip(_BETWEEN):
        starts = [0, *(stamp.end for stamp in stamps)]  # as letters with a signature: the text stands before the stamp
        texts = [body[start : stamp.start].lstrip(".;, ") for start, stamp in zip(starts, stamps, strict=False)]
        return [
            PrintedOpinion(level, _plain(words), one.unit, one.at) for words, one in zip(texts, stamps, strict=True)
        ]
    before = body[: stamps[0].start].strip(_BETWEEN)
    out = [PrintedOpinion(level, _plain(before))] if before else []
    ends = [*(stamp.start for stamp in stamps[1:]), len(body)]
    return out + [
        PrintedOpinion(level, _plain(body[one.end : end]), one.unit, one.at)
        for one, end in zip(stamps, ends, strict=True)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" -–_;")


def _stamps(body: str) -> Iterator[_Stamp]:
    """The stamps of a text in order: in brackets anywhere, without brackets and units alone at its openings."""
    at = 0
    for opening in _openings(body):
        if opening < at:
            continue
        yield from _in_brackets(body, at, opening)
        at = max(at, opening)
        bare = _BARE.match(body, opening)
        time = _iso(bare) if bare else ""
        if bare is not None and time:
            named = _UNIT_FIRST.match(body, bare.end())
            unit = _unit_name(named["unit"]) if named else ""
            at = named.end() if named is not None and unit else bare.end()
            yield _Stamp(opening, at, unit, time)
            continue
        timed = _UNIT_AND_TIME.match(body, opening)
        if timed is not None and not _iso(timed):
            continue  # a time that no calendar has stays in the text
        if timed is not None and (unit := _unit_name(timed["unit"])):
            at = timed.end()
            yield _Stamp(opening, at, unit, _iso(timed))
            continue
        named = _UNIT_FIRST.match(body, opening)
        if named is not None and _UNIT_ALONE.match(named["unit"]) and (unit := _unit_name(named["unit"])):
            at = named.end()
            yield _Stamp(opening, at, unit, "")
    yield from _in_brackets(body, at, len(body))


def _openings(body: str) -> list[int]:
    """Where an opinion may begin: the start, and lines after a finished one."""
    return [0, *(found.end() for found in re.finditer(r"(?<=[.;!?])\n", body))]


def _in_brackets(body: str, start: int, end: int) -> Iterator[_Stamp]:
    for found in _BRACKETS.finditer(body, start, end):
        time = _iso(found)
        if not time:
            continue
        begin, unit = _unit_before(body, start, found.start())
        within = _unit_name(found["within"])
        if found["within"].strip() and (unit or not within):
            continue
        after = _AFTER.match(body, found.end())
        ended = not body[found.end() :].strip(_BETWEEN + ".;") or body[found.end()] == "\n"
        opens = begin == found.start() and not body[start:begin].strip()
        has_hour = "T" in time
        if not has_hour and not ((unit or within or opens) and (after or ended or opens)):
            continue  # a day in a sentence
        stop = after.end() if after else found.end()
        if not unit and not within and opens:
            named = _UNIT_FIRST.match(body, stop + (body[stop : stop + 1] == " "))
            if named is not None and _unit_name(named["unit"]):
                unit, stop = _unit_name(named["unit"]), named.end()
        start = stop
        yield _Stamp(begin, stop, unit or within, time)


def _unit_before(body: str, start: int, end: int) -> tuple[int, str]:
    """The unit that stands right before ``end``, with where it begins; ("", end) where none does.

    It is what follows the last sentence, line or dash where that reads like the name of a unit, else what begins with
    the last word that names units.
    """
    lead = body[start:end]
    cuts = [
        0,
        *(
            found.end()
            for found in re.finditer(r"(?<=[^\W\d_]{2})[.;!?]\s+|[.;!?](?=\n)|\n|\s[-–]\s+|(?<=[%)\d])[.;]\s+", lead)
        ),
    ]
    chosen = next((cut for cut in reversed(cuts) if _unit_name(lead[cut:])), None)
    pieces = [cut for cut in cuts if chosen is not None and cut < chosen]
    if chosen is not None and pieces and lead[pieces[-1] : chosen].rstrip().endswith(("-", "–")):
        whole = lead[pieces[-1] : chosen].strip(_BETWEEN)
        chosen = pieces[-1] if _unit_name(whole) else chosen  # "Bộ Nội vụ - Vụ Tổ chức"
    if chosen is None:
        found = _LAST_UNIT.match(lead[cuts[-1] :])
        if found is None or not _unit_name(found["unit"]):
            return end, ""
        chosen = cuts[-1] + found.start("unit")
    return start + chosen, _unit_name(lead[chosen:])


def _unit_name(text: str) -> str:
    """The name of a unit; "" where the text is none: it begins with such a word, and is no sentence."""
    bare = _APPRAISES.sub("", text.strip(_BETWEEN)).strip(_BETWEEN)
    alone = _STARTS_AS_UNIT.match(bare) and len(bare.split()) <= _MOST_WORDS and not _IN_SENTENCES.search(bare)
    return " ".join(bare.split()) if alone else ""


def _iso(found: re.Match[str]) -> str:
    """``2021-04-07T13:39``, ``2021-04-07`` without an hour, "" where no calendar has the time."""
    clock, day = found["clock"] or found["clock2"], found["day"] or found["day2"]
    numbers = [int(number) for number in re.findall(r"\d+", day)]
    hours = [int(number) for number in re.findall(r"\d+", clock or "")]
    try:
        moment = datetime(
            numbers[2], numbers[1], numbers[0], hours[0] if hours else 0, hours[1] if len(hours) > 1 else 0
        )
    except ValueError:
        return ""
    return moment.isoformat(timespec="minutes") if clock else moment.date().isoformat()
