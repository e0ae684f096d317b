"""The small forms beside an item: remarks, lists, who looks after it, and whether it applies to the unit at all."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, FigureLine
from parindex.database.models.entries import Audience
from parindex.database.queries.score_sheets import part_facts, sheets
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import Refusal
from parindex.usecases.assignees import assign_item, assignee_texts, staff_of
from parindex.usecases.comments import write_comment
from parindex.usecases.figure_lines import add_line, count_line, remove_line
from parindex.usecases.not_assessed import accept_proposal, decide_request, request_not_assessed, withdraw_request
from parindex.usecases.read_marks import read_mark
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.item_views import refused_input
from parindex.web.score_sheets.list_pages import requests_page
from parindex.web.score_sheets.tree import title_of
from parindex.web.shown_items import require_shown
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text

#: Refusals of what was typed: the page comes again with the text; every other refusal is a page of its own.
_OF_INPUT = frozenset({"reason_needed", "comment_empty", "comment_too_long", "line_empty"})


def _act(
    request: PageRequest, sheet: int, code: str, form: str, act: Callable[[], object], *, then: str, done: str = ""
) -> HttpResponse:
    """Do it, and go back to the place on the page; what was refused comes again with what was typed."""
    _require_shown(request, sheet, code)
    try:
        act()
    except Refusal as reason:
        if reason.code not in _OF_INPUT:
            raise
        return refused_input(request, sheet, code, form, reason)
    except FigureLine.DoesNotExist as error:
        raise Http404 from error
    if done:
        messages.success(request, done)
    return redirect(f"{reverse('item', args=[sheet, code])}#{then}")


def _require_shown(request: PageRequest, sheet: int, code: str) -> int:
    """The key of the entry; 404 for none, refused where the form was made for another item."""
    key = Entry.objects.filter(sheet=sheet, item_code=code).values_list("pk", flat=True).first()
    return require_shown(request, sheet, code, key)


def _text(request: PageRequest, name: str) -> str:
    return str(request.POST.get(name, ""))


@require_POST
def comment(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Say something beside the item."""
    asked = _text(request, "audience")
    if asked not in set(Audience):
        raise Http404
    audience = Audience(asked)
    return _act(
        request, sheet, code, f"comment-{audience}", then=f"talk-{audience}",
        act=lambda: write_comment(
            by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, audience=audience,
            body=_text(request, "body"),
        ),
    )  # fmt: skip


@require_POST
def lines(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Add a line to a list, let one count or not, take one off."""
    acting, at = request.acting, timezone.now()
    measure = _text(request, "measure")

    def act() -> object:
        for name, accepted in (("accept", True), ("leave", False)):
            if name in request.POST:
                return count_line(
                    by=acting, at=at, sheet_id=sheet, item_code=code, line_id=_number(request, name), accepted=accepted
                )
        if "remove" in request.POST:
            return remove_line(by=acting, at=at, sheet_id=sheet, item_code=code, line_id=_number(request, "remove"))
        title = _text(request, "title")
        return add_line(by=acting, at=at, sheet_id=sheet, item_code=code, measure=measure, title=title)

    return _act(request, sheet, code, f"lines-{measure}", act, then=f"title-{measure}")


def _number(request: PageRequest, name: str) -> int:
    return number_from(_text(request, name))


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Give the item to somebody of the unit, or to nobody."""
    if request.method != "POST":
        return _assign_page(request, sheet, code)
    assignee = _number(request, "assignee") if _text(request, "assignee") else None

    def act() -> None:
        assign_item(
            by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, assignee=assignee,
            seen=seen_of(request),
        )  # fmt: skip

    try:
        return _act(request, sheet, code, "assign", act, then="giao-viec", done=text("Đã giao mục."))
    except Refusal as reason:
        if not is_stale(reason):
            raise
        return _assign_page(request, sheet, code, stale=True)


def _assign_page(request: PageRequest, sheet: int, code: str, *, stale: bool = False) -> HttpResponse:
    found = get_object_or_404(sheets(), pk=sheet)
    entry = get_object_or_404(Entry.objects.select_related("part", "assignee"), sheet=sheet, item_code=code)
    check_can_edit_part(request.acting.actor, part_facts(entry.part, found), timezone.now())
    node = frozen_set(found.group.set_version).items[code].node
    staff, stored = list(staff_of(request.acting, entry.part, timezone.now())), assignee_texts(entry)
    chosen = _text(request, "assignee") if stale else str(entry.assignee_id or "")
    typed = {"assignee": next((one.full_name for one in staff if str(one.pk) == chosen), "")}
    context = {
        "sheet": found, "entry": entry, "title": title_of(node), "room": "score_sheets", "staff": staff,
        "chosen": chosen, "seen": read_mark(stored), "stale": stale,
        "clashes": clashes({"assignee": text("Ai lo mục này?")}, stored, typed),
    }  # fmt: skip
    status = status_of(None, stale=stale)
    return render(request, "score_sheets/templates/assign.html", context, status=status)


@require_POST
def not_assessed(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Ask that the item leaves the maximum; take that back; accept what the standing office proposes."""
    acting, at = request.acting, timezone.now()

    def act() -> object:
        if "withdraw" in request.POST:
            return withdraw_request(by=acting, at=at, sheet_id=sheet, item_code=code)
        if "proposal" in request.POST:
            return accept_proposal(by=acting, at=at, sheet_id=sheet, item_code=code)
        chosen, more = _text(request, "why"), _text(request, "reason").strip()
        reason = ". ".join(filter(None, (chosen, more)))
        return request_not_assessed(
            by=acting, at=at, sheet_id=sheet, item_code=code, reason=reason, legal_basis=_text(request, "legal_basis")
        )

    done = text("Đã rút đề nghị.") if "withdraw" in request.POST else text("Đã gửi đề nghị tới cơ quan thường trực.")
    return _act(request, sheet, code, "not-assessed", act, then="khong-danh-gia", done=done)


@require_POST
def decide_not_assessed(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Approve or refuse the request of a unit."""
    approved = "approve" in request.POST
    if "back" in request.POST:
        return _decide_in_list(request, sheet, code, approved=approved)
    return _act(
        request, sheet, code, "decide", then="khong-danh-gia", done=text("Đã ghi quyết định. Đơn vị thấy ở mục này."),
        act=lambda: decide_request(
            by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, approved=approved,
            reason=_text(request, "reason"),
        ),
    )  # fmt: skip


def _decide_in_list(request: PageRequest, sheet: int, code: str, *, approved: bool) -> HttpResponse:
    """The same from the list of requests: back to it, with the reason where the decision was not taken."""
    entry = _require_shown(request, sheet, code)
    try:
        decide_request(
            by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, approved=approved,
            reason=_text(request, "reason"),
        )  # fmt: skip
    except Refusal as reason:
        if reason.code not in _OF_INPUT:
            raise
        page = requests_page(request.acting, entry, reason)
        context = {"page": page, "room": "score_sheets"}
        return render(request, "score_sheets/templates/requests.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, text("Đã ghi quyết định. Đơn vị thấy ở mục này."))
    return redirect("not_assessed_requests")
