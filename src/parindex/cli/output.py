"""Where the output of a command goes: the terminal or a file, as text, JSON, CSV or a workbook."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from parindex.documents.results import result_files
from parindex.documents.results.atomic_files import Writer, text_writer, write_all
from parindex.documents.results.result_files import ResultTable
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.language import text

FORMATS = ("text", "json", "csv", "xlsx")
_BY_SUFFIX = {".json": "json", ".csv": "csv", ".xlsx": "xlsx", ".txt": "text", ".parquet": "parquet"}


def add_output_arguments(parser: argparse.ArgumentParser) -> None:
    """``--format``, ``--out`` and ``--progress``."""
    parser.add_argument(
        "--format", choices=FORMATS, help=text("dạng kết quả (mặc định: text, hoặc theo đuôi tệp của --out)")
    )
    parser.add_argument("--out", type=Path, metavar=text("TỆP"), help=text("ghi kết quả ra tệp thay vì màn hình"))
    parser.add_argument("--progress", action="store_true", help=text("luôn báo tiến độ ra luồng lỗi"))


def deliver(
    options: argparse.Namespace,
    *,
    words: Callable[[], str],
    data: Callable[[], Any],
    tables: Callable[[], Sequence[ResultTable]],
) -> None:
    """Write the result in the wanted format; only that one is made.

    The first table is the result itself and goes to the file that was asked for; CSV and Parquet put the others
    beside it
    (``ket-qua-items.csv``), a workbook has one sheet for each.
    """
    form = chosen_format(options)
    if form == "text":
        _put_text(options.out, words() + "\n")
    elif form == "json":
        _put_text(options.out, json.dumps(data(), ensure_ascii=False, indent=2) + "\n")
    elif form == "csv" and options.out is None:
        sys.stdout.write(result_files.csv_text(tables()[0]))
    elif options.out is None:
        raise InvalidInput([Problem("format_needs_file", Place(), {"format": form})])
    elif form == "xlsx":
        made = tables()
        write_all({options.out: lambda path: result_files.write_xlsx(path, made)})
    else:
        write_all(_files(options.out, form, tables()))


def prepare(options: argparse.Namespace, inputs: Sequence[Path | str]) -> None:
    """Refuse before the work what could not be written after it.

    Raises :class:`InvalidInput`: an unknown ending, a format that needs a file, a folder that is missing, and a target
    that is one of ``inputs`` (paths, or ids of shipped sets).
    """
    form = chosen_format(options)
    if options.out is None:
        if form not in ("text", "json", "csv"):
            raise InvalidInput([Problem("format_needs_file", Place(), {"format": form})])
        return
    require_writable(options.out, inputs)


def require_writable(out: Path, inputs: Sequence[Path | str]) -> None:
    """Refuse a target in a folder that is missing or closed, that is a folder, or that is one of ``inputs``."""
    place = Place(file=str(out))
    folder = out.parent
    if not folder.is_dir():
        raise InvalidInput([Problem("no_folder_for_output", place, {"folder": str(folder)})])
    if out.is_dir():
        raise InvalidInput([Problem("is_a_folder", place)])
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InvalidInput([Problem("no_permission", place)])
    beside = [one for one in map(Path, inputs) if one.exists() and _may_be_written(one, out)]
    if beside:
        raise InvalidInput([Problem("output_is_input", Place(file=str(one))) for one in beside])


def _may_be_written(one: Path, out: Path) -> bool:
    """Whether ``one`` is ``out`` or one of the tables that CSV and Parquet put beside it (``ket-qua-items.csv``)."""
    if out.exists() and one.samefile(out):
        return True
    beside = one.resolve().parent == out.resolve().parent and one.suffix == out.suffix
    return (
        beside
        and re.fullmatch(re.escape(out.stem) + r"-(\d+|items|nodes|parts|periods|differences)", one.stem) is not None
    )


def chosen_format(options: argparse.Namespace) -> str:
    """``--format``, else what the ending of ``--out`` says, else text."""
    if options.format is not None:
        return str(options.format)
    if options.out is None:
        return "text"
    form = _BY_SUFFIX.get(options.out.suffix.lower())
    if form is None:
        facts = {"suffix": options.out.suffix or options.out.name, "known": sorted(_BY_SUFFIX)}
        raise InvalidInput([Problem("output_format_unknown", Place(file=str(options.out)), facts)])
    return form


def _put_text(path: Path | None, content: str) -> None:
    if path is None:
        sys.stdout.write(content)
    else:
        write_all({path: text_writer(content)})


def _files(out: Path, form: str, tables: Sequence[ResultTable]) -> dict[Path, Writer]:
    """The first table to ``out``, the others beside it with their names."""
    write = result_files.write_parquet if form == "parquet" else result_files.write_csv
    targets = [out, *(out.with_name(f"{out.stem}-{one.name}{out.suffix}") for one in tables[1:])]
    return {target: _writer(write, one) for target, one in zip(targets, tables, strict=True)}


def _writer(write: Callable[[Path, ResultTable], None], one: ResultTable) -> Writer:
    return lambda path: write(path, one)
