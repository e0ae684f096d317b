"""Wholes with their parts behind a link: ``2.903 vị trí việc làm (sự nghiệp giáo dục 555 …; khác 1.065 …)``, ``tổng số
200 hồ sơ, đạt 98,5% …, trong đó 180 đúng hạn, 20 quá hạn``, ``trong tổng số 896 đơn vị …, có 4 đơn vị …``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parindex.documents.arithmetic.prose.counted_things import count_alike, is_thing
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.part_lists import Part, parts_in, rows_told
from parindex.documents.arithmetic.prose.parts.claims import LISTS_ALL, Claim, Count, Says, counts_in
from parindex.documents.arithmetic.prose.values import is_move

_LINK = (
    r"(?P<link>trong đó|trong số đó|bao gồm|gồm có|gồm|chia ra|cụ thể(?: là| như sau)?|phân theo|được phân|như sau"
    r"|\(|:)"
)
#: A whole, up to a few words, and what leads to its parts.
_BESIDE = re.compile(
    rf"[{COUNT}{QUOTIENT}](?P<unit>[^.;:(){MARKS}]{{0,80}}?)(?=[\s,:;.(])"
    rf"(?:[,:;]?\s?|\.\s(?=trong (?:số )?đó)){_LINK}\s?:?"
)
#: A whole of which more is told before its parts come: "12.221 tỷ đồng, đạt 51,8% so với kế hoạch (23.600); trong đó".
_FAR = re.compile(r"[,;.]\s(?P<link>trong (?:số )?(?:đó|này)|bao gồm|gồm(?: có)?|chia ra)(?!\w)\s?[,:]?")
#: "trong số 896 đơn vị …, có 4 đơn vị …".
_OF_WHOLE = re.compile(
    rf"(?:(?:(?:trong|trên)\s(?:tổng )?số(?! đó| này)|tổng số)\s[^.;:(){MARKS}]{{0,50}}?"
    rf"|(?<!\w)trong\s(?:tất cả |toàn bộ |cả )?)(?P<whole>{COUNT})"
    rf"[^.;:(){MARKS}]{{0,60}}(?:,|\s(?=có {COUNT}))"
)
#: "tiếp nhận 500 đơn (năm trước tiếp nhận 450 đơn, …)": the same of another time.
_LAST_TIME = re.compile(r"\s?(?:so với|cùng kỳ|tăng|giảm|năm trước|năm ngoái|kế hoạch)(?!\w)")
_IN_YEAR = re.compile(rf"\s?năm {YEAR}")
_ONLY_SOME = re.compile(r"\s?(trong đó|trong số đó|bao gồm|gồm)(?!\w)")
#: What says that a part comes out of the whole.
_WITHIN = ("trong đó", "trong số đó", "trong", "trên")
_BETWEEN_NAMES = re.compile(r",\s|\svà\s")
_LINKING = re.compile(rf"[\s,:;]*{_LINK.replace('?P<link>', '?:')}[\s:]*$")
_BRACKET = re.compile(r"[()]")
#: How far before a link its whole stands, and how many are tried.
_REACH, _MOST_WHOLES = 220, 5
#: A list of parts is no longer than so many letters.
_LONGEST = 1500
_FEWEST_UNIT_LETTERS = 2
#: Fewer parts of a list are near a whole by accident.
_FEWEST_PARTS = 3


def linked(text: MarkedText) -> Iterator[list[Claim]]:
    """For every link the ways to read what it links."""
    if len(text.figures(0, len(text.text), COUNT + QUOTIENT)) < 2:
        return
    by_place: dict[int, list[Count]] = {}
    for one in (*counts_in(text), *counts_in(text, moves=True)):  # "giảm 11 phòng, gồm 7 phòng … và 4 phòng …"
        by_place.setdefault(one.at, []).append(one)
    seen: set[int] = set()
    links: set[int] = set()
    for pattern, name in ((_BESIDE, ""), (_OF_WHOLE, "whole")):
        for found in pattern.finditer(text.text):
            at = found.start(name) if name else found.start()
            link = found[0].split()[0] if name else found["link"]
            if at in seen:
                continue
            read = [_beside(text, whole, found.end(), link) for whole in by_place.get(at, ())]
            claims = [claim for claim in read if claim is not None]
            claims[1:] = [replace(claim, far=True) for claim in claims[1:]]  # of "3.274/3.610 hồ sơ" mostly the first
            if claims:
                seen.add(at)
                links.add(0 if name else found.start("link"))
                yield [*claims, *_beginnings(claims), *_rows(claims)]
    for found in _FAR.finditer(text.text):
        far = list(_far(text, found))
        if far and found.start("link") not in links:
            yield [*far, *_beginnings(far), *_rows(far)]


def _says(link: str) -> Says:
    return Says.ALL if link in LISTS_ALL or link == "(" else Says.SOME


def _beside(text: MarkedText, whole: Count, after: int, link: str) -> Claim | None:
    """The claim of a whole right before its link, or of "trong tổng số"."""
    if is_move(text, whole.at) and link not in LISTS_ALL:
        return None
    if not is_thing(whole.unit) or (len(whole.unit) < _FEWEST_UNIT_LETTERS and link not in LISTS_ALL):
        return None
    end = _end_of_list(text, after, link)
    if link == "(":
        if _LAST_TIME.match(text.text, after):
            return None
        if only := _ONLY_SOME.match(text.text, after):
            link = only[1]
    parts = parts_in(text, after, end, whole.unit)
    if not parts and link == "(":  # "20 đoàn (vụ việc cũ 11 vụ, vụ việc mới 9 vụ)"
        parts = parts_in(text, after, end, "")
        if not any(len(run) == len(parts) for run in rows_told(parts)):
            return None
    if not parts or (link == "(" and _IN_YEAR.match(text.text, after) and len(parts) < 2):
        return None
    kinds = _named_kinds(text, whole, after, end)
    claim = Claim(whole, kinds or parts, _says(link), within=link in _WITHIN, named=bool(kinds))
    if "." in text.text[whole.at : after] and not (len(parts) > 1 and claim.sum.is_of_one_size):
        return None
    return claim


def _named_kinds(text: MarkedText, whole: Count, after: int, end: int) -> list[Part]:
    """The parts of a whole that names them: "24 phường, xã, trong đó có 15 phường và 9 xã"; nothing of any other."""
    names = [name.strip() for name in _BETWEEN_NAMES.split(_LINKING.sub("", text.text[whole.at + 1 : after]))]
    if len(names) < 2 or not all(names):
        return []
    parts = parts_in(text, after, end, "")
    units = [" ".join(part.unit.split()[: len(name.split())]) for part, name in zip(parts, names, strict=False)]
    if len(parts) != len(names) or sorted(units) != sorted(names):
        return []
    if text.text[parts[-1].at + 1 : end].strip(" .;,") not in names:  # "150 thôn và 20 tổ dân phố đạt chuẩn"
        return []
    return [replace(part, unit=whole.unit) for part in parts]


def _beginnings(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The first parts alone of a list that has all where they are more than it: behind them the sentence counts on."""
    for claim in claims[:1]:
        for count in range(_FEWEST_PARTS, len(claim.parts) if claim.says is Says.ALL else 0):
            beginning = replace(claim, parts=claim.parts[:count], tried=count, whole_list=False)
            if beginning.sum.is_above:
                yield beginning


def _rows(claims: Sequence[Claim]) -> Iterator[Claim]:
    """All kinds of a row alone, where more is listed behind them."""
    for claim in claims[:1]:
        for run in claim.rows:
            if len(run) < len(claim.parts):
                yield replace(claim, parts=run, tried=2, whole_list=False)


def _far(text: MarkedText, found: re.Match[str]) -> Iterator[Claim]:
    """The claims of the wholes before a link that no whole stands beside: parts that name what they count."""
    first = max(text.period(found.start())[0], found.start() - _REACH)
    wholes = [one for one in counts_in(text) if first <= one.at < found.start()]
    open_wholes = [one for one in wholes if not _is_aside(text, one.at, found.start())]
    end = _end_of_list(text, found.end(), found["link"])
    places = list(dict.fromkeys(one.at for one in reversed(open_wholes)))
    for whole in reversed(open_wholes[-_MOST_WHOLES:]):
        number = places.index(whole.at)
        parts = parts_in(text, found.end(), end, whole.unit) if whole.unit else []
        if parts and all(count_alike(part.unit, whole.unit) for part in parts):
            link = found["link"]
            yield Claim(whole, parts, _says(link), far=number > 0, tried=number + 1, within=link in _WITHIN)


def _is_aside(text: MarkedText, at: int, link: int) -> bool:
    """Whether a figure stands in a bracket that is closed before the link."""
    opened = text.text.rfind("(", max(0, at - _REACH), at)
    return opened >= 0 and text.text.find(")", opened, at) < 0 <= text.text.find(")", at, link)


def _end_of_list(text: MarkedText, after: int, link: str) -> int:
    _, end = text.period(after)
    end = min(end, after + _LONGEST)
    if link != "(":
        return end
    depth = 1
    for found in _BRACKET.finditer(text.text, after, end):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return found.start()
    return after
