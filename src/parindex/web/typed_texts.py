"""Texts as forms carry them: what is too long is told at its field, with what was typed kept."""

from __future__ import annotations

from parindex.domain.review.refusal import Refusal
from parindex.usecases.written_texts import whole
from parindex.wording.refusals import refusal_text


def too_long(typed: str, most: int) -> str:
    """What is wrong with a text that is longer than what is kept; "" for one that fits."""
    try:
        whole(typed, most)
    except Refusal as refused:
        return refusal_text(refused)
    return ""
