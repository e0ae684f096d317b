"""Word files for tests out of their XML: a small criteria table whose rows and cells may be put into anything."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")
ROWS = (("1", "CÔNG KHAI", "5"), ("1.1", "Ban hành kế hoạch", "2"), ("1.2", "Thực hiện kế hoạch", "3"))


def run(text: str, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    """A cell with the runs ``content``, or with blocks of its own."""
    inner = content if content.startswith(("<w:p>", "<w:tbl>")) else f"<w:p>{content}</w:p>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(cells: Sequence[str], properties: str = "") -> str:
    """A row; a cell that is no XML is its text."""
    made = (one if one.startswith("<") else cell(run(one)) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(rows: Sequence[str], columns: int = 3) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def criteria(points: str = "", title: str = "") -> str:
    """The table :data:`ROWS`; the runs of the last points and of the last title may be given."""
    *before, (code, words, number) = ROWS
    last = row([code, cell(title or run(words)), cell(points or run(number))])
    return table([row(HEAD), *map(row, before), last])


def sdt(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def write(path: Path, body: str, prolog: str = "") -> Path:
    """A file whose body is ``body``; ``prolog`` stands before the document's root."""
    plain = BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "word/document.xml":
                text = re.sub(r"(<w:body>).*?(<w:sectPr)", lambda found: found[1] + body + found[2], data.decode())
                data = text.replace("?>", "?>" + prolog, 1).encode()
            target.writestr(member, data)
    return path
