"""Write ``requirements/*.txt`` from ``uv.lock``, so that plain pip installs exactly what the lock pins.

Run by ``make lock`` (needs uv). ``run.txt`` is what the product needs; the others add the group of their name in
``pyproject.toml``. ``tests/architecture/test_requirements.py`` fails when they are out of step with the lock.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("run", "build", "test", "check", "bench")
HEAD = "# From uv.lock by `make lock`; do not edit.\n"


def exported(group: str) -> str:
    """The requirements of ``group`` with hashes, as uv exports them from the lock."""
    which = ["--no-default-groups"] if group == "run" else ["--only-group", group]
    command = ["uv", "export", "--frozen", "--no-emit-project", "--no-annotate", "--no-header", *which]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Rewrite every requirements file."""
    for group in GROUPS:
        (ROOT / "requirements" / f"{group}.txt").write_text(HEAD + exported(group), encoding="utf-8")


if __name__ == "__main__":
    main()
