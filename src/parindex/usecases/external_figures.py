"""Figures of an item from elsewhere, beside the unit's own: both stay, and both give points by the same rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, ExternalFigure
from parindex.database.queries.appraisal_pages import external_figures_of
from parindex.database.queries.score_sheets import figure_values
from parindex.domain.errors import InvalidValue
from parindex.domain.review.appraisal_permissions import check_can_weigh
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.flags import raise_flags
from parindex.usecases.item_standing import HeldItem, held_item
from parindex.usecases.sheet_scoring import ItemPoints, item_points
from parindex.usecases.typed_values import figure_value
from parindex.usecases.written_texts import reason_of, whole
from parindex.wording.moments import local_day

SOURCE_LENGTH = 500


@transaction.atomic
def record_external(
    *, by: Session, at: datetime, entry_id: int, measure: str, value: str, source: str, source_date: date | None = None
) -> ExternalFigure:
    """Record a figure of this year from elsewhere, with its source; an earlier one stays to be read, the last counts.

    Refused: ``measure_of_other_item``, ``figure_needed``, ``value_not_of_measure``, ``source_needed``,
    ``source_in_the_future``.
    """
    held = held_item(entry_id, by.user.pk)
    check_can_weigh(by.actor, held.item_facts(), held.seat_of(by))
    if measure not in held.frozen.measures_of[held.code]:
        raise Refusal("measure_of_other_item", measure=measure)
    where = whole(source, SOURCE_LENGTH)
    if not where:
        raise Refusal("source_needed")
    if source_date is not None and source_date > local_day(at):
        raise Refusal("source_in_the_future", day=source_date)
    before = last_external(held.entry).get((measure, held.frozen.year))
    made = ExternalFigure.objects.create(
        entry=held.entry, measure=measure, year=held.frozen.year, value=_value(held, measure, value), source=where,
        source_date=source_date, recorded_by=by.user, recorded_at=at,
    )  # fmt: skip
    raise_flags([held.sheet.pk], at=at)
    facts: dict[str, object] = {"measure": measure, "value": made.value, "source": where, "source_date": source_date}
    _log("record_external_figure", held, by, at, {"value": before.value} if before else {}, facts)
    return made


@transaction.atomic
def withdraw_external(*, by: Session, at: datetime, figure_id: int, reason: str) -> ExternalFigure:
    """A figure that was recorded by mistake counts no more, with the reason; whoever may record one may withdraw it."""
    held = held_item(ExternalFigure.objects.values_list("entry", flat=True).get(pk=figure_id), by.user.pk)
    check_can_weigh(by.actor, held.item_facts(), held.seat_of(by))
    found = ExternalFigure.objects.select_for_update(no_key=True).get(pk=figure_id)
    if found.withdrawn_at is not None:
        raise Refusal("external_withdrawn")
    why = reason_of(reason)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    raise_flags([held.sheet.pk], at=at)
    _log("withdraw_external_figure", held, by, at, {"measure": found.measure, "value": found.value}, {}, why)
    return found


def standing_externals(entry: Entry) -> dict[Key, list[ExternalFigure]]:
    """The figures from elsewhere that stand for an entry, by measure and year: the last of each counts. One query."""
    found: dict[Key, list[ExternalFigure]] = {}
    for one in external_figures_of(entry=entry.pk):
        found.setdefault((one.measure, one.year), []).append(one)
    return found


def last_external(entry: Entry) -> dict[Key, ExternalFigure]:
    """The figures from elsewhere that count for an entry, by measure and year. One query."""
    return {key: some[-1] for key, some in standing_externals(entry).items()}


def external_points(entry: Entry, figures: Mapping[Key, ExternalFigure]) -> ItemPoints | None:
    """What the rule gives for an entry with the figures from elsewhere (of :func:`last_external`) in the place of the
    unit's own; None where there are none. One query.
    """
    return points_with(entry, {key: one.value for key, one in figures.items()}) if figures else None


def points_with(entry: Entry, others: dict[Key, str]) -> ItemPoints:
    """What the rule gives for an entry with some figures in the place of the unit's own. One query."""
    sheet = entry.sheet
    frozen = frozen_set(sheet.group.set_version)
    values = figure_values(sheet.unit_id, sorted(frozen.read_by[entry.item_code])) | others
    return item_points(sheet, frozen, [entry], values, frozenset({entry.item_code}))[entry.item_code]


def _value(held: HeldItem, measure: str, typed: str) -> str:
    declared = held.frozen.criteria_set.measures[measure]
    try:
        value = figure_value(declared, typed)
    except InvalidValue as error:
        raise Refusal("value_not_of_measure", typed=typed.strip(), measure=declared.title) from error
    if not value:
        raise Refusal("figure_needed")
    return value


def _log(
    action: str, held: HeldItem, by: Session, at: datetime, before: dict[str, object], after: dict[str, object],
    reason: str = "",
) -> None:  # fmt: skip
    after = {"item": held.code, "unit": held.sheet.unit_name, **after}
    audit_log.record(
        action, held.target, by=by, at=at, role=held.role_of(by), before=before, after=after, reason=reason
    )
