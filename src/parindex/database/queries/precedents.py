"""Reading precedents: what councils decided on items in cycles that are over, with claim, figures and reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CycleGroup, Figure, Finalisation, Opinion, Question
from parindex.database.queries.prepared import prepared
from parindex.domain.review.opinions import AppraisalState, Capacity, OpinionKind
from parindex.domain.review.roles import COUNCIL, Actor, Role
from parindex.domain.review.stages import CycleState

#: Cycles whose decisions stand.
OVER = (CycleState.FINALISED, CycleState.PUBLISHED, CycleState.CORRECTED)
_DECIDES = (Capacity.CHAIR, Capacity.COUNCIL)
_READERS = COUNCIL | {Role.STANDING_OFFICE, Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" and None for anything. ``only_adjusted``: decisions that changed the claim."""

    words: str = ""
    code: str = ""
    year: int | None = None
    only_adjusted: bool = False


def readable_precedents(actor: Actor) -> QuerySet[Opinion]:
    """The decisions of councils of which somebody is office, member or auditor, the latest year first."""
    owners = Q(pk=None)
    for grant in actor.grants:
        if grant.role in _READERS:
            owners |= Q(entry__sheet__cycle__owner_path=grant.path)
            if grant.subtree:
                owners |= Q(entry__sheet__cycle__owner_path__startswith=grant.path + "/")
    return decisions().filter(owners)


def decisions() -> QuerySet[Opinion]:
    """The opinion that decided each item of a cycle that is over: the last of those that grant its points
    (``words_that_stand``) at the level that settled it.
    """
    others = _counted(Opinion.objects.filter(entry=OuterRef("entry"), level=OuterRef("level")))
    above = others.filter(capacity__in=[str(one) for one in _DECIDES])
    is_above = Q(capacity__in=[str(one) for one in _DECIDES])
    later_above = Exists(above.filter(pk__gt=OuterRef("pk")))
    overruled = (is_above & later_above) | (~is_above & (Exists(above) | Exists(others.filter(pk__gt=OuterRef("pk")))))
    settled = [str(AppraisalState.ACCEPTED), str(AppraisalState.ADJUSTED)]
    rows = _counted(Opinion.objects.all()).filter(
        ~overruled, level=F("entry__appraisal__level"), entry__appraisal__state__in=settled,
        entry__sheet__cycle__state__in=[str(one) for one in OVER],
    )  # fmt: skip
    return _with_entry(rows)


def _counted(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    """Without questions, without what was said before the unit answered, and without what its author gave up for a
    question that nobody answered.
    """
    over = Q(closed_at__isnull=False) | Q(withdrawn_at__isnull=False)
    asked_later = Q(
        opinion__author=OuterRef("author"), opinion__capacity=OuterRef("capacity"), opinion__pk__gt=OuterRef("pk")
    )
    since = Question.objects.filter(
        Q(answered_at__gte=OuterRef("at")) | (over & asked_later), entry=OuterRef("entry"),
        opinion__level=OuterRef("level"), opinion__withdrawn_at=None,
    )  # fmt: skip
    return rows.filter(~Exists(since), withdrawn_at=None).exclude(kind=str(OpinionKind.ASK))


def searched(rows: QuerySet[Opinion], wanted: Wanted) -> QuerySet[Opinion]:
    """Those that are looked for: words in the reason, in the explanation or in the name of the unit."""
    if wanted.code:
        rows = rows.filter(entry__item_code=wanted.code)
    if wanted.year is not None:
        rows = rows.filter(entry__sheet__cycle__year=wanted.year)
    if wanted.only_adjusted:
        rows = rows.filter(entry__appraisal__state=str(AppraisalState.ADJUSTED))
    for word in wanted.words.split():
        rows = rows.filter(
            Q(reason__icontains=word)
            | Q(entry__explanation__icontains=word)
            | Q(entry__sheet__unit_name__icontains=word)
        )
    return rows.order_by("-entry__sheet__cycle__year", "entry__position", "entry__sheet__position", "pk")


def on_items(owner: int, places: Collection[tuple[int, str]], without: int) -> QuerySet[Opinion]:
    """The decisions of an owner on items given by set version and code, but those on one sheet; adjusted ones first."""
    same = Q(pk=None)
    for version, code in places:
        same |= Q(entry__sheet__group__set_version=version, entry__item_code=code)
    rows = decisions().filter(same, entry__sheet__cycle__owner=owner).exclude(entry__sheet=without)
    return rows.exclude(reason="").order_by("-entry__appraisal__state", "-entry__sheet__cycle__year", "-pk")


@prepared
def set_versions_over(owner: int) -> QuerySet[CycleGroup]:
    """The groups of the cycles of an owner that are over, each with its set and the key of the last finalisation of its
    cycle (``finalised``): whatever was decided there since made another one. One query.
    """
    last = Finalisation.objects.filter(cycle=OuterRef("cycle")).order_by("-pk").values("pk")[:1]
    rows = CycleGroup.objects.filter(cycle__owner=owner, cycle__state__in=[str(one) for one in OVER])
    rows = rows.select_related("cycle", "set_version").defer("set_version__content", "set_version__reading")
    return rows.annotate(finalised=Subquery(last)).order_by("-cycle__year", "position", "pk")


@prepared
def decisions_of(keys: list[int]) -> QuerySet[Opinion]:
    """Opinions by their keys, each with its entry, sheet, cycle and group, and where the entry stands."""
    return _with_entry(Opinion.objects.filter(pk__in=keys)).order_by("pk")


def _with_entry(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    return rows.select_related(
        "entry", "entry__sheet", "entry__sheet__cycle", "entry__sheet__group", "entry__appraisal"
    )


def figures_behind(rows: Sequence[Opinion]) -> dict[int, list[tuple[str, str]]]:
    """The figures of the unit that each decision was about, title and value, by its key. At most two queries."""
    groups = {one.entry.sheet.group_id for one in rows}
    found = CycleGroup.objects.filter(pk__in=groups).select_related("set_version")
    sets = {one.pk: frozen_set(one.set_version) for one in found}
    wanted: dict[int, tuple[str, ...]] = {}
    for one in rows:
        frozen = sets[one.entry.sheet.group_id]
        wanted[one.pk] = frozen.measures_of.get(one.entry.item_code, ())
    measures = sorted({measure for some in wanted.values() for measure in some})
    units = {one.entry.sheet.unit_id for one in rows}
    stored = Figure.objects.filter(unit__in=units, measure__in=measures).values_list("unit", "measure", "year", "value")
    values = {(unit, measure, year): value for unit, measure, year, value in stored} if measures else {}
    shown: dict[int, list[tuple[str, str]]] = {}
    for one in rows:
        frozen = sets[one.entry.sheet.group_id]
        shown[one.pk] = [
            (frozen.criteria_set.measures[measure].title, value)
            for measure in wanted[one.pk]
            if (value := values.get((one.entry.sheet.unit_id, measure, frozen.year), ""))
        ]
    return shown
