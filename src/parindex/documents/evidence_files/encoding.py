"""A drawn page as bytes: the smaller of PNG and JPEG, with nothing in it but the picture."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_QUALITY = 82


def encoded(picture: Image.Image) -> tuple[bytes, str]:
    """The bytes and the media type. What a camera wrote beside the picture (place, time, device) is not copied."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clean.paste(picture.convert("RGBA"), mask=picture.convert("RGBA").getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    made = {name: _as(clean, name) for name in MEDIA_TYPES}
    smaller = min(made, key=lambda name: len(made[name]))
    return made[smaller], MEDIA_TYPES[smaller]


def _as(picture: Image.Image, name: str) -> bytes:
    target = BytesIO()
    if name == "PNG":
        grey = picture.convert("L")
        plain = grey.convert("RGB").tobytes() == picture.tobytes()  # most pages are black on white
        (grey if plain else picture).save(target, name, compress_level=6)
    else:
        picture.save(target, name, quality=_QUALITY, optimize=True)
    return target.getvalue()
