"""Results that somebody else has published about a unit: kept as dated rows with their source, never computed with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.database.models import OutsideResult, Unit
from parindex.database.queries.accounts import path_on
from parindex.domain.errors import InvalidValue
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.domain.units.paths import is_within
from parindex.domain.values import parse_number
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.written_texts import reason_of, whole
from parindex.wording.moments import local_day

TITLE_LENGTH, SOURCE_LENGTH = 300, 500
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class OutsideData:
    """One result as somebody else published it: index as printed, rank of how many; one of the two may be missing."""

    year: int
    title: str
    source: str
    source_date: date
    index: str = ""
    rank: int | None = None
    of: int | None = None


@transaction.atomic
def record(*, by: Session, at: datetime, owner_path: str, unit_id: int, data: OutsideData) -> OutsideResult:
    """Record a result of the owner itself or of a unit below it, by its standing office."""
    check_can_manage_sets(by.actor, owner_path)
    unit = Unit.objects.get(pk=unit_id)
    paths = path_on(unit=unit.pk, day=local_day(at))
    if not paths or not is_within(paths[0][0], owner_path):
        raise Refusal("set_of_other_owner")
    title, source = whole(data.title, TITLE_LENGTH), whole(data.source, SOURCE_LENGTH)
    _check(data, title, source, at)
    made = OutsideResult.objects.create(
        unit=unit, year=data.year, title=title, index=data.index.strip().replace(",", "."), rank=data.rank, of=data.of,
        source=source, source_date=data.source_date, recorded_by=by.user, recorded_at=at,
    )  # fmt: skip
    audit_log.record(
        "record_outside_result", audit_log.target(made, unit=unit), by=by, at=at,
        after={
            "year": made.year, "title": title, "index": made.index, "rank": made.rank, "of": made.of,
            "source": source, "source_date": made.source_date,
        },
    )  # fmt: skip
    return made


def _check(data: OutsideData, title: str, source: str, at: datetime) -> None:
    if not title:
        raise Refusal("outside_title_needed")
    if not source:
        raise Refusal("outside_source_needed")
    if data.year not in YEARS:
        raise Refusal("outside_year_wrong", year=data.year)
    if data.source_date > local_day(at):
        raise Refusal("outside_in_the_future")
    if not data.index.strip() and data.rank is None:
        raise Refusal("outside_without_result")
    if data.index.strip():
        try:
            parse_number(data.index)
        except InvalidValue:
            raise Refusal("outside_index_wrong", typed=data.index[:40]) from None
    if data.rank is not None and not 1 <= data.rank <= (data.of or 0):
        raise Refusal("outside_rank_wrong", rank=data.rank, of=data.of or "–")


@transaction.atomic
def withdraw(*, by: Session, at: datetime, owner_path: str, result_id: int, reason: str) -> OutsideResult:
    """Withdraw a row that was recorded by mistake, with the reason: it stays, and is shown nowhere."""
    check_can_manage_sets(by.actor, owner_path)
    made = OutsideResult.objects.select_for_update(no_key=True).get(pk=result_id)
    paths = path_on(unit=made.unit_id, day=local_day(at))
    if not paths or not is_within(paths[0][0], owner_path):
        raise Refusal("set_of_other_owner")
    if made.withdrawn_at is not None:
        raise Refusal("outside_withdrawn")
    why = reason_of(reason)
    made.withdrawn_at = at
    made.save(update_fields=["withdrawn_at"])
    audit_log.record(
        "withdraw_outside_result", audit_log.target(made, unit=made.unit_id), by=by, at=at, reason=why,
        before={"title": made.title},
    )  # fmt: skip
    return made
