"""Downloading the sheet, handing it in, looking at what would change, writing what is picked."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import HandedWorkbook, ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import part_facts
from parindex.documents.sheet_workbooks.difference import ChangeKind
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.permissions import check_can_edit_part, works_for
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import sheet_workbooks
from parindex.usecases.claims import is_in_parts
from parindex.web.requests import PageRequest
from parindex.web.submissions.access import opened
from parindex.web.workbooks.difference_page import difference_page
from parindex.web.workbooks.upload import IncomingWorkbook, announced
from parindex.wording import problems
from parindex.wording.language import text
from parindex.wording.places import place_text
from parindex.wording.refusals import refusal_text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _part(request: PageRequest, sheet: ScoreSheet, parts: Sequence[SheetPart], asked: str) -> SheetPart | None:
    """The part of the workbook: the one asked for, else the only one that this person fills; None: the whole sheet."""
    if not is_in_parts(sheet, parts):
        return None
    if asked:
        found = next((part for part in parts if str(part.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    mine = [part for part in parts if works_for(request.acting.actor, part.lead_path)]
    return mine[0] if len(mine) == 1 else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: PageRequest, sheet: int) -> HttpResponse:
    """Download the sheet to fill it offline, and hand it in.

    The file is taken over before anything of the request is read; the token of the form is checked after that.
    """
    if request.method != "POST":
        return _page(request, sheet)
    refused = announced(request)
    if refused is not None:
        return _page(request, sheet, refusal_text(refused), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    incoming = IncomingWorkbook(request)
    request.upload_handlers = [incoming]
    response: HttpResponse = csrf_protect(_handed_in)(request, sheet, incoming)
    return response


def _handed_in(request: PageRequest, sheet: int, incoming: IncomingWorkbook) -> HttpResponse:
    found, parts = opened(request, sheet)
    refused = _refused(request, found, parts)
    if refused is not None:
        raise refused
    part = _part(request, found, parts, request.GET.get("part", ""))
    len(request.FILES)  # reading the form lets the handler take the file
    try:
        name, data = incoming.taken()
        made = sheet_workbooks.hand_in_workbook(
            by=request.acting, at=timezone.now(), sheet_id=sheet, name=name, data=data,
            part_id=part.pk if part else None,
        )  # fmt: skip
    except SheetPart.DoesNotExist:
        raise Http404 from None
    except Refusal as why:
        return _page(request, sheet, refusal_text(why))
    except InvalidInput as error:
        return _page(request, sheet, wrong=error.problems)
    return redirect("workbook_difference", workbook=made.pk)


def _refused(request: PageRequest, sheet: ScoreSheet, parts: Sequence[SheetPart]) -> Refusal | None:
    """Why this person can write in no part of the sheet now; their own part says it best."""
    actor, now = request.acting.actor, timezone.now()
    reasons = {one.pk: refusal(check_can_edit_part, actor, part_facts(one, sheet, parts), now) for one in parts}
    if None in reasons.values():
        return None
    mine = [reasons[one.pk] for one in parts if works_for(actor, one.lead_path)]
    return (mine or list(reasons.values()))[0]


def _page(
    request: PageRequest,
    sheet: int,
    problem: str = "",
    wrong: Sequence[Problem] = (),
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    found, parts = opened(request, sheet)
    handed = HandedWorkbook.objects.filter(sheet=found).defer("content").select_related("handed_in_by")
    context = {
        "sheet": found,
        "part": _part(request, found, parts, request.GET.get("part", "")),
        "problem": problem,
        "wrong": [(place_text(one.place, file=False), problems.message(one), problems.remedy(one)) for one in wrong],
        "refused": _refused(request, found, parts),
        "handed": list(handed.order_by("-pk")[:10]),
        "megabytes": sheet_workbooks.MOST_BYTES // 2**20,
        "room": "score_sheets",
    }
    done = status if problem or wrong else HTTPStatus.OK
    return render(request, "workbooks/templates/workbook.html", context, status=done)


@require_safe
def download(request: PageRequest, sheet: int) -> HttpResponse:
    """The protected workbook."""
    found, parts = opened(request, sheet)
    part = _part(request, found, parts, request.GET.get("part", ""))
    if request.GET.get("whole"):
        part = None
    data = sheet_workbooks.download_workbook(
        by=request.acting, at=timezone.now(), sheet_id=sheet, part_id=part.pk if part else None
    )
    return _file(data, f"phieu-cham-diem-{found.cycle.year}-{found.unit.code}{f'-{part.pk}' if part else ''}.xlsx")


@require_safe
def ministry_table(request: PageRequest, sheet: int) -> HttpResponse:
    """The sheet in the columns of the ministry's program."""
    found, _ = opened(request, sheet)
    data = sheet_workbooks.export_ministry_table(by=request.acting, at=timezone.now(), sheet_id=sheet)
    return _file(data, f"bang-cua-bo-{found.cycle.year}-{found.unit.code}.xlsx")


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: PageRequest, workbook: int) -> HttpResponse:
    """What a handed-in workbook would change; writes what is picked, all or nothing."""
    handed = get_object_or_404(HandedWorkbook.objects.select_related("handed_in_by", "part"), pk=workbook)
    sheet, _ = opened(request, handed.sheet_id)
    if handed.handed_in_by_id != request.user.pk:
        raise Refusal("workbook_of_other_person")
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        try:
            count = sheet_workbooks.apply_workbook(
                by=request.acting, at=timezone.now(), handed_id=workbook, picked=request.POST.getlist("pick"),
                seen=request.POST.get("seen", ""),
            )  # fmt: skip
        except Refusal as refused:
            problem, status = refusal_text(refused), _status(refused)
        else:
            messages.success(request, text("Đã ghi {count} thay đổi từ tệp vào phiếu.", count=count))
            query = f"?part={handed.part_id}" if handed.part_id else ""
            return redirect(reverse("submit_sheet", kwargs={"sheet": sheet.pk}) + query)
    now = sheet_workbooks.compared(by=request.acting, at=timezone.now(), handed=handed)
    context = {
        "page": difference_page(handed, sheet, now),
        "problem": problem,
        "picked": request.POST.getlist("pick") if problem else None,
        "change_kinds": ChangeKind,
        "room": "score_sheets",
    }
    return render(request, "workbooks/templates/difference.html", context, status=status)


def _status(refused: Refusal) -> HTTPStatus:
    return HTTPStatus.CONFLICT if refused.code == "workbook_changed" else HTTPStatus.UNPROCESSABLE_ENTITY
