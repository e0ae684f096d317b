"""What the pages of an appraiser read, prepared: each is one query."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from parindex.database.models import (
    Attachment,
    Ballot,
    Council,
    DocumentVerdict,
    DocumentVersion,
    Entry,
    ExternalFigure,
    FigureLine,
    Flag,
    ItemAppraisal,
    LaterDecision,
    LineVerdict,
    Opinion,
    Question,
    ScoreSheet,
    Vote,
)
from parindex.database.models.evidence import ScanState
from parindex.database.queries.appraisals import claimed_points
from parindex.database.queries.prepared import prepared
from parindex.database.queries.score_sheets import sheets
from parindex.domain.review.opinions import Capacity


class QueueRow(NamedTuple):
    """One item of one sheet as the queue shows it.

    ``claim`` is what is claimed by the unit, or by the agency that gives the points. ``mine`` is what this person said
    last at the level that has it, of the claim as it now is; None where nothing. ``is_sent``: the unit has a question
    about it that it has not answered; ``is_answered``: it has answered one of the level that has it.
    """

    entry: int
    sheet: int
    unit_name: str
    unit_path: str
    group: int
    item_code: str
    state: str
    level: int
    points: str
    flags: int
    worst: str
    version: int
    claim: str
    part: int
    lead_path: str
    mine: str | None
    put_off: bool
    votes: bool
    is_sent: bool
    is_answered: bool


@prepared
def appraised_sheet(sheet: int) -> QuerySet[ScoreSheet]:
    """A sheet with what its pages need beside it, and which composition of the council appraises it."""
    council = Council.objects.filter(cycle=OuterRef("cycle_id"))
    return sheets().filter(pk=sheet).annotate(
        council_key=Subquery(council.values("pk")[:1]), council_version=Subquery(council.values("version")[:1]),
        council_since=Subquery(council.values("created_at")[:1]),
    )  # fmt: skip


def queue_of_sheet(sheet: int, user: int) -> list[QueueRow]:
    """The items of a sheet in reading order; one query."""
    return [QueueRow._make(row) for row in _of_sheet(sheet=sheet, user=user)]


def queue_of_item(group: int, code: str, user: int) -> list[QueueRow]:
    """One item over all units of a group, in the order of the units; one query."""
    return [QueueRow._make(row) for row in _of_item(group=group, code=code, user=user)]


@prepared
def _of_sheet(sheet: int, user: int) -> QuerySet[ItemAppraisal, tuple[Any, ...]]:
    return _rows(ItemAppraisal.objects.filter(sheet=sheet), user).order_by("position")


@prepared
def _of_item(group: int, code: str, user: int) -> QuerySet[ItemAppraisal, tuple[Any, ...]]:
    rows = ItemAppraisal.objects.filter(item_code=code, sheet__group=group)
    return _rows(rows, user).order_by("sheet__position", "sheet")


def said_by(user: int) -> QuerySet[Opinion]:
    """What somebody said, as a member, of the claim of an item as it now is, at the level that has the item."""
    answered = Question.objects.filter(
        entry=OuterRef("entry"), opinion__level=OuterRef("level"), answered_at__gte=OuterRef("at"), withdrawn_at=None
    )
    return Opinion.objects.filter(
        ~Exists(answered), entry=OuterRef("pk"), level=OuterRef("level"), author=user,
        capacity=str(Capacity.MEMBER), withdrawn_at=None,
    )  # fmt: skip


def sent_questions() -> QuerySet[Question]:
    """The questions about an item that its unit has and has not answered: known to everybody."""
    rows = Question.objects.filter(entry=OuterRef("pk"), answered_at=None, closed_at=None, withdrawn_at=None)
    return rows.exclude(sent_at=None)


def answered_questions() -> QuerySet[Question]:
    """The questions about an item, of the level that has it, that its unit has answered."""
    rows = Question.objects.filter(entry=OuterRef("pk"), opinion__level=OuterRef("level"), withdrawn_at=None)
    return rows.exclude(answered_at=None)


def _rows(found: QuerySet[ItemAppraisal], user: int) -> QuerySet[ItemAppraisal, tuple[Any, ...]]:
    later = LaterDecision.objects.filter(entry=OuterRef("pk"), user=user)
    return found.annotate(
        claim=claimed_points(), mine=Subquery(said_by(user).order_by("-pk").values("kind")[:1]), put_off=Exists(later),
        votes=Exists(Vote.objects.filter(entry=OuterRef("pk"))), is_sent=Exists(sent_questions()),
        is_answered=Exists(answered_questions()),
    ).values_list(
        "pk", "sheet_id", "sheet__unit_name", "sheet__unit_path", "sheet__group_id", "item_code", "state", "level",
        "points", "flags", "worst", "version", "claim", "entry__part_id", "entry__part__lead_path", "mine", "put_off",
        "votes", "is_sent", "is_answered",
    )  # fmt: skip


@prepared
def flags_on_sheet(sheet: int) -> QuerySet[Flag]:
    """The open flags of a sheet, the gravest kind first by its entry; those that were dismissed stand with them."""
    return Flag.objects.filter(entry__sheet=sheet, gone_at=None).order_by("entry", "pk")


@prepared
def flags_on_item(group: int, code: str) -> QuerySet[Flag]:
    """The open flags of one item over all units of a group."""
    rows = Flag.objects.filter(entry__item_code=code, entry__sheet__group=group, gone_at=None)
    return rows.order_by("entry", "pk")


@prepared
def opinions_on(entries: list[int]) -> QuerySet[Opinion]:
    """Everything that was said of entries, oldest first, with the questions and their answers, what was cited, and
    whether it is withheld from the public.
    """
    rows = Opinion.objects.filter(entry__pk__in=entries).select_related(
        "question", "question__round", "note", "cites__entry__sheet__cycle", "withheld"
    )
    return rows.order_by("entry", "pk")


@prepared
def external_figures_of(entry: int) -> QuerySet[ExternalFigure]:
    """The figures of an entry from elsewhere that stand, the last one of each measure last."""
    return ExternalFigure.objects.filter(entry=entry, withdrawn_at=None).select_related("recorded_by").order_by("pk")


@prepared
def appraised_entry_of_year(unit: int, owner: int, year: int, code: str) -> QuerySet[Entry]:
    """The entry of an item in the last sheet of a unit in the cycles on a set of a year, with its appraisal."""
    rows = Entry.objects.filter(
        item_code=code, sheet__unit=unit, sheet__group__set_version__year=year, sheet__cycle__owner=owner
    ).select_related("sheet", "sheet__cycle", "sheet__group", "sheet__group__set_version", "appraisal")
    return rows.defer("sheet__group__set_version__content", "sheet__group__set_version__reading").order_by("-sheet")[:1]


def others_on_item(group: int, code: str, sheet: int, user: int) -> list[QueueRow]:
    """How some other units answered an item: those that were decided last first, then in the order of units."""
    return [QueueRow._make(row) for row in _others(group=group, code=code, sheet=sheet, user=user)]


@prepared
def _others(group: int, code: str, sheet: int, user: int) -> QuerySet[ItemAppraisal, tuple[Any, ...]]:
    rows = ItemAppraisal.objects.filter(item_code=code, sheet__group=group).exclude(sheet=sheet)
    return _rows(rows, user).order_by(F("decided_at").desc(nulls_last=True), "sheet__position", "sheet")[:6]


class Paper(NamedTuple):
    """A document that proves an entry, with its last version that may be shown; a link has none."""

    attachment: int
    document: int
    title: str
    number: str
    link: str
    page: str
    section: str
    added_at: datetime
    removed_at: datetime | None
    version: int | None
    name: str | None
    size: int | None
    pages: int | None
    content_type: str | None
    scan: str | None


def papers_of(entry: int) -> list[Paper]:
    """What proves an entry, in the order in which it was added, and what was taken off it; one query."""
    return [Paper._make(row) for row in _papers(entry=entry)]


@prepared
def _papers(entry: int) -> QuerySet[Attachment, tuple[Any, ...]]:
    versions = DocumentVersion.objects.filter(document=OuterRef("document")).exclude(file__scan=ScanState.INFECTED)
    last = versions.order_by("-number")
    rows = Attachment.objects.filter(entry=entry).order_by("added_at", "pk")
    return rows.annotate(
        version=Subquery(last.values("number")[:1]), name=Subquery(last.values("name")[:1]),
        size=Subquery(last.values("file__size")[:1]), pages=Subquery(last.values("file__pages")[:1]),
        content_type=Subquery(last.values("file__content_type")[:1]), scan=Subquery(last.values("file__scan")[:1]),
    ).values_list(
        "pk", "document_id", "document__title", "document__number", "document__link", "page", "section", "added_at",
        "removed_at", "version", "name", "size", "pages", "content_type", "scan",
    )  # fmt: skip


@prepared
def document_verdicts_on(entry: int) -> QuerySet[DocumentVerdict]:
    """Whether documents prove an entry: the last one of each document counts."""
    return DocumentVerdict.objects.filter(entry=entry).select_related("by").order_by("pk")


@prepared
def line_verdicts_on(entry: int) -> QuerySet[LineVerdict]:
    """Whether lines of lists are accepted for an entry: the last one of each line counts."""
    return LineVerdict.objects.filter(entry=entry).select_related("by").order_by("pk")


@prepared
def list_lines(unit: int, measures: list[str], year: int) -> QuerySet[FigureLine]:
    """The lines of the list figures of a unit in a year."""
    rows = FigureLine.objects.filter(
        figure__unit=unit, figure__measure__in=measures, figure__year=year, removed_at=None
    )
    return rows.select_related("figure").order_by("figure", "position")


@prepared
def votes_on(entry: int) -> QuerySet[Vote]:
    """The votes on an entry, the last one first."""
    return Vote.objects.filter(entry=entry).select_related("opened_by", "closed_by").order_by("-pk")


@prepared
def ballots_in(votes: list[int]) -> QuerySet[Ballot]:
    """What was said in votes, in the order in which it came."""
    return Ballot.objects.filter(vote__pk__in=votes).select_related("member", "recorded_by").order_by("vote", "pk")


@prepared
def entry_key(sheet: int, code: str) -> QuerySet[Entry, tuple[int]]:
    """The key of the entry of an item."""
    return Entry.objects.filter(sheet=sheet, item_code=code).order_by().values_list("pk")


@prepared
def last_own_opinion(sheet: int, code: str, user: int) -> QuerySet[Opinion, tuple[int]]:
    """The key of the last opinion that somebody gave of an item and has not taken back: the one that was just recorded,
    whose key is not asked for when it is added.
    """
    rows = Opinion.objects.filter(entry__sheet=sheet, entry__item_code=code, author=user, withdrawn_at=None)
    return rows.order_by("-pk").values_list("pk")[:1]
