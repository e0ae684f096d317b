"""Text in composed letters without invisible ones, with the place of every letter in the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class ComposedText:
    """``text`` to be searched; :meth:`given` leads back."""

    text: str
    _places: tuple[int, ...] | None = None

    def given(self, at: int) -> int:
        """The place in the given text of the letter ``at`` (or of the end)."""
        return at if self._places is None else self._places[at]


def composed(given: str) -> ComposedText:
    """``given`` in NFC. Files from macOS and some keyboards write a letter and its accents one after the other."""
    if unicodedata.is_normalized("NFC", given) and not _INVISIBLE.search(given):
        return ComposedText(given)
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for at in range(1, len(given) + 1):
        # A letter goes on as long as accents follow.
        if at < len(given) and unicodedata.combining(given[at]) and at - start < 16:
            continue
        part = unicodedata.normalize("NFC", _INVISIBLE.sub("", given[start:at]))
        parts.append(part)
        places.extend([start] * len(part))
        start = at
    return ComposedText("".join(parts), (*places, len(given)))
