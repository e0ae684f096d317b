"""Two or three faults in neighbouring rows: something is said at the spot, and nothing about other areas."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from tests.papers.layout import HEADS, Layout, lay_out
from tests.papers.sample import Sample, SampleRow, sample
from tests.papers.writers import write_txt

from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.read_paper import read_paper
from parindex.domain.criteria import codes
from parindex.domain.scoring.check import check

PLAIN = Layout(
    columns=("code", "title", "points", "note"), heads={name: heads[0] for name, heads in HEADS.items()},
    two_head_rows=False, index_row=False, mark=",", top=0, left=0, numeric_codes=False, numeric_points=False,
    code_suffix="", split_titles="", split_codes=False, merged_notes=False, merged_areas=False, rows_a_page=0,
    repeated_head=False, total="TỔNG ĐIỂM TỐI ĐA", total_in_first_column=False, decomposed=False,
)  # fmt: skip


def _findings(tmp_path: Path, table: Sample) -> set[tuple[str, str]]:
    path = tmp_path / "paper.txt"
    write_txt(path, lay_out(Random(0), table, PLAIN))
    (read,) = read_paper(path).tables
    return {(finding.kind, finding.code) for finding in check(to_criteria_set(read, id="paper"))}


def _spoilt(rng: Random, row: SampleRow, before: SampleRow) -> SampleRow:
    fault = rng.choice(("duplicate", "gap", "foreign", "dot", "points"))
    if fault == "points":
        return replace(row, points=row.points + Fraction(1, 4))
    above = codes.parent(row.code)
    skipped = int(codes.parts(row.code)[-1]) + 2
    code = {
        "duplicate": before.code,
        "gap": f"{above}.{skipped}" if above else str(skipped),
        "foreign": "9.9.9",
        "dot": row.code.replace(".", "", 1) if row.depth == 3 else "9.9.9",
    }[fault]
    return replace(row, code=code)


@pytest.mark.parametrize("seed", range(60))
def test_neighbouring_faults(tmp_path: Path, seed: int) -> None:
    rng = Random(f"neighbours-{seed}")
    sound = sample(rng.choice(("dien-bien-2024-departments", "dien-bien-2024-districts")), rng.randint(2, 5))
    rows = list(sound.rows)
    first = rng.randrange(2, len(rows) - 4)
    last = first + rng.choice((2, 3))
    for at in range(first, last):
        rows[at] = _spoilt(rng, rows[at], rows[at - 1])
    found = _findings(tmp_path, replace(sound, rows=tuple(rows))) - _findings(tmp_path, sound)
    around = [*sound.rows[first - 2 : last + 2], *rows[first - 2 : last + 2]]
    spot = {code for row in around for code in (row.code, codes.parent(row.code))}
    assert any(code in spot for _, code in found)
    touched = [int(codes.parts(row.code)[0]) for row in sound.rows[first - 1 : last + 1]]
    foreign = {codes.parts(row.code)[0] for row in rows[first:last]}
    areas = {str(area) for area in range(min(touched), max(touched) + 2)} | foreign | {""}
    assert {codes.parts(code)[0] if code else "" for _, code in found} <= areas
