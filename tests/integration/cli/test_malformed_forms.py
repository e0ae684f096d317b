"""Malformed forms, one fault a folder: every problem with its row and remedy, exit code 2, nothing written.

``PARINDEX_GOLDEN=write pytest …`` writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.integration.cli.running import run

FOLDER = Path(__file__).parents[2] / "golden" / "procedures"
FAULTS = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("fault", FAULTS)
def test_every_problem_of_malformed_forms_is_said(fault: str, tmp_path: Path) -> None:
    folder = FOLDER / fault
    out = tmp_path / "result.csv"
    set_id = (folder / "set.txt").read_text("utf-8").strip()
    tables = [part for path in sorted(folder.glob("*.csv")) for part in (f"--{path.stem}", str(path))]
    done = run("score", "--set", set_id, *tables, "--period", "2026", "--out", str(out))
    assert done.code == 2
    assert done.out == ""
    assert list(tmp_path.iterdir()) == []
    expected = folder / "expected.txt"
    if os.environ.get("PARINDEX_GOLDEN") == "write":
        expected.write_text(done.err, encoding="utf-8")
    assert done.err == expected.read_text("utf-8")
