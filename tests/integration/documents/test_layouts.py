"""The tables of decision 2270 in every format and in random layouts: the same set is read, and exactly the
planted faults are found.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from tests.papers import layout, writers
from tests.papers.faults import plant
from tests.papers.pdf_writer import write_pdf
from tests.papers.sample import Sample, sample

from parindex.documents.criteria_sets.criteria_set_file import canonical
from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.read_paper import read_paper
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.scoring.check import check

SETS = ("dien-bien-2024-departments", "dien-bien-2024-districts")
#: Format: writer, draws (300 in all), most areas in a draw (whole tables take a PDF long), whether it merges cells.
FORMATS = {
    "xlsx": (writers.write_xlsx, 65, 7, True),
    "xls": (writers.write_xls, 40, 7, True),
    "ods": (writers.write_ods, 30, 3, True),
    "docx": (writers.write_docx, 40, 2, True),
    "pdf": (write_pdf, 25, 2, True),
    "txt": (writers.write_txt, 55, 7, False),
    "csv": (writers.write_csv, 45, 7, False),
}
BLOCK = 5
DRAWS = [(name, start) for name, (_, draws, _, _) in FORMATS.items() for start in range(0, draws, BLOCK)]


def _drawn(name: str, seed: int) -> tuple[Random, Sample]:
    rng = Random(f"{name}-{seed}")
    most = FORMATS[name][2]
    return rng, plant(rng, sample(rng.choice(SETS), rng.randint(1, most)))


def _read(tmp_path: Path, name: str, rng: Random, table: Sample) -> CriteriaSet:
    """Write ``table`` in a random layout, read it, and look at the rows on the way."""
    write, _, _, spans = FORMATS[name]
    numbers = name in ("xlsx", "xls", "ods")
    drawn = layout.draw(rng, sheet=numbers or name == "csv", numbers=numbers, spans=spans)
    path = tmp_path / f"paper.{name}"
    write(path, layout.lay_out(rng, table, drawn))
    paper = read_paper(path)
    assert len(paper.tables) == 1, drawn
    read = paper.tables[0]
    rows = [(row.code, row.title, row.max_points, row.note) for row in read.rows]
    assert rows == [(row.code, row.title, row.points, row.note) for row in table.rows], drawn
    assert read.printed_total == table.total, drawn
    assert [row.place.row for row in read.rows] == list(range(1, len(rows) + 1))
    return to_criteria_set(read, id="paper")


def _findings(criteria_set: CriteriaSet) -> set[tuple[str, str]]:
    return {(finding.kind, finding.code) for finding in check(criteria_set)}


def _reference(tmp_path: Path, table: Sample) -> CriteriaSet:
    """The table read from the plainest layout: tab-separated text, one line a row."""
    plain = Random(0)
    drawn = layout.Layout(
        columns=("code", "title", "points", "note"), heads={name: heads[0] for name, heads in layout.HEADS.items()},
        two_head_rows=False, index_row=False, mark=",", top=0, left=0, numeric_codes=False, numeric_points=False,
        code_suffix="", split_titles="", split_codes=False, merged_notes=False, merged_areas=False, rows_a_page=0,
        repeated_head=False, total="TỔNG ĐIỂM TỐI ĐA", total_in_first_column=False, decomposed=False,
    )  # fmt: skip
    path = tmp_path / "reference.txt"
    writers.write_txt(path, layout.lay_out(plain, table, drawn))
    return to_criteria_set(read_paper(path).tables[0], id="paper")


@pytest.mark.parametrize(("name", "start"), DRAWS)
def test_layouts_and_faults(tmp_path: Path, name: str, start: int) -> None:
    """Each draw: the rows as written, the canonical form of the plain text, and the planted faults and no other
    error.
    """
    for seed in range(start, start + BLOCK):
        rng, table = _drawn(name, seed)
        found = _read(tmp_path, name, rng, table)
        reference = _reference(tmp_path, table)
        assert canonical(found) == canonical(reference), f"draw {seed}"
        set_id = next(set_id for set_id in SETS if sample(set_id, 1).title == table.title)
        assert _findings(found) - _findings_without_faults(set_id, table.areas) == table.faults, f"draw {seed}"


@cache
def _findings_without_faults(set_id: str, areas: int) -> set[tuple[str, str]]:
    """What is found in the same areas without a fault: the same for every draw of them."""
    with TemporaryDirectory() as folder:
        return _findings(_reference(Path(folder), sample(set_id, areas)))


@pytest.mark.parametrize("set_id", SETS)
@pytest.mark.parametrize("name", ["xlsx", "docx", "pdf"])
def test_whole_tables(tmp_path: Path, name: str, set_id: str) -> None:
    """Both tables of the decision whole, in the formats that offices use."""
    table = sample(set_id, 8)
    found = _read(tmp_path, name, Random(f"whole-{name}-{set_id}"), table)
    assert canonical(found) == canonical(_reference(tmp_path, table))
    assert sum((area.max_points or Fraction(0) for area in found.areas), Fraction(0)) == 100
