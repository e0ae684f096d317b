"""The columns of a table of answers as the estimates need them: numbers, names, strata, options chosen.

Empty cells that have to be filled, words where a number belongs and unknown names are reported: one problem for a kind
in a column, with how many rows, the first of them, and what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.documents.cycles.exact_columns import exact_column
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, canonical_head
from parindex.domain.errors import InvalidValue
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.questionnaire.variables import Choice
from parindex.domain.survey.sample.design_check import SampleFault
from parindex.domain.values import Mask, parse_number

#: So many rows and so many different texts of one fault are named; all are counted.
NAMED = 20
#: So much of a cell is shown.
_SHOWN = 80
#: Facts of a fault that say how many clusters or parents have one.
_OF_ALL = ("clusters", "parents")


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A column of names: ``code`` is the position in ``labels`` by respondent, −1 where the cell is empty."""

    code: Codes
    labels: tuple[str, ...]


def constant_of(stated: str) -> float | None:
    """The number that is stated; None where it is the name of a column."""
    try:
        return float(parse_number(stated))
    except InvalidValue:
        return None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads columns of one table; problems go to the list."""

    table: DataTable
    problems: Problems

    def column(self, name: str) -> pl.Series:
        """The cells as they were read."""
        return self.table.column(canonical_head(name))

    def report(self, kind: str, rows: Mask | Codes, column: str, **facts: object) -> None:
        """One problem for all ``rows`` with the same fault in ``column`` (its place is the first of them).

        Facts: ``count``, ``rows`` (the first, from 1) or ``cells`` (of a sheet), ``values`` (what stands there, most
        frequent first, with how often), ``column`` and the ``text`` of the first.
        """
        at: Codes = np.flatnonzero(rows) if rows.dtype == np.bool_ else np.sort(rows.astype(np.intp))
        if not len(at):
            return
        places = [self.table.place(int(row), column or None) for row in at[:NAMED]]
        cells = [place.cell for place in places if place.cell is not None]
        found = {
            "column": column,
            "text": self.table.text(int(at[0]), column)[:_SHOWN] if column else "",
            "count": len(at),
            "rows": [place.row for place in places],
            **({"cells": cells} if cells else {}),
            "values": self._values(at, column) if column else {},
        }
        self.problems.add(kind, places[0], **{**found, **facts})

    def _values(self, at: Codes, column: str) -> dict[str, int]:
        """What stands in the rows ``at``, the most frequent first, with how often."""
        written = pl.DataFrame({"value": self.column(column).gather(at), "row": at})
        counted = written.group_by("value", maintain_order=True).agg(pl.len(), pl.col("row").first())
        most = counted.sort("len", descending=True, maintain_order=True).head(NAMED)
        return {self.table.text(row, column)[:_SHOWN]: often for _, often, row in most.iter_rows()}

    def number(self, name: str) -> Floats:
        """A column of numbers, NaN where the cell is empty."""
        read = exact_column(self.column(name))
        self.report("not_a_number", read.bad, canonical_head(name))
        found = np.where(read.present, read.digits / 10.0**read.places, np.nan)
        for row, value in read.slow.items():
            found[row] = float(value)
        return found

    def figure(self, stated: str) -> Floats | None:
        """A column that every respondent needs, or the number that is stated instead; None where nothing is."""
        if not stated:
            return None
        constant = constant_of(stated)
        if constant is not None:
            return np.full(self.table.rows, constant)
        return self._filled(stated, self.number(stated))

    def weight(self, name: str) -> Floats:
        """The weights, 1 without a column of them."""
        return np.ones(self.table.rows) if not name else self._filled(name, self.number(name))

    def _filled(self, name: str, found: Floats) -> Floats:
        empty = self.column(name).is_null().to_numpy()
        self.report("cell_missing", empty, canonical_head(name))
        return np.where(np.isnan(found), 1.0, found)

    def category(self, name: str, *, required: bool = False) -> Category:
        """A column of names, in alphabetical order."""
        column = coded(self.column(name))
        texts = distinct(column).to_list()
        order = sorted(range(len(texts)), key=lambda one: texts[one])
        place = np.empty(len(texts) + 1, np.intp)
        place[order] = np.arange(len(texts))
        place[len(texts)] = -1
        found = place[codes(column)]
        if required:
            self.report("cell_missing", found < 0, canonical_head(name))
            found = np.maximum(found, 0)
        return Category(found, tuple(texts[one] for one in order))

    def filled(self, name: str) -> Mask:
        """Where a column says something."""
        return np.asarray(self.column(name).is_not_null().to_numpy())

    def declared(self, name: str, listed: Mapping[str, str] | None) -> Category:
        """A column of names of which the design may list those that there are."""
        found = self.category(name)
        if listed is None:
            return found
        labels = tuple(listed)
        place = np.array([*(labels.index(one) if one in listed else -2 for one in found.labels), -1], np.intp)
        position = place[found.code]
        known = list(labels)
        self.report("category_unknown", position == -2, canonical_head(name), known=known)
        return Category(position, labels)

    def crossed(self, columns: Sequence[str]) -> Category:
        """The strata: the pairs that occur of several columns; one stratum without columns."""
        found = Category(np.zeros(self.table.rows, np.intp), ("",))
        for number, name in enumerate(columns):
            one = self.category(name, required=True)
            pairs, code = np.unique(found.code * len(one.labels) + one.code, return_inverse=True)
            before, after = np.divmod(pairs, max(len(one.labels), 1))
            labels = (
                [one.labels[right] for right in after]
                if not number
                else [f"{found.labels[left]} / {one.labels[right]}" for left, right in zip(before, after, strict=True)]
            )
            found = Category(code, tuple(labels))
        return found

    def everyone(self) -> Category:
        """Every respondent by itself."""
        return Category(np.arange(self.table.rows), ())

    def wishes(self, choice: Choice) -> Floats:
        """1 where an option was chosen, 0 where another was, NaN without an answer."""
        column = coded(self.column(choice.code))
        texts = [str(text) for text in distinct(column).to_list()]
        names = tuple(choice.options)
        found = np.full((len(texts) + 1, len(names)), np.nan)
        unknown, twice = np.zeros(len(texts) + 1, bool), np.zeros(len(texts) + 1, bool)
        many, alone = np.zeros(len(texts) + 1, bool), np.zeros(len(texts) + 1, bool)
        for row, text in enumerate(texts):
            chosen = [one for one in (part.strip() for part in text.replace(",", ";").split(";")) if one]
            unknown[row] = any(one not in choice.options for one in chosen)
            twice[row] = len(set(chosen)) < len(chosen)
            many[row] = choice.most is not None and len(chosen) > choice.most
            alone[row] = len(set(chosen)) > 1 and not choice.alone.isdisjoint(chosen)
            found[row] = [one in chosen for one in names]
        rows, name = codes(column), canonical_head(choice.code)
        of_one = choice.most == 1
        self.report("option_of_one_unknown" if of_one else "option_unknown", unknown[rows], name, known=list(names))
        self.report("option_twice", twice[rows], name)
        self.report("options_too_many", many[rows], name, most=choice.most)
        self.report("option_not_alone", alone[rows], name, known=sorted(choice.alone))
        return np.asarray(found[rows])

    def faults(self, alike: Sequence[SampleFault], column: str, stated: str = "", **facts: object) -> None:
        """What a check of the domain has found in ``column`` of this table, as one problem: ``alike`` are faults of one
        kind, each of another cluster or parent. Where a number of the design is at fault, it is ``stated``.
        """
        rows = np.concatenate([one.rows for one in alike])
        fault = alike[int(np.argmin([one.rows[0] for one in alike]))]
        known: dict[str, object] = {**fault.facts, **facts, "stage": fault.stage + 1}
        if "first" in fault.facts:
            known["first"] = self.table.place(fault.facts["first"]).row
        if len(alike) > 1:
            known["count"] = next((known[name] for name in _OF_ALL if name in known), len(rows))
        elif known.keys() & {"first", *_OF_ALL}:  # of one cluster: its row, with what stands there
            told = {**known, **({"text": stated} if stated else {})}
            self.problems.rows(self.table, fault.kind, rows, *((column,) if column else ()), **told)
            return
        else:
            known.pop("count", None)
        if stated:
            known |= {"text": stated, "values": {stated: known.get("count", len(rows))}}
        self.report(fault.kind, rows, column, **known)
