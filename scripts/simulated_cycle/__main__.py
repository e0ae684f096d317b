"""Draw the simulated cycle of 2024 anew: ``python -m scripts.simulated_cycle``; a test keeps the tables equal to it."""

from __future__ import annotations

from pathlib import Path

from scripts.simulated_cycle.cycle import SHIPPED_SEED, simulated_cycle

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path

FOLDER = Path(__file__).resolve().parents[2] / "src" / "parindex" / "data" / "examples" / "dien-bien-2024"


def main() -> None:
    """Write the tables of both groups."""
    sets = []
    for name in ("dien-bien-2024-departments", "dien-bien-2024-districts"):
        path = shipped_set_path(name)
        if path is None:
            raise SystemExit(f"{name} is not shipped")
        sets.append(load_criteria_set(path))
    for group, tables in simulated_cycle(SHIPPED_SEED, *sets).items():
        tables.write(FOLDER / group)


if __name__ == "__main__":
    main()
