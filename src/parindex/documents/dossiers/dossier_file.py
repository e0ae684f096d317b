"""Tables of forms: one row a form (a dossier, or a unit in a period), one column an indicator.

=============  ========================================================================================================
``unit``       the office
``official``   who handled the dossier, where the set scores officials
``dossier``    the dossier; blank on a form about the unit as a whole
``date``       the day of the form, or its period (``2026-Q1``)
indicators     the columns that the set declares (``forms``); blank where the form does not score the indicator
=============  ========================================================================================================

Checked scores stand in tables of the same layout. All problems of all tables are reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import codes, distinct
from parindex.documents.cycles.row_problems import Problems, positions_of
from parindex.documents.cycles.table_files import Layout, canonical_head
from parindex.documents.dossiers.form_dates import read_dates
from parindex.documents.dossiers.form_rows import FormRows
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.form_declarations import FormColumn, FormsDeclaration, Per, Scored
from parindex.domain.errors import InvalidValue, Place
from parindex.domain.procedures.checking import in_force
from parindex.domain.procedures.forms import Counted, ScoreColumn, Subjects, count_scores, with_children
from parindex.domain.procedures.periods import Period
from parindex.domain.units import Unit
from parindex.domain.values import Mask, parse_number

#: Between the office and the official in the id of an official as a unit.
BETWEEN = "/"


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The forms of a period with self and checked scores; one row a form, the tables one below the other.

    ``own`` and ``checked`` hold the scores of every declared column (a position among its scores, −1 for none);
    ``dossiers`` is the dossier of each form, empty on a form about the unit as a whole.
    """

    declaration: FormsDeclaration
    units: tuple[Unit, ...]
    subjects: Subjects
    dossiers: pl.Series
    own: Mapping[str, ScoreColumn]
    checked: Mapping[str, ScoreColumn]

    def counted(self, criteria_set: CriteriaSet) -> dict[str, Counted]:
        """Every measure that counts forms; a checked score stands for the self score of its form."""
        scores = {name: in_force(own, self.checked[name]) for name, own in self.own.items()}
        found = count_scores(self.declaration.columns, self.subjects, scores, len(self.units))
        summed = {name for name, measure in criteria_set.measures.items() if measure.sum_of_children}
        return {name: with_children(one, self.units) if name in summed else one for name, one in found.items()}


def form_layout(declaration: FormsDeclaration) -> Layout:
    """The columns of a table of forms: an indicator by its name or its heading."""
    return Layout(
        "forms",
        required=("unit", "official") if declaration.scored is Scored.OFFICIAL else ("unit",),
        any_of=tuple(one.column for one in declaration.columns),
        optional=("official", "dossier", "date"),
        heads={
            canonical_head(head): one.column for one in declaration.columns for head in (one.column, one.head) if head
        },
    )


def officials_of(rows: FormRows, offices: Sequence[Unit]) -> tuple[Unit, ...]:
    """Every official of every office as a unit, ranked inside the office; in the order of the offices."""
    pairs = pl.DataFrame({name: rows.column(name).cast(pl.String) for name in ("unit", "official")})
    known = {office.id: at for at, office in enumerate(offices)}
    found = [pair for pair in pairs.unique(maintain_order=True).drop_nulls().rows() if pair[0] in known]
    found.sort(key=lambda pair: known[pair[0]])
    return tuple(Unit(BETWEEN.join(pair), pair[1], pair[0]) for pair in found)


def read_forms(
    rows: FormRows, declaration: FormsDeclaration, units: tuple[Unit, ...], period: Period | None, problems: Problems
) -> Forms:
    """The forms of ``units`` in ``period`` (None: all).

    Problems: ``cell_missing``, ``unknown_unit``, ``official_missing``, ``score_not_allowed``,
    ``form_without_scores``, ``dossier_missing``, ``dossier_unexpected``, ``dossier_twice``, ``period_twice``,
    ``not_a_date``, ``date_missing``, ``form_outside_period``, ``checked_without_form``.
    Raises :class:`InvalidInput` where anything was found.
    """
    scores = {one.column: _scores(rows, one, problems) for one in declaration.columns}
    filled = {name: one >= 0 for name, one in scores.items()}
    scored = np.logical_or.reduce([rows.column(one.column).is_not_null().to_numpy() for one in declaration.columns])
    _look_for_scores(rows, declaration, scored, problems)
    subjects = _subjects(rows, declaration, units, scored, problems)
    dates = read_dates(rows, period, problems)
    dossiers, named = rows.codes("dossier")
    keys = {
        Per.DOSSIER: subjects.astype(np.int64) * (int(dossiers.max(initial=0)) + 1) + dossiers,
        Per.PERIOD: subjects.astype(np.int64) * (int(dates.codes.max(initial=0)) + 1) + dates.codes,
    }
    _require_dossiers(rows, declaration, filled, named, problems)
    _refuse_repeats(rows, declaration, filled, keys, (subjects >= 0) & dates.usable, problems)
    problems.refuse()
    own = ~rows.is_check & dates.inside
    checked = {one.column: _checked(rows, one, scores[one.column], keys[one.per], problems)
               for one in declaration.columns}  # fmt: skip
    problems.refuse()
    return Forms(
        declaration,
        units,
        subjects[own].astype(np.intp),
        rows.column("dossier").filter(pl.Series(own)),
        {name: one[own] for name, one in scores.items()},
        {name: one[own] for name, one in checked.items()},
    )


def _look_for_scores(rows: FormRows, declaration: FormsDeclaration, scored: Mask, problems: Problems) -> None:
    """A form without a score says nothing; but a check may be under way, and a form of an office may be about
    indicators that are not those of its officials.
    """
    if declaration.scored is Scored.UNIT:
        rows.problems(problems, "form_without_scores", ~scored & ~rows.is_check)
    waiting = int(np.count_nonzero(~scored & rows.is_check))
    if waiting:
        problems.note("checks_open", Place(), count=waiting)


def _subjects(
    rows: FormRows, declaration: FormsDeclaration, units: Sequence[Unit], scored: Mask, problems: Problems
) -> NDArray[np.int32]:
    """Who each form is about: a row of ``units``; below 0 where that is not known."""
    if declaration.scored is Scored.UNIT:
        found = positions_of(rows.column("unit"), [unit.id for unit in units])
        rows.problems(problems, "unknown_unit", found == -1, "unit")
        rows.problems(problems, "cell_missing", found == -2, column="unit")
        return found
    offices = positions_of(rows.column("unit"), list(dict.fromkeys(unit.group for unit in units)))
    named = rows.column("official").is_not_null().to_numpy()
    rows.problems(problems, "unknown_unit", (offices == -1) & named, "unit")
    rows.problems(problems, "cell_missing", offices == -2, column="unit")
    rows.problems(problems, "official_missing", ~named & scored)
    both = pl.concat_str([rows.column(name).cast(pl.String) for name in ("unit", "official")], separator=BETWEEN)
    joined = pl.select(both).to_series()
    return positions_of(joined, [unit.id for unit in units])


def _scores(rows: FormRows, column: FormColumn, problems: Problems) -> ScoreColumn:
    """The position of every score among those declared; −1 where none stands or it is none of them."""
    allowed = {score: at for at, score in enumerate(column.scores)}
    cells = rows.column(column.column)
    found = [_position(text, allowed) for text in distinct(cells).to_list()]
    positions = np.array([*found, -1], dtype=np.int8)[codes(cells)]
    known = list(column.scores)
    rows.problems(problems, "score_not_allowed", positions == -2, column.column, known=known)
    return np.where(positions < 0, np.int8(-1), positions)


def _position(text: str, allowed: Mapping[Fraction, int]) -> int:
    """Where a score stands among those allowed; −2 for what is none of them."""
    try:
        return allowed.get(parse_number(text), -2)
    except InvalidValue:
        return -2


def _require_dossiers(
    rows: FormRows, declaration: FormsDeclaration, filled: Mapping[str, Mask], named: Mask, problems: Problems
) -> None:
    """A score of a dossier names it; a score of the unit as a whole names none."""
    for one in declaration.columns:
        if one.per is Per.DOSSIER:
            rows.problems(problems, "dossier_missing", filled[one.column] & ~named, column=one.column)
        else:
            rows.problems(problems, "dossier_unexpected", filled[one.column] & named, "dossier", column=one.column)


def _refuse_repeats(
    rows: FormRows,
    declaration: FormsDeclaration,
    filled: Mapping[str, Mask],
    keys: Mapping[Per, NDArray[np.int64]],
    usable: Mask,
    problems: Problems,
) -> None:
    """No indicator of a dossier (or of a unit in a period) is scored twice, nor checked twice."""
    said = {Per.DOSSIER: ("dossier_twice", "dossier", "unit"), Per.PERIOD: ("period_twice", "unit", "date")}
    for per, (kind, *columns) in said.items():
        first = np.full(len(rows), -1, dtype=np.intp)
        for one in declaration.columns:
            if one.per is per:
                for of in (rows.is_check, ~rows.is_check):
                    _find_repeats(keys[per], filled[one.column] & usable & of, first)
        rows.repeats(problems, kind, first, *columns)


def _find_repeats(keys: NDArray[np.int64], among: Mask, first: NDArray[np.intp]) -> None:
    """Put down in ``first``, for each row of ``among`` whose key stood on an earlier one, that row."""
    rows = np.flatnonzero(among)
    _, start, number = np.unique(keys[rows], return_index=True, return_inverse=True)
    earlier = rows[start[number]]
    again = earlier != rows
    first[rows[again]] = earlier[again]


def _checked(
    rows: FormRows, column: FormColumn, scores: ScoreColumn, keys: NDArray[np.int64], problems: Problems
) -> ScoreColumn:
    """The checked score of every form of ``column`` that was checked, on the row of its self score.

    A check belongs to the period of the form that it checks, and needs no date of its own.
    """
    out = np.full(len(rows), -1, dtype=np.int8)
    mine = np.flatnonzero((scores >= 0) & ~rows.is_check)
    checks = np.flatnonzero((scores >= 0) & rows.is_check)
    order = mine[np.argsort(keys[mine], kind="stable")]
    at = np.searchsorted(keys[order], keys[checks])
    there = at < len(order)
    there[there] = keys[order[at[there]]] == keys[checks[there]]
    lost = np.zeros(len(rows), dtype=bool)
    lost[checks[~there]] = True
    rows.problems(problems, "checked_without_form", lost, "dossier", "unit", column=column.column)
    out[order[at[there]]] = scores[checks[there]]
    return out
