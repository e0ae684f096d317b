"""The matrix of an appraisal as a page, as a list, and as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parindex.database.models import Cycle
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import check_can_see_appraisal
from parindex.usecases.cycle_running import log_export
from parindex.web.appraisal_matrix.cells import Colouring
from parindex.web.appraisal_matrix.matrix_page import Asked, MatrixPage, matrix_page
from parindex.web.appraisal_matrix.workbook import workbook
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_in

ROOM = "appraisals"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def matrix(request: PageRequest, cycle: int) -> HttpResponse:
    """Units by items; the same as a list where that is asked for."""
    page = _page(request, cycle)
    template = "list.html" if page.asked.as_list else "matrix.html"
    return render(request, f"appraisal_matrix/templates/{template}", {"page": page, "room": ROOM})


@require_POST
def export(request: PageRequest, cycle: int) -> HttpResponse:
    """The matrix that is shown, with all its items, as a workbook; that it was taken is logged."""
    page = _page(request, cycle)
    log_export(by=request.acting, at=timezone.now(), cycle_id=cycle, rows=len(page.rows))
    response = HttpResponse(workbook(page), content_type=_WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="bang-tong-hop-{page.cycle.year}.xlsx"'
    return response


def _page(request: PageRequest, cycle: int) -> MatrixPage:
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_see_appraisal(request.acting.actor, cycle_facts(found, found.owner_path))
    page = matrix_page(request.acting, found, asked_of(request))
    if page is None:
        raise Http404
    return page


def asked_of(request: PageRequest) -> Asked:
    """What the address asks for; anything unknown is left out."""
    given = request.GET
    sheet, _, code = given.get("cell", "").partition("-")
    key = number_in(sheet)
    by = given.get("by", "")
    return Asked(
        group=given.get("group", "")[:80],
        area=given.get("area", "")[:40],
        by=Colouring(by) if by in set(Colouring) else Colouring.LOST,
        order="total" if given.get("order") == "total" else "",
        page=asked_page(given.get("page")),
        cell=(key, code[:40]) if key is not None and code else None,
        as_list=given.get("view") == "list",
    )
