"""Names in an XLSForm: columns of languages, and the columns and the sheet that hold what XLSForm has no words for.

Programs that know XLSForm pass over columns and sheets that they do not know, so a form with ours works in ODK and
KoBo.
"""

from __future__ import annotations

import re

#: The sheet of what concerns the whole questionnaire: ``key``, ``value`` (JSON); lists have a row an element.
SHEET = "parindex"
#: Columns of the sheet ``survey``.
PRINTED = "parindex_printed"
REVERSED = "parindex_reversed"
FEEDS = "parindex_feeds"
OURS = "parindex_ours"
REFERENCE = "parindex_reference"
RESPONDENTS = "parindex_respondents"
#: A column of the sheet ``choices``: ``unknown`` or ``refused`` for codes outside the scale.
MEANING = "parindex_meaning"
YES = "yes"

_LANGUAGES = {
    "vi": "Tiếng Việt",
    "en": "English",
    "fr": "Français",
    "km": "ភាសាខ្មែរ",
    "lo": "ລາວ",
    "zh": "中文",
    "hmn": "Hmoob",
}
_CODE = re.compile(r"\(([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})\)\s*$")
_BARE = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$")


def language_name(code: str) -> str:
    """How a language stands in the head of a column: ``Tiếng Việt (vi)``."""
    return f"{_LANGUAGES.get(code, code)} ({code})"


def language_code(name: str) -> str | None:
    """The code in the head of a column (``English (en)``, ``en``, ``English``); None where there is none."""
    if found := _CODE.search(name):
        return found[1]
    for code, known in _LANGUAGES.items():
        if name.strip().casefold() == known.casefold():
            return code
    return name.strip() if _BARE.match(name.strip()) else None
