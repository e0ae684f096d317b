"""What the matrix of an appraisal reads: units, where each item stands, what was claimed; each is one query."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, Exists, OuterRef, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler

from parindex.database.models import CycleGroup, Flag, ItemAppraisal, Question, ScoreSheet
from parindex.database.queries.appraisal_pages import answered_questions, said_by
from parindex.database.queries.appraisals import claimed_points
from parindex.database.queries.further_explanations import OPEN
from parindex.database.queries.prepared import prepared
from parindex.domain.review.flags import ASKS_REASON, FlagKind
from parindex.domain.review.opinions import AppraisalState


class MatrixSheet(NamedTuple):
    """A sheet that is a row of the matrix."""

    pk: int
    unit_id: int
    unit_name: str
    unit_path: str


class StandingCell(NamedTuple):
    """Where one item of a sheet stands; ``claim``: the points that the unit claims, or the agency gives, "" for none.

    ``has_spoken``: whether the person has, at the level that has the item; ``is_judged``: whether one of the flags says
    what was granted; ``is_answered``: whether the unit has answered a question. Who sees everything is not asked.
    """

    code: str
    state: str
    level: int
    points: str
    flags: int
    claim: str
    lead_path: str = ""
    has_spoken: bool = True
    is_judged: bool = False
    is_answered: bool = False


@prepared
def groups_of(cycle: int) -> QuerySet[CycleGroup]:
    """The groups of a cycle with their sets."""
    rows = CycleGroup.objects.filter(cycle=cycle).select_related("set_version").order_by("position", "pk")
    return rows.defer("set_version__content", "set_version__reading")


def appraised_sheets(group: int) -> QuerySet[ScoreSheet]:
    """The sheets of a group that are appraised, in the order of the units."""
    begun = ItemAppraisal.objects.filter(sheet=OuterRef("pk"))
    return ScoreSheet.objects.filter(Exists(begun), group=group).order_by("position", "pk")


def sheets_between(found: QuerySet[ScoreSheet], start: int, end: int) -> list[MatrixSheet]:
    """Those of some sheets that stand on one page."""
    return [MatrixSheet._make(row) for row in found.values_list(*MatrixSheet._fields)[start:end]]


@prepared
def sheets_outside(group: int) -> QuerySet[ScoreSheet, tuple[str, str]]:
    """Name and stage of the sheets of a group that are not appraised: not submitted, or not yet."""
    begun = ItemAppraisal.objects.filter(sheet=OuterRef("pk"))
    rows = ScoreSheet.objects.filter(~Exists(begun), group=group).order_by("position", "pk")
    return rows.values_list("unit_name", "state")


class _Rows(Aggregate):
    """Some columns of all rows of a group as one text, a list of lists: made by the database three times as fast as
    each row is handed over alone, and equal where nothing has changed.
    """

    function = "JSON_GROUP_ARRAY"
    template = "%(function)s(JSON_ARRAY(%(expressions)s))"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """The same of PostgreSQL."""
        template = "CAST(JSON_AGG(JSON_BUILD_ARRAY(%(expressions)s)) AS TEXT)"
        return self.as_sql(compiler, connection, template=template)


#: What is read of each item.
_COLUMNS = ("item_code", "state", "level", "points", "flags")


def standings_of(sheets: Collection[int], user: int | None) -> dict[int, str]:
    """Where every item of some sheets stands that no survey gives, as one text a sheet (:func:`cells_in`); ``user``:
    who is bound by blindness (None: nobody, and less is asked).
    """
    keys = list(sheets)
    if not keys:
        return {}
    return dict(_standings(sheets=keys) if user is None else _standings_for(sheets=keys, user=user))


@prepared
def _standings(sheets: list[int]) -> QuerySet[ItemAppraisal, tuple[int, str]]:
    rows = _by_sheet(sheets).annotate(standing=_Rows(*_COLUMNS, claimed_points()))
    return rows.values_list("sheet_id", "standing")


@prepared
def _standings_for(sheets: list[int], user: int) -> QuerySet[ItemAppraisal, tuple[int, str]]:
    judged = Flag.objects.filter(
        entry=OuterRef("pk"), kind=str(FlagKind.JUDGED_DIFFERENTLY), severity__in=sorted(ASKS_REASON), gone_at=None,
        dismissed_at=None,
    )  # fmt: skip
    more = ("entry__part__lead_path", Exists(said_by(user)), Exists(judged), Exists(answered_questions()))
    return (
        _by_sheet(sheets)
        .annotate(standing=_Rows(*_COLUMNS, claimed_points(), *more))
        .values_list("sheet_id", "standing")
    )


def _by_sheet(sheets: list[int]) -> QuerySet[ItemAppraisal, Any]:
    rows = ItemAppraisal.objects.filter(sheet__pk__in=sheets).exclude(state=str(AppraisalState.SURVEYED))
    return rows.order_by().values("sheet_id")


def cells_in(standing: str) -> list[StandingCell]:
    """Where the items of a sheet stand, by their text."""
    return [StandingCell(*row) for row in json.loads(standing)]


class AskedClaim(NamedTuple):
    """What was claimed when the council asked: points, "" for none, and figures by measure."""

    points: str
    figures: dict[str, str]


def claims_when_asked(sheets: Collection[int]) -> dict[int, dict[str, AskedClaim]]:
    """What was claimed of the items that units are answering, by sheet and item: what they write is nobody's to read
    until signed.
    """
    found: dict[int, dict[str, AskedClaim]] = {}
    for sheet, code, before in _asked(sheets=list(sheets)) if sheets else ():
        kept = json.loads(before or "{}")
        claim = AskedClaim(str(kept.get("points", "")), dict(kept.get("figures", {})))
        found.setdefault(sheet, {})[code] = claim
    return found


@prepared
def _asked(sheets: list[int]) -> QuerySet[Question, tuple[int, str, str]]:
    rows = Question.objects.filter(OPEN, entry__sheet__pk__in=sheets).order_by()
    return rows.values_list("entry__sheet", "entry__item_code", "before")
