"""The layers that ``pyproject.toml`` declares hold, and the declaration names every package there is."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_imports_point_down() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_domain_starts_without_any_file_format() -> None:
    """What import-linter sees in the sources, seen once more in a running Python."""
    code = "import sys, parindex.domain.index.compute; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "numpy" in loaded
    assert not {"django", "docx", "jinja2", "jsonschema", "lxml", "pdfplumber", "polars", "yaml"} & loaded


def test_every_layer_of_the_declaration_exists() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    for contract in contracts:
        for container in contract.get("containers", []):
            folder = ROOT / "src" / Path(*container.split("."))
            there = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
            assert {name.strip() for layer in contract["layers"] for name in layer.split("|")} <= there
