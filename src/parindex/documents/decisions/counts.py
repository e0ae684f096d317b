"""Counts that a decision writes out: "hai lĩnh vực với năm tiêu chí" reads "2 linh vuc voi 5 tieu chi"."""

from __future__ import annotations

import re

_UNITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_ONE = "|".join(_UNITS)
_BELOW_100 = rf"(?:(?:(?:{_ONE}) )?muoi(?: (?:{_ONE}|tu))?|{_ONE})"
_WRITTEN = re.compile(
    rf"\b(?P<hundred>(?:{_ONE}) tram(?: (?:linh|le|va))? ?)?(?P<rest>\b{_BELOW_100})"
    r"(?= (?:nhom )?(?:linh vuc|tieu chi|tieu chuan|chi tieu|noi dung (?:danh gia|lon)|nhom)\b)"
)
_COUNTED = r"(?= (?:nhom|linh vuc|tieu chi|tieu chuan|chi tieu|tctp|noi dung|phan|muc)\b)"
#: A number given twice: "nam (05) tieu chi", "05 (nam) tieu chi", "05 (5) tieu chi".
_TWICE = re.compile(
    rf"(?:\b(?:{_BELOW_100}|(?:{_ONE}) tram(?: (?:linh|le|va))?(?: {_BELOW_100})?|\d{{1,3}}) ?\((?P<behind>\d{{1,3}})\)"
    rf"|\b(?P<before>\d{{1,3}}) ?\((?:(?:{_ONE}|tram|muoi|linh|le|va|tu) ?)+\)){_COUNTED}"
)


def in_digits(words: str) -> str:
    """Folded ``words`` with the numbers that count areas and criteria in digits, once where words and digits are
    given; "một" alone is left, it is mostly an article.
    """
    words = _TWICE.sub(lambda found: found["behind"] or found["before"], words)
    return _WRITTEN.sub(lambda found: found[0] if found[0] == "mot" else str(_number(found)), words)


def _number(found: re.Match[str]) -> int:
    total = 100 * _UNITS[found["hundred"].split()[0]] if found["hundred"] else 0
    tens, ten, ones = found["rest"].rpartition("muoi")
    if not ten:
        return total + _UNITS[found["rest"]]
    ones = ones.strip()
    return total + 10 * (_UNITS[tens.strip()] if tens.strip() else 1) + (4 if ones == "tu" else _UNITS.get(ones, 0))
