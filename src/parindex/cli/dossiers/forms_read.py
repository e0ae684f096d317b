"""The forms that a step works on: the set, the offices, the tables, read with all their problems at once."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from parindex.cli.cycle_files import add_form_arguments, form_files
from parindex.cli.progress import Progress
from parindex.cli.sets import criteria_set
from parindex.documents.cycles.data_tables import read_form_cycle
from parindex.documents.dossiers.dossier_file import Forms
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.wording.language import text


def add_arguments(parser: argparse.ArgumentParser, *, checked_required: bool = False) -> None:
    """``--set``, ``--forms``, ``--checked``, ``--period`` and ``--units``."""
    parser.add_argument(
        "--set", required=True, metavar=text("BỘ"), help=text("bộ tiêu chí: tệp YAML hoặc mã bộ có sẵn")
    )
    add_form_arguments(parser, required=True, checked_required=checked_required)
    parser.add_argument("--units", type=Path, metavar=text("TỆP"), help=text("bảng đơn vị (CSV, XLSX, Parquet)"))


def inputs(options: argparse.Namespace) -> list[Path | str]:
    """What is read: nothing of it may be written over."""
    return [options.set, *options.forms, *options.checked, *(() if options.units is None else (options.units,))]


def forms_of(options: argparse.Namespace, *, with_checks: bool = True) -> tuple[CriteriaSet, Forms]:
    """The set and its forms. Raises :class:`~parindex.domain.errors.InvalidInput` with every problem."""
    files = form_files(options)
    made = criteria_set(options.set)
    if not with_checks:
        files = replace(files, checked=())
    with Progress(options.progress) as progress:

        def said(path: Path) -> None:
            progress.say(text("Đang đọc {file}…", file=path.name))

        return made, read_form_cycle(made, files, options.units, said)
