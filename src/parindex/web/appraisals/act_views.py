"""The small acts beside an item: flags, figures from elsewhere, verdicts on lines and documents."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from parindex.database.models import ExternalFigure, Flag, ItemAppraisal
from parindex.domain.review.refusal import Refusal
from parindex.usecases.citations import cited_day
from parindex.usecases.document_verdicts import judge_document
from parindex.usecases.external_figures import record_external, withdraw_external
from parindex.usecases.flags import dismiss, undismiss
from parindex.usecases.line_verdicts import judge_line
from parindex.web.appraisals.item_views import back_to, context_of, entry_of, found_page
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text


@require_POST
def flag(request: PageRequest, sheet: int, code: str, flag: int) -> HttpResponse:
    """Dismiss a flag, with the reason; or raise it again."""
    if not Flag.objects.filter(pk=flag, entry=entry_of(request, sheet, code)).exists():
        raise Http404
    if request.POST.get("again"):
        undismiss(by=request.acting, at=timezone.now(), flag_id=flag)
        messages.success(request, text("Cảnh báo được nhắc lại."))
        return back_to(request, sheet, code)
    try:
        dismiss(by=request.acting, at=timezone.now(), flag_id=flag, reason=typed(request, "reason"))
    except Refusal as refused:
        return failed_page(request, sheet, code, f"flag-{flag}", refused)
    messages.success(request, text("Đã bỏ qua cảnh báo; lý do được giữ cùng cảnh báo."))
    return back_to(request, sheet, code)


@require_POST
def figures(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Record a figure from elsewhere beside the unit's own, or withdraw one."""
    entry = entry_of(request, sheet, code)
    if request.POST.get("withdraw"):
        return _withdrawn(request, sheet, code, entry)
    try:
        record_external(
            by=request.acting, at=timezone.now(), entry_id=entry, measure=typed(request, "measure"),
            value=typed(request, "value"), source=typed(request, "source"), source_date=_day(request),
        )  # fmt: skip
    except ItemAppraisal.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        return failed_page(request, sheet, code, "figure", refused)
    messages.success(request, text("Đã ghi số liệu từ nguồn khác; số của đơn vị giữ nguyên bên cạnh."))
    return back_to(request, sheet, code, "so-lieu")


def _withdrawn(request: PageRequest, sheet: int, code: str, entry: int) -> HttpResponse:
    key = number_from(request.POST.get("withdraw"))
    if not ExternalFigure.objects.filter(pk=key, entry=entry).exists():
        raise Http404
    try:
        withdraw_external(by=request.acting, at=timezone.now(), figure_id=key, reason=typed(request, "reason"))
    except Refusal as refused:
        return failed_page(request, sheet, code, f"withdraw-{key}", refused)
    messages.success(request, text("Đã rút số liệu từ nguồn khác; hàng cũ vẫn còn trong nhật ký."))
    return back_to(request, sheet, code, "so-lieu")


def _day(request: PageRequest) -> date | None:
    written = typed(request, "source_date")
    if not written:
        return None
    found = cited_day(written)
    if found is None or found.day is None:
        raise Refusal("day_unreadable", typed=written[:40])
    return found.day


@require_POST
def line(request: PageRequest, sheet: int, code: str, line: int) -> HttpResponse:
    """Accept or refuse one line of a list."""
    entry = entry_of(request, sheet, code)
    try:
        judge_line(
            by=request.acting, at=timezone.now(), entry_id=entry, line_id=line,
            accepted=request.POST.get("accepted") == "yes", reason=typed(request, "reason"),
        )  # fmt: skip
    except ItemAppraisal.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        return failed_page(request, sheet, code, f"line-{line}", refused)
    messages.success(request, text("Đã ghi kết luận cho dòng này."))
    return back_to(request, sheet, code, "danh-sach")


@require_POST
def document(request: PageRequest, sheet: int, code: str, document: int) -> HttpResponse:
    """Say whether a document proves the item."""
    entry = entry_of(request, sheet, code)
    try:
        judge_document(
            by=request.acting, at=timezone.now(), entry_id=entry, document_id=document,
            proves=request.POST.get("proves") == "yes", reason=typed(request, "reason"),
        )  # fmt: skip
    except ItemAppraisal.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        return failed_page(request, sheet, code, f"document-{document}", refused)
    messages.success(request, text("Đã ghi kết luận về tài liệu."))
    return back_to(request, sheet, code, "paper")


#: Refusals that are no matter of what was typed: they are answered as everywhere else.
_OF_RIGHTS = frozenset(
    {
        "only_council", "only_chair", "only_secretary_and_chair", "not_assigned", "item_decided",
        "own_unit_not_appraised", "own_unit_by_other_chair", "cycle_not_in_appraisal", "sheet_not_in_appraisal",
        "account_ended", "role_ended",
    }
)  # fmt: skip


def failed_page(request: PageRequest, sheet: int, code: str, form: str, refused: Refusal) -> HttpResponse:
    """The page of the item again, with what was typed in one of its small forms and why it was not taken."""
    if refused.code in _OF_RIGHTS:
        raise refused
    context = context_of(found_page(request, sheet, code))
    context["failed"] = {"form": form, "reason": refused, "texts": request.POST}
    return render(
        request, "appraisals/templates/appraisal.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )  # fmt: skip


def typed(request: PageRequest, name: str) -> str:
    """What stands in a field, without the blanks around it."""
    return str(request.POST.get(name, "")).strip()
