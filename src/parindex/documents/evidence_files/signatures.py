"""The first bytes by which files are known that evidence may not be: programs, archives, other pictures, films."""

from __future__ import annotations

import re

#: (kind of problem, what it is, how it begins)
_BEGINNINGS: tuple[tuple[str, str, bytes], ...] = (
    ("evidence_program", "ELF", b"\x7fELF"),
    ("evidence_program", "Mach-O", b"\xfe\xed\xfa\xce"),
    ("evidence_program", "Mach-O", b"\xfe\xed\xfa\xcf"),
    ("evidence_program", "Mach-O", b"\xce\xfa\xed\xfe"),
    ("evidence_program", "Mach-O", b"\xcf\xfa\xed\xfe"),
    ("evidence_program", "Java", b"\xca\xfe\xba\xbe"),
    ("evidence_program", "Android", b"dex\n"),
    ("evidence_program", "WebAssembly", b"\x00asm"),
    ("evidence_program", "LNK", b"L\x00\x00\x00\x01\x14\x02\x00"),
    ("evidence_program", "script", b"#!"),
    ("evidence_archive", "RAR", b"Rar!\x1a\x07"),
    ("evidence_archive", "7z", b"7z\xbc\xaf\x27\x1c"),
    ("evidence_archive", "GZIP", b"\x1f\x8b"),
    ("evidence_archive", "BZIP2", b"BZh"),
    ("evidence_archive", "XZ", b"\xfd7zXZ\x00"),
    ("evidence_archive", "ZSTD", b"\x28\xb5\x2f\xfd"),
    ("evidence_archive", "CAB", b"MSCF"),
    ("evidence_archive", "ZIP", b"PK\x05\x06"),
    ("evidence_picture_format", "GIF", b"GIF8"),
    ("evidence_picture_format", "TIFF", b"II*\x00"),
    ("evidence_picture_format", "TIFF", b"MM\x00*"),
    ("evidence_picture_format", "BMP", b"BM"),
    ("evidence_picture_format", "PSD", b"8BPS"),
    ("evidence_picture_format", "JPEG XL", b"\xff\x0a"),
    ("evidence_film", "WebM", b"\x1aE\xdf\xa3"),
    ("evidence_film", "Ogg", b"OggS"),
    ("evidence_film", "MP3", b"ID3"),
)
#: ISO base media files name their brand after "ftyp".
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")
_RIFF = {b"AVI ": ("evidence_film", "AVI"), b"WAVE": ("evidence_film", "WAV")}
_WEB_PAGE = re.compile(
    r"<(?:!doctype\s+(?:html|svg)|html|head|body|svg|script|iframe|table|style|div|meta|img|a\s+href)\b"
    r"|mime-version:|from:\s*<saved by",
    re.IGNORECASE,
)
#: What may stand before the first element.
_SKIPPED = (("<!--", "-->"), ("<?", "?>"))
_SVG = re.compile(r"<(?:\w{1,20}:)?svg\b", re.IGNORECASE)
_BATCH = re.compile(r"^\s*(?:@echo\b|rem\s|powershell\b)", re.IGNORECASE)


def refused_by_signature(head: bytes) -> tuple[str, str] | None:
    """(kind of problem, what it is) of a file that begins like one that is not taken; None for all others."""
    if head.startswith(b"MZ") and b"\x00" in head[:128]:
        return "evidence_program", "EXE"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _HEIC_BRANDS:
            return "evidence_picture_format", "HEIC"
        return ("evidence_picture_format", "AVIF") if brand in _AVIF_BRANDS else ("evidence_film", "MP4")
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[257:262] == b"ustar":
        return "evidence_archive", "TAR"
    for kind, name, begin in _BEGINNINGS:
        # Two letters alone also begin words: what follows them in a file of that kind is no text.
        if head.startswith(begin) and (name != "BMP" or b"\x00" in head[:32]):
            return kind, name
    return None


def refused_by_words(text: str) -> tuple[str, str] | None:
    """The same for what is text: pages that a browser would run, drawings as XML, batch files, office files as XML."""
    start = text[:4096].lstrip("\ufeff")
    if start.lstrip().startswith("<?xml") and "mso-application" in start:
        return "evidence_office_format", "Office XML"
    if _SVG.search(start):
        return "evidence_web_page", "SVG"
    if _WEB_PAGE.match(_first_element(start)):
        return "evidence_web_page", "HTML"
    if start.lstrip().startswith("<?xml"):
        return "evidence_unknown_format", "XML"
    return ("evidence_program", "script") if _BATCH.search(start) else None


def _first_element(start: str) -> str:
    """``start`` without comments and instructions before its first element."""
    start = start.lstrip()
    while (marks := next((pair for pair in _SKIPPED if start.startswith(pair[0])), None)) is not None:
        _, end, rest = start.partition(marks[1])
        start = rest.lstrip() if end else ""
    return start
