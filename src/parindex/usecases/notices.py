"""Mails to those who have to act next; they leave after the transaction, and what cannot be sent stops nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.timezone import localdate

from parindex.database.models import Cycle, RoleGrant, ScoreSheet, SheetPart, Submission
from parindex.database.queries.ended_units import working_for
from parindex.database.queries.score_sheets import deadline_of, starts_of
from parindex.domain.review.roles import Role
from parindex.wording.language import Language, current, mark, text, use
from parindex.wording.moments import moment

_UNIT = (Role.UNIT_LEADER, Role.UNIT_OFFICER)
_LEADERS = (Role.UNIT_LEADER,)
_OFFICE = (Role.STANDING_OFFICE,)


def addresses(unit: int, roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Address and language of everybody with one of ``roles`` who works for a unit today, each once. Two queries."""
    units = working_for([unit], localdate())[unit]
    grants = RoleGrant.objects.filter(unit__in=units, role__in=list(roles), ended_at=None, user__is_active=True)
    return sorted(set(grants.exclude(user__email="").values_list("user__email", "user__language")))


def addresses_by_unit(units: Collection[int], roles: Iterable[Role]) -> dict[int, list[tuple[str, str]]]:
    """As :func:`addresses`, for several units at once. Two queries."""
    working = working_for(units, localdate())
    grants = RoleGrant.objects.filter(
        unit__in={one for some in working.values() for one in some}, role__in=list(roles), ended_at=None,
        user__is_active=True,
    ).exclude(user__email="")  # fmt: skip
    people: dict[int, set[tuple[str, str]]] = {}
    for unit, address, language in grants.values_list("unit", "user__email", "user__language"):
        people.setdefault(unit, set()).add((address, language))
    return {unit: sorted({one for some in working[unit] for one in people.get(some, ())}) for unit in units}


def opened(cycle: Cycle, sheets: Sequence[ScoreSheet]) -> None:
    """Everybody who enters or signs for one of the units learns that they can begin, by when, and what is announced."""
    people = addresses_by_unit({sheet.unit_id for sheet in sheets}, _UNIT)
    mails = []
    for sheet in sheets:
        starts, facts = starts_of(sheet), {"cycle": cycle.title, "unit": sheet.unit_name}
        body = mark("{unit} nhập phiếu được từ bây giờ. Hạn nộp: {when}.")
        if starts is not None and cycle.opened_at is not None and starts > cycle.opened_at:
            body, facts["starts"] = mark("{unit} nhập phiếu được từ {starts}. Hạn nộp: {when}."), moment(starts)
        for address, language in people[sheet.unit_id]:
            mails.append(_mail(address, language, mark("Đã mở kỳ đánh giá: {cycle}"), body, sheet, facts, cycle.notice))
    send(mails)


def _mail(
    address: str, language: str, subject: str, body: str, sheet: ScoreSheet, facts: dict[str, str], more: str
) -> EmailMessage:
    """One mail in the language of its reader."""
    reader = current()
    use(Language(language) if language in set(Language) else reader)
    words = text(subject, **facts), text(body, **facts, when=moment(deadline_of(sheet)))
    use(reader)
    return EmailMessage(words[0], "\n\n".join(filter(None, (words[1], more))), settings.DEFAULT_FROM_EMAIL, [address])


def presented(sheet: ScoreSheet, part: SheetPart) -> None:
    """The leader is asked to sign."""
    body = mark("{unit}: phần do {lead} chủ trì chờ lãnh đạo ký.")
    _tell(part.lead_unit_id, _LEADERS, sheet, mark("Chờ ký: {cycle}"), body, lead=part.lead_name)


def sent_back(sheet: ScoreSheet, part: SheetPart, reason: str) -> None:
    """The officers have to change something."""
    body = mark("{unit}: phần do {lead} chủ trì được trả lại để sửa. Lý do: {reason}")
    subject = mark("Trả lại để sửa: {cycle}")
    _tell(part.lead_unit_id, _UNIT, sheet, subject, body, lead=part.lead_name, reason=reason)


def part_signed(sheet: ScoreSheet, part: SheetPart) -> None:
    """The standing office of the body can review the part."""
    body = mark("{unit}: {lead} đã ký phần chủ trì.")
    _tell(sheet.unit_id, _OFFICE, sheet, mark("Đã ký một phần: {cycle}"), body, lead=part.lead_name)


def returned(sheet: ScoreSheet, part: SheetPart, reason: str) -> None:
    """The lead unit has to answer."""
    body = mark("{unit}: phần do {lead} chủ trì bị trả lại. Lý do: {reason}")
    subject = mark("Yêu cầu giải trình: {cycle}")
    _tell(part.lead_unit_id, _UNIT, sheet, subject, body, lead=part.lead_name, reason=reason)


def compiled(sheet: ScoreSheet) -> None:
    """The body's head can submit."""
    body = mark("{unit}: phiếu đã tổng hợp xong, chờ lãnh đạo ký nộp.")
    _tell(sheet.unit_id, _LEADERS, sheet, mark("Chờ nộp: {cycle}"), body)


def sheet_sent_back(sheet: ScoreSheet, reason: str) -> None:
    """The standing office of the body has to change something."""
    body = mark("{unit}: phiếu tổng hợp được trả lại. Lý do: {reason}")
    _tell(sheet.unit_id, _OFFICE, sheet, mark("Trả lại để sửa: {cycle}"), body, reason=reason)


def submitted(sheet: ScoreSheet, submission: Submission) -> None:
    """The owner of the cycle has received a sheet."""
    body = mark("{unit} đã nộp phiếu lúc {when}, lần nộp thứ {number}.")
    when = partial(moment, submission.submitted_at)
    subject = mark("Đã nộp phiếu: {cycle}")
    _tell(sheet.cycle.owner_id, _OFFICE, sheet, subject, body, when=when, number=submission.number)


def sheet_returned(sheet: ScoreSheet, reason: str) -> None:
    """The unit has its sheet back: who writes and signs there, and who compiles it."""
    body = mark("{unit}: cơ quan thường trực của kỳ trả lại phiếu đã nộp; sửa xong, ký nộp lại. Lý do: {reason}")
    _tell(sheet.unit_id, (*_UNIT, *_OFFICE), sheet, mark("Trả lại phiếu: {cycle}"), body, reason=reason)


def withdrawn(sheet: ScoreSheet, reason: str) -> None:
    """The owner of the cycle no longer has the sheet."""
    body = mark("{unit} rút phiếu đã nộp. Lý do: {reason}")
    _tell(sheet.cycle.owner_id, _OFFICE, sheet, mark("Rút phiếu: {cycle}"), body, reason=reason)


def asked(sheet: ScoreSheet, part: SheetPart, code: str, asker: str) -> None:
    """The standing office has a question to answer: that of the body where other units lead its items, else the
    owner's. What was asked stands at the item alone.
    """
    by_body = part.lead_unit_id != sheet.unit_id and addresses(sheet.unit_id, _OFFICE)
    body = mark("{asker} hỏi ở mục {code}, phiếu của {unit}. Đăng nhập, mở “Việc của tôi” để trả lời.")
    office = sheet.unit_id if by_body else sheet.cycle.owner_id
    _tell(office, _OFFICE, sheet, mark("Câu hỏi của đơn vị: {cycle}"), body, asker=asker, code=code)


def virus_found(sheet: ScoreSheet, part: SheetPart, code: str, document: str) -> None:
    """Who entered and signed learns that a document proves the item no longer."""
    body = mark(
        "{unit}, mục {code}: chương trình quét phát hiện mã độc trong tài liệu “{document}”, nên tài liệu đã bị bỏ "
        "khỏi mục. Tải bản sạch lên; phiếu đã ký thì rút lại, sửa rồi ký lại."
    )
    subject = mark("Tài liệu có mã độc: {cycle}")
    _tell(part.lead_unit_id, _UNIT, sheet, subject, body, code=code, document=document)


def beyond_scanner(sheet: ScoreSheet, part: SheetPart, code: str, document: str) -> None:
    """Who entered and signed learns that nobody can open a document that proves an item."""
    body = mark(
        "{unit}, mục {code}: tài liệu “{document}” quá giới hạn của chương trình quét vi-rút nên không ai mở được. "
        "Thay bằng tệp nhỏ hơn; phiếu đã ký thì rút lại, sửa rồi ký lại."
    )
    subject = mark("Tài liệu không mở được: {cycle}")
    _tell(part.lead_unit_id, _UNIT, sheet, subject, body, code=code, document=document)


def unreachable(sheets: Sequence[ScoreSheet]) -> None:
    """The owner of the cycle learns which units no reminder can reach: nobody there has a mail address."""
    by_cycle: dict[int, list[ScoreSheet]] = {}
    for sheet in sheets:
        by_cycle.setdefault(sheet.cycle_id, []).append(sheet)
    body = mark(
        "Không gửi thư nhắc được tới {units}: không ai ở đó có thư điện tử. Gọi cho đơn vị, hoặc ghi thư điện tử ở tài "
        "khoản. Hạn nộp: {when}."
    )
    for some in by_cycle.values():
        facts = {"units": ", ".join(sheet.unit_name for sheet in some), "when": partial(_deadlines, some)}
        _tell(some[0].cycle.owner_id, _OFFICE, some[0], mark("Đơn vị không nhận được thư nhắc: {cycle}"), body, **facts)


def _deadlines(some: Sequence[ScoreSheet]) -> str:
    """The deadline of all; where extensions differ, each with the names of those it is for."""
    units: dict[str, list[str]] = {}
    for sheet in some:
        units.setdefault(moment(deadline_of(sheet)), []).append(sheet.unit_name)
    if len(units) == 1:
        return next(iter(units))
    return "; ".join(f"{when} ({', '.join(names)})" for when, names in units.items())


def _tell(unit: int, roles: Iterable[Role], sheet: ScoreSheet, subject: str, body: str, **more: object) -> None:
    """Write to everybody with one of ``roles`` who works for a unit."""
    tell(addresses(unit, roles), sheet, subject, body, **more)


def tell(people: Iterable[tuple[str, str]], sheet: ScoreSheet, subject: str, body: str, **more: object) -> None:
    """Write to ``people`` about a sheet."""
    send(written(people, sheet, subject, body, **more))


def written(
    people: Iterable[tuple[str, str]], sheet: ScoreSheet, subject: str, body: str, **more: object
) -> list[EmailMessage]:
    """The mails to ``people`` about a sheet; a fact that is in words itself is given as what makes it: it is said in
    the language of each reader.
    """
    facts = {"cycle": sheet.cycle.title, "unit": sheet.unit_name, **more}
    reader = current()
    mails = []
    for address, language in people:
        use(Language(language) if language in set(Language) else reader)
        said = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
        words = text(subject, **said), text(body, **said)
        mails.append(EmailMessage(words[0], words[1], settings.DEFAULT_FROM_EMAIL, [address]))
    use(reader)
    return mails


def send(mails: list[EmailMessage]) -> None:
    """Send mails after the transaction, all over one connection to the server of mails."""
    if mails:
        transaction.on_commit(lambda: get_connection().send_messages(mails), robust=True)
