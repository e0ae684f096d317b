"""An address as a QR code: dark squares that a page draws as SVG and a paper as a picture.

Error correction M (ISO/IEC 18004): up to a sixth of the code may be covered by a stamp or a fold and it still reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

#: What the standard asks for around a code, in modules: readers find nothing without it.
QUIET = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """The code of a text: ``size`` modules wide with its quiet margin, ``path`` all dark ones as one SVG path."""

    text: str
    size: int
    path: str

    @property
    def svg(self) -> str:
        """The code as a picture of its own."""
        head = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}"'
        return f'<svg {head}><path d="{self.path}"/></svg>'


@lru_cache(maxsize=256)
def qr_code(text: str) -> QrCode:
    """The smallest code that holds ``text`` (an address of at most some 2,000 characters)."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(text)
    made.make(fit=True)
    rows = made.get_matrix()
    return QrCode(text, len(rows), "".join(_runs(rows)))


def _runs(rows: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Dark modules that stand side by side are one rectangle."""
    for y, row in enumerate(rows):
        for is_dark, run in groupby(enumerate(row), key=lambda pair: bool(pair[1])):
            if is_dark:
                places = [x for x, _ in run]
                yield f"M{places[0]} {y}h{len(places)}v1h-{len(places)}z"
