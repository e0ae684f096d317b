"""Citations: added by hand on an item, and all of a sheet with what is missing and doubtful."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parindex.database.models import SheetPart
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.domain.review.refusal import Refusal
from parindex.usecases.added_citations import GivenCitation, add_citation, remove_citation
from parindex.web.evidence.item_views import Taken, answer, find_item, show
from parindex.web.evidence.pages import asked_page
from parindex.web.evidence.sheet_citations import sheet_citations
from parindex.web.requests import PageRequest
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text

_FIELDS = ("number", "day", "issuer", "page", "section")
_OF_THE_FORM = ("citation_without_number", "citation_day_unreadable")


@require_POST
def add(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Name a document that the explanation does not name."""
    found, entry = find_item(request, sheet, code)
    typed = {name: request.POST.get(name, "")[:400] for name in _FIELDS}
    try:
        made = add_citation(
            by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, given=GivenCitation(**typed)
        )
    except Refusal as error:
        if error.code not in _OF_THE_FORM:
            raise
        taken = Taken(refused=[refusal_text(error)])
        return show(request, found, entry, taken, HTTPStatus.UNPROCESSABLE_ENTITY, typed)
    return answer(request, found, entry, Taken([text("Đã thêm viện dẫn {what}.", what=made.text)]), HTTPStatus.OK)


@require_POST
def remove(request: PageRequest, sheet: int, code: str, citation: int) -> HttpResponse:
    """Take back a citation that was added by hand."""
    found, entry = find_item(request, sheet, code)
    remove_citation(by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, citation_id=citation)
    return answer(request, found, entry, Taken([text("Đã bỏ viện dẫn.")]), HTTPStatus.OK)


@require_safe
def citations(request: PageRequest, sheet: int) -> HttpResponse:
    """All citations of a sheet: those without a document first of all, and what is wrong or doubtful."""
    found = get_object_or_404(sheets(), pk=sheet)
    parts = list(SheetPart.objects.filter(sheet=found).order_by("pk"))
    check_can_read_sheet(request.acting.actor, sheet_facts(found, parts))
    only = "all" if request.GET.get("only") == "all" else "missing"
    page = sheet_citations(found, only, asked_page(request.GET.get("page", "")), timezone.now())
    return render(request, "evidence/templates/sheet_citations.html", {"page": page, "room": "score_sheets"})
