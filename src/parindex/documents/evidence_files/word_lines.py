"""The first lines of a Word file. Its head mostly is a table without lines: cell by cell, column by column."""

from __future__ import annotations

import json
from pathlib import Path

from parindex.documents.evidence_files.answers import Refused, Reply
from parindex.documents.papers import Grid
from parindex.documents.readers import docx, limits
from parindex.domain.errors import InvalidInput

_MOST_BLOCKS = 60
_MOST_LINES = 1_000


def lines(path: Path) -> Reply:
    """The lines as a JSON list."""
    try:
        blocks, _ = docx.read(path, limits.file_bytes(path))
    except InvalidInput as error:
        first = error.problems[0]
        raise Refused(first.kind, **first.facts) from None
    found: list[str] = []
    for block in blocks[:_MOST_BLOCKS]:
        if isinstance(block, Grid):
            for column in zip(*block.rows, strict=False):
                found.extend(line for cell in column for line in cell.text.split("\n"))
        else:
            found.extend(block.text.split("\n"))
    return {}, json.dumps(found[:_MOST_LINES]).encode()
