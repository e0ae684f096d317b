"""Malformed questionnaires, one fault a file: every problem with its line and remedy, exit code 2, nothing written.

``PARINDEX_GOLDEN=write pytest …`` writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.integration.cli.running import run

FOLDER = Path(__file__).parents[2] / "golden" / "questionnaires"
FAULTS = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "valid")


@pytest.mark.parametrize("fault", FAULTS)
def test_every_problem_of_a_malformed_questionnaire_is_said(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    done = run("survey", "xlsform", "out", f"{fault}.yaml", "-o", str(tmp_path / "form.xlsx"))
    assert done.code == 2
    assert done.out == ""
    assert list(tmp_path.iterdir()) == []
    expected = FOLDER / f"{fault}.txt"
    if os.environ.get("PARINDEX_GOLDEN") == "write":
        expected.write_text(done.err, encoding="utf-8")
    assert done.err == expected.read_text("utf-8")


def test_the_form_that_the_faults_were_put_into_is_right(tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    done = run("survey", "xlsform", "out", str(FOLDER / "valid.yaml"), "-o", str(out))
    assert (done.code, done.err) == (0, "")
    assert out.stat().st_size > 5_000
