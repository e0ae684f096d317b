"""The frame of a survey from data tables (CSV, XLSX, Parquet): every fault with file, row and cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.documents.cycles.row_problems import LISTED
from parindex.documents.cycles.table_files import DataTable, Layout, read_table
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
    """Faults with their places, in the order of tables and rows; many of a kind are counted."""
    listed: dict[tuple[int, str], int] = {}
    found = []
    for fault in sorted(faults, key=lambda one: (one.table, -1 if one.row is None else one.row)):
        key = (fault.table, fault.kind)
        listed[key] = listed.get(key, 0) + 1
        if listed[key] <= LISTED:
            table = tables[fault.table]
            place = Place(file=table.file) if fault.row is None else table.place(fault.row, fault.column)
            found.append(Problem(fault.kind, place, {"column": fault.column, **fault.facts}))
    for (number, kind), count in listed.items():
        if count > LISTED:
            facts = {"of_kind": kind, "count": count - LISTED}
            found.append(Problem("more_of_the_same", Place(file=tables[number].file), facts))
    return found
