"""What the standing office does about units: remind, extend, unlock; and what a unit asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import Cycle, Extension, ScoreSheet
from parindex.database.queries.cycle_progress import STANDINGS, Standing, rows, self_scoring_ends
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheet_facts, sheets
from parindex.documents.holidays import holidays
from parindex.domain.review.permissions import (
    check_can_ask_for_extension,
    check_can_change_deadline,
    check_can_read_sheet,
    check_can_run_cycle,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import SheetState
from parindex.usecases import cycle_running, reminders, submissions
from parindex.usecases.written_texts import reason_of
from parindex.web.cycles.views import overseen
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.sheet_news import sheet_news
from parindex.web.typed_moments import moment_in
from parindex.web.typed_numbers import number_in
from parindex.wording.days_off import days_off
from parindex.wording.language import text
from parindex.wording.moments import local_day, moment
from parindex.wording.refusals import refusal_text

ACTS = ("remind", "extend", "unlock")


#: So many units are named on the page; the number of all is always told.
NAMED = 30


@dataclass(frozen=True, slots=True)
class Picked:
    """The units that an act is about; ``left_out`` are those that this person may not decide, with the reason.

    ``every``: they were not picked one by one, but are all that the filters show.
    """

    sheets: Sequence[ScoreSheet]
    left_out: Sequence[tuple[ScoreSheet, Refusal]]
    every: Mapping[str, str] | None = None


@require_POST
def act(request: PageRequest, cycle: int) -> HttpResponse:
    """A first POST with the picked units asks for reason and date; a second one, with ``confirmed``, does it."""
    found = overseen(request, cycle)
    what = request.POST.get("act", "")
    if what not in ACTS:
        raise Http404
    at = timezone.now()
    try:
        picked = _allowed(request, what, found, at)
    except Refusal as refused:
        if refused.code != "nothing_picked":
            raise
        messages.error(request, refusal_text(refused))
        return redirect(reverse("cycle", args=[found.pk]) + _filters(request))
    problems: Problems = []
    if request.POST.get("confirmed"):
        problems = [] if what == "remind" else _wrong_fields(request, day=what == "extend")
        try:
            if not problems:
                _as_seen(request, picked)
                messages.success(request, _do(request, what, picked, at))
                return redirect("cycle", cycle=found.pk)
        except Refusal as refused:
            problems = [_at_field(refused)]
    context = {
        "cycle": found, "act": what, "picked": picked.sheets, "left_out": picked.left_out, "every": picked.every,
        "named": NAMED, "problems": problems, "room": "cycles", "reason": request.POST.get("reason", ""),
        "until": request.POST.get("until", ""), "locked": _locked(picked.sheets),
        "unlocking": not request.POST.get("confirmed") or bool(request.POST.get("unlock")),
        "words": request.POST.get("words", "") or reminders.reminder_words(picked.sheets[0]),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "cycles/templates/act.html", context, status=status)


#: A field of a form, "" for the form as a whole, and what is wrong there.
Problems = list[tuple[str, str]]
_FIELD_OF = {
    "not_a_day": "until", "extension_in_the_past": "until", "extension_shortens": "until", "extension_too_far": "until",
    "reason_needed": "reason", "comment_too_long": "reason",
}  # fmt: skip


def _at_field(refused: Refusal) -> tuple[str, str]:
    return _FIELD_OF.get(refused.code, ""), refusal_text(refused)


def _wrong_fields(request: PageRequest, *, day: bool) -> Problems:
    """What can be said of day and reason before anything is tried: all of it at once."""
    problems: Problems = []
    until = request.POST.get("until", "").strip()
    if day and not until:
        problems.append(("until", text("Chưa ghi ngày. Ghi ngày/tháng/năm, ví dụ 01/07/2025.")))
    checks: list[Callable[[], object]] = [lambda: reason_of(request.POST.get("reason", ""))]
    for check in [lambda: day_end(until), *checks] if day and until else checks:
        try:
            check()
        except Refusal as refused:
            problems.append(_at_field(refused))
    return problems


def _filters(request: PageRequest) -> str:
    """The filters of the page that the form stood on, as its address had them."""
    back = request.POST.get("back", "")
    return f"?{QueryDict(back[1:]).urlencode()}" if back.startswith("?") else ""


def _check(request: PageRequest, what: str, sheet: ScoreSheet) -> None:
    """Reminding is for who runs the cycle; deadlines of the office's own unit are the chair's."""
    if what == "remind":
        check_can_run_cycle(request.acting.actor, cycle_facts(sheet.cycle, sheet.cycle.owner_path))
    else:
        check_can_change_deadline(request.acting.actor, sheet_facts(sheet, list(sheet.parts.all())))


def _allowed(request: PageRequest, what: str, cycle: Cycle, at: datetime) -> Picked:
    """The picked units that this person may do it for; refused where there is none."""
    every = None
    if request.POST.get("every"):
        every = {name: request.POST.get(name, "")[:100] for name in ("standing", "group", "search")}
    wanted = _every(what, cycle, every, at) if every is not None else _picked(request, cycle.pk)
    if not wanted:
        raise Refusal("nothing_picked")
    refused = [(sheet, refusal(_check, request, what, sheet)) for sheet in wanted]
    allowed = [sheet for sheet, why in refused if why is None]
    if not allowed:
        _check(request, what, wanted[0])
    return Picked(allowed, [(sheet, why) for sheet, why in refused if why is not None], every)


def _every(what: str, cycle: Cycle, filters: Mapping[str, str], at: datetime) -> list[ScoreSheet]:
    """All units that the filters show and that the act can be about: who has submitted owes nothing."""
    shown = rows(
        cycle, self_scoring_ends(cycle), at, standing=filters["standing"], group=filters["group"],
        search=filters["search"],
    ).values("pk")  # fmt: skip
    found = sheets().filter(pk__in=shown).prefetch_related("parts")
    if what == "unlock":
        return list(found.filter(state=SheetState.LOCKED).order_by("position", "pk"))
    return list(found.exclude(STANDINGS[Standing.SUBMITTED]).order_by("position", "pk"))


def _picked(request: PageRequest, cycle: int) -> list[ScoreSheet]:
    ids = [pk for one in request.POST.getlist("sheet") if (pk := number_in(one)) is not None]
    return list(sheets().filter(cycle=cycle, pk__in=ids).order_by("position", "pk").prefetch_related("parts"))


def _as_seen(request: PageRequest, picked: Picked) -> None:
    """All that the filters show are as many as somebody has read and confirmed."""
    if picked.every is not None and request.POST.get("count") != str(len(picked.sheets)):
        raise Refusal("picked_changed", count=len(picked.sheets))


def _do(request: PageRequest, what: str, picked: Picked, at: datetime) -> str:
    by, ids = request.acting, [sheet.pk for sheet in picked.sheets]
    if what == "remind":
        words = request.POST.get("words", "") if len(ids) == 1 else ""
        return _reminded(reminders.remind(by=by, at=at, sheet_ids=ids, words=words))
    if what == "extend":
        return _extend(request, picked, at)
    count = submissions.unlock_all(by=by, at=at, sheet_ids=ids, reason=request.POST.get("reason", ""))
    return text("Đã mở khóa {count} phiếu.", count=count)


def _locked(picked: Sequence[ScoreSheet]) -> list[str]:
    """The units of which extending alone would change nothing."""
    return [sheet.unit_name for sheet in picked if sheet.state == SheetState.LOCKED]


def _reminded(done: reminders.Reminded) -> str:
    """What went out, what did not, and what to do about it."""
    said = [text("Đã nhắc {units} đơn vị, gửi {count} thư.", units=done.units, count=done.mails)]
    if done.unsent:
        words = text(
            "Có thư không gửi được tới {units}: báo quản trị hệ thống rồi nhắc lại.", units=_named(done.unsent)
        )
        said.append(words)
    if done.just_before:
        said.append(refusal_text(Refusal("reminded_just_before", units=[_named(done.just_before)])))
    if done.without_address:
        said.append(refusal_text(Refusal("no_mail_address", units=[_named(done.without_address)])))
    return " ".join(said)


def _named(units: Sequence[str]) -> str:
    shown = ", ".join(units[:NAMED])
    more = len(units) - NAMED
    return shown if more <= 0 else f"{shown}, " + text("và {count} đơn vị khác", count=more)


def _extend(request: PageRequest, picked: Picked, at: datetime) -> str:
    """A day that nobody works on is taken as it was typed, and said. Who has a later deadline keeps it."""
    until = day_end(request.POST.get("until", ""))
    ids = [sheet.pk for sheet in picked.sheets]
    if picked.every is not None:
        ids = [sheet.pk for sheet in picked.sheets if (ends := deadline_of(sheet)) is None or ends < until] or ids
    reason = request.POST.get("reason", "")
    unlocking = bool(request.POST.get("unlock"))
    done = cycle_running.extend(
        by=request.acting, at=at, sheet_ids=ids, until=until, reason=reason, unlocking=unlocking
    )
    said = [text("Đã gia hạn {count} đơn vị đến {when}.", count=len(ids), when=moment(until))]
    locked = _locked(done)
    if locked and unlocking:
        said.append(text("Đã mở khóa {count} phiếu.", count=len(locked)))
    elif locked:
        said.append(text("Còn khóa, mở khóa thì đơn vị mới nhập được: {units}.", units=_named(locked)))
    if len(ids) < len(picked.sheets):
        said.append(text("{count} đơn vị đã có hạn muộn hơn, giữ nguyên.", count=len(picked.sheets) - len(ids)))
    off = holidays().on(local_day(until))
    if off is not None:
        said.append(text("Hạn mới rơi vào {holiday}.", holiday=days_off(local_day(until), off)))
    return " ".join(said)


def day_end(typed: str) -> datetime:
    """The moment that was typed, 17:00 where it is a day alone; refused (``not_a_day``) where it is none."""
    return moment_in(typed, time(17))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest, sheet: int) -> HttpResponse:
    """A unit asks for more time."""
    found = get_object_or_404(sheets(), pk=sheet)
    facts = sheet_facts(found, list(found.parts.all()))
    check_can_read_sheet(request.acting.actor, facts)
    why_not = refusal(check_can_ask_for_extension, request.acting.actor, facts)
    problems: Problems = []
    if request.method == "POST":
        problems = _wrong_fields(request, day=True)
        try:
            if not problems:
                cycle_running.ask_for_extension(
                    by=request.acting, at=timezone.now(), sheet_id=sheet, until=day_end(request.POST["until"]),
                    reason=request.POST.get("reason", ""),
                )  # fmt: skip
                messages.success(request, text("Đã gửi đề nghị gia hạn tới cơ quan thường trực."))
                return redirect("home")
        except Refusal as refused:
            problems = [_at_field(refused)]
    context = {
        "sheet": found, "deadline": deadline_of(found), "problems": problems, "room": "score_sheets",
        "news": sheet_news(request.acting, [found])[sheet], "until": request.POST.get("until", ""), "refused": why_not,
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "cycles/templates/ask_extension.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PageRequest, extension: int) -> HttpResponse:
    """The standing office grants or refuses what a unit asked for."""
    asked = get_object_or_404(Extension.objects.select_related("requested_by"), pk=extension)
    found = get_object_or_404(sheets(), pk=asked.sheet_id)
    check_can_change_deadline(request.acting.actor, sheet_facts(found, list(found.parts.all())))
    problems, answer = Problems(), request.POST.get("answer", "")
    if request.method == "POST":
        if answer not in ("approve", "refuse"):
            problems.append(("approve", text("Chưa chọn đồng ý hay không đồng ý. Chọn một trong hai.")))
        problems += _wrong_fields(request, day=False)
        try:
            if not problems:
                cycle_running.decide_extension(
                    by=request.acting, at=timezone.now(), extension_id=extension, approve=answer == "approve",
                    reason=request.POST.get("reason", ""), unlocking=bool(request.POST.get("unlock")),
                )  # fmt: skip
                messages.success(request, text("Đã trả lời đề nghị gia hạn của {unit}.", unit=found.unit_name))
                return redirect("cycle", cycle=found.cycle_id)
        except Refusal as refused:
            field, words = _at_field(refused)
            problems = [("approve" if field == "until" else field, words)]  # the day stands: only the answer can change
    context = {
        "asked": asked, "sheet": found, "deadline": deadline_of(found), "problems": problems, "room": "cycles",
        "answer": answer, "reason": request.POST.get("reason", ""), "locked": _locked([found]),
        "unlocking": request.method != "POST" or bool(request.POST.get("unlock")),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "cycles/templates/decide_extension.html", context, status=status)
