"""What the standing office does about units: remind, extend, unlock; and what a unit asks for."""

from __future__ import annotations

from datetime import datetime, time
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import Extension, ScoreSheet
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_change_deadline, check_can_read_sheet, check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.usecases import cycle_running, submissions
from parindex.web.cycles.views import overseen
from parindex.web.requests import PageRequest
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM, moment
from parindex.wording.refusals import refusal_text

ACTS = ("remind", "extend", "unlock")


@require_POST
def act(request: PageRequest, cycle: int) -> HttpResponse:
    """A first POST with the picked units asks for reason and date; a second one, with ``confirmed``, does it."""
    found = overseen(request, cycle)
    what = request.POST.get("act", "")
    if what not in ACTS:
        raise Http404
    picked = list(_picked(request, found.pk))
    if not picked:
        raise Refusal("nothing_picked")
    for sheet in picked:
        _check(request, what, sheet)
    problem = ""
    if request.POST.get("confirmed"):
        try:
            messages.success(request, _do(request, what, picked))
            return redirect("cycle", cycle=found.pk)
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "cycle": found, "act": what, "picked": picked, "problem": problem, "room": "cycles",
        "reason": request.POST.get("reason", ""), "until": request.POST.get("until", ""),
        "words": request.POST.get("words", "") or cycle_running.reminder_words(picked[0]),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/act.html", context, status=status)


def _check(request: PageRequest, what: str, sheet: ScoreSheet) -> None:
    """Reminding is for who runs the cycle; deadlines of the office's own unit are the chair's."""
    if what == "remind":
        check_can_run_cycle(request.acting.actor, cycle_facts(sheet.cycle, sheet.cycle.owner_path))
    else:
        check_can_change_deadline(request.acting.actor, sheet_facts(sheet))


def _picked(request: PageRequest, cycle: int) -> list[ScoreSheet]:
    ids = [int(one) for one in request.POST.getlist("sheet") if one.isascii() and one.isdigit()]
    return list(sheets().filter(cycle=cycle, pk__in=ids).order_by("position", "pk"))


def _do(request: PageRequest, what: str, picked: list[ScoreSheet]) -> str:
    by, at, ids = request.acting, timezone.now(), [sheet.pk for sheet in picked]
    if what == "remind":
        words = request.POST.get("words", "") if len(picked) == 1 else ""
        count = cycle_running.remind(by=by, at=at, sheet_ids=ids, words=words)
        return text("Đã gửi {count} thư nhắc.", count=count)
    if what == "extend":
        until = day_end(request.POST.get("until", ""))
        cycle_running.extend(by=by, at=at, sheet_ids=ids, until=until, reason=request.POST.get("reason", ""))
        return text("Đã gia hạn {count} đơn vị đến {when}.", count=len(ids), when=moment(until))
    for sheet in ids:
        submissions.unlock(by=by, at=at, sheet_id=sheet, reason=request.POST.get("reason", ""))
    return text("Đã mở khóa {count} phiếu.", count=len(ids))


def day_end(typed: str) -> datetime:
    """17:00 of the day that was typed (``31/01/2025`` or ``2025-01-31``); refused (``not_a_day``) where it is none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(typed.strip(), form).date()
        except ValueError:
            continue
        return datetime.combine(day, time(17), tzinfo=VIET_NAM)
    raise Refusal("not_a_day", typed=typed[:40])


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest, sheet: int) -> HttpResponse:
    """A unit asks for more time."""
    found = get_object_or_404(sheets(), pk=sheet)
    check_can_read_sheet(request.acting.actor, sheet_facts(found, list(found.parts.all())))
    problem = ""
    if request.method == "POST":
        try:
            cycle_running.ask_for_extension(
                by=request.acting, at=timezone.now(), sheet_id=sheet, until=day_end(request.POST.get("until", "")),
                reason=request.POST.get("reason", ""),
            )  # fmt: skip
            messages.success(request, text("Đã gửi đề nghị gia hạn tới cơ quan thường trực."))
            return redirect("home")
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "sheet": found, "deadline": deadline_of(found), "problem": problem, "room": "score_sheets",
        "until": request.POST.get("until", ""), "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/ask_extension.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PageRequest, extension: int) -> HttpResponse:
    """The standing office grants or refuses what a unit asked for."""
    asked = get_object_or_404(Extension.objects.select_related("requested_by"), pk=extension)
    found = get_object_or_404(sheets(), pk=asked.sheet_id)
    check_can_change_deadline(request.acting.actor, sheet_facts(found))
    problem = ""
    if request.method == "POST":
        try:
            cycle_running.decide_extension(
                by=request.acting, at=timezone.now(), extension_id=extension,
                approve=request.POST.get("answer") == "approve", reason=request.POST.get("reason", ""),
            )  # fmt: skip
            messages.success(request, text("Đã trả lời đề nghị gia hạn của {unit}.", unit=found.unit_name))
            return redirect("cycle", cycle=found.cycle_id)
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "asked": asked, "sheet": found, "deadline": deadline_of(found), "problem": problem, "room": "cycles",
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/decide_extension.html", context, status=status)
