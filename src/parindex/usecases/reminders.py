"""Reminders to those who still owe something: a reminder that is counted and logged has been sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef

from parindex.database.models import Entry, Reminder, RoleGrant, ScoreSheet, SheetPart
from parindex.database.models.entries import EntryState
from parindex.database.queries.cycle_progress import STANDINGS, SUBMITTED, Standing
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheets, starts_of
from parindex.domain.review.permissions import check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.actors import Session, require_current
from parindex.usecases.mailing import deliver
from parindex.wording.language import mark, text
from parindex.wording.moments import local_day, moment

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What went out: units reached and mails sent; units that no mail reached, and those that have no address."""

    units: int
    mails: int
    unsent: tuple[str, ...] = ()
    without_address: tuple[str, ...] = ()


def remind(*, by: Session | None, at: datetime, sheet_ids: Sequence[int], words: str = "") -> Reminded:
    """Write to those who still owe something: of the unit, and of the units that lead a part that is not signed.

    ``by`` None: the timetable. Units that have submitted are left out. The mails leave first: only what the mail
    server took is stored, counted and logged. Refused where none could be sent (``no_mail_address``,
    ``mails_not_sent``).
    """
    owing = [one for one in sheets().filter(pk__in=sheet_ids).order_by("pk") if one.state not in SUBMITTED]
    if by is not None:
        require_current(by)  # before the mails leave
        for sheet in owing:
            check_can_run_cycle(by.actor, cycle_facts(sheet.cycle, sheet.cycle.owner_path))
    mails = {sheet.pk: _mails(sheet, words.strip()) for sheet in owing}
    unsent = {id(one) for one in deliver([one for some in mails.values() for one in some])}
    failed, silent, done = [], [], []
    for sheet in owing:
        sent = sum(id(one) not in unsent for one in mails[sheet.pk])
        if sent:
            done.append((sheet, sent))
        if not mails[sheet.pk]:
            silent.append(sheet.unit_name)
        elif sent < len(mails[sheet.pk]):
            failed.append(sheet.unit_name)
    _store(done, by, at, words.strip())
    if failed and not done:
        raise Refusal("mails_not_sent", units=failed)
    if silent and not done:
        raise Refusal("no_mail_address", units=silent)
    return Reminded(len(done), sum(sent for _, sent in done), tuple(failed), tuple(silent))


@transaction.atomic
def _store(done: Sequence[tuple[ScoreSheet, int]], by: Session | None, at: datetime, words: str) -> None:
    """The records come after all reminders: whoever writes into several chains takes them in one order."""
    Reminder.objects.bulk_create(
        Reminder(
            sheet=sheet, sent_at=at, sent_by=by.user if by else None, automatic=by is None, recipients=sent,
            text=words or reminder_words(sheet),
        )
        for sheet, sent in done
    )  # fmt: skip
    audit_log.hold_chains(sheet.cycle_id for sheet, _ in done)
    for sheet, sent in done:
        audit_log.record(
            "remind", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
            after={"recipients": sent, "words": "\n".join(dict.fromkeys(_words_of(sheet, words).values()))},
        )  # fmt: skip


def remind_by_timetable(*, at: datetime, days: Sequence[int] = (7, 3, 1)) -> int:
    """Remind every unit whose deadline is in one of ``days`` days and that was not reminded today; how many units.

    What could not be sent is not counted as done: it is tried again the next time.
    """
    due = []
    for sheet in sheets().filter(cycle__state="open").exclude(STANDINGS[Standing.SUBMITTED]):
        deadline, starts = deadline_of(sheet), starts_of(sheet)
        if deadline is None or (deadline - at).days not in days or (starts is not None and at < starts):
            continue
        if not Reminder.objects.filter(sheet=sheet, automatic=True, sent_at__date=local_day(at)).exists():
            due.append(sheet.pk)
    if not due:
        return 0
    try:
        return remind(by=None, at=at, sheet_ids=due).units
    except Refusal as refused:
        logger.warning("reminders: %s %s", refused.code, refused.facts)
        return 0


def reminded_units(sheet: ScoreSheet) -> list[tuple[int, str]]:
    """The units that a reminder about a sheet goes to, with their names: its own, and who leads a part still open."""
    by_hand = Entry.objects.filter(part=OuterRef("pk")).exclude(state=EntryState.PENDING)
    parts = SheetPart.objects.filter(Exists(by_hand), sheet=sheet).exclude(state__in=SUBMITTED).order_by("pk")
    units = {sheet.unit_id: sheet.unit_name} | {part.lead_unit_id: part.lead_name for part in parts}
    return list(units.items())


def addresses_of(sheet: ScoreSheet) -> dict[int, list[str]]:
    """The mail addresses of those who enter and sign, by the unit that is reminded; two queries."""
    found: dict[int, set[str]] = {unit: set() for unit, _ in reminded_units(sheet)}
    grants = RoleGrant.objects.filter(
        unit__in=found, role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], ended_at=None, user__is_active=True
    ).exclude(user__email="")
    for unit, address in grants.values_list("unit", "user__email"):
        found[unit].add(address)
    return {unit: sorted(some) for unit, some in found.items()}


def reminder_words(sheet: ScoreSheet) -> str:
    """The mail: what is due, by when, what is left."""
    plain = mark("{unit} còn {left} trên {items} mục chưa xong của {cycle}. Hạn nộp: {when}.")
    waiting = mark(
        "{unit} còn {left} trên {items} mục chưa xong của {cycle}; {requests} mục khác chờ duyệt không đánh giá. "
        "Hạn nộp: {when}."
    )
    return text(
        waiting if sheet.requests else plain,
        unit=sheet.unit_name,
        left=sheet.items - sheet.items_done - sheet.requests,
        requests=sheet.requests,
        items=sheet.items,
        cycle=sheet.cycle.title,
        when=moment(deadline_of(sheet)),
    )


def _mails(sheet: ScoreSheet, words: str) -> list[EmailMessage]:
    """One mail for each address; a unit that leads a part reads of its part."""
    subject = text("Nhắc nộp phiếu chấm điểm: {cycle}", cycle=" ".join(sheet.cycle.title.split()))
    bodies, mails = _words_of(sheet, words), []
    for unit, people in addresses_of(sheet).items():
        whole = "\n\n".join([bodies[unit], *_closing(sheet)])
        mails += [EmailMessage(subject, whole, settings.DEFAULT_FROM_EMAIL, [one]) for one in people]
    return mails


def _words_of(sheet: ScoreSheet, words: str) -> dict[int, str]:
    """What each unit is told: the ``words`` that somebody chose, else what it still owes. One query."""
    return {
        unit: words or (reminder_words(sheet) if unit == sheet.unit_id else _part_words(sheet, name))
        for unit, name in reminded_units(sheet)
    }


def _closing(sheet: ScoreSheet) -> Iterator[str]:
    """Where to go on, whom to ask, who writes; never part of the words that somebody may change."""
    yield text("Đăng nhập rồi mở “Việc của tôi” để làm tiếp.")
    contact = sheet.cycle.contact or settings.CONTACT
    if contact:
        yield text("Liên hệ: {contact}", contact=contact)
    yield settings.BODY


def _part_words(sheet: ScoreSheet, lead: str) -> str:
    return text(
        "{lead}: phần chủ trì trong phiếu của {unit} ({cycle}) chưa ký. Hạn nộp: {when}.",
        lead=lead,
        unit=sheet.unit_name,
        cycle=sheet.cycle.title,
        when=moment(deadline_of(sheet)),
    )
