"""A small national run: parindex, a loop over ``Decimal``, NumPy and Polars agree in every digit of every cell."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from bench import scores
from bench.generator import EMPTY_UNIT, TWINS, generate
from bench.scores import NO_INDEX, Scores

from parindex.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The input of 64 units."""
    made = tmp_path_factory.mktemp("national")
    generate(made, units=64)
    return made


@pytest.fixture(scope="module")
def reference(folder: Path) -> Scores:
    """What the loop over ``Decimal`` gives."""
    return _by_peer("decimal_loop", folder)


def _by_peer(name: str, folder: Path) -> Scores:
    peer = import_module(f"bench.peers.{name}")
    out = folder / name
    out.mkdir()
    peer.write(peer.compute(peer.load(folder)), out)
    return scores.read(out)


@pytest.mark.parametrize("name", ["parindex_engine", "numpy_fixed", "polars_decimal"])
def test_a_peer_agrees(name: str, folder: Path, reference: Scores) -> None:
    assert reference.differences(_by_peer(name, folder)) == 0


def test_the_command_agrees(folder: Path, reference: Scores) -> None:
    out = folder / "command"
    out.mkdir()
    tables = ["--figures", f"{folder}/figures.parquet", "--entries", f"{folder}/entries.parquet"]
    code = main(["score", "--set", f"{folder}/set.yaml", *tables, "--out", f"{out}/units.parquet"])
    assert code == 0
    assert reference.differences(scores.read(out)) == 0


def test_the_input_has_what_makes_it_hard(reference: Scores) -> None:
    """Shared ranks, a unit without an index, and points between all and nothing."""
    assert (reference.index[EMPTY_UNIT], reference.rank[EMPTY_UNIT], reference.grade[EMPTY_UNIT]) == (NO_INDEX, 0, -1)
    assert all(reference.rank[twin] == reference.rank[twin + 1] > 0 for twin in TWINS)
    assert len(set(reference.points.ravel().tolist())) > 500


def test_a_different_digit_is_seen(reference: Scores) -> None:
    changed = Scores(reference.units, reference.points.copy(), reference.index, reference.grade, reference.rank)
    changed.points[3, 5] += 1
    assert reference.differences(changed) == 1
