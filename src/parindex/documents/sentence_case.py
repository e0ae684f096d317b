"""Headings printed in capitals as sentences write them: "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC" → "Công tác chỉ đạo, điều
hành CCHC".

Capitals stay where a word is no Vietnamese syllable (UBND, TTHC, KT-XH, 06/QĐ-UBND), is a numeral of a heading, or
stands in ``data/words/sentence_case.yaml``; names from there are written as they stand there. What this makes is a
proposal: the printed title is kept beside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

import parindex
from parindex.documents.printed_text import in_capitals

_DATA = Path(parindex.__file__).parent / "data" / "words" / "sentence_case.yaml"
#: A Vietnamese syllable without its marks.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_PIECE = re.compile(r"[^\W_]+")
_NUMERAL = re.compile(r"[IVXL]+")
#: Syllables as well: numerals only before a point, and after one of these words ("CẤP VI", "QUÝ IV").
_EITHER = frozenset({"VI", "XI", "LI"})
_BEFORE_NUMERALS = frozenset({"cấp", "loại", "hạng", "quý", "chương", "phần", "mục", "bậc", "khóa", "nhóm", "lục"})
#: What captions begin with in small letters: "Bảng 1. CHỈ SỐ …".
_CAPTION = re.compile(r"(?:Bảng|Biểu|Phụ lục|Mẫu)(?: số)? [\dIVX]+[.:]? ")
_SENTENCE_END = re.compile(r"[.?!]$")


@dataclass(frozen=True, slots=True)
class _Words:
    abbreviations: dict[str, str]
    ordinary: frozenset[str]
    names: re.Pattern[str]
    places: re.Pattern[str]
    written: dict[str, str]


@cache
def _words() -> _Words:
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    written = {_plain(one): one for one in (*data["names"], *data["places"])}
    after = "|".join(re.escape(one) for one in data["after"])
    return _Words(
        {one.casefold(): one for one in data["abbreviations"]},
        frozenset(data["ordinary"]),
        _any_of(data["names"]),
        re.compile(rf"(?<!\w)(?:{after})\s+(?P<name>{_any_of(data['places']).pattern})", re.IGNORECASE),
        written,
    )


def _any_of(names: list[str]) -> re.Pattern[str]:
    ordered = sorted((_plain(one) for one in names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in ordered)})(?!\w)", re.IGNORECASE)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def sentence_case(heading: str) -> str:
    """``heading`` in sentence case where it is printed in capitals; else as it is."""
    flat = unicodedata.normalize("NFC", " ".join(heading.split()))
    if not in_capitals(_CAPTION.sub("", flat)):
        return flat
    out: list[str] = []
    for word in flat.split(" "):
        is_first = not any(letter.isalpha() for one in out for letter in one)
        begins = is_first or bool(_SENTENCE_END.search(out[-1]) and not _is_short(out[-1]))
        out.append(_cased(word, out[-1].casefold() if out else "", begins=begins))
    return _with_names(" ".join(out))


def display_title(title: str) -> str:
    """The name to show for a title that is printed in capitals; "" where the printed one can be shown."""
    made = sentence_case(title)
    return made if made != " ".join(title.split()) else ""


def _is_short(word: str) -> bool:
    """An abbreviation with a point ("TM.", "TP."), which ends no sentence."""
    return word[:-1].isupper() and word[:-1].isalpha() and not _NUMERAL.fullmatch(word[:-1])


def _cased(word: str, before: str, *, begins: bool) -> str:
    """One word between spaces, piece by piece; ``begins``: a sentence begins with it."""
    if any(letter.isdigit() for letter in word) and any(letter.isupper() for letter in word):
        return word  # the number of a paper, ĐA06, Q1
    out, end = "", 0
    for piece in _PIECE.finditer(word):
        out += word[end : piece.start()] + _cased_piece(piece[0], word, before, begins=begins)
        begins, end = False, piece.end()
    return out + word[end:]


def _cased_piece(piece: str, word: str, before: str, *, begins: bool) -> str:
    known = _words()
    if not piece.isupper():
        return piece
    if piece.casefold() in known.abbreviations:
        return known.abbreviations[piece.casefold()]
    if piece.casefold() in known.ordinary:
        return piece.capitalize() if begins else piece.lower()
    is_numbering = begins and word.strip("()").rstrip(".") == piece and word != piece
    if _NUMERAL.fullmatch(piece) and (piece not in _EITHER or is_numbering or before in _BEFORE_NUMERALS):
        return piece
    if not _SYLLABLE.fullmatch(_unmarked(piece)):
        return piece
    return piece.capitalize() if begins else piece.lower()


def _unmarked(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _with_names(sentence: str) -> str:
    known = _words()

    def as_written(found: re.Match[str]) -> str:
        return known.written[_plain(found[0])]

    def place(found: re.Match[str]) -> str:
        start = found.start("name") - found.start()
        return found[0][:start] + known.written[_plain(found["name"])]

    return known.places.sub(place, known.names.sub(as_written, sentence))
