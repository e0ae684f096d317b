"""Checking a draft: the page of findings, the acts on them, freezing."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import FindingDecision
from parindex.database.models.criteria_sets import SetState
from parindex.domain.criteria.proposals import Ask
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.usecases import criteria_sets as sets
from parindex.usecases import set_drafts
from parindex.usecases.set_drafts import ChangedMeanwhile
from parindex.usecases.set_matters import matters_of
from parindex.web.criteria_sets.check_page import MatterView, check_page
from parindex.web.criteria_sets.reading import editing, managing, readable
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording import mends, problems
from parindex.wording.language import text
from parindex.wording.moments import moment
from parindex.wording.refusals import refusal_text
from parindex.wording.typed_values import value_text

ROOM = "criteria_sets"
_NUMBERS = frozenset({"not_a_number"})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PageRequest, version: int) -> HttpResponse:
    """What was found, what was decided; a form for each matter."""
    if request.method == "POST":
        return _decide(request, version)
    return _page(request, version)


def _page(
    request: PageRequest, version: int, *, wrong: tuple[str, str, str] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """``wrong``: the matter whose form could not be taken (version:key), the way, and the sentence."""
    at = timezone.now()
    found = readable(request, version, at)
    page = check_page(request.acting, found, at)
    shown = found if len(page.versions) == 1 else page.versions[0]
    context = {
        "page": page, "version": found, "shown": shown, "room": ROOM, "wrong": wrong, "typed": request.POST,
    }  # fmt: skip
    return render(request, "criteria_sets/templates/check.html", context, status=status)


def _decide(request: PageRequest, version: int) -> HttpResponse:
    at = timezone.now()
    found = readable(request, version, at)
    target = number_from(request.POST.get("table"))
    page = check_page(request.acting, found, at)
    key, way = request.POST.get("key", ""), request.POST.get("way", "")
    view = page.find(target, key)
    try:
        if view is None:
            raise ChangedMeanwhile(page.last)
        if not view.matter.present:
            raise ChangedMeanwhile(page.last)
        made = _act(request, view, way)
    except InvalidValue as error:
        words = value_text(error) if error.kind in _NUMBERS else mends.refused_text(error)
        return _page(request, version, wrong=(f"{target}:{key}", way, words), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except ChangedMeanwhile as stale:
        return _page(request, version, wrong=("", way, who_changed(stale)), status=HTTPStatus.CONFLICT)
    messages.success(request, _said(made))
    return redirect(f"{reverse('check_set', kwargs={'version': version})}#{view.anchor}")


def _act(request: PageRequest, view: MatterView, way: str) -> FindingDecision:
    """The chosen way for one matter."""
    read = number_from(request.POST.get("read"))
    note = request.POST.get("note", "").strip()
    who = {"by": request.acting, "at": timezone.now(), "version_id": view.version.pk, "key": view.matter.key}
    if way == "leave":
        return set_drafts.leave(**who, note=note, read=read)  # type: ignore[arg-type]
    matters = matters_of([view.version], timezone.now())[view.version.pk]
    proposal = next((one for one in matters.ways(view.matter) if one.id == way), None)
    if proposal is None:
        raise InvalidValue("way_missing")
    texts = {ask: request.POST.get(f"{way}.{ask.value}", "") for ask in Ask}
    typed = set_drafts.typed_answers(proposal.asks, texts)
    return set_drafts.settle(**who, way=way, typed=typed, note=note, read=read)  # type: ignore[arg-type]


def who_changed(stale: ChangedMeanwhile) -> str:
    """Who edited meanwhile, what and when."""
    if stale.last is None:
        return refusal_text(stale)
    return text(
        "{person} đã ghi lúc {when}: {change}. Xem lại điều này rồi chọn tiếp.",
        person=stale.last.decided_by.full_name,
        when=moment(stale.last.decided_at),
        change=stale.last.change,
    )


def _said(made: FindingDecision) -> str:
    return text("Đã ghi lúc {when}: {change}.", when=moment(made.decided_at), change=made.change)


@require_POST
def undo_decision(request: PageRequest, version: int) -> HttpResponse:
    """Take a decision back."""
    at = timezone.now()
    found = readable(request, version, at)
    decision = get_object_or_404(FindingDecision, pk=number_from(request.POST.get("decision")))
    together = {one.pk for one in check_page(request.acting, found, at).versions}
    get_object_or_404(FindingDecision, pk=decision.pk, version__in=together)
    back = request.POST.get("back", "")
    try:
        undone = set_drafts.undo(by=request.acting, at=at, decision_id=decision.pk)
    except InvalidValue as error:
        return _page(request, version, wrong=("", "", mends.refused_text(error)), status=HTTPStatus.CONFLICT)
    except ChangedMeanwhile as stale:
        return _page(request, version, wrong=("", "", refusal_text(stale)), status=HTTPStatus.CONFLICT)
    messages.success(request, text("Đã hoàn tác: {change}.", change=undone.change))
    anchor = f"#{back}" if back.isalnum() else ""
    return redirect(reverse("check_set", kwargs={"version": version}) + anchor)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze_set(request: PageRequest, version: int) -> HttpResponse:
    """What freezing means, what still remains, and the button."""
    at = timezone.now()
    found = readable(request, version, at)
    if request.method == "POST":
        try:
            frozen = sets.freeze(by=request.acting, at=at, version_id=version)
        except InvalidInput as error:
            listed = [(problems.message(one), problems.remedy(one)) for one in error.problems]
            return _freeze_page(request, version, listed, HTTPStatus.UNPROCESSABLE_ENTITY)
        except Refusal as refused:
            if refused.code != "set_not_ready":
                raise
            return _freeze_page(request, version, [(refusal_text(refused), "")], HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(
            request,
            text("Đã khóa bộ tiêu chí lúc {when}. Dấu vân tay {print}.", when=moment(at),
                 print=frozen.fingerprint[:16]),
        )  # fmt: skip
        return redirect("criteria_set", version=version)
    if found.state == SetState.FROZEN:
        return redirect("criteria_set", version=version)
    return _freeze_page(request, version, [], HTTPStatus.OK)


def _freeze_page(request: PageRequest, version: int, listed: list[tuple[str, str]], status: HTTPStatus) -> HttpResponse:
    at = timezone.now()
    found = readable(request, version, at)
    page = check_page(request.acting, found, at)
    matters = matters_of([found], at)[found.pk]
    made = matters.draft.criteria_set
    context = {
        "version": found, "page": page, "remaining": page.remaining[found.pk], "criteria_set": made,
        "structure": matters.structure, "refused": editing(request, found), "problems": listed, "room": ROOM,
        "without_rule": sum(1 for item in made.items() if item.rule is None),
    }  # fmt: skip
    return render(request, "criteria_sets/templates/freeze.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze_sets(request: PageRequest, version: int) -> HttpResponse:
    """Every table of the paper that is ready, frozen on one page: what was shown is frozen, all of it or nothing."""
    at = timezone.now()
    found = readable(request, version, at)
    page = check_page(request.acting, found, at)
    drafts = [one for one in page.versions if one.state == SetState.DRAFT]
    ready = [one for one in drafts if not page.remaining[one.pk].any]
    listed: list[tuple[str, str]] = []
    if request.method == "POST":
        check_can_manage_sets(request.acting.actor, found.owner_path or "")  # type: ignore[attr-defined]
        seen = {number_from(one) for one in request.POST.getlist("table")}
        try:
            if not seen or seen != {one.pk for one in ready}:
                raise Refusal("tables_changed", count=len(ready))
            frozen = sets.freeze_together(by=request.acting, at=at, version_ids=seen)
        except InvalidInput as error:
            listed = [(problems.message(one), problems.remedy(one)) for one in error.problems]
        except Refusal as refused:
            if refused.code not in ("set_not_ready", "tables_changed"):
                raise
            listed = [(refusal_text(refused), "")]
        else:
            messages.success(
                request, text("Đã khóa {count} bộ tiêu chí lúc {when}.", count=len(frozen), when=moment(at))
            )
            return redirect("criteria_sets")
    matters = matters_of(page.versions, at)
    rows = [(one, matters[one.pk].draft, page.remaining[one.pk]) for one in drafts]
    context = {
        "version": found, "rows": rows, "ready": ready, "refused": managing(request, found), "problems": listed,
        "room": ROOM,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if listed else HTTPStatus.OK
    return render(request, "criteria_sets/templates/freeze_sets.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def discard_draft(request: PageRequest, version: int) -> HttpResponse:
    """Set a draft aside, after asking."""
    found = readable(request, version, timezone.now())
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        sets.discard(by=request.acting, at=timezone.now(), version_id=version, reason=reason)
        messages.success(request, text("Đã bỏ bản nháp. Nội dung vẫn xem lại được."))
        return redirect("criteria_sets")
    context = {"version": found, "refused": managing(request, found) or editing(request, found), "room": ROOM}
    return render(request, "criteria_sets/templates/discard.html", context)
