"""Reminders to those who still owe something: what is logged has been sent, and nothing is sent twice."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localdate

from parindex.database.models import Entry, Reminder, RoleGrant, ScoreSheet, SheetPart
from parindex.database.models.entries import EntryState
from parindex.database.queries.cycle_progress import STANDINGS, SUBMITTED, Standing
from parindex.database.queries.ended_units import working_for
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheets, starts_of
from parindex.domain.review.permissions import check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.usecases import audit_log, notices
from parindex.usecases.actors import Session, require_current
from parindex.usecases.mailing import MailServer
from parindex.wording.language import mark, text
from parindex.wording.moments import VIET_NAM, local_day, moment

#: Nobody is written to before this hour of the day.
FIRST_HOUR = 8
#: Within this time a second reminder by hand of the same sheet is the same one, sent twice.
AGAIN = timedelta(minutes=1)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What went out: units reached and mails sent; units that no mail reached, those that have no address, and those
    that were reminded just before.
    """

    units: int
    mails: int
    unsent: tuple[str, ...] = ()
    without_address: tuple[str, ...] = ()
    just_before: tuple[str, ...] = ()


def remind(*, by: Session | None, at: datetime, sheet_ids: Sequence[int], words: str = "") -> Reminded:
    """Write to those who still owe something: of the unit, and of the units that lead a part that is not signed.

    ``by`` None: the timetable, once a day. Units that have submitted are left out. A sheet at a time: its reminder is
    stored, its mails leave, and only what the mail server took is counted and logged. A sheet that somebody has
    reminded of within :data:`AGAIN` is left out: a form that was sent twice. Refused where none could be sent
    (``no_mail_address``, ``mails_not_sent``, ``reminded_just_before``).
    """
    owing = [one for one in sheets().filter(pk__in=sheet_ids).order_by("pk") if one.state not in SUBMITTED]
    if by is not None:
        require_current(by)  # before the mails leave
        for sheet in owing:
            check_can_run_cycle(by.actor, cycle_facts(sheet.cycle, sheet.cycle.owner_path))
    bodies = _words_of(owing, words.strip())
    mails = _mails(owing, bodies)
    failed: list[str] = []
    again: list[str] = []
    silent = [sheet for sheet in owing if not mails[sheet.pk]]
    done: list[int] = []
    with MailServer() as server:
        for sheet in owing:
            letters = mails[sheet.pk]
            row = None if not letters or server.is_gone else _begun(sheet, by, at, words.strip(), len(letters))
            sent = _sent(server, letters, row, sheet, by, at, bodies[sheet.pk].values()) if row is not None else 0
            if row is None and letters and not server.is_gone:
                again.append(sheet.unit_name)
            if sent:
                done.append(sent)
            if (row is not None or server.is_gone) and sent < len(letters):
                failed.append(sheet.unit_name)
    if by is None:
        _note_silent(silent, at)
    names = [sheet.unit_name for sheet in silent]
    if failed and not done:
        raise Refusal("mails_not_sent", units=failed)
    if names and not done:
        raise Refusal("no_mail_address", units=names)
    if again and not done and by is not None:
        raise Refusal("reminded_just_before", units=again)
    return Reminded(len(done), sum(done), tuple(failed), tuple(names), tuple(again))


def _sent(
    server: MailServer, letters: Sequence[EmailMessage], row: Reminder, sheet: ScoreSheet, by: Session | None,
    at: datetime, bodies: Collection[str],
) -> int:  # fmt: skip
    """How many mails of a sheet the server took, counted and logged also where it was stopped midway; a reminder that
    was stopped at its first mail stays as it was begun, since nobody knows of that one.
    """
    before, ended = server.taken, False
    try:
        server.deliver(letters)
        ended = True
    finally:
        sent = server.taken - before
        if ended or sent:
            _settle(row, sheet, by, at, sent, bodies)
    return sent


def _timed_on(at: datetime) -> QuerySet[Reminder]:
    """The reminders that the timetable has begun, or noted as impossible, on the day of ``at``."""
    return Reminder.objects.filter(automatic=True, sent_at__date=local_day(at))


@transaction.atomic
def _begun(sheet: ScoreSheet, by: Session | None, at: datetime, words: str, mails: int) -> Reminder | None:
    """A reminder that is stored before its mails leave: who is stopped midway writes to nobody twice. None where the
    timetable has begun it today, or somebody just before, here or in another process.
    """
    _hold([sheet])
    by_hand = Reminder.objects.filter(automatic=False, sent_at__gt=at - AGAIN)
    if (_timed_on(at) if by is None else by_hand).filter(sheet=sheet).exists():
        return None
    return Reminder.objects.create(
        sheet=sheet, sent_at=at, sent_by=by.user if by else None, automatic=by is None, recipients=mails,
        text=words or reminder_words(sheet),
    )  # fmt: skip


@transaction.atomic
def _settle(
    row: Reminder, sheet: ScoreSheet, by: Session | None, at: datetime, sent: int, bodies: Collection[str]
) -> None:
    """Count and log what the mail server took; where it took nothing, there was no reminder."""
    if not sent:
        row.delete()
        return
    row.recipients = sent
    row.save(update_fields=["recipients"])
    audit_log.record(
        "remind", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        after={"recipients": sent, "words": "\n".join(dict.fromkeys(bodies))},
    )  # fmt: skip


@transaction.atomic
def _note_silent(silent: Sequence[ScoreSheet], at: datetime) -> None:
    """Units that nobody can write to are not tried again that day, and their names go to the office once."""
    if not silent:
        return
    _hold(silent)
    noted = set(_timed_on(at).filter(sheet__in=silent).order_by().values_list("sheet", flat=True))
    fresh = [sheet for sheet in silent if sheet.pk not in noted]
    told = set(
        Reminder.objects.filter(sheet__in=fresh, automatic=True, recipients=0)
        .order_by()
        .values_list("sheet", flat=True)
    )
    Reminder.objects.bulk_create(
        Reminder(sheet=sheet, sent_at=at, automatic=True, recipients=0, text=reminder_words(sheet)) for sheet in fresh
    )
    notices.unreachable([sheet for sheet in fresh if sheet.pk not in told])


def _hold(held: Sequence[ScoreSheet]) -> None:
    """Two who remind of the same sheets come one after the other."""
    rows = ScoreSheet.objects.select_for_update(no_key=True).filter(pk__in=[sheet.pk for sheet in held])
    list(rows.order_by("pk").values_list("pk"))


def remind_by_timetable(*, at: datetime, days: Sequence[int] = (7, 3, 1)) -> int:
    """Remind every unit whose last day is in one of ``days`` days and that was not reminded today; how many units.
    While the council appraises, those that it has asked and that have not answered.

    Days are those of the calendar, and nobody is written to at night. What the mail server did not take is not counted
    as done: it is tried again the next time. Who has no address is not.
    """
    if at.astimezone(VIET_NAM).hour < FIRST_HOUR:
        return 0
    today = _timed_on(at).filter(sheet=OuterRef("pk"))
    answers = Greatest("answer_until", Coalesce("extended_until", "answer_until"))
    found = sheets().annotate(due=Coalesce(answers, "extended_until", "phase_ends"))
    asked = Q(cycle__state=str(CycleState.APPRAISAL), answer_until__isnull=False)
    found = found.filter(Q(cycle__state=str(CycleState.OPEN)) | asked)
    found = found.filter(due__gt=at, due__lt=at + timedelta(days=max(days) + 2))
    due = [
        sheet.pk
        for sheet in found.exclude(STANDINGS[Standing.SUBMITTED]).exclude(Exists(today)).order_by("pk")
        if _days_to(sheet, at) in days and ((starts := starts_of(sheet)) is None or starts <= at)
    ]
    if not due:
        return 0
    try:
        return remind(by=None, at=at, sheet_ids=due).units
    except Refusal as refused:
        if refused.code != "no_mail_address":  # the office has been told
            logger.warning("reminders: %s %s", refused.code, refused.facts)
        return 0


def _days_to(sheet: ScoreSheet, at: datetime) -> int | None:
    """Days of the calendar until the last day; what ends at midnight ends with the day before."""
    deadline = deadline_of(sheet)
    return None if deadline is None else (local_day(deadline - timedelta(microseconds=1)) - local_day(at)).days


def _reminded_units(owing: Sequence[ScoreSheet]) -> dict[int, dict[int, str]]:
    """By sheet, the units that a reminder about it goes to, with their names: its own, and who leads a part still open.
    One query.
    """
    by_hand = Entry.objects.filter(part=OuterRef("pk")).exclude(state=EntryState.PENDING)
    parts = SheetPart.objects.filter(Exists(by_hand), sheet__in=[sheet.pk for sheet in owing])
    found = {sheet.pk: {sheet.unit_id: sheet.unit_name} for sheet in owing}
    for part in parts.exclude(state__in=SUBMITTED).order_by("pk"):
        found[part.sheet_id][part.lead_unit_id] = part.lead_name
    return found


def _addresses(units: Collection[int]) -> dict[int, list[str]]:
    """By unit, the mail addresses of those who enter and sign for it; two queries, more where units have ended."""
    working = working_for(units, localdate())
    people: dict[int, set[str]] = {one: set() for some in working.values() for one in some}
    grants = RoleGrant.objects.filter(
        unit__in=people, role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], ended_at=None, user__is_active=True
    ).exclude(user__email="")
    for unit, address in grants.values_list("unit", "user__email"):
        people[unit].add(address)
    return {unit: sorted(set().union(*(people[one] for one in some))) for unit, some in working.items()}


def reminder_words(sheet: ScoreSheet) -> str:
    """The mail: what is due, by when, what is left."""
    if sheet.answer_until is not None:
        asked = mark("Hội đồng đề nghị {unit} giải trình bổ sung ({cycle}); phiếu chưa ký lại. Hạn trả lời: {when}.")
        return text(asked, unit=sheet.unit_name, cycle=sheet.cycle.title, when=moment(deadline_of(sheet)))
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


def _mails(owing: Sequence[ScoreSheet], bodies: Mapping[int, Mapping[int, str]]) -> dict[int, list[EmailMessage]]:
    """By sheet, one mail for each address; a unit that leads a part reads of its part."""
    people = _addresses(sorted({unit for words in bodies.values() for unit in words}))
    mails: dict[int, list[EmailMessage]] = {}
    for sheet in owing:
        cycle = " ".join(sheet.cycle.title.split())
        subject = text("Nhắc nộp phiếu chấm điểm: {cycle}", cycle=cycle)
        if sheet.answer_until is not None:
            subject = text("Nhắc trả lời hội đồng: {cycle}", cycle=cycle)
        mails[sheet.pk] = [
            EmailMessage(subject, "\n\n".join([words, *_closing(sheet)]), settings.DEFAULT_FROM_EMAIL, [one])
            for unit, words in bodies[sheet.pk].items()
            for one in people[unit]
        ]
    return mails


def _words_of(owing: Sequence[ScoreSheet], words: str) -> dict[int, dict[int, str]]:
    """By sheet, what each unit is told: the ``words`` that somebody chose, else what it still owes. One query."""
    by_pk = {sheet.pk: sheet for sheet in owing}
    return {
        pk: {
            unit: words or (reminder_words(by_pk[pk]) if unit == by_pk[pk].unit_id else _part_words(by_pk[pk], name))
            for unit, name in units.items()
        }
        for pk, units in _reminded_units(owing).items()
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
