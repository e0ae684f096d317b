"""What an official paper says of itself on its first page: number, date, issuer, kind and abstract, to be confirmed.

The head of such a paper has two columns: issuer and number to the left, motto, place and date to the right. Below
stand the kind in capitals and what the paper is about; an official letter has "V/v …" under its number instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from parindex.documents.citations.citation import KIND_OF_CODE, OFFICIAL_LETTER, kind_of_number
from parindex.documents.citations.issuers import same_issuer
from parindex.documents.citations.recognise import citations_in
from parindex.documents.citations.tokens import Piece, Token, cited_date, printed_number, tokens
from parindex.documents.decisions.prose import whole_sentences
from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.first_page_lines import FirstPageLines, lines_of_docx, lines_of_pdf
from parindex.documents.evidence_files.issuer_names import in_sentence_case
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.domain.errors import Place, Problem

_MOTTO = re.compile(
    r"C[ỘO]NG\s+H[ÒO][AÀ]\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc",
    re.IGNORECASE,
)
_KINDS = {folded(kind): kind for kind in KIND_OF_CODE.values()} | {"cong van": OFFICIAL_LETTER}
#: With a capital: "số 401/BC-UBND" at the beginning of a line goes on in a sentence that cites.
_OWN = re.compile(r"^\s*S[ốỐ]\s*[:.]?\s*")
_BLANK_NUMBER = re.compile(r"^\s*S[ốỐ]\s*[:.]?[\s.…_]*/\s*[A-ZĐ]{2,}")
_BLANK_DATE = re.compile(r"ngày[\s.…_]*tháng[\s.…_]*\d{0,2}[\s.…_]*năm", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:V/v|Về việc)\s*:?\s*", re.IGNORECASE)
_CAME_WITH = re.compile(r"^\(?(?:Ban hành )?kèm theo\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^(?:Kính gửi|Kính trình)\b", re.IGNORECASE)
#: What stands under the abstract: the body begins.
_BODY = re.compile(
    r"^(?:Căn cứ|Thực hiện|Xét|Theo đề nghị|Tiếp theo|Kính gửi|Trên cơ sở|Phần\s|Chương\s|Điều\s\d|\(?Kèm theo"
    r"|\(Ban hành"
    r"|[IVX]{1,4}[.)]\s|\d{1,2}[.)]\s|[-–_*=]{3,}|Ngày \d)",
    re.IGNORECASE,
)
#: How the name of a body begins; other lines in capitals go on with the name above them.
_BODY_NAME = re.compile(
    r"^(?:[UỦ][YỶ] BAN|UBND|HĐND|HỘI ĐỒNG|BỘ|SỞ|BAN|VĂN PHÒNG|CỤC|TỔNG CỤC|CHI CỤC|VỤ|CHÍNH PHỦ|THỦ TƯỚNG|CÔNG AN"
    r"|THANH TRA|KHO BẠC|NGÂN HÀNG|BẢO HIỂM|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|TRUNG TÂM|TRƯỜNG|PHÒNG|QUỐC HỘI|TÒA ÁN"
    r"|TOÀ ÁN|VIỆN|KIỂM TOÁN|BCĐ|TỔ|ĐOÀN|LIÊN ĐOÀN|HỘI|ĐÀI|BỆNH VIỆN)\b"
)
_LONGEST_ABSTRACT = 600
_HEAD_LINES = 60


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the first page says; None where it does not. ``doubts`` say what a person should look at."""

    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    kind: str | None = None
    abstract: str | None = None
    doubts: tuple[Problem, ...] = field(default=())


def propose(path: Path, content: Content, *, name: str) -> FirstPage:
    """Proposals from the first page of a PDF or DOCX; nothing from other files.

    A scan has no text: the result is empty, with the doubt ``first_page_without_text``. Other doubts:
    ``first_page_number_blank``, ``first_page_date_blank`` (the paper was not yet numbered or signed, or it was
    written in by hand), ``first_page_date_impossible`` (date).
    Raises :class:`~parindex.domain.errors.InvalidInput` where the file cannot be read.
    """
    if content is Content.PDF:
        page = lines_of_pdf(path, name)
    elif content is Content.DOCX:
        page = lines_of_docx(path, name)
    else:
        return FirstPage()
    if not page.lines:
        return FirstPage(doubts=(Problem("first_page_without_text", Place(file=name, page=1)),))
    return proposals(page, name)


def proposals(page: FirstPageLines, name: str) -> FirstPage:
    """The proposals from lines that were read already."""
    lines = [line for line in (joined(_MOTTO.sub(" ", line)).strip(" -–_") for line in page.lines) if line]
    heading = _heading(lines)
    head = lines[: heading if heading is not None else _end_of_head(lines)][:_HEAD_LINES]
    place = Place(file=name, page=1)
    doubts: list[Problem] = []
    number = _number(head, place, doubts)
    # A date on a page that has nothing of an official head is the date of something else.
    official = number is not None or heading is not None or bool(doubts)
    day = _date(head, place, doubts) if official else None
    kind = _kind(lines, heading, number)
    issuer = _issuer(head, number)
    abstract = _abstract(lines, heading, head)
    if number is None and not doubts:
        attached = _attached([each.text for each in whole_sentences([Paragraph(line, place) for line in lines])])
        if attached is not None:
            number, day, issuer = attached.number, day or attached.date, issuer or attached.issuer
    return FirstPage(number, day, issuer, kind, abstract, tuple(doubts))


def _heading(lines: Sequence[str]) -> int | None:
    """The line with the kind of the paper in capitals ("QUYẾT ĐỊNH")."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if in_capitals(line) and folded(line).strip(" :") in _KINDS:
            return at
    return None


def _end_of_head(lines: Sequence[str]) -> int:
    """A letter has no heading: its head ends where it says to whom it goes."""
    return next((at for at, line in enumerate(lines) if _ADDRESSED.match(line)), min(len(lines), 15))


def _number(head: Sequence[str], place: Place, doubts: list[Problem]) -> str | None:
    for line in head:
        if _BLANK_NUMBER.match(line):
            doubts.append(Problem("first_page_number_blank", place, {"text": line[:80]}))
            return None
        own = _OWN.match(line)
        token = _first(line, Piece.NUMBER)
        if token is not None and own is not None and token.start == own.end():
            return printed_number(token.found)
        # Party papers and some offices print the symbol alone.
        if token is not None and token.start == 0 and token.end == len(line):
            return printed_number(token.found)
    return None


def _first(line: str, piece: Piece) -> Token | None:
    return next((token for token in tokens(line) if token.piece is piece), None)


def _date(head: Sequence[str], place: Place, doubts: list[Problem]) -> date | None:
    for line in head:
        token = _first(line, Piece.DATE)
        if token is not None:
            printed = cited_date(token.found)
            if printed.day is None:
                doubts.append(Problem("first_page_date_impossible", place, {"date": printed.text}))
                return None
            return printed.day
        if _BLANK_DATE.search(line):
            doubts.append(Problem("first_page_date_blank", place, {"text": line[:80]}))
            return None
    return None


def _kind(lines: Sequence[str], heading: int | None, number: str | None) -> str | None:
    if heading is not None:
        return _KINDS[folded(lines[heading]).strip(" :")]
    if number is not None:
        return kind_of_number(number) or OFFICIAL_LETTER
    return OFFICIAL_LETTER if any(_ABOUT.match(line) for line in lines[:_HEAD_LINES]) else None


def _issuer(head: Sequence[str], number: str | None) -> str | None:
    """The body over the number. Of "UBND TỈNH …" and "SỞ NỘI VỤ" under it the lower one issues."""
    end = next((at for at, line in enumerate(head) if _OWN.match(line) or _first(line, Piece.NUMBER)), None)
    if end is None:
        return None
    names = [line for line in head[:end] if in_capitals(line)]
    if not names:
        return None
    bodies = _bodies(names)
    symbol = re.split(r"[-/]", number)[1:] if number is not None else []
    named = [body for body in bodies if any(_abbreviates(part, body) for part in symbol)]
    return in_sentence_case(named[-1] if named else bodies[-1])


def _abbreviates(part: str, body: str) -> bool:
    return len(part) > 1 and part.upper() not in KIND_OF_CODE and same_issuer(part.upper(), body.title())


def _bodies(names: Sequence[str]) -> list[str]:
    bodies: list[str] = []
    for name in names:
        if bodies and not _BODY_NAME.match(name):
            bodies[-1] = f"{bodies[-1]} {name}"
        else:
            bodies.append(name)
    return bodies


def _abstract(lines: Sequence[str], heading: int | None, head: Sequence[str]) -> str | None:
    if heading is not None:
        start, end = heading + 1, len(lines)
    else:
        found = next((at for at, line in enumerate(head) if _ABOUT.match(line)), None)
        if found is None:
            return None
        start, end = found, len(head)
    parts: list[str] = []
    for line in lines[start:end]:
        if _BODY.match(line) or (parts and in_capitals(line)) or _first(line, Piece.DATE) or len(parts) > 8:
            break
        parts.append(line)
        if line.endswith((".", "./.")):
            break
    words = _ABOUT.sub("", joined(" ".join(parts))).strip(" .:;/")
    if not words or len(words) > _LONGEST_ABSTRACT:
        return None
    return words[:1].upper() + words[1:]


def _attached(lines: Sequence[str]) -> FirstPage | None:
    """A paper without a number of its own that came with a numbered one: "(Kèm theo Quyết định số …)"."""
    line = next((line for line in lines if _CAME_WITH.match(line)), None)
    found = citations_in(line)[:1] if line is not None else ()
    if not found:
        return None
    one = found[0]
    return FirstPage(one.number, one.date.day if one.date is not None else None, one.issuer or None)
