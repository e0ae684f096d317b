"""Draw the picture of the README: the first lines that ``parindex demo`` really prints, as an SVG terminal.

Run it with ``python -m docs.terminal_picture``; a test fails when the picture is stale.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

PICTURE = Path(__file__).resolve().parent / "pictures" / "demo.svg"
LINES = 31
NBSP = "\u00a0"
CHARACTER, LINE, MARGIN = 8.4, 19, 18


def printed() -> list[str]:
    """The first lines of the demonstration, as a terminal of 100 columns shows them."""
    surroundings = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "COLUMNS": "100", "PYTHONUTF8": "1"}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "parindex", "demo", "--out", str(Path(folder) / "demo.html")]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()[:LINES]


def spaced(line: str) -> str:
    """``line`` for an SVG, where plain spaces would be drawn as one."""
    return escape(line).replace(" ", NBSP)


def picture(lines: list[str]) -> str:
    """``lines`` under a command prompt as an SVG text, one tspan a line, readable without a font of its own."""
    shown = ["$ make run", "", *lines]
    width = round(MARGIN * 2 + CHARACTER * max(len(line) for line in shown))
    height = MARGIN * 2 + LINE * len(shown) + 14
    rows = "\n".join(
        f'<text x="{MARGIN}" y="{MARGIN + 24 + LINE * number}">{spaced(line)}</text>'
        for number, line in enumerate(shown)
        if line
    )
    style = "font: 14px 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre; fill: #e6edf3"
    dots = "".join(f'<circle cx="{MARGIN + 16 * dot}" cy="14" r="5" fill="#5a6472"/>' for dot in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'aria-label="parindex demo">\n<rect width="{width}" height="{height}" rx="8" fill="#0f1720"/>\n{dots}\n'
        f'<g style="{style}" xml:space="preserve">\n{rows}\n</g>\n</svg>\n'
    )


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(picture(printed()), encoding="utf-8")
