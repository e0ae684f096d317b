"""The frame: the list of units from which a sample is drawn, stage below stage, in an order of its own.

A frame comes as one table with a row for each unit of the last stage that is listed, or as several: one with districts,
communes and villages, another with the households of villages. Units are put in the order of their ids, so that the
order of rows means nothing, and each table is fingerprinted: the SHA-256 of a line for every unit, with its strata, ids
and whatever else the design looks at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from parindex.domain.errors import InvalidValue, ParindexError
from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.sampling.frame_rows import FrameRows, TextColumn, escaped
from parindex.domain.survey.sampling.sampling_design import SamplingDesign
from parindex.domain.values import number_text, parse_number

Columns = Mapping[str, TextColumn]


@dataclass(frozen=True, slots=True, eq=False)
class FrameLevel:
    """The units of one stage: in order of parent and id, with what the design looks at.

    The children of parent p (at the first stage: of stratum p) are ``first[p]`` to ``first[p + 1]``.
    """

    ids: Sequence[str]
    first: Codes
    numbers: Mapping[str, Sequence[Fraction]]
    labels: Mapping[str, Sequence[str]]
    #: Of the table that lists these units.
    fingerprint: str


@dataclass(frozen=True, slots=True)
class FrameTable:
    """What is known of one table: the stages it lists, its rows and its fingerprint."""

    stages: tuple[str, ...]
    rows: int
    fingerprint: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Strata in order, and the units of the stages that are listed."""

    strata: Sequence[tuple[str, ...]]
    levels: tuple[FrameLevel, ...]
    tables: tuple[FrameTable, ...]


@dataclass(frozen=True, slots=True)
class FrameFault:
    """Something wrong in a frame: kind, table, row from 0 (None: the table as a whole), column, facts."""

    kind: str
    table: int
    row: int | None
    column: str
    facts: dict[str, Any]


class FaultyFrame(ParindexError):
    """A frame that cannot be drawn from, with every fault."""

    def __init__(self, faults: list[FrameFault]) -> None:
        super().__init__(f"{len(faults)} faults, first: {faults[0].kind}")
        self.faults = faults


def frame_of(design: SamplingDesign, tables: Sequence[Columns]) -> Frame:
    """The frame from one table or several, each listing the units of one more stage or more.

    Every table has the columns of the strata and the ids of all stages down to its own. Raises :class:`FaultyFrame`:

    - ``cell_missing``: an empty id, stratum or value;
    - ``frame_column_missing`` (facts ``stage``): a table that skips a stage, or lacks a column that the design names;
    - ``frame_lists_twice`` (``stage``): two tables list the units of the same stage;
    - ``frame_unit_twice`` (``unit``, ``first``): a unit on two rows;
    - ``frame_unit_in_two`` (``unit``, ``one``, ``other``): an id below two parents where ids are unique;
    - ``frame_value_differs`` (``unit``, ``found``, ``value``, ``first``, ``count``): rows of a unit differ;
    - ``not_a_number`` (``text``), ``frame_size_not_positive`` and ``frame_count_not_whole`` (``found``);
    - ``frame_parent_unknown`` (``unit``): a parent that the table above does not list;
    - ``frame_empty``: no rows.
    """
    reads = sorted((_depth(design, columns), number) for number, columns in enumerate(tables))
    faults: list[FrameFault] = []
    above: _GivenTable | None = None
    about = []
    for depth, number in reads:
        reader = _Reader(design, tables[number], number, depth, above)
        made = reader.table()
        faults.extend(reader.faults)
        if made is not None:
            above = made
            about.append(made.about)
    if faults or above is None:
        raise FaultyFrame(faults)
    return Frame(above.strata, above.levels, tuple(about))


def _depth(design: SamplingDesign, columns: Columns) -> int:
    """How many stages a table reaches down."""
    there = [k for k, stage in enumerate(design.stages, start=1) if not stage.numbered and stage.id in columns]
    return max(there, default=0)


@dataclass(frozen=True, slots=True, eq=False)
class _GivenTable:
    """A table with those above it: all levels so far, and its rows."""

    about: FrameTable
    strata: Sequence[tuple[str, ...]]
    levels: tuple[FrameLevel, ...]
    rows: FrameRows


class _Reader:
    """Reads one table that lists the stages ``start`` + 1 to ``depth``."""

    def __init__(
        self, design: SamplingDesign, columns: Columns, number: int, depth: int, above: _GivenTable | None
    ) -> None:
        self.design, self.columns, self.number, self.depth, self.above = design, columns, number, depth, above
        self.start = len(above.levels) if above is not None else 0
        self.stages = design.stages
        self.heads = [*design.strata, *(stage.id for stage in design.stages[:depth])]
        self.figures = frozenset(name for stage in design.stages for name in stage.number_columns)
        self.faults: list[FrameFault] = []

    def table(self) -> _GivenTable | None:
        """The table, or None where it has faults."""
        wanted = self._wanted()
        if self.faults:
            return None
        rows = FrameRows.of(self.columns, self.heads, len(self.design.strata))
        self._check(rows)
        values = [self._values(rows, depth) for depth in range(self.start + 1, self.depth + 1)]
        if self.faults:
            return None
        digest = rows.fingerprint(wanted, [self._spelt(name) for name in wanted])
        levels = [
            FrameLevel(rows.ids(depth), rows.first(depth), *found, digest)
            for depth, found in enumerate(values, start=self.start + 1)
        ]
        about = FrameTable(tuple(stage.id for stage in self.stages[self.start : self.depth]), len(rows.order), digest)
        if self.above is None:
            return _GivenTable(about, rows.paths(0), tuple(levels), rows)
        levels[0] = self._hung(self.above, rows, levels[0])
        joined = (*self.above.levels, *levels)
        return None if self.faults else _GivenTable(about, self.above.strata, joined, rows)

    def _fault(self, kind: str, row: int | None, column: str, **facts: Any) -> None:
        self.faults.append(FrameFault(kind, self.number, row, column, facts))

    def _wanted(self) -> list[str]:
        """The columns that count; those that are missing are faults."""
        if self.depth <= self.start:
            if self.depth:
                stage = self.stages[self.depth - 1].id
                self._fault("frame_lists_twice", None, stage, stage=stage)
            else:
                stage = self.stages[0].id
                self._fault("frame_column_missing", None, stage, stage=stage)
            return []
        names = list(self.heads)
        for k in range(self.start, self.depth):
            names.extend(self._names(k))
        wanted = list(dict.fromkeys(names))
        for name in wanted:
            if name not in self.columns:
                self._fault("frame_column_missing", None, name, stage=self.stages[self.depth - 1].id)
        return wanted

    def _names(self, k: int) -> tuple[str, ...]:
        """The columns that are kept with the units of stage k (from 0): those of the stage, of its parents, and of the
        numbered units below it."""
        stage = self.stages[k]
        below = self.stages[k + 1] if k + 1 < len(self.stages) and self.stages[k + 1].numbered else None
        return (*stage.unit_columns, *stage.parent_columns, *(below.parent_columns if below is not None else ()))

    def _check(self, rows: FrameRows) -> None:
        last = self.stages[self.depth - 1]
        for row, name in rows.empty_cells():
            self._fault("cell_missing", row, name)
        if not len(rows.order) and not self.faults:
            self._fault("frame_empty", None, last.id)
        for row, first in rows.twice():
            self._fault("frame_unit_twice", row, last.id, unit=escaped(*rows.path(row, self.depth)), first=first + 1)
        for depth in range(self.start + 1, self.depth + 1):
            stage = self.stages[depth - 1]
            for row, first in rows.in_two(depth) if stage.unique else ():
                one, other = (escaped(*rows.path(at, depth - 1)) for at in (first, row))
                self._fault("frame_unit_in_two", row, stage.id, unit=rows.path(row, depth)[-1], one=one, other=other)
            for name in self._names(depth - 1):
                self._check_same(rows, name, depth - 1 if name in stage.parent_columns else depth)

    def _check_same(self, rows: FrameRows, name: str, depth: int) -> None:
        """What is said of a unit must be said alike on all its rows: one fault a unit, however many rows differ."""
        column = self.columns[name]
        differing: dict[int, list[int]] = {}
        for row, first in rows.differing(column, depth):
            differing.setdefault(first, []).append(row)
        for first, others in differing.items():
            row = min(others)
            said = {"found": column.text(row), "value": column.text(first), "first": first + 1, "count": len(others)}
            self._fault("frame_value_differs", row, name, unit=escaped(*rows.path(row, depth)), **said)

    def _values(
        self, rows: FrameRows, depth: int
    ) -> tuple[dict[str, tuple[Fraction, ...]], dict[str, tuple[str, ...]]]:
        """Numbers and labels of the units of a stage."""
        numbers, labels = {}, {}
        firsts = rows.unit_rows(depth).tolist()
        for name in dict.fromkeys(self._names(depth - 1)):
            texts = [self.columns[name].text(row) for row in firsts]
            for row, text in zip(firsts, texts, strict=True):
                if not text:
                    self._fault("cell_missing", row, name)
            if name in self.figures:
                known = {text: self._figure(name, text) for text in dict.fromkeys(texts)}
                for row, text in zip(firsts, texts, strict=True):
                    kind, _ = known[text]
                    if kind and text:
                        self._fault(kind, row, name, found=text, text=text)
                numbers[name] = tuple(known[text][1] for text in texts)
            else:
                labels[name] = tuple(texts)
        return numbers, labels

    def _figure(self, name: str, text: str) -> tuple[str, Fraction]:
        """What is wrong with a number ("": nothing), and the number."""
        try:
            value = parse_number(text)
        except InvalidValue:
            return "not_a_number", Fraction(0)
        if value < 0 or (value == 0 and not self._may_be_zero(name)):
            return "frame_size_not_positive", value
        counts = any(name == stage.numbered for stage in self.stages)
        return ("frame_count_not_whole" if counts and value.denominator != 1 else ""), value

    def _may_be_zero(self, name: str) -> bool:
        """A standard deviation may be 0, a size or a count may not."""
        return all(name not in (stage.size, stage.take.size, stage.numbered) for stage in self.stages)

    def _spelt(self, name: str) -> TextColumn:
        """A column as it is fingerprinted: numbers in their one shortest spelling."""
        column = self.columns[name]
        if name not in self.figures:
            return column
        used = set(column.codes.tolist())
        texts = (number_text(parse_number(text)) if k in used else "" for k, text in enumerate(column.texts))
        return TextColumn(column.codes, tuple(texts))

    def _hung(self, above: _GivenTable, rows: FrameRows, level: FrameLevel) -> FrameLevel:
        """The first level of this table, hung below the units of the table above."""
        places = {path: place for place, path in enumerate(above.rows.paths(self.start))}
        counts = np.zeros(len(places), dtype=np.intp)
        parents = zip(rows.paths(self.start), rows.unit_rows(self.start), np.diff(level.first), strict=True)
        for path, row, count in parents:
            if path in places:
                counts[places[path]] = count
            else:
                self._fault("frame_parent_unknown", int(row), self.stages[self.start - 1].id, unit=escaped(*path))
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        return FrameLevel(level.ids, first, level.numbers, level.labels, level.fingerprint)
