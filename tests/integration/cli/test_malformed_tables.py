"""Malformed input tables, one fault a folder: every problem with its row and remedy, exit code 2, nothing written.

``PARINDEX_GOLDEN=write pytest …`` writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.integration.cli.running import run

GOLDEN = Path(__file__).parents[2] / "golden" / "cli"
FAULTS = sorted(folder.name for folder in (GOLDEN / "tables").iterdir())


@pytest.mark.parametrize("fault", FAULTS)
def test_every_problem_of_a_malformed_table_is_said(fault: str, tmp_path: Path) -> None:
    folder = GOLDEN / "tables" / fault
    out = tmp_path / "result.csv"
    tables = [part for path in sorted(folder.glob("*.csv")) for part in (f"--{path.stem}", str(path))]
    done = run("score", "--set", str(GOLDEN / "set.yaml"), *tables, "--out", str(out))
    assert done.code == 2
    assert done.out == ""
    assert list(tmp_path.iterdir()) == []
    expected = folder / "expected.txt"
    if os.environ.get("PARINDEX_GOLDEN") == "write":
        expected.write_text(done.err, encoding="utf-8")
    assert done.err == expected.read_text("utf-8")
