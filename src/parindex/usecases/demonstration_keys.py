"""The key of the demonstration: made at its first start, and called what it is, so that nobody takes it for the
province's own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from parindex.documents.bundles.keys import new_key, save_key
from parindex.usecases.owner_keys import key_path
from parindex.wording.moments import local_day

_OWNER = "dien-bien"
_NAME = "Khóa dùng thử của UBND tỉnh Điện Biên (mô phỏng, không phải khóa thật)"
#: The publication of 2020 is of May 2021: a key that an owner makes is not valid backwards, this one has to be.
_FROM = "2021-01-01"
_VALID = timedelta(days=365)


def make_demonstration_key(*, at: datetime) -> None:
    """Make the key of the province of the demonstration; does nothing where there is one."""
    path = key_path(_OWNER)
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    save_key(new_key(_NAME, _FROM, local_day(at + _VALID).isoformat()), path)
