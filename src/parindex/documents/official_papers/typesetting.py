"""A paper as PDF, set by typst with the fonts that come with the package: no system library, no network."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import typst

_FONTS = files("parindex") / "data" / "fonts"
#: Templates lie beside what they print, below this folder, and take the layout from here.
_TEMPLATES = files("parindex.documents")
#: Characters that print nothing, or turn the direction of what follows: they could make a text look like another.
_UNPRINTED = ("Cc", "Cf", "Cs", "Co", "Cn")
#: What the fonts of the package have; anything else would leave a gap in an official paper, which a box shows.
_NOT_IN_FONTS = re.compile(
    "[^\u0020-\u007e\u00a0-\u036f\u0391-\u03a1\u03a3-\u03ce\u0400-\u0513\u1e00-\u1e9b\u1ea0-\u1ef9\u2000-\u2010"
    "\u2012-\u2022\u2026\u2030\u2032\u2033\u20a0-\u20b5\u2190-\u2195\u2212\u2248\u2260\u2264\u2265\u25a1]"
)
_BOX = "\u25a1"
_HYPHEN = "\u2011"
#: A word that no column holds is broken: after so many characters a line may end.
_LONG_WORD = re.compile(r"\S{33,}")
_PIECE = 16
_MAY_BREAK = "\u200b"


def typeset(template: str, paper: Mapping[str, Any]) -> bytes:
    """The bytes of the PDF, the same for the same ``paper``; ``template``: ``receipts/receipt.typ``.

    The texts go to typst as data, never as source, so that markup in them is printed as it stands. They must be
    :func:`printable`.
    """
    return typst.compile(
        # By its path: of a template given as bytes typst 0.15 keeps what it made of it, some 300 kB a paper.
        str(_TEMPLATES / template),
        root=str(_TEMPLATES),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        # The time of making stays out of the file.
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])


def printable(value: Any) -> Any:
    """Every text of nested data, without what cannot be printed and with places to break long words."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda found: _MAY_BREAK.join(_pieces(found[0])), shown(value))
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return [printable(one) for one in value]


def shown(value: str) -> str:
    """A text without what cannot be printed."""
    text = unicodedata.normalize("NFC", value)
    plain = "".join(" " if unicodedata.category(one) in _UNPRINTED else one for one in text).replace(_HYPHEN, "-")
    return _NOT_IN_FONTS.sub(_BOX, plain)


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]
