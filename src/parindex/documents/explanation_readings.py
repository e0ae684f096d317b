"""What an explanation prints of figures, as text that is kept beside it: reading takes a thousand times as long.

Which reader wrote a text is said by :data:`READER`, a digest of the reader's own sources: a version that somebody has
to raise is forgotten once, and then flags of two readers stand side by side. An upgrade that touches none of them
keeps what was read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import parindex
from parindex.documents.arithmetic.stored_findings import finding_data, finding_from_data
from parindex.documents.printed_explanations import PrintedFigures
from parindex.domain.review.printed_figures import PrintedCount
from parindex.domain.values import exact_number, number_text

#: What reads an explanation: every module that :mod:`~parindex.documents.printed_explanations` comes to (a test holds
#: this), and this one, which writes the text.
READ_BY = (
    "documents/arithmetic",
    "documents/citations",
    "documents/criteria_tables/option_lines.py",
    "documents/criteria_tables/option_ranges.py",
    "documents/score_sheets",
    "documents/explanation_readings.py",
    "documents/papers.py",
    "documents/printed_explanations.py",
    "documents/printed_text.py",
    "documents/stored_facts.py",
    "domain/criteria/codes.py",
    "domain/errors.py",
    "domain/review/printed_figures.py",
    "domain/values",
)
_NOTHING = PrintedFigures()


def _sources() -> Iterator[Path]:
    inside = Path(parindex.__file__).parent
    for name in READ_BY:
        found = inside / name
        yield from sorted(found.rglob("*.py")) if found.is_dir() else (found,)


def _digest() -> str:
    read = hashlib.sha256()
    for source in _sources():
        read.update(source.read_bytes())
    return read.hexdigest()[:32]


#: The reader that runs. Made when the reader is loaded: files that are replaced later are not what runs.
READER = _digest()


def reading_text(figures: PrintedFigures) -> str:
    """``figures`` as text, exact; "" where nothing is printed."""
    if figures == _NOTHING:
        return ""
    data = {
        "counts": [(one.label, one.value, one.unit) for one in figures.counts],
        "per_cents": [number_text(one) for one in figures.per_cents],
        "findings": [finding_data(one) for one in figures.findings],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def figures_of(reading: str) -> PrintedFigures:
    """The figures that :func:`reading_text` wrote; tuples among the facts of findings come back as lists."""
    if not reading:
        return _NOTHING
    data: dict[str, Any] = json.loads(reading)
    return PrintedFigures(
        tuple(PrintedCount(*one) for one in data["counts"]),
        tuple(exact_number(one) for one in data["per_cents"]),
        tuple(finding_from_data(one) for one in data["findings"]),
    )
