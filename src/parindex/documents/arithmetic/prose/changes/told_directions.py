"""Directions against the words around them: ``giảm cả 3 tiêu chí … giảm 70 vụ, tăng 44 người chết và giảm 41 người``,
``cả ba chỉ số đều tăng hạng``, and one change told in two directions: ``tăng 19 vụ (giảm 34,55%)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_SOME = rf"(?P<n>[{COUNT}{NAME}]|hai|ba|bốn|năm)"
_SIGNS = r"(?:tiêu chí|chỉ tiêu|chỉ số|mặt|tiêu chuẩn|nội dung|lĩnh vực)"
#: "giảm cả 3 tiêu chí", "cả 3 tiêu chí đều giảm", "cả ba chỉ số PAR INDEX, SIPAS và PAPI đều tăng hạng".
_ALL = (
    re.compile(rf"(?<!\w)(?P<dir>tăng|giảm)\s(?:sâu |mạnh |đồng thời )?(?:ở |trên |về )?cả {_SOME}\s{_SIGNS}(?!\w)"),
    re.compile(rf"(?<!\w)cả {_SOME}\s{_SIGNS}[^.;:(){MARKS}]{{0,60}}?(?:đều|cùng)\s(?P<dir>tăng|giảm)(?!\w)"),
)
_CHANGE = re.compile(rf"(?<!\w)(?P<dir>tăng|giảm)\s(?P<mid>[^.;:,(){MARKS}]{{0,20}}?)(?P<c>{COUNT})")
_NO_CHANGE = re.compile(r"(?<!\w)(?:từ|lên|xuống|còn|thành|đến)(?!\w)")
#: "tăng 19 vụ (giảm 34,55%)"; points and their share are one change told twice.
_TWICE = re.compile(
    rf"(?<!\w)(?P<dir>tăng|giảm)\s(?:thêm\s|đi\s)?(?P<c>{COUNT})(?P<unit>[^.;:,(){MARKS}]{{0,40}}?)"
    rf"\s?\((?:tức |tương ứng |tương đương )?(?P<again>tăng|giảm)\s(?P<p>{PER_CENT})\s?\)"
)
#: "một nhóm giảm là Tài chính công (-1,20)", "lĩnh vực tăng nhiều nhất là … (+3,1 điểm)": the sign says it again.
_SIGNED = re.compile(
    rf"(?<!\w)(?:nhóm|lĩnh vực|chỉ số(?: thành phần)?|tiêu chí(?: thành phần)?|chỉ tiêu|nội dung|đơn vị|huyện|sở|xã"
    rf"|phường)\s(?:có )?(?P<dir>tăng|giảm)\s(?:điểm\s)?(?:(?:cao|nhiều|mạnh|ít|sâu)\s(?:nhất\s)?)?(?:là|gồm|:)\s?"
    rf"[^.;:(){MARKS}]{{2,90}}\((?P<inside>[^(){MARKS}]{{0,12}}[{COUNT}{PER_CENT}])[^()]{{0,20}}\)"
)
#: "có 8/9 nhóm tăng, 1 nhóm giảm": all of them; the others cannot go the same way.
_OTHERS_OF_ALL = re.compile(
    rf"(?P<q>{QUOTIENT})\s(?P<what>[^.;:,(){MARKS}]{{2,40}}?)\s(?:có kết quả |có điểm số |đều |có )?"
    rf"(?P<dir>tăng|giảm)(?: điểm| hạng| bậc)?(?: so với năm {YEAR}| so với năm trước)?(?:,| và|;)\s"
    rf"(?:còn |chỉ |có |và ){{0,2}}(?P<c>[{COUNT}{NAME}])\s(?P<others>[^.;:,(){MARKS}]{{2,40}}?)\s"
    rf"(?:có kết quả |có điểm số |có )?(?P<again>(?P=dir))(?!\w)"
)
#: What is told behind it may be less than all, or an exception.
_OTHERS = re.compile(r"(?<!\w)(?:trong đó|riêng|tuy nhiên|nhưng|trừ|ngoại trừ)(?!\w)")
_SIGN = re.compile(r"[-–−+]")
_REACH, _PERIODS = 420, 2


def told_directions(text: MarkedText) -> Iterator[Checked]:
    """Every list of changes that goes one way by what was said before it, and every change told twice."""
    for pattern in _ALL:
        for found in pattern.finditer(text.text):
            told = _against_all(text, found)
            if told is not None:
                yield told
    for found in _TWICE.finditer(text.text):
        if found["dir"] != found["again"]:
            at = found.start("c")
            again = f"{found['again']} {text.figure(found.start('p')).digits}%"
            yield _turned(text, found.start(), found.end(), at, found["dir"], again)
    others = list(_of_all(text))
    yield from others
    yield from (one for one in _signed(text) if not any(other.start <= one.start < other.end for other in others))


def _signed(text: MarkedText) -> Iterator[Checked]:
    """What is said to rise with a minus beside it, or to fall with a plus."""
    for found in _SIGNED.finditer(text.text):
        start = found.start("inside")
        at = found.end("inside") - 1
        sign = _SIGN.match(text.printed(start, at + 1))
        if sign is not None and (sign[0] == "+") != (found["dir"] == "tăng"):
            yield _turned(text, found.start(), found.end(), at, found["dir"], text.printed(start, at + 1))


def _of_all(text: MarkedText) -> Iterator[Checked]:
    """The rest of a whole that is said to go the same way as the others."""
    for found in _OTHERS_OF_ALL.finditer(text.text):
        whole, rest = text.figure(found.start("q")), text.figure(found.start("c"))
        same = found["what"].split()[0] == found["others"].split()[0]
        if same and whole.over is not None and whole.readings[0] + rest.readings[0] == whole.over.readings[0]:
            told = text.printed(*found.span("q"))
            yield _turned(text, found.start(), found.end(), found.start("c"), found["again"], f"{told} {found['dir']}")


def _against_all(text: MarkedText, claim: re.Match[str]) -> Checked | None:
    """The one change of a list that goes the other way than all of them are said to go."""
    number = _NUMBERS.get(claim["n"]) or int(text.figure(claim.start("n")).value)
    changes = _changes_behind(text, claim.end())[:number]
    if number < 2 or len(changes) != number:
        return None
    odd = [change for change in changes if change["dir"] != claim["dir"]]
    if len(odd) != 1:
        return None
    wrong = odd[0]
    if _OTHERS.search(text.text, claim.end(), wrong.start()):
        return None
    return _turned(text, wrong.start(), wrong.end(), wrong.start("c"), wrong["dir"], text.printed(*claim.span()))


def _changes_behind(text: MarkedText, start: int) -> Sequence[re.Match[str]]:
    """The changes in figures in the rest of a sentence and the next one."""
    end = start
    for _ in range(_PERIODS):
        end = text.period(min(end, len(text.text) - 1))[1]
    every = _CHANGE.finditer(text.text, start, min(end, start + _REACH))
    return [one for one in every if not _NO_CHANGE.search(one["mid"])]


def _turned(text: MarkedText, start: int, end: int, at: int, word: str, told: str) -> Checked:
    digits = text.figure(at).digits
    other = "giảm" if word == "tăng" else "tăng"
    said = finding(
        text, start, end, StatementKind.DIFFERENCE, "change_against_words", at=at, sure=Sure.LIKELY,
        stated=f"{word} {digits}", found=f"{other} {digits}", facts={"told": told},
    )  # fmt: skip
    return Checked("differences", Fit.WRONG, start, end, said)
