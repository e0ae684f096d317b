"""Texts that people write: kept whole, or refused with what is too much; nothing is cut off in silence."""

from __future__ import annotations

from parindex.domain.review.refusal import Refusal

REASON_LENGTH = 2_000


def whole(given: str, most: int) -> str:
    """The text without the white space around it; refused (``comment_too_long``) above ``most`` characters."""
    plain = given.replace("\r\n", "\n").strip()
    if len(plain) > most:
        raise Refusal("comment_too_long", length=len(plain), allowed=most)
    return plain


def reason_of(given: str, *, needed: bool = True) -> str:
    """The reason of an act; refused (``reason_needed``) where there is none and the act needs one."""
    plain = whole(given, REASON_LENGTH)
    if needed and not plain:
        raise Refusal("reason_needed")
    return plain
