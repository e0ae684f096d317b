"""Files that people might hand in as evidence: sound ones, and each kind that must be refused."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import docx
import odf.opendocument
import pikepdf
import xlsxwriter
import xlwt
from odf.table import Table, TableCell, TableRow
from odf.text import P
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen import canvas

from tests.papers.pdf_writer import paper_style


def pdf(path: Path, pages: Sequence[Sequence[tuple[float, float, str]]] = (((72, 72, "Báo cáo"),),)) -> Path:
    """A PDF whose pages have words at (from the left, from the top)."""
    font = paper_style().fontName
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    for page in pages:
        sheet.setFont(font, 11)
        for left, top, words in page:
            sheet.drawString(left, 842 - top, words)
        sheet.showPage()
    sheet.save()
    return path


def width_of(words: str) -> float:
    return float(pdfmetrics.stringWidth(words, paper_style().fontName, 11))


def changed_pdf(path: Path, change: Callable[[pikepdf.Pdf], None], **options: object) -> Path:
    """A PDF after ``change``; written with object streams, where a search for letters finds nothing."""
    plain = pdf(path.with_suffix(".plain"))
    with pikepdf.open(plain) as document:
        change(document)
        settings = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, **options}
        document.save(path, **settings)
    return path


def pdf_with_object_stream(path: Path, packed: bytes) -> Path:
    """A PDF of one page; its object 10 stands in an object stream with the deflated bytes ``packed``."""
    written = (
        b"1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction 10 0 R>> endobj\n",
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n",
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<<>>>> endobj\n",
        b"4 0 obj <</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>> stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n",
    )
    data, places = b"%PDF-1.7\n", []
    for one in written:
        places.append(len(data))
        data += one
    rows = [(0, 0, 0), *((1, place, 0) for place in places), *[(0, 0, 0)] * 5, (2, 4, 0), (1, len(data), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"11 0 obj <</Type/XRef/Size 12/W[1 4 2]/Root 1 0 R/Length %d>> stream\n" % len(table)
    path.write_bytes(data + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(data))
    return path


def word(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs or ("Báo cáo",):
        document.add_paragraph(text)
    document.save(str(path))
    return path


def with_members(path: Path, members: dict[str, bytes]) -> Path:
    """The archive at ``path`` with more members, or others in their place."""
    with zipfile.ZipFile(path) as source:
        kept = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in (kept | members).items():
            target.writestr(name, data)
    return path


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Bảng 1").write(0, 0, "Báo cáo")
    return path


def old_workbook(path: Path) -> Path:
    book = xlwt.Workbook()
    book.add_sheet("Bảng 1").write(0, 0, "Báo cáo")
    book.save(str(path))
    return path


def open_document(path: Path, *, sheet: bool) -> Path:
    document = odf.opendocument.OpenDocumentSpreadsheet() if sheet else odf.opendocument.OpenDocumentText()
    if sheet:
        table, row, cell = Table(name="Bảng 1"), TableRow(), TableCell()
        cell.addElement(P(text="Báo cáo"))
        row.addElement(cell)
        table.addElement(row)
        document.spreadsheet.addElement(table)
    else:
        document.text.addElement(P(text="Báo cáo"))
    document.save(str(path))
    return path


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """An OLE compound file with these streams at its top (each at least 4096 bytes long in the file)."""
    names = ["Root Entry", *streams]
    blocks = [data.ljust(4096, b"\0").ljust(-(-max(len(data), 4096) // 512) * 512, b"\0") for data in streams.values()]
    directory_sectors = -(-len(names) * 128 // 512)
    starts, at = [], 1 + directory_sectors
    for block in blocks:
        starts.append(at)
        at += len(block) // 512
    table = [0xFFFFFFFD, *range(2, 1 + directory_sectors), 0xFFFFFFFE]
    for start, block in zip(starts, blocks, strict=True):
        count = len(block) // 512
        table += [*range(start + 1, start + count), 0xFFFFFFFE]
    assert len(table) <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = b""
    for number, name in enumerate(names):
        letters = name.encode("utf-16-le")
        right = number + 1 if 0 < number < len(names) - 1 else 0xFFFFFFFF
        start, size = (0xFFFFFFFE, 0) if number == 0 else (starts[number - 1], len(blocks[number - 1]))
        entries += letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, 5 if number == 0 else 2, 1)
        entries += struct.pack("<III", 0xFFFFFFFF, right, 1 if number == 0 and streams else 0xFFFFFFFF)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    assert len(head) == 512
    path.write_bytes(
        head + struct.pack("<128I", *table) + entries.ljust(directory_sectors * 512, b"\0") + b"".join(blocks)
    )
    return path


def picture(path: Path, size: tuple[int, int] = (120, 80), **options: object) -> Path:
    """Left half red, right half blue."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, *size))
    made.save(path, **options)
    return path


def picture_bomb(path: Path, side: int) -> Path:
    """A PNG of a few kilobytes that unpacks to side × side points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10_000))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def archive(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target.getvalue()
