"""The words of heads: which kind of column they name.

No paper is known by heart: each kind of column has words that name it, the telling ones tried first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from parindex.documents.printed_text import folded


class Column(StrEnum):
    """What a column of a criteria table or score sheet holds."""

    CODE = "code"
    TITLE = "title"
    MAX_POINTS = "max_points"
    OPTIONS = "options"
    #: What each option is worth, beside the maximum.
    OPTION_POINTS = "option_points"
    NOTE = "note"
    EVIDENCE = "evidence"
    SELF_POINTS = "self_points"
    EXPLANATION = "explanation"
    FURTHER_EXPLANATION = "further_explanation"
    APPRAISED_POINTS = "appraised_points"
    #: Points of a body below the one whose appraisal stands.
    OTHER_APPRAISAL = "other_appraisal"
    OPINION = "opinion"
    OTHER = "other"


#: Words of heads, without accents, in the order in which they are tried: the telling ones first.
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile("|".join(patterns)))
    for column, patterns in (
        (Column.OPINION, ("y kien", "opinion")),
        (
            Column.FURTHER_EXPLANATION,
            (r"giai trinh (bo sung|them|lan (?:[2-9]|hai|ba|i{2,3})\b)", "further explanation"),
        ),
        (Column.EXPLANATION, ("giai trinh", "dien giai", "thuyet minh", "explanation")),
        (Column.NOTE, ("^ghi chu",)),
        (Column.EVIDENCE, ("tai lieu kiem chung", r"\btlkc\b", "minh chung", "ho so kiem chung", "evidence")),
        (
            Column.SELF_POINTS,
            ("tu (cham|cho diem)", "(diem|ket qua).{0,20}tu (danh gia|xac dinh)", "^tu danh gia", "self"),
        ),
        (Column.APPRAISED_POINTS, ("(diem|ket qua|cham).{0,25}tham dinh", "hoi dong cham", "apprais")),
        (Column.APPRAISED_POINTS, ("^(to |hoi dong |co quan )?tham dinh",)),
        (Column.MAX_POINTS, ("diem (so )?(toi da|chuan|quy dinh|tieu chuan|cao nhat)", "max")),
        (Column.OTHER, ("dat duoc", r"muc tieu(?! chi)", "nhiem vu", "giai phap", "chu tri", "phu trach", "phoi hop")),
        (Column.OTHER, ("xep loai", "xep hang", "tang.*giam", r"\b(19|20)\d\d\b")),
        (
            Column.NOTE,
            ("ghi chu", "(hinh thuc|phuong thuc|phuong phap|cach thuc) (danh gia|cham)", r"\bnotes?\b", "remark"),
        ),
        (Column.NOTE, (r"^(?!.*(diem|tieu chi)).*(\bd?txhh\b|dieu tra (xhh|xa hoi)|\bsipas\b|khao sat)",)),
        (Column.NOTE, ("nguon (du lieu|so lieu|diem|danh gia)", "^nguon$", "^hinh thuc$")),
        (Column.OPTIONS, ("(cach|cong thuc|phuong phap) (tinh|cham|cho|danh gia)", "huong dan (cham|tinh|danh gia)")),
        (Column.OPTIONS, ("quy dinh cham", "thang diem chi tiet", "^(cac )?muc (do )?danh gia$")),
        (Column.OPTIONS, ("^(cac )?phuong an( (danh gia|tra loi|lua chon))?$",)),
        (Column.MAX_POINTS, ("(thang|khung|bieu|muc) diem", "toi da", "diem (cua )?tieu chi$", "^ba ?rem( diem)?$")),
        (Column.CODE, (r"^s(o)?[ ./]*tt$", r"^t[ ./]*t$", "^so thu tu$", "^ma( so| hieu)?( tieu chi| tc| muc)?$")),
        (Column.CODE, ("^muc( so)?$", "^tieu chi so$", "^ky hieu$", "^codes?$", r"^no\.?$", "^id$", "^#$")),
        (
            Column.TITLE,
            (r"^(?!.*diem).*(tieu chi|noi dung|linh vuc|chi tieu|chi so|ten muc|criteri|title|content|\barea)",),
        ),
        (Column.MAX_POINTS, (r"^(so )?diem( so)?( \(.*\))?$", "^points?$", "^score$")),
        (Column.MAX_POINTS, ("^(so )?diem( so)? (cu|moi|hien hanh)$",)),
    )
)

_MAX_HEAD_TEXT = 120
_SCORED = frozenset({Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS, Column.OPTIONS})
#: What the head of the titles may name beside them.
_BESIDE_TITLES = frozenset({Column.OPTIONS, Column.MAX_POINTS, Column.NOTE, Column.EVIDENCE, Column.OTHER})
#: A head of titles that goes on to the scoring: "Nội dung và cách chấm điểm", "Tiêu chí/thang điểm".
_SCORING = (
    r"\b(?:diem|cach|thang|khung|bieu|muc|cong thuc|phuong (?:phap|thuc)|hinh thuc|quy dinh|huong dan|can cu|minh chung"
    r"|ho so|tai lieu|ghi chu)\b"
)
_TITLE_FIRST = re.compile(rf"^(?:(?!{_SCORING}).){{0,60}}?\b(?:linh vuc|tieu chi|noi dung|chi tieu)\b")


def column_of_words(text: str) -> Column | None:
    """The kind of column that head words name; None where they name none."""
    words = folded(text)
    if not words or len(words) > _MAX_HEAD_TEXT:
        return None
    return next((column for column, pattern in _WORDS if pattern.search(words)), None)


def columns_of_words(heads: Sequence[str]) -> list[Column | None]:
    """The kinds of columns side by side: where no head names the titles alone, the first that names them and then how
    they are scored is theirs, if points stand in another column.
    """
    kinds = [column_of_words(head) for head in heads]
    for at, head in enumerate(heads if Column.TITLE not in kinds else ()):
        beside = {*kinds[:at], *kinds[at + 1 :]}
        if kinds[at] in _BESIDE_TITLES and beside & _SCORED and names_titles_first(head):
            kinds[at] = Column.TITLE
            break
    return kinds


def names_titles_first(head: str) -> bool:
    """Whether the first thing that a head names are the titles, whatever it names after them."""
    return _TITLE_FIRST.search(folded(head)) is not None
