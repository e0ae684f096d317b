"""Tables of other measurements in every format and in random layouts: what is read of them, and what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from parindex.documents.papers import TableKind
from parindex.documents.read_paper import read_paper
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import Problem
from tests.papers import writers
from tests.papers.layout import LaidOut
from tests.papers.measured_layout import write_measured_pdf

#: Format: writer, draws, whether numbers are stored and cells merged.
FORMATS = {
    "xlsx": (writers.write_xlsx, 30, True, True),
    "xls": (writers.write_xls, 20, True, True),
    "ods": (writers.write_ods, 8, True, True),
    "docx": (writers.write_docx, 6, False, True),
    "pdf": (write_measured_pdf, 6, False, True),
    "txt": (writers.write_txt, 35, False, False),
    "csv": (writers.write_csv, 25, False, False),
}
BLOCK = 5
#: A format and the first of a block of draws.
DRAWS = [(name, start) for name, (_, draws, _, _) in FORMATS.items() for start in range(0, draws, BLOCK)]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One kind of table: its samples (``sample``, ``plant``, ``draw``), what is checked, and how a table as read and a
    sample as written are compared.
    """

    kind: TableKind
    seed: str
    samples: Any
    check: Callable[[Any], Sequence[Finding]]
    as_read: Callable[[Any], list[object]]
    as_written: Callable[[Any, LaidOut], list[object]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draw gives: the table, the doubts of its reader, and the kind and code of every finding."""

    draw: int
    table: list[object]
    findings: list[tuple[str, str]]
    doubts: list[Problem] = field(default_factory=list)


def drawn(folder: Path, measurement: Measurement, name: str, start: int) -> Iterator[tuple[Outcome, Outcome]]:
    """A block of draws of one format, written and read again: what comes out, and what should."""
    write, draws, numbers, spans = FORMATS[name]
    samples = measurement.samples
    for draw in range(start, min(start + BLOCK, draws)):
        rng = Random(f"{measurement.seed}-{name}-{draw}")
        table = samples.plant(rng, samples.sample(rng))
        paper = samples.draw(rng, table, sheet=numbers or name == "csv", numbers=numbers, spans=spans)
        path = folder / f"paper.{name}"
        write(path, paper)
        (read,) = read_paper(path, kind=measurement.kind).measured
        findings = sorted((one.kind, one.code) for one in measurement.check(read.table))
        found = Outcome(draw, measurement.as_read(read.table), findings, list(read.doubts))
        yield found, Outcome(draw, measurement.as_written(table, paper), sorted(table.faults))
