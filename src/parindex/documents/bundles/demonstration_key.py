"""The keys of the demonstration: called what they are, so that nobody takes them for those of the bodies themselves."""

from __future__ import annotations

from parindex.documents.bundles.keys import SigningKey, new_key

#: The body of the publication of 2020.
PROVINCE = "UBND tỉnh Điện Biên"
_NAME = "Khóa dùng thử của {body} (mô phỏng, không phải khóa thật)"
#: The publication of 2020 is of May 2021: a key that an owner makes is not valid backwards, this one has to be.
_FROM = "2021-01-01"


def demonstration_key(until: str, body: str = PROVINCE) -> SigningKey:
    """A new key of a body, valid on the day of the publication of 2020 and on every day ``until`` (ISO)."""
    return new_key(_NAME.format(body=body), _FROM, until)
