"""Tables in the shapes that offices make: right ones yield nothing, a misprinted cell is found, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.papers.drawn_tables import Drawn
from tests.papers.official_shapes import SHAPES, misprinted
from tests.papers.shape_files import FILES

from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.arithmetic.tables.statements import find
from parindex.documents.formats import read_blocks

SEEDS = range(6)


def _found(drawn: Drawn) -> list[StatementFinding]:
    return find(drawn.blocks())[0]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.__name__)
def test_right_tables_yield_nothing(shape: Callable[[Random], Drawn]) -> None:
    assert [found for seed in SEEDS if (found := _found(shape(Random(seed))))] == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.__name__)
def test_a_misprinted_cell_is_found_and_mostly_named(shape: Callable[[Random], Drawn]) -> None:
    """Where two cells explain what does not hold as well, the one that follows from the other is named."""
    named = told = 0
    for seed in SEEDS:
        draw = Random(seed)
        drawn = shape(draw)
        slip = misprinted(drawn, draw)
        if slip is None:
            continue
        row, column, _ = slip
        found = _found(drawn)
        assert len(found) == 1, (seed, drawn.rows[row])
        told += 1
        named += (found[0].place.line, found[0].stated) == (row + 2 + len(drawn.head), drawn.rows[row][column])
    assert 2 * named > told


@pytest.mark.parametrize("format_", FILES)
@pytest.mark.parametrize("shape", SHAPES[:4], ids=lambda one: one.__name__)
def test_every_format_is_read_alike(shape: Callable[[Random], Drawn], format_: str, tmp_path: Path) -> None:
    extension, write = FILES[format_]
    path, draw = tmp_path / f"bieu.{extension}", Random(3)
    drawn = shape(draw)
    write(path, drawn)
    assert find(read_blocks(path)[0])[0] == []
    assert misprinted(drawn, draw) is not None
    write(path, drawn)
    assert len(find(read_blocks(path)[0])[0]) == 1
