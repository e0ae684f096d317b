"""Pages of score sheets."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import part_facts, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_move_part, check_can_read_sheet
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.submissions import review_of, submit_part
from parindex.usecases.typed_values import Typed
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.item_page import item_page
from parindex.wording.language import text
from parindex.wording.typed_values import value_text


@require_safe
def score_sheets(request: PageRequest) -> HttpResponse:
    """The sheets that this person works on."""
    return redirect("home")


@require_safe
def score_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """Open a sheet at its first item."""
    found = _sheet(request, sheet)
    first = found.entries.order_by("position").values_list("item_code", flat=True).first()
    if first is None:
        raise Http404
    return redirect("item", sheet=sheet, code=first)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """One item: read it, and save what is typed (as it is typed, with script; by the button, without)."""
    found = get_object_or_404(sheets(), pk=sheet)
    saved = None
    if request.method == "POST":
        if not found.entries.filter(item_code=code).exists():
            raise Http404
        saved = save_entry(
            by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, change=_change(request)
        )
        found = get_object_or_404(sheets(), pk=sheet)
        if "HX-Request" not in request.headers and not saved.conflicts and not saved.rejected:
            goal = request.POST.get("next") or code
            return redirect("item", sheet=sheet, code=goal)
    page = item_page(request.acting, found, code, timezone.now(), only=request.GET.get("only", ""))
    if page is None:
        raise Http404
    partial = saved is not None and "HX-Request" in request.headers
    template = "score_sheets/templates/item_saved.html" if partial else "score_sheets/templates/item.html"
    context = {
        "page": page,
        "saved": saved,
        "rejected": _words(saved),
        "room": "score_sheets",
        "only": request.GET.get("only", ""),
    }
    response = render(request, template, context, status=_status(saved))
    response["Vary"] = "HX-Request"
    return response


def _status(saved: Saved | None) -> HTTPStatus:
    if saved is not None and saved.conflicts:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if saved is not None and saved.rejected else HTTPStatus.OK


def _words(saved: Saved | None) -> dict[str, str]:
    return {} if saved is None else {name: value_text(error) for name, error in saved.rejected.items()}


def _change(request: PageRequest) -> Change:
    """The fields that the form had, each with the digest of what was read."""

    def typed(name: str) -> Typed | None:
        return Typed(request.POST[name], request.POST.get(f"read.{name}", "")) if name in request.POST else None

    figures = {name.removeprefix("figure."): typed(name) for name in request.POST if name.startswith("figure.")}
    return Change(
        {measure: one for measure, one in figures.items() if one is not None},
        typed("self_points"),
        typed("explanation"),
        typed("kept_warning"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: PageRequest, sheet: int) -> HttpResponse:
    """Everything that is missing, what the claim would give, and the signature."""
    found = _sheet(request, sheet)
    actor = request.acting.actor
    parts = list(SheetPart.objects.filter(sheet=found))
    part = next((one for one in parts if actor.role_at(one.lead_path, Role.UNIT_LEADER, Role.UNIT_OFFICER)), parts[0])
    if request.method == "POST":
        made = submit_part(
            by=request.acting, at=timezone.now(), part_id=part.pk, incomplete_reason=request.POST.get("reason", "")
        )
        messages.success(request, text("Đã ký và nộp phiếu."))
        return redirect("receipt", submission=made.pk)
    review = review_of(found, part)
    refused = refusal(check_can_move_part, actor, part_facts(part, found, parts), Act.SUBMIT, timezone.now())
    return render(
        request, "score_sheets/templates/submit.html",
        {"review": review, "sheet": found, "unit": review.result.unit(0), "refused": refused, "room": "score_sheets"},
    )  # fmt: skip


@require_safe
def receipt(request: PageRequest, submission: int) -> HttpResponse:
    """The receipt of a submission."""
    made = get_object_or_404(Submission.objects.select_related("submitted_by"), pk=submission)
    sheet = _sheet(request, made.sheet_id)
    return render(
        request, "score_sheets/templates/receipt.html", {"submission": made, "sheet": sheet, "room": "score_sheets"}
    )


def _sheet(request: PageRequest, sheet: int) -> ScoreSheet:
    found = get_object_or_404(sheets(), pk=sheet)
    check_can_read_sheet(request.acting.actor, sheet_facts(found, list(SheetPart.objects.filter(sheet=found))))
    return found
