"""Lists: the sheets that somebody may read, the items of one, the requests that wait for a decision."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parindex.database.queries.publications import public_publication
from parindex.database.queries.score_sheets import sheets
from parindex.domain.review.permissions import works_for
from parindex.domain.review.stages import CycleState
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.list_pages import first_item, items_page, requests_page, sheets_page
from parindex.web.score_sheets.sheet_news import sheet_news

ROOM = "score_sheets"


@require_safe
def score_sheets(request: PageRequest) -> HttpResponse:
    """The sheets that this person enters, signs, oversees or reads, with filters in the address."""
    page = sheets_page(request.acting, request.GET, timezone.now())
    return render(request, "score_sheets/templates/sheets.html", {"page": page, "room": ROOM})


@require_safe
def score_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """Open a sheet where something is left to do, else at its first item."""
    found = get_object_or_404(sheets(), pk=sheet)
    code = first_item(request.acting, found, timezone.now())
    if code is None:
        raise Http404
    return redirect("item", sheet=sheet, code=code)


@require_safe
def sheet_items(request: PageRequest, sheet: int) -> HttpResponse:
    """Every item of a sheet as a list: the tree of a phone, and the sheet at one glance."""
    found = get_object_or_404(sheets(), pk=sheet)
    page = items_page(request.acting, found, str(request.GET.get("only", "")), timezone.now())
    published = found.cycle.state in (CycleState.PUBLISHED, CycleState.CORRECTED)
    mine = published and works_for(request.acting.actor, found.unit_path)
    context = {
        "page": page, "room": ROOM, "news": sheet_news(request.acting, [found])[sheet],
        "has_result": mine and public_publication(found.cycle_id, timezone.now()) is not None,
    }  # fmt: skip
    return render(request, "score_sheets/templates/sheet_items.html", context)


@require_safe
def requests(request: PageRequest) -> HttpResponse:
    """The requests not to assess an item that this person may decide."""
    page = requests_page(request.acting)
    return render(request, "score_sheets/templates/requests.html", {"page": page, "room": ROOM})
