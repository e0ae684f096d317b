"""``parindex read``: the tables of an official paper, as printed, with what the reader was not sure of."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.failures import problem_data
from parindex.cli.measured_tables import measured_data, measured_rows, rows_words
from parindex.cli.progress import Progress
from parindex.cli.read_tables import entries_table, row_table
from parindex.documents.checked_papers import set_id
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set
from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.papers import MeasuredTable, Paper, PaperRow, PaperTable, TableKind
from parindex.documents.read_paper import read_paper
from parindex.documents.results.atomic_files import Writer, text_writer, write_all
from parindex.documents.results.result_files import ResultTable, csv_text, decimal_text
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording import numbers, places, problems, terms
from parindex.wording.language import mark, text, text_in

FINE = 0
KINDS = ("auto", *(kind.value for kind in TableKind))
_KIND_WORDS = {
    TableKind.CRITERIA_SET: mark("bảng tiêu chí"),
    TableKind.SCORE_SHEET: mark("phiếu chấm điểm"),
    TableKind.PROCEDURE_EVALUATION: mark("bảng đánh giá giải quyết thủ tục hành chính"),
    TableKind.SATISFACTION_TABLE: mark("bảng chỉ số hài lòng"),
}
#: A table of either sort.
Read = PaperTable | MeasuredTable
#: Doubts that are printed one by one; JSON has all.
_DOUBTS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``read``."""
    parser.add_argument(
        "file", type=Path, metavar=text("TỆP"), help=text("xlsx, xls, ods, docx, pdf, html, txt, tsv hoặc csv")
    )
    parser.add_argument("--kind", choices=KINDS, default="auto", help=text("loại bảng cần đọc (mặc định: tự nhận)"))
    parser.add_argument("--table", type=int, metavar="N", help=text("chỉ bảng thứ N (mặc định: mọi bảng)"))
    parser.add_argument(
        "--unit",
        metavar=text("MÃ"),
        help=text("đơn vị của phiếu chấm điểm, trong bảng điểm ghi cạnh tệp YAML (mặc định: theo tên tệp)"),
    )
    parser.add_argument("--year", type=int, metavar=text("NĂM"), help=text("năm đánh giá, khi văn bản không nêu"))
    parser.add_argument("--force", action="store_true", help=text("ghi đè tệp đã có"))
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read and write; a YAML ``--out`` gets the criteria set of each table, other endings what was read."""
    as_sets = options.out is not None and options.out.suffix.lower() in (".yaml", ".yml")
    if as_sets:
        output.require_writable(options.out, [options.file])
    else:
        output.prepare(options, [options.file])
    several = as_sets or (options.out is not None and output.chosen_format(options) == "csv")
    if options.out is not None and not several and not options.force:
        _require_new([options.out])
    paper = paper_of(options.file, options.kind, options.progress)
    tables = [_of_year(one, options.year) for one in _picked(paper, options.table)]
    if as_sets:
        tables = _criteria_tables(paper, tables)
    if several and not options.force:
        entries = _entries_targets(options.out, tables).values() if as_sets else ()
        _require_new([*_targets(options.out, tables), *entries])
    if as_sets:
        unit = options.unit or set_id(options.file, None)
        sets = [one for one in tables if isinstance(one, PaperTable)]
        write_all(_set_files(options.out, sets, unit))
        _say_written(options.out, sets)
        if options.format is None:
            return FINE
        options.out = None
    if output.chosen_format(options) == "csv":
        _write_csv(options.out, tables)
    else:
        output.deliver(
            options,
            words=lambda: "\n\n".join([*map(_words, tables), *_doubt_words(paper.doubts)]),
            data=lambda: {
                "tables": [table_data(one) if isinstance(one, PaperTable) else measured_data(one) for one in tables],
                "doubts": [problem_data(doubt) for doubt in paper.doubts],
            },
            tables=lambda: [_row_table(one, number) for number, one in enumerate(tables, start=1)],
        )
    return FINE


def _require_new(targets: Sequence[Path]) -> None:
    """Nothing that somebody may have edited is overwritten unasked."""
    there = [Problem("output_exists", Place(file=str(target))) for target in targets if target.exists()]
    if there:
        raise InvalidInput(there)


def paper_of(path: Path, kind: str, progress_wanted: bool) -> Paper:
    """The paper at ``path``, with progress for long ones."""
    with Progress(progress_wanted) as progress:
        progress.say(text("Đang đọc {file}…", file=path.name))
        return read_paper(
            path,
            kind=kind,
            progress=lambda done, of: progress.say(
                text("Đang đọc {file}: {done}/{of}", file=path.name, done=done, of=of)
            ),
        )


def _picked(paper: Paper, number: int | None) -> Sequence[Read]:
    tables: tuple[Read, ...] = (*paper.tables, *paper.measured)
    if number is None:
        return tables
    if not 1 <= number <= len(tables):
        facts = {"table": number, "count": len(tables)}
        raise InvalidInput([Problem("no_such_table", Place(file=paper.file), facts)])
    return tables[number - 1 : number]


def _of_year(one: Read, year: int | None) -> Read:
    """The table with the year that the caller knows, where the paper states none."""
    if isinstance(one, PaperTable) and one.year is None and year is not None:
        return replace(one, year=year)
    return one


def _criteria_tables(paper: Paper, tables: Sequence[Read]) -> list[Read]:
    """The tables that can be criteria sets; a paper without any is refused."""
    kept: list[Read] = [one for one in tables if isinstance(one, PaperTable)]
    if not kept:
        found = sorted({one.kind.value for one in tables})
        raise InvalidInput([Problem("no_criteria_set", Place(file=paper.file), {"found": found})])
    return kept


def _targets(out: Path, tables: Sequence[Read]) -> list[Path]:
    """``F.yaml`` for one table, ``F-1.yaml``, ``F-2.yaml`` … for several."""
    if len(tables) == 1:
        return [out]
    return [out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(1, len(tables) + 1)]


def _entries_targets(out: Path, tables: Sequence[Read]) -> dict[Path, Path]:
    """``F-entries.csv`` beside the file of each score sheet."""
    return {
        target: target.with_name(f"{target.stem}-entries.csv")
        for target, one in zip(_targets(out, tables), tables, strict=True)
        if one.kind is TableKind.SCORE_SHEET
    }


def _set_files(out: Path, tables: Sequence[PaperTable], unit: str) -> dict[Path, Writer]:
    """The criteria set of each table, and the points of each score sheet beside it."""
    files = {}
    beside = _entries_targets(out, tables)
    for target, one in zip(_targets(out, tables), tables, strict=True):
        made = to_criteria_set(one, id=set_id(target, None))
        files[target] = text_writer(dump_criteria_set(made))
        if target in beside:
            files[beside[target]] = text_writer(csv_text(entries_table(one, made, unit)))
    return files


def _say_written(out: Path, tables: Sequence[PaperTable]) -> None:
    for target, one in zip(_targets(out, tables), tables, strict=True):
        words = text(
            "Đã ghi {file}: {rows} dòng, {doubts} chỗ chưa chắc.",
            file=target,
            rows=len(one.rows),
            doubts=len(one.doubts),
        )
        print(words, file=sys.stderr)
    for target in _entries_targets(out, tables).values():
        print(text("Đã ghi {file}: điểm trên phiếu, dùng cho parindex score --entries.", file=target), file=sys.stderr)


# --- data ----------------------------------------------------------------------------------------------------------


def table_data(one: PaperTable) -> dict[str, Any]:
    """One table as JSON data; decimals are strings with a point."""
    return {
        "kind": one.kind.value,
        "title": one.title,
        "place": one.place.as_data(),
        "year": one.year,
        "printed_total": decimal_text(one.printed_total),
        "rows": [row_data(row) for row in one.rows],
        "doubts": [problem_data(doubt) for doubt in one.doubts],
    }


def row_data(row: PaperRow) -> dict[str, Any]:
    """One row; what the paper does not print is null, "" or an empty list."""
    data: dict[str, Any] = {
        "item": row.code,
        "title": row.title,
        "max_points": decimal_text(row.max_points),
        "source": row.source.value if row.source is not None else None,
        "self_points": decimal_text(row.self_points),
        "explanations": list(row.explanations),
        "appraised_points": decimal_text(row.appraised_points),
        "opinions": [
            {"level": one.level, "unit": one.unit, "at": one.at or None, "text": one.text} for one in row.opinions
        ],
        "place": row.place.as_data(),
        "note": row.note,
        "bonus": row.bonus,
        "options": list(row.options),
    }
    if row.printed_code:
        data["printed_code"] = row.printed_code
    if row.rule is not None:
        data["proposed_rule"] = row.rule.data
    return data


def _row_table(one: Read, number: int) -> ResultTable:
    return measured_rows(one, number) if isinstance(one, MeasuredTable) else row_table(one, number)


def _write_csv(out: Path | None, tables: Sequence[Read]) -> None:
    made = [csv_text(_row_table(one, number)) for number, one in enumerate(tables, start=1)]
    if out is None:
        sys.stdout.write("\n".join(made))
    else:
        write_all({target: text_writer(content) for target, content in zip(_targets(out, tables), made, strict=True)})


# --- words ---------------------------------------------------------------------------------------------------------


def measured_title(one: MeasuredTable) -> str:
    """The title of a table, the word for its kind where it has none."""
    return one.table.title or text(_KIND_WORDS[one.kind])


def _words(one: Read) -> str:
    titled = one.table if isinstance(one, MeasuredTable) else one
    kind = text(_KIND_WORDS[one.kind])
    head = f"{kind[:1].upper()}{kind[1:]}: {terminal.clean(titled.title)}" if titled.title else kind
    where = places.place_text(titled.place)
    rows = rows_words(one) if isinstance(one, MeasuredTable) else _rows_words(one)
    blocks = [terminal.heading(head) + (f"\n{where}" if where else ""), rows]
    return "\n\n".join([*blocks, *_doubt_words(one.doubts)])


def _rows_words(one: PaperTable) -> str:
    if one.kind is TableKind.SCORE_SHEET:
        heads = [text("Mã"), text("Nội dung"), text("Tối đa"), text("Tự chấm"), text_in("column", "Thẩm định")]
        rows = [
            [row.code, row.title, *map(numbers.points_text, (row.max_points, row.self_points, row.appraised_points))]
            for row in one.rows
        ]
        return terminal.table(heads, rows, "<<>>>")
    heads = [text("Mã"), text("Nội dung"), text("Tối đa"), text("Nguồn điểm")]
    rows = [
        [row.code, row.title, numbers.points_text(row.max_points), row.note or terms.source(row.source)]
        for row in one.rows
    ]
    return terminal.table(heads, rows, "<<><")


def _doubt_words(doubts: Sequence[Problem]) -> list[str]:
    if not doubts:
        return []
    lines = [text("{count} chỗ chưa chắc, cần đối chiếu:", count=len(doubts))]
    for doubt in doubts[:_DOUBTS]:
        where = places.place_text(doubt.place, file=False)
        words = f"{where}: {problems.message(doubt)}" if where else problems.message(doubt)
        lines.append(terminal.wrapped(words, terminal.width(), "    ", "  • "))
    if len(doubts) > _DOUBTS:
        lines.append("  " + text("… và {count} chỗ khác (xem đủ bằng --format json).", count=len(doubts) - _DOUBTS))
    return ["\n".join(lines)]
