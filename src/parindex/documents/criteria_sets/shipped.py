"""The criteria sets that ship with parindex, by id."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path


def shipped_ids() -> tuple[str, ...]:
    """The ids of all shipped criteria sets, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def shipped_set_path(set_id: str) -> Path | None:
    """The file of the shipped criteria set with this id; None where none ships under it."""
    return _folder() / f"{set_id}.yaml" if set_id in shipped_ids() else None


def _folder() -> Path:
    # Wheels are installed as files, so the resource has a lasting path of its own.
    with as_file(files("parindex") / "data" / "criteria_sets") as folder:
        return folder
