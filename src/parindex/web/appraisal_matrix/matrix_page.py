"""What the matrix shows: one area opened into its items, the others as their rates, one cell explained beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from markupsafe import Markup

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup, ExternalFigure, Figure, Opinion
from parindex.database.queries.appraisal_matrix import (
    AskedClaim,
    MatrixSheet,
    appraised_sheets,
    claims_when_asked,
    groups_of,
    sheets_between,
    sheets_outside,
    standings_of,
)
from parindex.database.queries.councils import CouncilTable, council_table, plan_of_sheet
from parindex.database.queries.figure_origins import is_taken, origins_of
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.assignments import SheetPlace
from parindex.domain.review.opinions import AppraisalState
from parindex.usecases.actors import Session
from parindex.web.appraisal_matrix.cells import Cell, Colouring
from parindex.web.appraisal_matrix.contents import (
    Contents,
    Foot,
    Hidden,
    Layout,
    Look,
    area_of,
    contents_of,
    foot_of,
    row_markup,
    standing_cells,
    without_others,
)
from parindex.web.appraisals.claim_view import shown_value
from parindex.web.appraisals.reader import IN_WORK, Reader
from parindex.web.evidence.pages import ROWS, Pages
from parindex.web.received_bundles.origins import OriginView, origin_views
from parindex.wording.language import current

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
    """One unit and what its items show."""

    sheet: MatrixSheet
    contents: Contents

    @property
    def cells(self) -> Mapping[str, Cell]:
        """All its cells by item."""
        return self.contents.cells


@dataclass(frozen=True, slots=True)
class Picked:
    """The cell that is explained beside the table: figures of the unit and from elsewhere, the opinion that stands."""

    row: Row
    cell: Cell
    node: Node
    figures: Sequence[tuple[str, str, str, OriginView | None]]
    opinion: Opinion | None


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The matrix of a group. ``layout``: the areas with the items of the open one, as rows show them."""

    cycle: Cycle
    group: CycleGroup
    groups: Sequence[CycleGroup]
    columns: Sequence[Column]
    rows: Sequence[Row]
    layout: Layout
    foot: Foot
    asked: Asked
    pages: Pages
    outside: Sequence[tuple[str, str]]
    picked: Picked | None
    frozen: FrozenSet

    @property
    def is_whole(self) -> bool:
        """Whether every unit of the group stands on this page."""
        return self.pages.found <= ROWS

    @property
    def body(self) -> Markup:
        """The rows of the table."""
        query = self.asked.query()
        look = Look(self.layout, self.asked.by, query + ("&" if len(query) > 1 else "") + "cell=")
        here, picked = (self.picked.row, self.picked.cell.code) if self.picked else (None, "")
        language = current()
        return Markup("").join(
            row_markup(one.contents, one.sheet, look, picked if one is here else "", language) for one in self.rows
        )

    @property
    def weak(self) -> frozenset[str]:
        """The items whose rate lies far below all."""
        total, rates = self.foot.total, self.foot.rates
        codes = self.opened.codes if self.opened and total is not None else ()
        return frozenset(code for code in codes if (rate := rates[code]) is not None and rate < (total or 0) - WEAK)

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

    Six queries for who sees everything; who is bound by blindness needs those of the council besides.
    """
    groups = groups_of(cycle=cycle.pk)
    group = next((one for one in groups if one.code == asked.group), groups[0] if groups else None)
    if group is None:
        return None
    frozen = frozen_set(group.set_version)
    found = appraised_sheets(group.pk)
    pages = Pages.of(found.count(), asked.page)
    sheets = sheets_between(found, pages.start, pages.end)
    being_answered = claims_when_asked([one.pk for one in sheets])
    rows = _rows(_reader(session, cycle), group, frozen, sheets, being_answered)
    if asked.order == "total" and pages.found <= ROWS:
        rows.sort(key=lambda one: (one.contents.total is None, -(one.contents.total or 0)))
    columns = _columns(frozen, rows, asked.area)
    layout = tuple((one.node.code, one.codes if one.is_open else ()) for one in columns)
    foot = foot_of(tuple(one.contents for one in rows), layout)
    return MatrixPage(
        cycle, group, groups, columns, rows, layout, foot, asked, pages, sheets_outside(group=group.pk),
        _picked(asked, rows, frozen, being_answered), frozen,
    )  # fmt: skip


def _reader(session: Session, cycle: Cycle) -> Reader:
    """Who looks; the council is read only for who is bound by blindness."""
    facts = cycle_facts(cycle, cycle.owner_path)
    reader = Reader.of(session, facts, CouncilTable())
    return reader if reader.sees_all else Reader.of(session, facts, council_table(cycle.pk))


def _rows(
    reader: Reader, group: CycleGroup, frozen: FrozenSet, sheets: Sequence[MatrixSheet],
    being_answered: Mapping[int, Mapping[str, AskedClaim]],
) -> list[Row]:  # fmt: skip
    standings = standings_of([one.pk for one in sheets], None if reader.sees_all else reader.user)
    rows = []
    for sheet in sheets:
        standing = standings.get(sheet.pk, "[]")
        asked = tuple(sorted((code, one.points) for code, one in being_answered.get(sheet.pk, {}).items()))
        sent = being_answered.get(sheet.pk, {})
        hidden = Hidden() if reader.sees_all else _hidden(reader, group.pk, sheet, standing, frozen, sent)
        rows.append(Row(sheet, contents_of(frozen, standing, asked, hidden)))
    return rows


def _hidden(
    reader: Reader, group: int, sheet: MatrixSheet, standing: str, frozen: FrozenSet, sent: Collection[str]
) -> Hidden:
    """The items of a sheet of which what others have said may not be known; ``sent``: those that the unit answers."""
    plans: dict[str, Plan] = {}
    work, granted = set(), set()
    for one in standing_cells(standing):
        is_plain = one.state == AppraisalState.WAITING and not one.is_answered
        if is_plain and not one.points and not one.is_judged:
            continue  # nothing was said that could be hidden
        if one.lead_path not in plans:
            place = SheetPlace(sheet.pk, group, tuple(dict.fromkeys((sheet.unit_path, one.lead_path))))
            plans[one.lead_path] = plan_of_sheet(reader.table, place, frozen)
        plan, state = plans[one.lead_path], one.state
        if one.state in IN_WORK and one.code not in sent and not reader.sees_level(
            one.level, plan, one.code, has_spoken=one.has_spoken
        ):  # fmt: skip
            work.add(one.code)
            state = without_others(one).state
        if not reader.sees_standing(state, one.level, one.points, plan, one.code, has_spoken=one.has_spoken):
            granted.add(one.code)
    return Hidden(frozenset(work), frozenset(granted))


def _columns(frozen: FrozenSet, rows: Sequence[Row], wanted: str) -> list[Column]:
    """The areas with an item that the council appraises; the first is open where none is asked for."""
    present = frozenset[str]().union(*{row.contents.codes for row in rows})
    found: list[tuple[Node, tuple[str, ...]]] = []
    for area in frozen.criteria_set.areas:
        codes = tuple(code for code in frozen.items if code in present and area_of(code, frozen) == area.code)
        if codes:
            found.append((area, codes))
    opened = next((node.code for node, _ in found if node.code == wanted), found[0][0].code if found else "")
    return [
        Column(node, codes, sum((frozen.items[code].max_points for code in codes), Fraction(0)), node.code == opened)
        for node, codes in found
    ]


def _picked(
    asked: Asked, rows: Sequence[Row], frozen: FrozenSet, being_answered: Mapping[int, Mapping[str, AskedClaim]]
) -> Picked | None:
    """The cell of the address, with at most three queries for what stands behind it, one more where a figure was taken
    of a signed bundle.
    """
    if asked.cell is None:
        return None
    sheet, code = asked.cell
    row = next((one for one in rows if one.sheet.pk == sheet), None)
    if row is None or code not in row.cells:
        return None
    cell = row.cells[code]
    measures = {one: frozen.criteria_set.measures[one] for one in frozen.measures_of[code]}
    figures = Figure.objects.filter(unit=row.sheet.unit_id, measure__in=measures, year=frozen.year)
    stored = list(figures.annotate(is_taken=is_taken()))
    before = being_answered.get(sheet, {}).get(code)
    own = {one.measure: one.value for one in stored} if before is None else before.figures
    origins = origin_views(origins_of(stored), measures, own)
    elsewhere = ExternalFigure.objects.filter(entry__sheet=sheet, entry__item_code=code, withdrawn_at=None)
    others = dict(elsewhere.order_by("pk").values_list("measure", "value"))
    shown = [
        (one.title, shown_value(one, own.get(name, "")), shown_value(one, others.get(name, "")), origins.get(name))
        for name, one in measures.items()
    ]
    said = Opinion.objects.filter(entry__sheet=sheet, entry__item_code=code, level__lte=cell.level, withdrawn_at=None)
    opinion = None if cell.is_waiting else said.order_by("-level", "-pk").first()
    return Picked(row, cell, frozen.items[code].node, shown, opinion)
