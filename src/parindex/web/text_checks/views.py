"""Handing papers in for a check, the report, and hints on an explanation while it is typed."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parindex.documents.formats import READERS
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.usecases import text_checks as checks
from parindex.web.evidence.uploads import IncomingFiles, incoming_files
from parindex.web.requests import PageRequest
from parindex.web.text_checks.hints import hints_in
from parindex.web.text_checks.report_page import names_of, report_page
from parindex.wording import problems
from parindex.wording import statements as wording
from parindex.wording.language import text

ROOM = "home"
#: Checks of one's own that are listed.
_LISTED = 30


@csrf_exempt  # the token stands in the form, which must not be read before it is clear what may come in
@require_http_methods(["GET", "HEAD", "POST"])
def text_checks(request: PageRequest) -> HttpResponse:
    """One's own checks, and the form by which papers are handed in."""
    if request.method != "POST":
        return _list(request, [])
    try:
        with incoming_files(request, most=checks.MOST_FILES) as incoming:
            return _begun(request, incoming)
    except InvalidInput as error:
        return _list(request, error.problems, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@csrf_protect
def _begun(request: PageRequest, incoming: IncomingFiles) -> HttpResponse:
    _ = request.POST  # reads the form, where checking its token has not
    found = incoming.problems or ([] if incoming.arrived else [Problem("file_empty", Place(file=text("tệp")))])
    if found:
        return _list(request, found, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = checks.begin_check(by=request.acting, at=timezone.now(), arrived=incoming.arrived)
    except InvalidInput as error:
        return _list(request, error.problems, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("text_check", check=made.pk)


def _list(request: PageRequest, found: list[Problem], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {
        "checks": [(one, names_of(one)) for one in checks.own_checks(request.acting)[:_LISTED]],
        "room": ROOM, "extensions": ",".join(READERS), "most": checks.MOST_FILES, "kept": checks.KEPT.days,
        "problems": [(problems.placed(one), problems.remedy(one)) for one in found],
    }  # fmt: skip
    return render(request, "text_checks/templates/text_checks.html", context, status=status)


@require_safe
def text_check(request: PageRequest, check: int) -> HttpResponse:
    """The report of a check of one's own, or how far it has come."""
    at = timezone.now()
    found = get_object_or_404(checks.own_checks(request.acting), pk=check)
    checks.take_answer(check=found, at=at)
    report = checks.report_of(found)
    context = {"check": found, "names": names_of(found), "room": ROOM}
    if report is None:
        context |= {"progress": checks.progress_of(found), "ended": found.ended_at is not None}
        return render(request, "text_checks/templates/text_check_waits.html", context)
    context |= {
        "page": report_page(report), "words": wording,
        "problems": [(problems.placed(one), problems.remedy(one)) for one in report.problems],
        "doubts": [problems.placed(one) for one in report.doubts],
    }  # fmt: skip
    return render(request, "text_checks/templates/text_check.html", context)


@require_POST
def discard(request: PageRequest, check: int) -> HttpResponse:
    """Stop a check, or take its report away."""
    found = get_object_or_404(checks.own_checks(request.acting), pk=check)
    checks.discard_check(by=request.acting, at=timezone.now(), check_id=found.pk)
    messages.success(request, text("Đã bỏ lượt kiểm tra {names}.", names=", ".join(names_of(found))))
    return redirect("text_checks")


@require_POST
def hints(request: PageRequest) -> HttpResponse:
    """What does not add up in the text of a ``field`` as it is typed; nothing is read and nothing is kept."""
    typed = request.POST.get(request.POST.get("field", ""), "")
    found = hints_in(typed)
    if not found:  # as mostly: a page of nothing need not be made
        return HttpResponse()
    return render(request, "text_checks/templates/hints.html", {"hints": found})
