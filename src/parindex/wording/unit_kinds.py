"""Kinds of units by their official words."""

from __future__ import annotations

from parindex.wording.language import mark, text

_KINDS = {
    "ministry": mark("bộ, cơ quan ngang bộ"),
    "province": mark("tỉnh, thành phố"),
    "department": mark("sở, ban, ngành"),
    "district": mark("huyện, quận, thị xã, thành phố thuộc tỉnh"),
    "commune": mark("xã, phường, đặc khu"),
    "division": mark("phòng, ban"),
    "team": mark("đơn vị trực thuộc"),
}


def kind_text(kind: str) -> str:
    """``sở, ban, ngành``; a kind of one's own as it was written."""
    return text(_KINDS[kind]) if kind in _KINDS else kind


def known_kinds() -> dict[str, str]:
    """Every kind with its word."""
    return {kind: text(words) for kind, words in _KINDS.items()}
