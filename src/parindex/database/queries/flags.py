"""Reading what flags are found from, of many sheets of one group at once: every function is one query of plain rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Subquery

from parindex.database.models import (
    Attachment,
    Citation,
    Entry,
    ExternalFigure,
    Figure,
    Flag,
    GivenPoints,
    ItemAppraisal,
    ScoreSheet,
)
from parindex.database.models.appraisals import GivenBy
from parindex.database.queries.prepared import prepared
from parindex.domain.review.flags import FlagKind
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.stages import UNSIGNED

#: So many sheets are asked for by their keys; of more the whole group is read.
_BY_KEY = 300
_CHUNK = 5_000
#: Stages in which the council has granted points.
GRANTED = (AppraisalState.ACCEPTED, AppraisalState.ADJUSTED)


@dataclass(frozen=True)
class Sheets:
    """Some sheets of one group: few are asked for by their keys, many by the group, and the others passed over."""

    group: int
    keys: frozenset[int]

    def where(self, sheet: str = "sheet") -> Q:
        """The condition on rows whose sheet is at the path ``sheet``."""
        if len(self.keys) <= _BY_KEY:
            return Q(**{f"{sheet}__in": sorted(self.keys)})
        return Q(**{f"{sheet}__group": self.group})


class SheetLine(NamedTuple):
    """A sheet whose flags are found."""

    pk: int
    unit_id: int
    unit_name: str
    unit_path: str


class EntryLine(NamedTuple):
    """What flags are found from of one entry."""

    pk: int
    sheet_id: int
    item_code: str
    state: str
    self_points: str
    rule_points: str
    points: str
    branch: int | None
    explanation: str
    kept_warning: str
    lacks_evidence: bool


class CitationLine(NamedTuple):
    """A paper that an entry cites; ``document_id`` None: the unit has no such document."""

    entry_id: int
    sheet_id: int
    item_code: str
    number: str
    number_key: str
    date: date | None
    date_text: str
    document_id: int | None


class ProofLine(NamedTuple):
    """A version of a document that proves an entry; ``sha256`` None: a link."""

    sheet_id: int
    entry_id: int
    title: str
    sha256: str | None


def sheet_lines(sheets: Sheets) -> list[SheetLine]:
    """The sheets themselves, in the order of their keys."""
    rows = ScoreSheet.objects.filter(sheets.where("pk") if len(sheets.keys) <= _BY_KEY else Q(group=sheets.group))
    found = rows.order_by("pk").values_list(*SheetLine._fields)
    return [SheetLine._make(row) for row in found if row[0] in sheets.keys]


def submitted_lines(group: int) -> list[SheetLine]:
    """The sheets of a group that have been signed, whatever became of them since."""
    rows = ScoreSheet.objects.filter(group=group, submitted_at__isnull=False).exclude(state__in=sorted(UNSIGNED))
    return [SheetLine._make(row) for row in rows.order_by("pk").values_list(*SheetLine._fields)]


def entry_rows(sheets: Sheets) -> Iterator[EntryLine]:
    """The entries, sheet by sheet in reading order."""
    rows = Entry.objects.filter(sheets.where()).order_by("sheet_id", "position").values_list(*EntryLine._fields)
    for row in rows.iterator(chunk_size=_CHUNK):
        if row[1] in sheets.keys:
            yield EntryLine._make(row)


def figure_rows(group: int, units: Collection[int], years: Collection[int]) -> Iterator[tuple[int, str, int, str]]:
    """Unit, measure, year and value of all figures of some units in some years."""
    few = len(units) <= _BY_KEY
    where = Q(unit__in=sorted(units)) if few else Q(unit__sheets__group=group)
    rows = Figure.objects.filter(where, year__in=sorted(years)).exclude(value="").order_by()
    wanted = set(units)
    for row in rows.values_list("unit_id", "measure", "year", "value").iterator(chunk_size=_CHUNK):
        if row[0] in wanted:
            yield row


def citation_rows(sheets: Sheets) -> Iterator[CitationLine]:
    """The citations, in reading order."""
    rows = Citation.objects.filter(sheets.where("entry__sheet")).order_by("entry__sheet_id", "entry__position", "pk")
    fields = ("entry_id", "entry__sheet_id", "entry__item_code", *CitationLine._fields[3:])
    for row in rows.values_list(*fields).iterator(chunk_size=_CHUNK):
        if row[1] in sheets.keys:
            yield CitationLine._make(row)


def proof_rows(sheets: Sheets) -> Iterator[ProofLine]:
    """Every version of every document that proves an entry now."""
    rows = Attachment.objects.filter(sheets.where("entry__sheet"), removed_at=None).order_by("entry_id", "pk")
    fields = ("entry__sheet_id", "entry_id", "document__title", "document__versions__file__sha256")
    for row in rows.values_list(*fields).iterator(chunk_size=_CHUNK):
        if row[0] in sheets.keys:
            yield ProofLine._make(row)


def earlier_uses(sheets: Sheets, owner: int, year: int) -> Iterator[tuple[int, str, int, str]]:
    """Unit, file, year and item wherever a file proves an entry of the same units in cycles of ``owner`` on a set of
    another year.
    """
    units = ScoreSheet.objects.filter(sheets.where("pk") if len(sheets.keys) <= _BY_KEY else Q(group=sheets.group))
    elsewhere = Attachment.objects.filter(
        removed_at=None, entry__sheet__unit__in=units.order_by().values("unit"), entry__sheet__cycle__owner=owner,
        document__versions__file__isnull=False,
    ).exclude(entry__sheet__group__set_version__year=year)  # fmt: skip
    fields = (
        "entry__sheet__unit_id", "document__versions__file__sha256", "entry__sheet__group__set_version__year",
        "entry__item_code",
    )  # fmt: skip
    yield from elsewhere.order_by().values_list(*fields).iterator(chunk_size=_CHUNK)


def external_rows(sheets: Sheets, year: int) -> list[tuple[int, int, str, str, str]]:
    """Sheet, entry, measure, value and source of the figures of a year from elsewhere, oldest first."""
    rows = ExternalFigure.objects.filter(sheets.where("entry__sheet"), withdrawn_at=None, year=year).order_by("pk")
    found = rows.values_list("entry__sheet_id", "entry_id", "measure", "value", "source")
    return [row for row in found if row[0] in sheets.keys]


def given_rows(sheets: Sheets) -> dict[int, tuple[str, str]]:
    """Points and source by entry, where an agency gives them."""
    rows = GivenPoints.objects.filter(
        sheets.where("entry__sheet"), withdrawn_at=None, given_by=GivenBy.EXTERNAL
    ).order_by("pk")
    found = rows.values_list("entry__sheet_id", "entry_id", "points", "source")
    return {entry: (points, source) for sheet, entry, points, source in found if sheet in sheets.keys}


# --- what is stored --------------------------------------------------------------------------------------------------


class StoredFlag(NamedTuple):
    """A flag whose cause is still there."""

    pk: int
    entry_id: int
    kind: str
    key: str
    severity: str
    facts: str
    is_dismissed: bool


def stored_flags(where: Q) -> list[StoredFlag]:
    """The flags of some entries whose causes are still there; ``where``: a condition on flags."""
    rows = Flag.objects.filter(where, gone_at=None).order_by("pk")
    fields = ("pk", "entry_id", "kind", "key", "severity", "facts", "dismissed_at")
    return [StoredFlag._make((*row[:-1], row[-1] is not None)) for row in rows.values_list(*fields)]


@prepared
def granted_counts(sheet: int, item: str, points: str, rule_points: str) -> QuerySet[ItemAppraisal, tuple[str, int]]:
    """How often each points were granted on an item in the group of a sheet, to the same claim and rule points."""
    return _granted(sheet, item, points, rule_points).order_by().values_list("points").annotate(count=Count("pk"))


def granted_alike(sheet: int, item: str, points: str, rule_points: str) -> list[tuple[int, str, str]]:
    """Entry, unit and points wherever :func:`granted_counts` counts, in the order of their keys."""
    rows = _granted(sheet, item, points, rule_points).order_by("pk")
    return list(rows.values_list("entry_id", "sheet__unit_name", "points"))


def _granted(sheet: int, item: str, points: str, rule_points: str) -> QuerySet[ItemAppraisal]:
    group = ScoreSheet.objects.filter(pk=sheet).order_by().values("group")
    return ItemAppraisal.objects.filter(
        item_code=item, state__in=GRANTED, sheet__group=Subquery(group), entry__points=points,
        entry__rule_points=rule_points,
    )  # fmt: skip


@prepared
def judged_flags(sheet: int, item: str, points: str, rule_points: str) -> QuerySet[Flag, tuple[int, int, str]]:
    """Key, entry and facts of the flags that stand there that the council judged otherwise what was claimed alike."""
    group = ScoreSheet.objects.filter(pk=sheet).order_by().values("group")
    rows = Flag.objects.filter(
        kind=FlagKind.JUDGED_DIFFERENTLY, gone_at=None, entry__item_code=item, entry__sheet__group=Subquery(group),
        entry__points=points, entry__rule_points=rule_points,
    )  # fmt: skip
    return rows.order_by("pk").values_list("pk", "entry_id", "facts")
