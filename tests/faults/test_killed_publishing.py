"""Publishing and correcting killed at random points: afterwards the old state or the new one, whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TRIALS = 50


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> list[dict[str, Any]]:
    """What stood there after every child that was killed."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copy(empty_database, folder / "acted.sqlite3")
    command = [sys.executable, "-m", "tests.faults.killed_acts", str(folder), str(TRIALS), "2270"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("act", "states"),
    [("publish", ["appraisal", "finalised", "published"]), ("correct", ["published", "corrected"])],
)
def test_killed_at_random_points(trials: list[dict[str, Any]], act: str, states: list[str]) -> None:
    mine = [one for one in trials if one["act"] == act]
    assert [one["faults"] for one in mine] == [[]] * TRIALS
    stood = Counter(one["stands"] for one in mine)
    assert set(stood) <= set(states)
    assert stood[states[0]] > TRIALS // 10, stood  # many were killed in the middle of the act
    assert stood[states[-1]] > 0, stood  # and some after it was done: that is how the new state was seen
