"""Photos and scans (JPEG, PNG, WebP): their size, and a picture of the asked width, upright."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from parindex.documents.evidence_files.answers import Refused, Reply
from parindex.documents.evidence_files.encoding import encoded

#: The largest cameras of phones make 200 million points; what is larger is no photo of a paper.
MAX_POINTS = 210_000_000
#: No other decoder is offered the file. (A phone's JPEG with a second picture inside opens as its first.)
_FORMATS = tuple(one.format for one in (JpegImageFile, PngImageFile, WebPImageFile))


def look(path: Path) -> Reply:
    """The size as people see it (upright)."""
    with _opened(path) as picture:
        width, height = _upright_size(picture)
        return {"width": width, "height": height, "pages": 1}, b""


def image(path: Path, *, page: int, width: int) -> Reply:
    """The picture, ``width`` points wide or as wide as it is, whichever is less."""
    if page != 1:
        raise Refused("no_such_page", page=page, pages=1)
    with _opened(path) as picture:
        full, height = _upright_size(picture)
        width = min(width, full)
        target = (width, max(1, round(height * width / full)))
        # A JPEG is read at half, a quarter or an eighth of its size where that is still large enough.
        picture.draft("RGB", (max(target), max(target)))
        try:
            picture.load()
            upright = ImageOps.exif_transpose(picture)
        except (OSError, ValueError, SyntaxError) as error:
            raise Refused("file_damaged", reason=type(error).__name__) from None
        reduced = upright.convert("RGBA") if upright.mode == "P" else upright
        data, media_type = encoded(reduced.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0))
    return {"width": target[0], "height": target[1], "pages": 1, "media_type": media_type}, data


def _opened(path: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked
    warnings.simplefilter("ignore")  # odd metadata of an otherwise readable photo
    try:
        picture = Image.open(path, formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("file_damaged", reason=type(error).__name__) from None
    width, height = picture.size
    if width * height > MAX_POINTS:
        raise Refused("picture_too_large", width=width, height=height, limit=MAX_POINTS)
    return picture


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    turned: Any = picture.getexif().get(0x0112)
    width, height = picture.size
    return (height, width) if turned in (5, 6, 7, 8) else (width, height)
