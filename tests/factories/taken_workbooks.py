"""The workbook of a bundle taken apart and put together again, as somebody would who wants it to do or say more."""

from __future__ import annotations

import io
import zipfile


def with_words(workbook: bytes, old: str, new: str) -> bytes:
    """A word of the first sheet that has it exchanged."""
    target, left = io.BytesIO(), True
    with zipfile.ZipFile(io.BytesIO(workbook)) as found, zipfile.ZipFile(target, "w") as made:
        for part in found.infolist():
            content = found.read(part)
            if left and part.filename.startswith("xl/worksheets/") and old.encode() in content:
                content, left = content.replace(old.encode(), new.encode(), 1), False
            made.writestr(part, content)
    assert not left, old
    return target.getvalue()


def with_formula(workbook: bytes, written: str) -> bytes:
    """A formula put in front of another."""
    return with_words(workbook, "<f>", f"<f>{written}</f><f>")


def with_macro(workbook: bytes, after: int = 0) -> bytes:
    """A program behind ``after`` sheets that nothing uses."""
    target = io.BytesIO(workbook)
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(after):
            archive.writestr(f"xl/worksheets/sheet{1000 + number}.xml", b"")
        archive.writestr("xl/vbaProject.bin", b"x")
    return target.getvalue()
