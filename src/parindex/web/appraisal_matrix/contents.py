"""What the items of one sheet show together, and how that looks as a row.

Both are kept: most sheets are as they were when somebody looked last, whoever that was. A change of anything that is
shown makes another text (``standings_of``), and so another row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup, escape

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.queries.appraisal_matrix import MatrixSheet, StandingCell, cells_in
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.review.opinions import AppraisalState
from parindex.web.appraisal_matrix.cells import (
    ADDRESS,
    NOTHING,
    UNIT,
    Cell,
    Colouring,
    Sum,
    cell_of,
    joint,
    rate_colour,
    sum_of,
)
from parindex.wording.language import Language
from parindex.wording.numbers import percent

#: So many rows are kept: those of the pages that are looked at.
_KEPT = 1_000
#: The same of what stands below the rows of a page.
_PAGES = 64
#: The same of rates; they print alike in both languages.
_RATES = 4_096
#: The items of each area that stand as columns of their own; none of an area that is closed.
Layout = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, eq=False)
class Contents:
    """The cells of a sheet by item, its rate over all, and the rate and the sum of each area."""

    cells: Mapping[str, Cell]
    codes: frozenset[str]
    total: Fraction | None
    areas: Mapping[str, Fraction | None]
    sums: Mapping[str, Sum]


@dataclass(frozen=True)
class Look:
    """How rows look: which areas are open, what colours tell, and what the address of every cell begins with."""

    layout: Layout
    by: Colouring
    address: str


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below the rows of a page: the rate by item of the open area and by area, and over all."""

    rates: Mapping[str, Fraction | None]
    total: Fraction | None


@lru_cache(maxsize=_KEPT)
def standing_cells(standing: str) -> tuple[StandingCell, ...]:
    """Where the items of a sheet stand."""
    return tuple(cells_in(standing))


@dataclass(frozen=True, slots=True)
class Hidden:
    """The items of a sheet of which a reader may not know what others said: ``work`` of those of which nothing has come
    yet, ``granted`` where they stand and with what points.
    """

    work: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()


def without_others(one: StandingCell) -> StandingCell:
    """An item of which nothing has come yet, as it stands for who may not know what others said."""
    is_new = one.is_answered and not one.has_spoken
    return one._replace(state=str(AppraisalState.EXPLAINED if is_new else AppraisalState.WAITING))


@lru_cache(maxsize=_KEPT)
def contents_of(frozen: FrozenSet, standing: str, asked: tuple[tuple[str, str], ...], hidden: Hidden) -> Contents:
    """What a sheet shows that stands so. ``asked``: what was claimed of the items that the unit is answering;
    ``hidden``: what of it the reader may not know.
    """
    claims = dict(asked)
    cells, by_area = {}, dict[str, list[Cell]]()
    for one in standing_cells(standing):
        if one.code in frozen.items:
            by_agency = frozen.items[one.code].node.source is Source.EXTERNAL
            claim = one.claim if by_agency else claims.get(one.code, one.claim)
            known = without_others(one) if one.code in hidden.work else one
            cell = cell_of(known, frozen, claim, sees=one.code not in hidden.granted, is_sent=one.code in claims)
            cells[one.code] = cell
            by_area.setdefault(area_of(one.code, frozen), []).append(cell)
    sums = {area: sum_of(some) for area, some in by_area.items()}
    total = joint(tuple(sums.values())).per_cent
    return Contents(cells, frozenset(cells), total, {area: one.per_cent for area, one in sums.items()}, sums)


def area_of(code: str, frozen: FrozenSet) -> str:
    """The area that an item is in: itself where it stands alone."""
    above = frozen.ancestors[code]
    return above[0].code if above else code


@lru_cache(maxsize=_KEPT)
def row_markup(contents: Contents, sheet: MatrixSheet, look: Look, picked: str, _: Language) -> Markup:
    """A row of the table; ``picked``: the item of it that is explained beside, "" for none."""
    shown = {"row": contents, "sheet": sheet, "look": look, "picked": picked, "rate_cell": _rate_cell}
    made = render_to_string("appraisal_matrix/templates/row.html", shown)
    return Markup(made.replace(UNIT, escape(sheet.unit_name)).replace(ADDRESS, escape(f"{look.address}{sheet.pk}-")))


@lru_cache(maxsize=_RATES)
def _rate_cell(rate: Fraction | None, by: Colouring) -> Markup:
    shown = "–" if rate is None else percent(rate, 0)[:-1]
    return Markup('<td class="{}">{}</td>').format(rate_colour(rate, by), shown)


@lru_cache(maxsize=_PAGES)
def foot_of(rows: tuple[Contents, ...], layout: Layout) -> Foot:
    """The rates over some rows."""
    rates: dict[str, Fraction | None] = {}
    for area, codes in layout:
        rates[f"area {area}"] = joint(tuple(one.sums.get(area, NOTHING) for one in rows)).per_cent
        for code in codes:
            rates[code] = sum_of(one.cells[code] for one in rows if code in one.cells).per_cent
    total = joint(tuple(one for row in rows for one in row.sums.values())).per_cent
    return Foot(rates, total)
