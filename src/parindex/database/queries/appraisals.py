"""What an opinion reads and writes, prepared: each is one query.

Rows are held until the end of the transaction in this order: sheets, entries, where their appraisal stands, and the
head of the log last. Who holds the sheet is alone with everything that is said of its entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from parindex.database.models import (
    Entry,
    GivenPoints,
    ItemAppraisal,
    LaterDecision,
    Opinion,
    Question,
    ScoreSheet,
    Submission,
)
from parindex.database.models.appraisals import GivenBy
from parindex.database.queries.prepared import Insert, Update, prepared
from parindex.database.queries.score_sheets import sheets

#: What an opinion looks at of a sheet, its cycle and its set.
_READ = (
    "cycle", "group", "unit", "unit_name", "unit_path", "unit_kind", "state", "extended_until", "answer_until",
    "cycle__owner", "cycle__owner_path", "cycle__title", "cycle__state", "cycle__year", "group__code",
    "group__set_version", "group__set_version__year", "group__set_version__fingerprint",
)  # fmt: skip


@prepared
def held_sheets_of(entries: list[int]) -> QuerySet[ScoreSheet]:
    """The sheets that some entries stand on."""
    mine = Entry.objects.filter(pk__in=entries).order_by().values("sheet")
    return sheets().select_for_update(of=("self",), no_key=True).filter(pk__in=mine).order_by("pk").only(*_READ)


@prepared
def held_appraisals(entries: list[int], user: int) -> QuerySet[ItemAppraisal]:
    """Where some entries stand, each with its entry and part, and whether ``user`` has put it off (``is_put_off``)."""
    later = LaterDecision.objects.filter(entry=OuterRef("pk"), user=user)
    rows = ItemAppraisal.objects.select_for_update(of=("self",), no_key=True).select_related("entry", "entry__part")
    return rows.filter(entry__id__in=entries).annotate(is_put_off=Exists(later)).order_by("pk")


@prepared
def said_of(
    entries: list[int],
) -> QuerySet[Opinion, tuple[int, int, int, int, str, str, str, datetime, datetime | None, datetime | None]]:
    """Every opinion of some entries that was not taken back, oldest first, with what became of its question: entry,
    key, level, author, capacity, kind, points, when; when answered, when closed or withdrawn.
    """
    question = Question.objects.filter(opinion=OuterRef("pk"))
    over = question.annotate(over=Coalesce("closed_at", "withdrawn_at"))
    rows = Opinion.objects.filter(entry__id__in=entries, withdrawn_at=None).annotate(
        answered=Subquery(question.values("answered_at")[:1]), over=Subquery(over.values("over")[:1])
    )
    return rows.order_by("entry", "pk").values_list(
        "entry_id", "pk", "level", "author_id", "capacity", "kind", "points", "at", "answered", "over"
    )


@prepared
def being_explained(entry: int) -> QuerySet[Question, tuple[int]]:
    """The question of an entry that the unit has and has not answered yet."""
    rows = Question.objects.filter(entry=entry, answered_at=None, closed_at=None, withdrawn_at=None)
    return rows.exclude(sent_at=None).order_by("pk").values_list("pk")[:1]


@prepared
def last_submission(sheet: int) -> QuerySet[Submission, tuple[int]]:
    """What was last submitted of a sheet and stands: what opinions are about."""
    rows = Submission.objects.filter(sheet=sheet, part=None, withdrawn_at=None)
    return rows.order_by("-number").values_list("pk")[:1]


class GivenByAgency(NamedTuple):
    """What the agency that keeps the data gives for an entry: points, where they are from, of which day."""

    points: str
    source: str
    source_date: date | None


def given_by_agency(entry: int) -> GivenByAgency | None:
    """What the agency that keeps the data gives for an entry; None for nothing. One query."""
    return next((GivenByAgency._make(row) for row in _given(entry=entry)), None)


@prepared
def _given(entry: int) -> QuerySet[GivenPoints, tuple[str, str, date | None]]:
    rows = _agency_points().filter(entry=entry)
    return rows.order_by("-pk").values_list(*GivenByAgency._fields)[:1]


class GivenBySurvey(NamedTuple):
    """What a survey gives for an entry: points, their standard error, the estimate that they were made of and how many
    answers it rests on, where they are from.
    """

    points: str
    standard_error: str
    estimate: str
    answers: int | None
    source: str


def given_by_survey(entry: int) -> GivenBySurvey | None:
    """What a survey gives for an entry; None for nothing. One query."""
    return next((GivenBySurvey._make(row) for row in _surveyed(entry=entry)), None)


@prepared
def _surveyed(entry: int) -> QuerySet[GivenPoints, tuple[str, str, str, int | None, str]]:
    rows = GivenPoints.objects.filter(entry=entry, given_by=str(GivenBy.SURVEY), withdrawn_at=None)
    return rows.order_by("-pk").values_list(*GivenBySurvey._fields)[:1]


def _agency_points() -> QuerySet[GivenPoints]:
    return GivenPoints.objects.filter(given_by=str(GivenBy.EXTERNAL), withdrawn_at=None)


def claimed_points() -> Coalesce:
    """What is claimed of an item of an appraisal, in a query of those: what the agency gives, else what the unit
    claims; a unit claims nothing that counts where an agency gives the points.
    """
    given = _agency_points().filter(entry=OuterRef("pk")).order_by("-pk")
    return Coalesce(Subquery(given.values("points")[:1]), F("entry__points"), output_field=TextField())


@prepared
def items_left(sheet: int, settled: list[str]) -> QuerySet[ItemAppraisal, tuple[int]]:
    """An item of a sheet that the council has not settled yet; no row where there is none."""
    rows = ItemAppraisal.objects.filter(sheet=sheet).exclude(state__in=settled)
    return rows.order_by().values_list("pk")[:1]


class EntryToAppraise(NamedTuple):
    """What the appraisal of an entry begins with."""

    pk: int
    sheet_id: int
    part_id: int
    item_code: str
    position: int
    state: str


def entries_to_appraise(sheet_ids: Collection[int]) -> Iterator[EntryToAppraise]:
    """Every entry of some sheets, sheet by sheet in reading order; one query."""
    rows = Entry.objects.filter(sheet__in=sheet_ids).order_by("sheet", "position")
    return map(EntryToAppraise._make, rows.values_list(*EntryToAppraise._fields))


add_opinion = Insert(Opinion)
add_appraisals = Insert(ItemAppraisal)
write_appraisal = Update(ItemAppraisal, "state", "level", "points", "version", "decided_at")
