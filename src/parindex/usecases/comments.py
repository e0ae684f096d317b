"""Talking beside an item: inside the unit, where neither council nor standing office listens, or with the office."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.database.models import Comment, Entry, ScoreSheet, UnitVersion
from parindex.database.models.entries import Audience
from parindex.database.queries.questions import asked_since
from parindex.database.queries.score_sheets import part_facts, sheets
from parindex.database.queries.units import versions_on
from parindex.domain.review.permissions import check_can_talk_inside, check_can_talk_with_office
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log, notices
from parindex.usecases.actors import Session
from parindex.wording.moments import VIET_NAM, local_day

COMMENT_LENGTH = 4_000


@transaction.atomic
def write_comment(
    *, by: Session, at: datetime, sheet_id: int, item_code: str, audience: Audience, body: str
) -> Comment:
    """Say something beside an item. The log keeps that something was said, never what was said inside a unit."""
    ScoreSheet.objects.select_for_update(no_key=True).only("pk").get(pk=sheet_id)  # whose items may be set aside
    sheet = sheets().get(pk=sheet_id)
    entry = Entry.objects.select_related("part").get(sheet=sheet, item_code=item_code)
    check = check_can_talk_inside if audience is Audience.UNIT else check_can_talk_with_office
    check(by.actor, part_facts(entry.part, sheet))
    plain = body.replace("\r\n", "\n").strip()
    if not plain:
        raise Refusal("comment_empty")
    if len(plain) > COMMENT_LENGTH:
        raise Refusal("comment_too_long", length=len(plain), allowed=COMMENT_LENGTH)
    twin = entry.comments.filter(audience=audience, author=by.user).order_by("-pk").first()
    if twin is not None and twin.body == plain and (at - twin.at).total_seconds() < 60:
        return twin  # sent twice
    made = Comment.objects.create(
        entry=entry, audience=audience, author=by.user, author_name=by.user.full_name, author_unit=_unit_name(by, at),
        at=at, body=plain,
    )  # fmt: skip
    said = {"audience": audience.value} | ({"body": plain} if audience is Audience.STANDING_OFFICE else {})
    what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record("write_comment", what, by=by, at=at, after=said)
    if audience is Audience.STANDING_OFFICE:
        _tell_office(made, entry, sheet)
    return made


def _tell_office(made: Comment, entry: Entry, sheet: ScoreSheet) -> None:
    """The first question of a unit on a day goes to the office by mail; the others wait with it among its tasks."""
    morning = made.at.astimezone(VIET_NAM).replace(hour=0, minute=0, second=0, microsecond=0)
    today = list(asked_since(sheet.cycle.owner_id, made.author.unit_id, morning).values_list("pk", flat=True)[:2])
    if today == [made.pk]:
        notices.asked(sheet, entry.part, entry.item_code, made.author_unit or made.author_name)


def _unit_name(by: Session, at: datetime) -> str:
    if by.user.unit_id is None:
        return ""
    version: UnitVersion | None = versions_on(local_day(at)).filter(unit=by.user.unit_id).first()
    return (version.short_name or version.name) if version else ""
