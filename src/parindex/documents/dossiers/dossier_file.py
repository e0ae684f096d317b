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
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import codes, distinct
from parindex.documents.cycles.row_problems import Problems, positions_of
from parindex.documents.cycles.table_files import Layout, canonical_head
from parindex.documents.dossiers.form_dates import FormDates, overlapping, read_dates
from parindex.documents.dossiers.form_rows import FormRows
from parindex.domain.criteria.form_declarations import OF_EVERY_FORM, FormColumn, FormsDeclaration, Per, Scored
from parindex.domain.errors import InvalidValue, Place
from parindex.domain.procedures.checking import in_force
from parindex.domain.procedures.forms import Counted, ScoreColumn, Subjects, count_scores
from parindex.domain.procedures.periods import Period
from parindex.domain.units import Unit
from parindex.domain.values import Mask, parse_number

#: Between the office and the official in the id of an official as a unit.
BETWEEN = "/"


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The forms of a period with self and checked scores; one row a form, the tables one below the other.

    ``own`` and ``checked`` hold the scores of every declared column (a position among its scores, −1 for none);
    ``dossiers`` is the dossier of each form, empty on a form about the unit as a whole; ``dates`` is the position in
    ``written`` of its day or period, one beyond where it has none.
    """

    declaration: FormsDeclaration
    units: tuple[Unit, ...]
    subjects: Subjects
    dossiers: pl.Series
    written: tuple[Period, ...]
    dates: NDArray[np.int64]
    own: Mapping[str, ScoreColumn]
    checked: Mapping[str, ScoreColumn]

    def __len__(self) -> int:
        return len(self.subjects)

    def counted(self) -> dict[str, Counted]:
        """Every measure that counts forms, of each unit alone; a checked score stands for the form's self score."""
        scores = {name: in_force(own, self.checked[name]) for name, own in self.own.items()}
        return count_scores(self.declaration.columns, self.subjects, scores, len(self.units))

    def within(self, period: Period) -> Forms:
        """The forms whose day or period lies in ``period`` altogether."""
        held = np.array([*(period.holds(one) for one in self.written), False])[self.dates]
        return replace(
            self,
            subjects=self.subjects[held],
            dossiers=self.dossiers.filter(pl.Series(held)),
            dates=self.dates[held],
            own={name: one[held] for name, one in self.own.items()},
            checked={name: one[held] for name, one in self.checked.items()},
        )


def form_layout(declaration: FormsDeclaration) -> Layout:
    """The columns of a table of forms: an indicator by its name, or by its heading where that names no other column."""
    heads = {canonical_head(head): one.column for one in declaration.columns for head in (one.head, one.column) if head}
    return Layout(
        "forms",
        required=("unit", "official") if declaration.scored is Scored.OFFICIAL else ("unit",),
        any_of=tuple(one.column for one in declaration.columns),
        optional=("official", "dossier", "date"),
        heads={head: column for head, column in heads.items() if head not in OF_EVERY_FORM},
    )


def officials_of(rows: FormRows, offices: Sequence[Unit]) -> tuple[Unit, ...]:
    """Every official of every office as a unit, ranked inside the office; in the order of the offices."""
    pairs = pl.DataFrame({name: rows.column(name).cast(pl.String) for name in ("unit", "official")})
    known = {office.id: at for at, office in enumerate(offices)}
    found = [pair for pair in pairs.unique(maintain_order=True).drop_nulls().rows() if pair[0] in known]
    found.sort(key=lambda pair: known[pair[0]])
    titles = {office.id: office.title for office in offices}
    return tuple(Unit(BETWEEN.join(pair), pair[1], pair[0], group_title=titles[pair[0]]) for pair in found)


def read_forms(
    rows: FormRows, declaration: FormsDeclaration, units: tuple[Unit, ...], period: Period | None, problems: Problems
) -> Forms:
    """The forms of ``units`` in ``period`` (None: all).

    Problems: ``cell_missing``, ``unknown_unit``, ``official_missing``, ``score_not_allowed``,
    ``form_without_scores``, ``dossier_missing``, ``dossier_unexpected``, ``dossier_twice``, ``period_twice``,
    ``period_overlaps``, ``not_a_date``, ``date_missing``, ``form_outside_period``, ``checked_without_form``,
    ``checked_without_period``.
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
    usable = (subjects >= 0) & dates.usable
    repeated = _refuse_repeats(rows, declaration, filled, keys, usable, problems)
    once = usable & ~rows.is_check & dates.inside & ~repeated
    _refuse_overlaps(rows, declaration, {name: one & once for name, one in filled.items()}, subjects, dates, problems)
    for one in declaration.columns:
        placed = usable if one.per is Per.DOSSIER else usable & ~dates.missing
        _require_forms(rows, one, filled[one.column] & placed, keys[one.per], problems)
    problems.refuse()
    own = ~rows.is_check & dates.inside
    checked = {one.column: _checked(rows, scores[one.column], keys[one.per]) for one in declaration.columns}
    return Forms(
        declaration,
        units,
        subjects[own].astype(np.intp),
        rows.column("dossier").filter(pl.Series(own)),
        dates.written,
        dates.codes[own],
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
) -> Mask:
    """No indicator of a dossier (or of a unit in a period) is scored twice, nor checked twice; the rows that do so."""
    repeated = np.zeros(len(rows), dtype=bool)
    said = {Per.DOSSIER: ("dossier_twice", "dossier", "unit"), Per.PERIOD: ("period_twice", "unit", "date")}
    for per, (kind, *columns) in said.items():
        first = np.full(len(rows), -1, dtype=np.intp)
        for one in declaration.columns:
            if one.per is per:
                for of in (rows.is_check, ~rows.is_check):
                    _find_repeats(keys[per], filled[one.column] & usable & of, first)
        rows.repeats(problems, kind, first, *columns)
        repeated |= first >= 0
    return repeated


def _refuse_overlaps(
    rows: FormRows,
    declaration: FormsDeclaration,
    filled: Mapping[str, Mask],
    subjects: NDArray[np.int32],
    dates: FormDates,
    problems: Problems,
) -> None:
    """A quarter that is scored alone and once more in its year would count twice in the year."""
    first = np.full(len(rows), -1, dtype=np.intp)
    for one in declaration.columns:
        if one.per is Per.PERIOD:
            first = np.maximum(first, overlapping(dates, subjects, filled[one.column]))
    rows.repeats(problems, "period_overlaps", first, "date", "unit")


def _find_repeats(keys: NDArray[np.int64], among: Mask, first: NDArray[np.intp]) -> None:
    """Put down in ``first``, for each row of ``among`` whose key stood on an earlier one, that row."""
    rows = np.flatnonzero(among)
    _, start, number = np.unique(keys[rows], return_index=True, return_inverse=True)
    earlier = rows[start[number]]
    again = earlier != rows
    first[rows[again]] = earlier[again]


def _require_forms(
    rows: FormRows, column: FormColumn, filled: Mask, keys: NDArray[np.int64], problems: Problems
) -> None:
    """What is checked was scored by the office, be it with a score that may not stand."""
    checks = np.flatnonzero(filled & rows.is_check)
    written = np.flatnonzero(rows.column(column.column).is_not_null().to_numpy() & ~rows.is_check)
    lost = np.zeros(len(rows), dtype=bool)
    lost[checks[_matching(keys, written, checks) < 0]] = True
    if column.per is Per.DOSSIER:
        rows.problems(problems, "checked_without_form", lost, "dossier", "unit", column=column.column)
    else:
        rows.problems(problems, "checked_without_period", lost, "date", "unit", column=column.column)


def _checked(rows: FormRows, scores: ScoreColumn, keys: NDArray[np.int64]) -> ScoreColumn:
    """The checked score of every form that was checked, on the row of its self score.

    A check belongs to the period of the form that it checks, and needs no date of its own.
    """
    out = np.full(len(rows), -1, dtype=np.int8)
    checks = np.flatnonzero((scores >= 0) & rows.is_check)
    out[_matching(keys, np.flatnonzero((scores >= 0) & ~rows.is_check), checks)] = scores[checks]
    return out


def _matching(keys: NDArray[np.int64], among: NDArray[np.intp], wanted: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each row of ``wanted`` the row of ``among`` with the same key; −1 where there is none."""
    if not len(wanted) or not len(among):
        return np.full(len(wanted), -1, dtype=np.intp)
    order = among[np.argsort(keys[among], kind="stable")]
    found = order[np.minimum(np.searchsorted(keys[order], keys[wanted]), len(order) - 1)]
    return np.where(keys[found] == keys[wanted], found, -1)
