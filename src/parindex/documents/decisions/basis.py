"""The official document that a paper is: number, date, issuer, abstract; and the year that it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.domain.criteria.criteria_set import LegalBasis

_SYMBOL = r"(?P<number>\d{1,5})\s*/\s*(?P<symbol>(?:\d{4}/)?[A-ZĐ]{2,6}(?:-[A-ZĐ]{2,12})*)"
_OWN_NUMBER = re.compile(rf"^Số\s*:?\s*{_SYMBOL}", re.IGNORECASE)
_DATE = re.compile(
    r"ngày\s*(?P<day>\d{1,2})\s*(?:tháng\s*|[/.-]\s*)(?P<month>\d{1,2})\s*(?:năm\s*|[/.-]\s*)(?P<year>\d{4})",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    rf"(?:kèm theo|của)\s+(?P<kind>Quyết định|Kế hoạch|Công văn|Thông báo|Hướng dẫn|Nghị quyết)\s+số\s*:?\s*{_SYMBOL}",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"(?:của|,)\s+(?P<issuer>(?:Ủy ban nhân dân|UBND|Bộ|Sở|Hội đồng nhân dân|Thủ tướng|Chính phủ)\b[^.;)]{0,80})"
)
_KIND = re.compile(r"^(quyet dinh|ke hoach|thong bao|huong dan|cong van|de an|nghi quyet|bao cao)$")
_BODY = re.compile(r"^(ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BỘ|SỞ|HỘI ĐỒNG NHÂN DÂN|CHÍNH PHỦ|THỦ TƯỚNG)")
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_HEAD_LINES = 40


def read_legal_basis(paragraphs: Sequence[Paragraph]) -> tuple[LegalBasis, ...]:
    """The document itself by its head ("Số: 2270/QĐ-UBND"), else the decision that the table is attached to;
    none if neither is there.
    """
    lines = [joined(line) for paragraph in paragraphs for line in paragraph.text.split("\n")]
    own = _by_head(lines[:_HEAD_LINES])
    attached = next((found for line in lines if (found := _by_attachment(line)) is not None), None)
    if own is None:
        return (attached,) if attached is not None else ()
    if attached is not None and attached.number == own.number:
        own = LegalBasis(own.number, own.date or attached.date, own.issuer or attached.issuer, own.abstract)
    return (own,)


def _by_head(lines: Sequence[str]) -> LegalBasis | None:
    found, at = next(((match, at) for at, line in enumerate(lines) if (match := _OWN_NUMBER.match(line))), (None, 0))
    if found is None:
        return None
    dated = next((day for line in lines[at : at + 4] if (day := _date(line)) is not None), None)
    return LegalBasis(_number(found), dated, _issuer_above(lines[:at]), _abstract(lines[at + 1 :]))


def _number(found: re.Match[str]) -> str:
    return f"{found['number']}/{found['symbol'].upper()}"


def _date(text: str) -> date | None:
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _issuer_above(lines: Sequence[str]) -> str:
    """The issuing body over the number: "ỦY BAN NHÂN DÂN" and the line that names the place."""
    for at, line in enumerate(lines):
        if _BODY.match(line):
            after = lines[at + 1] if at + 1 < len(lines) else ""
            goes_on = in_capitals(after) and not folded(after).startswith(("cong hoa", "so:"))
            return _sentence_case(f"{line} {after}" if goes_on else line)
    return ""


def _sentence_case(text: str) -> str:
    """A heading in capitals as a name: "ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN" → "Ủy ban nhân dân tỉnh Điện Biên"."""
    words = text.split()
    level = next((at for at, word in enumerate(words) if folded(word) in {"tinh", "huyen", "xa", "phuong"}), None)
    if level is None:
        level = next((at - 1 for at, word in enumerate(words) if folded(word) == "pho" and at), len(words))
        level += level < len(words)
    out = [word.lower() for word in words[: level + 1]] + [word.capitalize() for word in words[level + 1 :]]
    name = " ".join(out)
    return name[:1].upper() + name[1:]


def _abstract(lines: Sequence[str]) -> str:
    """What the document is about: the line after its kind in capitals (QUYẾT ĐỊNH)."""
    for at, line in enumerate(lines[:-1]):
        if _KIND.match(folded(line)) and in_capitals(line):
            return lines[at + 1].strip(" .")
    return ""


def _by_attachment(line: str) -> LegalBasis | None:
    """ "(Kèm theo Quyết định số 2270/QĐ-UBND ngày 13/12/2024 của UBND tỉnh Điện Biên)"."""
    found = _ATTACHED.search(line)
    if found is None or "kem theo" not in folded(line[: found.end()]):
        return None
    rest = line[found.end() :]
    issuer = _ISSUER.search(rest)
    return LegalBasis(_number(found), _date(rest), issuer["issuer"].strip() if issuer else "")


def read_year(paragraphs: Sequence[Paragraph], basis: Sequence[LegalBasis]) -> int | None:
    """The year that the set is for: the abstract's, else the one that lines about the index name most; None
    where none is named.
    """
    for document in basis:
        found = _YEAR.search(document.abstract)
        if found is not None:
            return int(found[1])
    named: Counter[int] = Counter()
    for paragraph in paragraphs:
        words = folded(paragraph.text)
        if "cchc" in words or "cai cach hanh chinh" in words or "chi so" in words or "tieu chi" in words:
            named.update(int(found[1]) for found in _YEAR.finditer(joined(paragraph.text)))
    return named.most_common(1)[0][0] if named else None
