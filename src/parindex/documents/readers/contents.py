"""What a file is by its contents, whatever it is called: a wrong extension is said as that and not as damage."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from parindex.documents.readers.compound_files import OLE, CompoundFile

#: The member by which an archive is known, and the extension of such archives.
_MEMBERS = (
    *(("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("xl/workbook.bin", ".xlsb")),
    ("ppt/presentation.xml", ".pptx"),
)
_OPEN_DOCUMENTS = {b"spreadsheet": ".ods", b"text": ".odt", b"presentation": ".odp"}
_OLD = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
_BEGINNINGS = (
    *((b"{\\rtf", ".rtf"), (b"%PDF-", ".pdf"), (b"<!doctype html", ".html"), (b"<html", ".html")),
    (b"<table", ".html"),
)
_SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_TEXTS = frozenset({".txt", ".csv", ".tsv", ".html", ".htm"})
_IMAGES = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"II*\x00", ".tif"))


def content_of(data: bytes) -> str:
    """The extension that files with such contents have, "" where it is not known."""
    if data.startswith(OLE):
        return _compound(data)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    found = next((extension for begin, extension in _BEGINNINGS if start.startswith(begin.lower())), "")
    found = found or next((extension for begin, extension in _IMAGES if data.startswith(begin)), "")
    if b"%PDF-" in data[:1024] and b"endobj" in data:
        return ".pdf"  # what stands before the head does not count
    return found or (".txt" if _is_text(data[:65_536]) else "")


def _compound(data: bytes) -> str:
    try:
        names = set(CompoundFile(data).top_names())
    except (ValueError, struct.error):
        return ""
    return next((extension for name, extension in _OLD if name in names), "")


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
            for member, extension in _MEMBERS:
                if member in names:
                    return extension
            if "mimetype" not in names:
                return ""
            with archive.open("mimetype") as stream:
                kind = stream.read(200)
    # A damaged or encrypted archive, or one packed in a way that zipfile does not know (NotImplementedError).
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, RuntimeError):
        return ""
    found = re.search(rb"opendocument\.(\w+)", kind)
    return _OPEN_DOCUMENTS.get(found[1], "") if found else ""


def _is_text(data: bytes) -> bool:
    """Whether ``data`` (perhaps cut inside a letter) is text in UTF-8 and no bare control characters."""
    text = data.decode("utf-8", errors="ignore")
    return len(text.encode()) + 3 >= len(data) and not re.search("[\x00-\x08\x0e-\x1f]", text)


def differs(extension: str, content: str) -> bool:
    """Whether a file called ``extension`` cannot hold ``content``.

    Workbooks of all formats are told apart by what they hold, and text is text under every name.
    """
    for family in (_SPREADSHEETS, _TEXTS):
        if extension in family:
            return content != "" and content not in family
    return content not in ("", extension)
