"""The arguments that name a criteria set and the tables of a cycle, and the result that follows from them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from parindex.cli.progress import Progress
from parindex.cli.sets import criteria_set
from parindex.documents.cycles.data_tables import CycleFiles, form_problems, read_cycle
from parindex.documents.cycles.unused_figures import unused_figures
from parindex.domain.errors import InvalidInput
from parindex.domain.index.compute import compute
from parindex.domain.index.result import Result
from parindex.domain.scoring.usable import require_usable
from parindex.wording.language import mark, text

_TABLES = {
    "figures": mark("số liệu: `unit`, `measure`, `value` (thêm `year`; `entry`, `title`, `accepted`)"),
    "entries": mark(
        "phiếu chấm: `unit`, `item`, `state`, `self_points`, `external_points`, `appraised_points`, `reason`"
    ),
    "points": mark("điểm điều tra: `unit`, `item`, `points`, `se`, `source`"),
    "units": mark("đơn vị: `unit`, `title`, `unit_group`, `parent`, `ranked`"),
}


def add_cycle_arguments(parser: argparse.ArgumentParser) -> None:
    """``--set`` and the four tables."""
    parser.add_argument(
        "--set", required=True, metavar=text("BỘ"), help=text("bộ tiêu chí: tệp YAML hoặc mã bộ có sẵn")
    )
    for name, words in _TABLES.items():
        help_text = text("bảng {what} (CSV, XLSX, Parquet)", what=text(words))
        parser.add_argument(f"--{name}", type=Path, metavar=text("TỆP"), help=help_text)


def inputs(options: argparse.Namespace) -> list[Path | str]:
    """The files that a cycle is read from: what is written must not be one of them."""
    named = (options.set, options.figures, options.entries, options.points, options.units)
    return [one for one in named if one is not None]


def result_of(options: argparse.Namespace, *, final: bool = False) -> Result:
    """Read everything and compute. Raises :class:`InvalidInput` with the problems of the set and of all tables."""
    with Progress(options.progress) as progress:
        progress.say(text("Đang đọc bộ tiêu chí…"))
        files = CycleFiles(options.figures, options.entries, options.points, options.units)
        try:
            made = criteria_set(options.set)
        except InvalidInput as error:
            raise InvalidInput([*error.problems, *form_problems(files)]) from None
        plan, problems = None, []
        try:
            plan = require_usable(made)
        except InvalidInput as error:
            problems = error.problems

        def said(path: Path) -> None:
            progress.say(text("Đang đọc {file}…", file=path.name))

        try:
            cycle = read_cycle(made, files, said)
        except InvalidInput as error:
            raise InvalidInput([*problems, *error.problems]) from None
        if problems:
            raise InvalidInput(problems)
        progress.say(text("Đang tính {count} đơn vị…", count=len(cycle.sheets.units)))
        result = compute(made, cycle.figures, cycle.sheets, final=final, plan=plan)
        notes = (*cycle.notes, *unused_figures(made, result.plan, cycle.figures))
        return replace(result, problems=(*result.problems, *notes))
