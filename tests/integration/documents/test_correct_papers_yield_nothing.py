"""Tables as the papers of every format print them, in random layouts: nothing is found in correct ones."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.papers import evaluation_sample, faults, layout, sample, satisfaction_sample
from tests.papers.measured_draws import FORMATS

from parindex.documents.arithmetic.tables.statements import find
from parindex.documents.formats import read_blocks

SETS = ("dien-bien-2024-departments", "dien-bien-2024-districts")
QUICK = [name for name in FORMATS if name != "pdf"]


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("samples", [evaluation_sample, satisfaction_sample], ids=["evaluation", "satisfaction"])
def test_tables_of_measurements(tmp_path: Path, name: str, samples: object) -> None:
    write, _, numbers, spans = FORMATS[name]
    for number in range(2):
        draw = Random(f"correct-{name}-{number}")
        table = samples.sample(draw)  # type: ignore[attr-defined]
        paper = samples.draw(  # type: ignore[attr-defined]
            draw, table, sheet=numbers or name == "csv", numbers=numbers, spans=spans
        )
        path = tmp_path / f"paper.{name}"
        write(path, paper)
        found, checked = find(read_blocks(path)[0], path.name)
        assert (found, bool(checked)) == ([], True)


@pytest.mark.parametrize("name", QUICK)
def test_criteria_sets(tmp_path: Path, name: str) -> None:
    """With one wrong group something is found, in whichever column points and codes stand."""
    write, _, numbers, spans = FORMATS[name]
    draw = Random(f"set-{name}")
    table = sample.sample(draw.choice(SETS), 3)
    printed = layout.draw(draw, sheet=numbers or name == "csv", numbers=numbers, spans=spans)
    path = tmp_path / f"paper.{name}"
    write(path, layout.lay_out(draw, table, printed))
    assert find(read_blocks(path)[0], path.name)[0] == []
    wrong = faults.children_sum(draw, table)
    assert wrong is not None
    write(path, layout.lay_out(draw, wrong, printed))
    assert find(read_blocks(path)[0], path.name)[0] != []
