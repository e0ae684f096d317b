"""Running a command inside the test process."""

from __future__ import annotations

import contextlib
import io
import json
import os
from dataclasses import dataclass
from typing import Any
from unittest import mock

from parindex.cli import main
from parindex.wording import language

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
