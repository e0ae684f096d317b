"""The arguments that name a criteria set and the tables of a cycle, and the result that follows from them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from parindex.cli.progress import Progress
from parindex.cli.sets import criteria_set
from parindex.documents.cycles.data_tables import CycleFiles, form_problems, read_cycle
from parindex.documents.cycles.unused_figures import unused_figures
from parindex.documents.dossiers.counted_figures import FormFiles
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.index.compute import compute
from parindex.domain.index.result import Result
from parindex.domain.procedures.periods import parse_period
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
    add_form_arguments(parser)
    parser.add_argument(
        "--year", type=int, metavar=text("NĂM"), help=text("năm của số liệu (mặc định: năm của --period, hoặc của bộ)")
    )


def add_form_arguments(
    parser: argparse.ArgumentParser, *, required: bool = False, checked_required: bool = False
) -> None:
    """``--forms``, ``--checked`` and ``--period``."""
    parser.add_argument(
        "--forms", type=Path, nargs="+", default=[], required=required, metavar=text("TỆP"),
        help=text("bảng phiếu, hồ sơ: mỗi dòng một phiếu, mỗi cột một chỉ số; được đếm thành số liệu"),
    )  # fmt: skip
    parser.add_argument(
        "--checked", type=Path, nargs="+", default=[], required=checked_required, metavar=text("TỆP"),
        help=text("bảng điểm kiểm tra của các hồ sơ được chọn, cùng cột với --forms; tính thay điểm tự chấm"),
    )  # fmt: skip
    parser.add_argument(
        "--period",
        metavar=text("KỲ"),
        help=text("chỉ đếm phiếu của kỳ này: 2026, 2026-Q1, 2026-03, ngày..ngày (cần có khi phiếu thuộc nhiều năm)"),
    )


def form_files(options: argparse.Namespace) -> FormFiles:
    """The tables of forms that are named. Raises :class:`InvalidInput` (``not_a_period``)."""
    period = None
    if options.period is not None:
        try:
            period = parse_period(options.period)
        except InvalidValue as error:
            raise InvalidInput([Problem(error.kind, Place(), error.facts)]) from None
    year = getattr(options, "year", None)  # the steps on forms alone have no figures and no year of them
    return FormFiles(tuple(options.forms), tuple(options.checked), period, year)


def set_of(options: argparse.Namespace, files: FormFiles) -> CriteriaSet:
    """The set with the year of this cycle: as it is asked for, else of the period, else its own.

    A yardstick such as the nine indicators holds for many years, and figures are read by year.
    """
    made = criteria_set(options.set)
    year = options.year or (files.period.last.year if files.period is not None else made.year)
    return made if year == made.year else replace(made, year=year)


def inputs(options: argparse.Namespace) -> list[Path | str]:
    """The files that a cycle is read from: what is written must not be one of them."""
    named = (options.set, options.figures, options.entries, options.points, options.units)
    named += (*options.forms, *options.checked)
    return [one for one in named if one is not None]


def result_of(options: argparse.Namespace, *, final: bool = False) -> Result:
    """Read everything and compute. Raises :class:`InvalidInput` with the problems of the set and of all tables."""
    with Progress(options.progress) as progress:
        progress.say(text("Đang đọc bộ tiêu chí…"))
        files = CycleFiles(options.figures, options.entries, options.points, options.units)
        try:
            forms = form_files(options)
            made = set_of(options, forms)
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
            cycle = read_cycle(made, files, said, forms)
        except InvalidInput as error:
            raise InvalidInput([*problems, *error.problems]) from None
        if problems:
            raise InvalidInput(problems)
        progress.say(text("Đang tính {count} đơn vị…", count=len(cycle.sheets.units)))
        if cycle.figures.year != (made.year or 0):  # the year that the forms tell
            made = replace(made, year=cycle.figures.year)
        result = compute(made, cycle.figures, cycle.sheets, final=final, plan=plan)
        periods = tuple(
            replace(compute(made, figures, cycle.sheets, final=final, plan=plan), period=period)
            for period, figures in cycle.periods
        )
        notes = (*cycle.notes, *unused_figures(made, result.plan, cycle.figures))
        return replace(result, problems=(*result.problems, *notes), period=cycle.period, periods=periods)
