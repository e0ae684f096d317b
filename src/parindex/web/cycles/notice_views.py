"""What a cycle tells its units: the notice of its opening, the timetable, whom to ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import Cycle
from parindex.database.queries.cycles import own_sheets, seen_cycles
from parindex.database.queries.score_sheets import cycle_facts, deadline_of
from parindex.domain.review.permissions import check_can_oversee_cycle, check_can_run_cycle, check_can_see_cycle
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.cycles import CONTACT_LENGTH, NOTICE_LENGTH, notice_texts, set_notice
from parindex.usecases.read_marks import read_mark
from parindex.web.cycles.progress_page import stages_of
from parindex.web.cycles.views import related_cycles
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_texts import too_long
from parindex.wording.language import text


@require_safe
def notice(request: PageRequest, cycle: int) -> HttpResponse:
    """The page of a cycle for its units; who oversees it sees what they see."""
    found = get_object_or_404(Cycle, pk=cycle)
    actor, facts, at = request.acting.actor, cycle_facts(found, found.owner_path), timezone.now()
    sheets = own_sheets(actor, found)
    check_can_see_cycle(actor, facts, takes_part=bool(sheets))
    context = {
        "cycle": found, "stages": stages_of(found, at), "at": at, "room": "cycles",
        "sheets": [(one, deadline_of(one)) for one in sheets],
        "oversees": refusal(check_can_oversee_cycle, actor, facts) is None,
        "runs": refusal(check_can_run_cycle, actor, facts) is None,
        "related": related_cycles(found, seen_cycles(actor)),
    }  # fmt: skip
    return render(request, "cycles/templates/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_notice(request: PageRequest, cycle: int) -> HttpResponse:
    """The notice and whom to ask, by who runs the cycle."""
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_run_cycle(request.acting.actor, cycle_facts(found, found.owner_path))
    stored = notice_texts(found)
    typed, seen, stale = stored, read_mark(stored), False
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        typed, seen = {name: request.POST.get(name, "") for name in stored}, seen_of(request) or seen
        lengths = {"notice": NOTICE_LENGTH, "contact": CONTACT_LENGTH}
        problems = [(name, words) for name, most in lengths.items() if (words := too_long(typed[name], most))]
        try:
            if not problems:
                set_notice(by=request.acting, at=timezone.now(), cycle_id=cycle, seen=seen_of(request), **typed)
                messages.success(request, text("Đã ghi thông báo của kỳ."))
                return redirect("cycle_notice", cycle=cycle)
        except Refusal as refused:
            if not is_stale(refused):
                raise
            found.refresh_from_db()
            stale, stored = True, notice_texts(found)
            seen = read_mark(stored)
    labels = {"notice": text("Thông báo khi mở kỳ"), "contact": text("Hỏi ai")}
    context = {
        "cycle": found, "longest": NOTICE_LENGTH, "room": "cycles", "typed": typed, "problems": problems, "seen": seen,
        "stale": stale, "clashes": clashes(labels, stored, typed) if stale else (),
    }  # fmt: skip
    status = status_of(problems, stale=stale)
    return render(request, "cycles/templates/edit_notice.html", context, status=status)
