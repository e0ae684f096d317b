"""The key of the demonstration: called what it is, so that nobody takes it for the province's own."""

from __future__ import annotations

from parindex.documents.bundles.keys import SigningKey, new_key

_NAME = "Khóa dùng thử của UBND tỉnh Điện Biên (mô phỏng, không phải khóa thật)"
#: The publication of 2020 is of May 2021: a key that an owner makes is not valid backwards, this one has to be.
_FROM = "2021-01-01"


def demonstration_key(until: str) -> SigningKey:
    """A new key, valid on the day of the publication of 2020 and on every day ``until`` (ISO)."""
    return new_key(_NAME, _FROM, until)
