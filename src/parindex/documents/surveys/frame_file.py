"""The frame of a survey from data tables (CSV, XLSX, Parquet): every fault with file, row and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, read_table
from parindex.documents.surveys.response_columns import NAMED, Reader
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.sampling.frame import FaultyFrame, Frame, FrameFault, frame_of
from parindex.domain.survey.sampling.frame_rows import TextColumn
from parindex.domain.survey.sampling.sampling_design import SamplingDesign


def read_frame(design: SamplingDesign, paths: Sequence[Path]) -> Frame:
    """The frame in one table or several: one row a unit of the last stage that the table lists.

    Columns that the design does not name are not read. Raises :class:`InvalidInput` with the problems of every table:
    those of :func:`parindex.documents.cycles.table_files.read_table` and of
    :func:`parindex.domain.survey.sampling.frame.frame_of`.
    """
    layout = Layout("frame", required=(*design.strata, design.stages[0].id), optional=design.columns)
    tables: list[DataTable] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            tables.append(read_table(path, layout))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInput(problems)
    try:
        return frame_of(design, [{name: text_column(table, name) for name in table.columns} for table in tables])
    except FaultyFrame as error:
        raise InvalidInput(_problems(error.faults, tables)) from None


def text_column(table: DataTable, name: str) -> TextColumn:
    """A column of a data table as codes and texts."""
    column = coded(table.column(name))
    texts = tuple(distinct(column).to_list())
    places = codes(column).astype(np.intp)
    return TextColumn(np.where(places == len(texts), -1, places), texts)


def _problems(faults: Sequence[FrameFault], tables: Sequence[DataTable]) -> list[Problem]:
    """Faults with their places, in the order of tables and rows: one problem for one fault in a column."""
    alike: dict[tuple[int, str, str], list[FrameFault]] = {}
    for fault in sorted(faults, key=lambda one: (one.table, -1 if one.row is None else one.row)):
        alike.setdefault((fault.table, fault.kind, fault.column), []).append(fault)
    problems = Problems()
    for (number, kind, column), found in alike.items():
        table, rows = tables[number], [one.row for one in found if one.row is not None]
        if len(rows) > 1:
            units = Counter(one.facts["unit"] for one in found if "unit" in one.facts)
            named = {"values": dict(units.most_common(NAMED))} if units else {}
            facts = {name: value for name, value in found[0].facts.items() if name != "count"}
            Reader(table, problems).report(kind, np.array(rows, np.intp), column, **{**facts, **named})
        else:
            place = table.place(rows[0], column) if rows else Place(file=table.file)
            problems.extend(Problem(kind, place, {"column": column, **one.facts}) for one in found)
    return problems.found
