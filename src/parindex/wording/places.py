"""Where something stands, in words: ``de-an.xlsx, trang tính Bảng 1, dòng 37``."""

from __future__ import annotations

from parindex.domain.errors import Place
from parindex.wording.language import mark, text

_PARTS = (
    ("page", mark("trang {value}")),
    ("sheet", mark("trang tính {value}")),
    ("table", mark("{value}")),
    ("row", mark("dòng {value}")),
    ("cell", mark("ô {value}")),
    ("line", mark("dòng văn bản {value}")),
    ("path", mark("tại {value}")),
)


def place_text(place: Place, *, file: bool = True) -> str:
    """The known parts in reading order, joined by commas; "" where nothing is known."""
    words = [place.file] if file and place.file else []
    for name, pattern in _PARTS:
        value = getattr(place, name)
        if value is not None:
            words.append(text(pattern, value=value))
    if place.code is not None and place.row is None and place.line is None and place.cell is None:
        words.append(text("mã {value}", value=place.code))
    return ", ".join(words)
