"""Running a command inside the test process, and the inputs that its tests share."""

from __future__ import annotations

import contextlib
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import parindex
from parindex.cli import main
from parindex.wording import language

PACKAGE = Path(parindex.__file__).parent
GOLDEN = Path(__file__).parents[2] / "golden" / "cli"
SET = str(GOLDEN / "set.yaml")
PROVINCE = PACKAGE / "data" / "examples" / "dien-bien-2020"
PAPER = str(PACKAGE / "data" / "papers" / "2270-QD-UBND.txt")
CYCLE_2020 = [
    "--set", "dien-bien-2020-province",
    *(part for name in ("figures", "entries", "points") for part in (f"--{name}", str(PROVINCE / f"{name}.csv"))),
]  # fmt: skip
ENTRIES = """unit,item,state,self_points,appraised_points,reason
a,1.1,,2,,
a,1.2,not_assessed,,,Không có
a,2.3,,1,0.5,
b,1.1,,1,,
"""
FIGURES = "unit,measure,value\na,received,3\na,on_time,2\nb,received,4\nb,on_time,4\n"
POINTS = "unit,item,points,se,source\na,2.2,1.5,0.02,Phiếu\n"

VIETNAMESE = {"LC_ALL": "vi_VN.UTF-8", "COLUMNS": "100"}
ENGLISH = {"LC_ALL": "en_US.UTF-8", "COLUMNS": "100"}


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON that it wrote."""
        return json.loads(self.out)


def run(*arguments: str, environment: dict[str, str] = VIETNAMESE) -> Done:
    """Run ``parindex ARGUMENTS`` in a language, without a terminal."""
    out, err = io.StringIO(), io.StringIO()
    before = language.current()
    with (
        mock.patch.dict(os.environ, environment, clear=False),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        os.environ.pop("PARINDEX_LANGUAGE", None)
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse leaves this way
            code = int(stop.code or 0)
        finally:
            language.use(before)
    return Done(code, out.getvalue(), err.getvalue())
