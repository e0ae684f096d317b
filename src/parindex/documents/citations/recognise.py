"""Citations in an explanation: "Báo cáo số 401/BC-UBND ngày 08/12/2020, trang 8".

The text is cut into pieces once (:mod:`~parindex.documents.citations.tokens`); what stands between two pieces decides
whether they belong together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parindex.documents.citations.citation import (
    KIND_OF_CODE,
    OFFICIAL_LETTER,
    Citation,
    CitedDate,
    kind_of_number,
)
from parindex.documents.citations.composed_text import ComposedText, composed
from parindex.documents.citations.issuers import issuer_at
from parindex.documents.citations.tokens import (
    Piece,
    Token,
    cited_date,
    pages_of,
    printed_number,
    section_of,
    stands_alone,
    tokens,
)

_KINDS = sorted({*KIND_OF_CODE.values(), "Văn bản", "Luật", "Pháp lệnh", "Nghị quyết liên tịch"}, key=len, reverse=True)
_SHORT = {"QĐ": "Quyết định", "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư", "CT": "Chỉ thị"} | {
    "KH": "Kế hoạch", "BC": "Báo cáo", "CV": "Công văn", "VB": "Văn bản", "TB": "Thông báo", "TTr": "Tờ trình",
}  # fmt: skip
_KIND = rf"(?:(?i:{'|'.join(_KINDS)})|(?:{'|'.join(_SHORT)}))"
_NUMBER_WORD = r"(?i:s[ốôo])\s{0,3}[:.]?\s{0,3}"
#: What stands before a number: its kind and "số"; or the kind, some words, and "số".
_BEFORE = re.compile(rf"(?:(?<!\w)(?P<kind>{_KIND})\s{{0,3}}:?\s{{0,3}})?(?P<word>(?<!\w){_NUMBER_WORD})?$")
#: What it can be at the most: the longest kind, a colon, "số" and its mark, with up to three blanks beside each.
_LONGEST_BEFORE = max(map(len, _KINDS)) + 20
_FARTHER = re.compile(rf"(?<!\w)(?P<kind>{_KIND})\s[^.;,()\d]{{1,40}}$")
#: Numbers that share the symbol of the last: "Quyết định số 267, 268/QĐ-BNV".
_BARE = re.compile(rf"(?<!\w){_NUMBER_WORD}(?P<bare>(?:\d{{1,6}}[a-zđ]?\s{{0,2}}(?:,|;|và)\s{{0,2}}){{1,12}})$")
#: What ends such numbers before the last.
_GOES_ON = (",", ";", "và")
_BARE_NUMBER = re.compile(r"\d{1,6}[a-zđ]?")
_WINDOW = 120
_MOST_LOCATORS = 40

_BEFORE_DATE = re.compile(
    r"\s{0,3}(?:(?:tỉnh|huyện|thành phố|xã|phường)\s{1,3})?[,(]?\s{0,3}(?:(?:ký|ban hành|được ban hành)\s{1,3})?"
)
#: "Ngày 11/10/2019, UBND tỉnh đã có văn bản số …": the day stands before.
_AFTER_DATE = re.compile(r",?\s[^.;:\n\d]{0,80}?(?:ban hành|có|gửi|ký)\s{1,3}")
_TO_LOCATOR = re.compile(
    r"\s{0,3}[,(:]?\s{0,3}(?:(?:(?:cụ thể|thể hiện|nêu|xem) )?(?:tại|ở)\s{1,3}|cụ thể\s{1,3})?", re.IGNORECASE
)
#: "…, cụ thể tại trang 13" after what the document is about, in the same sentence.
_FAR_LOCATOR = re.compile(r"[^.;:()\n]{0,200},\s{0,3}cụ thể\s{1,3}(?:(?:là|tại|ở)\s{1,3}){0,2}")
_BETWEEN_LOCATORS = re.compile(r"\s{0,3},?\s{0,3}(?:(?:và|của|tại)\s{1,3})?")
#: In brackets a semicolon parts places in the same document.
_BETWEEN_IN_BRACKETS = re.compile(r"\s{0,3}[,;]?\s{0,3}(?:(?:và|của|tại|phần)\s{1,3})?")
_TO_NUMBER = re.compile(
    r"\s{0,3}(?P<comma>,)?\s{0,3}(?P<of>(?:của|tại|trong|(?:ban hành )?kèm theo)\s{1,3}(?:[^\W\d]{1,12}\s{1,3}){0,5})?"
)
_IN_LIST = re.compile(rf"\s{{0,3}}(?:,|;|và)\s{{0,3}}(?:{_NUMBER_WORD})?")


@dataclass(slots=True)
class _Draft:
    """A citation in the making; places are those of the composed text."""

    number: str
    digits: int
    start: int
    number_end: int
    end: int
    kind: str
    stated: str
    date: CitedDate | None = None
    issuer: str = ""
    pages: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    #: Where the numbers stand that share the symbol of this one: 267 of "số 267, 268/QĐ-BNV".
    bare: list[tuple[int, int]] = field(default_factory=list)

    def take(self, locators: Sequence[Token]) -> None:
        for token in locators:
            self.pages.extend(pages_of(token.found))
            if section := section_of(token.found):
                self.sections.append(section)


def citations_in(text: str, known: Sequence[Token] | None = None) -> tuple[Citation, ...]:
    """Every citation of a numbered document in ``text``, in reading order; ``known``: the pieces of a composed text."""
    source = composed(text)
    pieces = list(tokens(source.text)) if known is None or source.text != text else known
    drafts = [(at, draft) for at, token in enumerate(pieces) if (draft := _drafted(source.text, token)) is not None]
    free = 0  # pieces before this one belong to an earlier citation
    for position, (at, draft) in enumerate(drafts):
        _take_before(source.text, pieces, range(free, at), draft)
        later = drafts[position + 1] if position + 1 < len(drafts) else None
        free = _take_after(source.text, pieces, at, draft, later)
    _share(source.text, [draft for _, draft in drafts])
    out: list[Citation] = []
    for _, draft in drafts:
        out.extend(_bare(source, draft))
        # The numbers before it have the kind: this one begins with itself.
        out.append(_finished(source, replace(draft, start=draft.digits) if draft.bare else draft))
    return tuple(out)


def _drafted(text: str, token: Token) -> _Draft | None:
    """The citation that a number begins; None for a number that is none."""
    if token.piece is not Piece.NUMBER:
        return None
    first = max(0, token.start - _WINDOW)
    window = text[first : token.start]
    run = _BARE.search(window) if window.rstrip().lower().endswith(_GOES_ON) else None
    near = window[: run.start("bare")] if run is not None else window
    before = _BEFORE.search(near, max(0, len(near) - _LONGEST_BEFORE))
    stated = _kind_word(before["kind"]) if before is not None and before["kind"] else ""
    if not (stated or (before is not None and before["word"]) or stands_alone(token.found)):
        return None
    number = printed_number(token.found)
    start = first + before.start() if before is not None and before[0] else token.start
    kind = kind_of_number(number) or stated or _farther(window) or _kind_of_symbol(token.found)
    draft = _Draft(number, token.start, start, token.end, token.end, kind, stated)
    if run is not None:
        at = first + run.start("bare")
        draft.bare = [(at + one.start(), at + one.end()) for one in _BARE_NUMBER.finditer(run["bare"])]
    return draft


def _kind_word(printed: str) -> str:
    if printed in _SHORT:
        return _SHORT[printed]
    return printed[:1].upper() + printed[1:].lower() if printed else ""


def _farther(window: str) -> str:
    found = _FARTHER.search(window)
    return _kind_word(found["kind"]) if found is not None else ""


def _kind_of_symbol(found: re.Match[str]) -> str:
    """Letters have no code of a kind: "3485/BTTTT-THH"; laws neither: "43/2019/QH14"."""
    return OFFICIAL_LETTER if found["joined"] and not re.search(r"QH\d", found["joined"]) else ""


def _take_before(text: str, pieces: Sequence[Token], free: range, draft: _Draft) -> None:
    """Pages and sections before the kind ("mục 1, trang 6 của Báo cáo số …"), and a date at the sentence's head."""
    chain: list[Token] = []
    end = draft.start
    for at in reversed(free):
        token = pieces[at]
        joint = _BETWEEN_LOCATORS if chain else _TO_NUMBER
        if (
            token.piece is not Piece.LOCATOR
            or len(chain) == _MOST_LOCATORS
            or not joint.fullmatch(text, token.end, end)
        ):
            break
        chain.append(token)
        end = token.start
    draft.take(chain[::-1])
    last = pieces[free[-1]] if free else None
    near = last is not None and last.piece is Piece.DATE and draft.start - last.end < _WINDOW
    if last is not None and near and _AFTER_DATE.fullmatch(text, last.end, draft.start):
        draft.date = cited_date(last.found)


def _take_after(text: str, pieces: Sequence[Token], at: int, draft: _Draft, later: tuple[int, _Draft] | None) -> int:
    """Date, issuer, pages and sections after the number, in any order; the place of the first piece left over."""
    limit = later[1].start if later is not None else len(text)
    stop = later[0] if later is not None else len(pieces)
    dated = False
    at += 1
    while True:
        named = issuer_at(text, draft.end, limit) if not draft.issuer else None
        if named is not None:
            draft.issuer, draft.end = named
        token = pieces[at] if at < stop else None
        if token is not None and token.piece is Piece.DATE and not dated and _dates(text, draft, token):
            draft.date, draft.end, dated = cited_date(token.found), token.end, True
            at += 1
        elif token is not None and token.piece is Piece.LOCATOR and (far := _distance(text, draft, token)) is not None:
            chain = _chain(text, pieces, at, stop, in_brackets="(" in text[draft.end : token.start])
            if later is not None and _leads_to(text, chain[-1].end, later[1].start):
                return at
            draft.take(chain)
            at += len(chain)
            if far:
                return at
            draft.end = _closed(text, draft.end, chain[-1].end)
        elif named is None:
            return at


def _distance(text: str, draft: _Draft, token: Token) -> int | None:
    """0 where a page or section stands right after the citation, 1 farther in its sentence; None: it is not of it."""
    if _TO_LOCATOR.fullmatch(text, draft.end, token.start):
        return 0
    near = token.start - draft.end < 2 * _WINDOW
    return 1 if near and _FAR_LOCATOR.fullmatch(text, draft.end, token.start) else None


def _dates(text: str, draft: _Draft, token: Token) -> bool:
    return _BEFORE_DATE.fullmatch(text, draft.end, token.start) is not None


def _chain(text: str, pieces: Sequence[Token], at: int, stop: int, *, in_brackets: bool) -> list[Token]:
    """The pages and sections from ``at`` on that nothing parts."""
    joint = _BETWEEN_IN_BRACKETS if in_brackets else _BETWEEN_LOCATORS
    chain = [pieces[at]]
    for token in pieces[at + 1 : stop]:
        if token.piece is not Piece.LOCATOR or not joint.fullmatch(text, chain[-1].end, token.start):
            break
        chain.append(token)
    return chain


def _closed(text: str, start: int, end: int) -> int:
    """``end``, with the bracket that closes one opened since ``start``."""
    opened = text.find("(", start, end) >= 0 > text.find(")", start, end)
    return end + 1 if opened and text.startswith(")", end) else end


def _leads_to(text: str, end: int, start: int) -> bool:
    """Whether pages belong to the document after them ("điểm a Điều 14 Nghị định …", "trang 2 của Báo cáo …")."""
    found = _TO_NUMBER.fullmatch(text, end, start)
    return found is not None and (bool(found["of"]) or not found["comma"])


def _share(text: str, drafts: Sequence[_Draft]) -> None:
    """In a list the date and issuer after the last number are those of all that have none of their own."""
    for draft, after in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if draft.date is None and not after.stated and draft.end == draft.number_end:
            if _IN_LIST.fullmatch(text, draft.end, after.digits) is None:
                continue
            draft.date = after.date
            draft.issuer = draft.issuer or after.issuer


def _bare(source: ComposedText, draft: _Draft) -> list[Citation]:
    """The numbers before the one with the symbol; the kind stands before the first of them."""
    symbol = _BARE_NUMBER.sub("", draft.number, count=1)
    out = []
    for at, (start, end) in enumerate(draft.bare):
        number = source.text[start:end] + symbol
        own = replace(draft, number=number, start=draft.start if at == 0 else start, end=end, pages=[], sections=[])
        out.append(_finished(source, own))
    return out


def _finished(source: ComposedText, draft: _Draft) -> Citation:
    start, end = source.given(draft.start), source.given(draft.end)
    return Citation(
        kind=draft.kind,
        number=draft.number,
        start=start,
        end=end,
        text=" ".join(source.text[draft.start : draft.end].split()),
        date=draft.date,
        issuer=draft.issuer,
        pages=tuple(dict.fromkeys(draft.pages)),
        sections=tuple(dict.fromkeys(draft.sections)),
        stated_kind=draft.stated,
    )
