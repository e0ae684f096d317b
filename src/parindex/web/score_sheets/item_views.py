"""One item of a sheet: reading it, saving what is typed, and the history of both."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parindex.database.mapping.figures import values_of
from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, ScoreSheet
from parindex.database.queries.item_pages import sheet_by_id
from parindex.database.queries.score_sheets import sheets
from parindex.domain.review.refusal import Refusal
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.entry_history import restore_value
from parindex.usecases.typed_values import Typed, digest
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.history_page import history_page
from parindex.web.score_sheets.item_page import Answer, ItemPage, check_can_read, item_page
from parindex.web.score_sheets.measure_rows import figures_of_item
from parindex.web.score_sheets.rule_view import rule_view
from parindex.web.score_sheets.saved_page import saved_page
from parindex.web.score_sheets.typed_form import TypedForm, typed_form
from parindex.web.shown_items import require_shown
from parindex.wording.language import text

ROOM = "score_sheets"
_FILTER = "only"


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """One item: read it, and save what is typed (as it is typed, with script; by the button, without)."""
    if request.method == "POST":
        return _saved(request, sheet, code)
    return _shown(request, _page(request, sheet, code))


def _saved(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    # Here the rights are read: before the transaction, in which on SQLite nobody else writes.
    if request.POST.get("account") not in (None, str(request.acting.user.pk)):
        raise Refusal("account_changed")
    by_script = "HX-Request" in request.headers
    sent = typed_form(request.POST)
    at = timezone.now()
    saved: Saved | None = None
    refused: Refusal | None = None
    try:
        saved = save_entry(by=request.acting, at=at, sheet_id=sheet, item_code=code, change=sent.change)
    except (ScoreSheet.DoesNotExist, Entry.DoesNotExist):
        raise Http404 from None  # whoever may not see it is refused by the use case
    except Refusal as reason:
        if by_script or reason.code == "item_replaced":
            raise
        refused = reason
    if saved is not None and by_script:
        return _shown(request, saved_page(request.acting, saved, sent, at, only=_only(request)), posted=sent)
    found = saved.sheet if saved is not None else get_object_or_404(sheets(), pk=sheet)
    page = item_page(request.acting, found, code, at, only=_only(request), sent=sent, saved=saved, refused=refused)
    if page is None:
        raise Http404
    return _after_saving(request, page) if page.answer.is_whole else _shown(request, page, posted=sent)


def _after_saving(request: PageRequest, page: ItemPage) -> HttpResponseRedirect:
    """Where the button leads: to the item that it names, else back to this one; focus goes to its head."""
    code = page.entry.item_code
    goal = str(request.POST.get("next", code))
    known = goal if goal in page.frozen.items else code
    only = f"?{_FILTER}={_only(request)}" if _only(request) else ""
    return redirect(f"{reverse('item', args=[page.sheet.pk, known])}{only}#item")


def _shown(request: PageRequest, page: ItemPage, posted: TypedForm | None = None) -> HttpResponse:
    is_part = posted is not None and "HX-Request" in request.headers
    template = "item_saved.html" if is_part else "item.html"
    context = {"page": page, "room": ROOM, "only": _only(request), "posted": posted, "failed": None}
    response = render(request, f"score_sheets/templates/{template}", context, status=_status(page.answer))
    response["Vary"] = "HX-Request"
    return response


def _status(answer: Answer) -> HTTPStatus:
    if answer.refused is not None:
        return HTTPStatus.FORBIDDEN
    if answer.conflicts:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if answer.rejected else HTTPStatus.OK


def refused_input(request: PageRequest, sheet: int, code: str, form: str, reason: Refusal) -> HttpResponse:
    """The page of the item again, with what was typed in one of its small forms and why it was not taken."""
    page = _page(request, sheet, code)
    failed = {"form": form, "reason": reason, "texts": request.POST}
    context = {"page": page, "room": ROOM, "only": "", "posted": None, "failed": failed}
    return render(
        request, "score_sheets/templates/item.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )  # fmt: skip


@require_safe
def placed(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Where the unit stands on the rule of an item now: asked for by the page when it has stored a figure."""
    found = next(iter(sheet_by_id(sheet=sheet)), None)
    if found is None:
        raise Http404
    check_can_read(request.acting, found)
    frozen = frozen_set(found.group.set_version)
    rule = None
    if code in frozen.items:
        rule = rule_view(found, frozen, code, values_of(figures_of_item(found.unit_id, frozen, code).values()))
    if rule is None:
        raise Http404
    if "HX-Request" not in request.headers:
        return redirect("item", sheet=sheet, code=code)
    return render(request, "score_sheets/templates/placed.html", {"rule": rule, "year": frozen.year})


@require_safe
def history(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Who changed what, when; earlier texts come back with one click."""
    found = _sheet_with(request, sheet, code)
    page = history_page(request.acting, found, code, timezone.now())
    return render(request, "score_sheets/templates/history.html", {"page": page, "room": ROOM})


@require_POST
def restore(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Bring back an earlier text or figure."""
    found = _sheet_with(request, sheet, code)
    record = str(request.POST.get("record", ""))
    if not record.isdecimal():
        raise Refusal("nothing_to_restore")
    restore_value(
        by=request.acting, at=timezone.now(), sheet_id=found.pk, item_code=code, record_id=int(record),
        field=str(request.POST.get("field", "")),
    )  # fmt: skip
    messages.success(request, text("Đã khôi phục nội dung cũ. Nội dung vừa thay vẫn còn trong lịch sử."))
    return redirect("item", sheet=sheet, code=code)


@require_POST
def copy_explanation(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Put last year's explanation behind what stands there; nothing is replaced."""
    page = _page(request, sheet, code)
    require_shown(request, sheet, code, page.entry.pk)
    if page.beside is None or page.beside.last_year is None:
        raise Refusal("nothing_to_restore")
    now, earlier = page.entry.explanation, page.beside.last_year.entry.explanation
    joined = f"{now}\n{earlier}" if now else earlier
    save_entry(
        by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code,
        change=Change(explanation=Typed(joined, digest(now))),
    )  # fmt: skip
    messages.success(
        request, text("Đã chép giải trình năm {year}. Sửa lại cho đúng năm nay.", year=page.beside.last_year.year)
    )
    return redirect(f"{reverse('item', args=[sheet, code])}#giai-trinh")


# --- steps -----------------------------------------------------------------------------------------------------------


def _only(request: PageRequest) -> str:
    return str(request.GET.get(_FILTER, ""))


def _page(request: PageRequest, sheet: int, code: str) -> ItemPage:
    found = sheet_by_id(sheet=sheet)
    page = item_page(request.acting, found[0], code, timezone.now(), only=_only(request)) if found else None
    if page is None:
        raise Http404
    return page


def _sheet_with(request: PageRequest, sheet: int, code: str) -> ScoreSheet:
    """A sheet that has the item; whoever may not see it is refused by the use case."""
    found = get_object_or_404(sheets(), pk=sheet)
    require_shown(request, sheet, code, found.entries.filter(item_code=code).values_list("pk", flat=True).first())
    return found
