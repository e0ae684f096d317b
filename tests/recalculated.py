"""Spreadsheets worked out anew by LibreOffice, without a screen, whatever values stand in the file."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

#: What stands in every formula cell before: a cell that is not worked out keeps it, and is noticed.
WRONG = -777
#: Every sheet as a file of its own, numbers with all their digits.
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""
_SECONDS = 300

Rows = list[list[str]]


def spoiled(source: Path, target: Path) -> None:
    """The workbook with wrong values in all formula cells, and without print titles, which take LibreOffice most of its
    time.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb' t="(?:str|b|e)"><f>', b"><f>", content)
                content = re.sub(rb"</f><v>[^<]*</v>", f"</f><v>{WRONG}</v>".encode(), content)
            if name == "xl/workbook.xml":
                content = re.sub(rb"<definedNames>.*</definedNames>", b"", content)
            new.writestr(name, content)


def recalculated(paths: Sequence[Path], folder: Path) -> dict[str, dict[str, Rows]]:
    """The cells of every sheet of every workbook after LibreOffice has worked them out, by stem and name."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("LibreOffice is missing (Debian: apt-get install libreoffice-calc-nogui)")
    profile, out = folder / "profile", folder / "recalculated"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", _CSV, "--outdir", str(out), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Rows]] = {path.stem: {} for path in paths}
    for path in sorted(out.glob("*.csv")):
        stem, _, sheet = path.stem.partition("-")
        with path.open(encoding="utf-8", newline="") as file:
            found[stem][sheet] = list(csv.reader(file))
    return found
