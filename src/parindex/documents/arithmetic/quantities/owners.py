"""Whose figures a paper holds: only papers of one province and year are held against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from parindex.documents.arithmetic.passages import Passage

_CAPITAL = r"[A-ZÀ-ỸĐ][^\W\d_]{0,8}"
_PROVINCE = re.compile(rf"(?:tỉnh|Tỉnh|TỈNH|thành phố|Thành phố) ({_CAPITAL}(?: {_CAPITAL}){{1,3}})")
_YEAR = re.compile(r"(?:năm|NĂM|Năm) ((?:19|20)\d\d)(?!\d)")
_FEWEST = 2


def owner(passages: Sequence[Passage]) -> tuple[str, str] | None:
    """The province and the year that a paper names most often; None where it names none twice."""
    places: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for passage in passages:
        places.update(name.lower() for name in _PROVINCE.findall(passage.text))
        years.update(_YEAR.findall(passage.text))
    if not places or not years:
        return None
    (place, named), (year, told) = places.most_common(1)[0], years.most_common(1)[0]
    return (place, year) if min(named, told) >= _FEWEST else None
