"""``python -m bench.compare OUT...``: how many cells of each result differ from the first, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench import scores


def main() -> None:
    """Compare the results in the folders; the first is the reference."""
    folders = [Path(name) for name in sys.argv[1:]]
    reference = scores.read(folders[0])
    differences = {str(folder): reference.differences(scores.read(folder)) for folder in folders}
    print(json.dumps({"cells": reference.cells, "differences": differences}))


if __name__ == "__main__":
    main()
