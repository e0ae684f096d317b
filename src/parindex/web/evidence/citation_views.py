"""Citations: added by hand on an item, and all of a sheet with what is missing and doubtful."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parindex.database.models import SheetPart
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.usecases.added_citations import GivenCitation, add_citation, remove_citation
from parindex.web.evidence.item_views import done, find_item
from parindex.web.evidence.sheet_citations import sheet_citations
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page
from parindex.wording.language import text

_FIELDS = ("number", "day", "issuer", "page", "section")
_OF_THE_FORM = ("comment_too_long", "citation_without_number", "citation_day_unreadable")


@require_POST
def add(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Name a document that the explanation does not name."""
    found, entry = find_item(request, sheet, code)
    typed = {name: request.POST.get(name, "")[:400] for name in _FIELDS}

    def act() -> str:
        given = GivenCitation(**typed)
        made = add_citation(by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, given=given)
        return text("Đã thêm viện dẫn {what}.", what=made.text)

    return done(request, found, entry, act, of_the_form=_OF_THE_FORM, typed=typed)


@require_POST
def remove(request: PageRequest, sheet: int, code: str, citation: int) -> HttpResponse:
    """Take back a citation that was added by hand."""
    found, entry = find_item(request, sheet, code)

    def act() -> str:
        remove_citation(by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, citation_id=citation)
        return text("Đã bỏ viện dẫn.")

    return done(request, found, entry, act)


@require_safe
def citations(request: PageRequest, sheet: int) -> HttpResponse:
    """All citations of a sheet: those without a document first of all, and what is wrong or doubtful."""
    found = get_object_or_404(sheets(), pk=sheet)
    parts = list(SheetPart.objects.filter(sheet=found).order_by("pk"))
    check_can_read_sheet(request.acting.actor, sheet_facts(found, parts))
    only = "all" if request.GET.get("only") == "all" else "missing"
    page = sheet_citations(found, only, asked_page(request.GET.get("page", "")), timezone.now())
    return render(request, "evidence/templates/sheet_citations.html", {"page": page, "room": "score_sheets"})
