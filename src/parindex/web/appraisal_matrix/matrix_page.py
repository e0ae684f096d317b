"""What the matrix shows: one area opened into its items, the others as their rates, one cell explained beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup, ExternalFigure, Figure, Opinion, ScoreSheet
from parindex.database.queries.appraisal_matrix import (
    AskedClaim,
    StandingCell,
    appraised_sheets,
    cells_of,
    claims_when_asked,
    groups_of,
    sheets_outside,
)
from parindex.database.queries.councils import CouncilTable, council_table, plan_of_sheet
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.assignments import SheetPlace
from parindex.usecases.actors import Session
from parindex.web.appraisal_matrix.cells import NOTHING, Cell, Colouring, Sum, cell_of, joint, rate_level, sum_of
from parindex.web.appraisals.claim_view import shown_value
from parindex.web.appraisals.reader import Reader
from parindex.web.evidence.pages import ROWS, Pages

#: An item is weak where its rate lies so many per cent below that of everything shown.
WEAK = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``cell`` is a sheet and an item."""

    group: str = ""
    area: str = ""
    by: Colouring = Colouring.LOST
    order: str = ""
    page: int = 1
    cell: tuple[int, str] | None = None
    as_list: bool = False

    def query(self, **changes: object) -> str:
        """The address of the same view with some of it changed."""
        words: dict[str, object] = {
            "group": self.group, "area": self.area, "by": "" if self.by is Colouring.LOST else str(self.by),
            "order": self.order, "page": "" if self.page == 1 else self.page, "view": "list" if self.as_list else "",
        }  # fmt: skip
        words.update(changes)
        return "?" + urlencode({name: value for name, value in words.items() if value not in ("", None)})


@dataclass(frozen=True, slots=True)
class Column:
    """An area with the items of it that the council appraises; ``is_open``: they stand as columns of their own."""

    node: Node
    codes: tuple[str, ...]
    most: Fraction
    is_open: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One unit: all its cells by item, its rate over all, and the rate and the sum of each area."""

    sheet: ScoreSheet
    cells: Mapping[str, Cell]
    total: Fraction | None
    areas: Mapping[str, Fraction | None]
    sums: Mapping[str, Sum]


@dataclass(frozen=True, slots=True)
class Picked:
    """The cell that is explained beside the table: figures of the unit and from elsewhere, the opinion that stands."""

    row: Row
    cell: Cell
    node: Node
    figures: Sequence[tuple[str, str, str]]
    opinion: Opinion | None


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The matrix of a group. ``weak``: the items whose rate lies far below all; ``foot``: rates by item and area."""

    cycle: Cycle
    group: CycleGroup
    groups: Sequence[CycleGroup]
    columns: Sequence[Column]
    rows: Sequence[Row]
    foot: Mapping[str, Fraction | None]
    total: Fraction | None
    weak: frozenset[str]
    asked: Asked
    pages: Pages
    outside: Sequence[tuple[str, str]]
    picked: Picked | None
    frozen: FrozenSet

    @property
    def is_whole(self) -> bool:
        """Whether every unit of the group stands on this page."""
        return self.pages.found <= ROWS

    def rate_colour(self, rate: Fraction | None) -> str:
        """The class of the rate of an area, coloured as its items would be."""
        if rate is None or self.asked.by is Colouring.CHANGE:
            return "heat__rate"
        level = rate_level(rate)
        return level if self.asked.by is Colouring.LOST else "a" + level[1:]

    @property
    def items(self) -> int:
        """How many items the council appraises."""
        return sum(len(one.codes) for one in self.columns)

    @property
    def opened(self) -> Column | None:
        """The area that is opened into its items."""
        return next((one for one in self.columns if one.is_open), None)


def matrix_page(session: Session, cycle: Cycle, asked: Asked) -> MatrixPage | None:
    """The matrix of the group that is asked for, else of the first; None where the cycle has none.

    Eight queries for who sees everything; who is bound by blindness needs those of the council besides.
    """
    groups = groups_of(cycle.pk)
    group = next((one for one in groups if one.code == asked.group), groups[0] if groups else None)
    if group is None:
        return None
    frozen = frozen_set(group.set_version)
    found = appraised_sheets(group.pk)
    pages = Pages.of(found.count(), asked.page)
    sheets = list(found[pages.start : pages.end])
    being_answered = claims_when_asked([one.pk for one in sheets])
    rows = _rows(_reader(session, cycle), group, frozen, sheets, being_answered)
    if asked.order == "total" and pages.found <= ROWS:
        rows.sort(key=lambda one: (one.total is None, -(one.total or 0)))
    columns = _columns(frozen, rows, asked.area)
    total = joint(tuple(one for row in rows for one in row.sums.values())).per_cent
    foot = _foot(columns, rows)
    weak = frozenset(
        code for column in columns if column.is_open for code in column.codes
        if total is not None and (rate := foot[code]) is not None and rate < total - WEAK
    )  # fmt: skip
    return MatrixPage(
        cycle, group, groups, columns, rows, foot, total, weak, asked, pages, sheets_outside(group.pk),
        _picked(asked, rows, frozen, being_answered), frozen,
    )  # fmt: skip


def _reader(session: Session, cycle: Cycle) -> Reader:
    """Who looks; the council is read only for who is bound by blindness."""
    facts = cycle_facts(cycle, cycle.owner_path)
    reader = Reader.of(session, facts, CouncilTable())
    return reader if reader.sees_all else Reader.of(session, facts, council_table(cycle.pk))


def _rows(
    reader: Reader, group: CycleGroup, frozen: FrozenSet, sheets: Sequence[ScoreSheet],
    being_answered: Mapping[tuple[int, str], AskedClaim],
) -> list[Row]:  # fmt: skip
    keys = [one.pk for one in sheets]
    paths = {one.pk: one.unit_path for one in sheets}
    plans: dict[tuple[int, str], Plan] = {}
    cells: dict[int, dict[str, Cell]] = {key: {} for key in keys}
    for one in cells_of(keys, None if reader.sees_all else reader.user):
        if one.code not in frozen.items:
            continue
        sees = reader.sees_all or _sees(reader, one, group.pk, paths[one.sheet], frozen, plans)
        asked = being_answered.get((one.sheet, one.code))
        claim = one.claim if asked is None else asked.points
        cells[one.sheet][one.code] = cell_of(one, frozen, claim, sees=sees)
    areas = {code: _area_of(code, frozen) for code in frozen.items}
    return [_row(one, cells[one.pk], areas) for one in sheets]


def _sees(
    reader: Reader, cell: StandingCell, group: int, path: str, frozen: FrozenSet, plans: dict[tuple[int, str], Plan]
) -> bool:
    """Whether what others have said of an item may be known; settled alone it gives an opinion away."""
    key = (cell.sheet, cell.lead_path)
    if key not in plans:
        place = SheetPlace(cell.sheet, group, tuple(dict.fromkeys((path, cell.lead_path))))
        plans[key] = plan_of_sheet(reader.table, place, frozen)
    return reader.sees_level(cell.level, plans[key], cell.code, has_spoken=cell.has_spoken)


def _area_of(code: str, frozen: FrozenSet) -> str:
    above = frozen.ancestors[code]
    return above[0].code if above else code


def _row(sheet: ScoreSheet, cells: Mapping[str, Cell], areas: Mapping[str, str]) -> Row:
    by_area: dict[str, list[Cell]] = {}
    for code, cell in cells.items():
        by_area.setdefault(areas[code], []).append(cell)
    sums = {area: sum_of(some) for area, some in by_area.items()}
    total = joint(tuple(sums.values())).per_cent
    return Row(sheet, cells, total, {area: one.per_cent for area, one in sums.items()}, sums)


def _columns(frozen: FrozenSet, rows: Sequence[Row], wanted: str) -> list[Column]:
    """The areas with an item that the council appraises; the first is open where none is asked for."""
    present = {code for row in rows for code in row.cells}
    found: list[tuple[Node, tuple[str, ...]]] = []
    for area in frozen.criteria_set.areas:
        codes = tuple(code for code in frozen.items if code in present and _area_of(code, frozen) == area.code)
        if codes:
            found.append((area, codes))
    opened = next((node.code for node, _ in found if node.code == wanted), found[0][0].code if found else "")
    return [
        Column(node, codes, sum((frozen.items[code].max_points for code in codes), Fraction(0)), node.code == opened)
        for node, codes in found
    ]


def _foot(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, Fraction | None]:
    """The rate of each area, and of each item of the open one, over the units that are shown."""
    rates: dict[str, Fraction | None] = {}
    for column in columns:
        sums = tuple(row.sums.get(column.node.code, NOTHING) for row in rows)
        rates[f"area {column.node.code}"] = joint(sums).per_cent
        for code in column.codes if column.is_open else ():
            rates[code] = sum_of(row.cells[code] for row in rows if code in row.cells).per_cent
    return rates


def _picked(
    asked: Asked, rows: Sequence[Row], frozen: FrozenSet, being_answered: Mapping[tuple[int, str], AskedClaim]
) -> Picked | None:
    """The cell of the address, with at most three queries for what stands behind it."""
    if asked.cell is None:
        return None
    sheet, code = asked.cell
    row = next((one for one in rows if one.sheet.pk == sheet), None)
    if row is None or code not in row.cells:
        return None
    cell = row.cells[code]
    measures = {one: frozen.criteria_set.measures[one] for one in frozen.measures_of[code]}
    figures = Figure.objects.filter(unit=row.sheet.unit_id, measure__in=measures, year=frozen.year)
    before = being_answered.get(asked.cell)
    own = dict(figures.values_list("measure", "value")) if before is None else before.figures
    elsewhere = ExternalFigure.objects.filter(entry__sheet=sheet, entry__item_code=code, withdrawn_at=None)
    others = dict(elsewhere.order_by("pk").values_list("measure", "value"))
    shown = [
        (one.title, shown_value(one, own.get(name, "")), shown_value(one, others.get(name, "")))
        for name, one in measures.items()
    ]
    said = Opinion.objects.filter(entry__sheet=sheet, entry__item_code=code, withdrawn_at=None)
    opinion = None if cell.is_waiting else said.order_by("-level", "-pk").first()
    return Picked(row, cell, frozen.items[code].node, shown, opinion)
