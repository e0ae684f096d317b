"""Where something stands, in words: ``de-an.xlsx, trang tính Bảng 1, dòng 37``."""

from __future__ import annotations

from parindex.domain.errors import Place
from parindex.wording.language import mark, text
from parindex.wording.yaml_paths import path_words

_PARTS = (
    ("page", mark("trang {value}")),
    ("sheet", mark("trang tính {value}")),
    ("table", mark("{value}")),
    ("row", mark("dòng {value}")),
    ("cell", mark("ô {value}")),
    ("line", mark("dòng văn bản {value}")),
)


def place_text(place: Place, *, file: bool = True) -> str:
    """The known parts in reading order, joined by commas; "" where nothing is known.

    In a sheet only the sheet's own rows are counted, by the cell or as ``dòng 3 của trang tính``: rows of data would be
    other numbers than the program shows.
    """
    words = [place.file] if file and place.file else []
    in_sheet = place.cell is not None or (place.sheet is not None and place.line is not None)
    for name, pattern in _PARTS:
        value = getattr(place, name)
        if value is None or (name == "row" and in_sheet):
            continue
        if name == "line" and place.sheet is not None:
            pattern = mark("dòng {value} của trang tính")
        elif name == "line" and place.path is not None:
            pattern = mark("dòng {value}")
        words.append(text(pattern, value=value))
    if place.path is not None:
        words.append(path_words(place.path, place.code))
    elif place.code is not None and place.row is None and place.line is None and place.cell is None:
        words.append(text("mã {value}", value=place.code))
    return ", ".join(words)
