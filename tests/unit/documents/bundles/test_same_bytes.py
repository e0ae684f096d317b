"""The same publication is the same bytes, whatever machine, language, time zone, folder and hash seed write it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.factories.bundle_tampering import Taken
from tests.factories.bundles import small_contents

from parindex.documents.bundles.archive import digest
from parindex.documents.bundles.keys import load_key, save_key
from parindex.documents.bundles.writer import write_bundle

ROOT = Path(__file__).parents[4]
PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from parindex.documents.bundles.keys import load_key
from parindex.documents.bundles.writer import write_bundle
from tests.factories.bundles import small_contents
assert "django" not in sys.modules
write_bundle(Path(sys.argv[3]), small_contents(), load_key(Path(sys.argv[2])))
"""


def written(folder: Path, name: str, **environment: str) -> bytes:
    """The bundle that another process writes there."""
    where = folder / name
    where.mkdir()
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT), str(folder / "x.pem"), "x.zip"],
        cwd=where, env={**os.environ, **environment}, check=True, capture_output=True,
    )  # fmt: skip
    return (where / "x.zip").read_bytes()


def test_the_same_bytes_everywhere(taken: Taken, tmp_path: Path) -> None:
    save_key(taken.key, tmp_path / "x.pem")
    here = tmp_path / "here.zip"
    write_bundle(here, small_contents(), load_key(tmp_path / "x.pem"))
    first = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "en", "PYTHONHASHSEED": "1"}
    second = {"TZ": "America/New_York", "LC_ALL": "vi_VN.UTF-8", "LANGUAGE": "vi", "PYTHONHASHSEED": "77"}
    made = [here.read_bytes(), written(tmp_path, "a", **first), written(tmp_path, "b", **second)]
    assert len({digest(one) for one in made}) == 1
