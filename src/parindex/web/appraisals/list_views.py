"""Lists of what waits: the own queues, one sheet, one item over all units; unflagged claims accepted together."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import Entry
from parindex.database.queries.appraisal_pages import appraised_sheet
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import COUNCIL, Role
from parindex.usecases.opinions import accept_all
from parindex.web.appraisals.accept_page import MOST, AcceptPage, accept_of_item, accept_of_sheet
from parindex.web.appraisals.item_views import ROOM, SeeOther, query_of
from parindex.web.appraisals.queues_page import queues
from parindex.web.appraisals.sheet_page import sheet_page
from parindex.web.appraisals.units_page import units_page
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_in
from parindex.wording.language import text

#: Refusals after which the list comes back, as it is now.
_ON_PAGE = {
    "items_not_picked": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not_all_acceptable": HTTPStatus.UNPROCESSABLE_ENTITY,
    "items_changed": HTTPStatus.CONFLICT,
    "items_left": HTTPStatus.CONFLICT,
}
#: Who may have something to read here, of some cycle.
_READERS = COUNCIL | {Role.STANDING_OFFICE, Role.AUDITOR}


@require_safe
def appraisals(request: PageRequest) -> HttpResponse:
    """What waits for this person, cycle by cycle."""
    if not _READERS & request.acting.actor.roles:
        raise Refusal("only_those_who_run_cycle")
    return render(request, "appraisals/templates/queues.html", {"queues": queues(request.acting), "room": ROOM})


@require_safe
def appraisal_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """One sheet: on to the first item that waits; the list of its items where none does, or where it is asked for."""
    rows = appraised_sheet(sheet=sheet)
    if not rows:
        raise Http404
    page = sheet_page(request.acting, rows[0], request.GET.get("only", "")[:20])
    if page.first is not None and "list" not in request.GET and "only" not in request.GET:
        return redirect(reverse("appraisal", args=[sheet, page.first.row.item_code]) + query_of(request) + "#item")
    return render(request, "appraisals/templates/sheet.html", {"page": page, "room": ROOM})


@require_safe
def item_appraisals(request: PageRequest, group: int, code: str) -> HttpResponse:
    """One item over all units of a group."""
    page = units_page(
        request.acting, group, code, request.GET.get("only", "")[:20], asked_page(request.GET.get("page", ""))
    )
    if page is None:
        raise Http404
    return render(request, "appraisals/templates/units.html", {"page": page, "room": ROOM})


@require_http_methods(["GET", "HEAD", "POST"])
def accept_on_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """The unflagged claims of a sheet that wait for this person; accepted together once confirmed."""
    return _accepted(request, accept_of_sheet(request.acting, sheet))


@require_http_methods(["GET", "HEAD", "POST"])
def accept_on_item(request: PageRequest, group: int, code: str) -> HttpResponse:
    """The same of one item over all units."""
    return _accepted(request, accept_of_item(request.acting, group, code))


def _accepted(request: PageRequest, page: AcceptPage | None) -> HttpResponse:
    if page is None:
        raise Http404
    if request.method != "POST":
        return render(request, "appraisals/templates/accept.html", {"page": page, "room": ROOM, "refused": None})
    picked = [one for written in request.POST.getlist("entry") if (one := _picked(written)) is not None]
    unknown = [entry for entry, _ in picked if entry not in page.entries]
    if len(picked) > MOST or Entry.objects.filter(pk__in=unknown).exists():
        raise Http404
    try:
        if unknown:  # their items have left the set
            raise Refusal("items_left")
        count = accept_all(by=request.acting, at=timezone.now(), picked=picked)
    except Refusal as refused:
        if refused.code not in _ON_PAGE:
            raise
        context = {"page": page, "room": ROOM, "refused": refused}
        return render(request, "appraisals/templates/accept.html", context, status=_ON_PAGE[refused.code])
    messages.success(request, text("Đã đồng ý {count} mục không có cảnh báo.", count=count))
    return SeeOther(page.back)


def _picked(written: str) -> tuple[int, int | str] | None:
    """An entry that was picked, with version or mark of what was shown; None for what the page does not send."""
    entry, _, seen = written.partition(".")
    key, version = number_in(entry), number_in(seen)
    return None if key is None or not seen else (key, seen if version is None else version)
