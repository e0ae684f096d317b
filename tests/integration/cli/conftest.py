"""A small cycle of two units as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.integration.cli.running import ENTRIES, FIGURES, POINTS, SET


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    """A small cycle of two units."""
    arguments = ["--set", SET]
    for name, content in (("entries", ENTRIES), ("figures", FIGURES), ("points", POINTS)):
        (tmp_path / f"{name}.csv").write_text(content, "utf-8")
        arguments += [f"--{name}", str(tmp_path / f"{name}.csv")]
    return arguments
