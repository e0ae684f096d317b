"""The bundles that a unit has received, the form by which one comes in, and what one would give."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import ReceivedBundle
from parindex.database.queries.received_bundles import keepers_of, received
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.refusal import Refusal
from parindex.usecases.evidence_files import opened
from parindex.usecases.received_bundles import receive_bundle, require_readable
from parindex.usecases.received_keys import keys_seen_by, revocable
from parindex.usecases.taking_figures import take_figures
from parindex.web.evidence.pages import Pages
from parindex.web.evidence.uploads import IncomingFiles, incoming_files
from parindex.web.received_bundles.bundle_page import bundle_page
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_from, number_in
from parindex.wording import places, problems
from parindex.wording.compared_parts import part_words, why_not_compared
from parindex.wording.file_sizes import size_text
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.received_bundles import bundle_kind, is_simulated, short
from parindex.wording.refusals import refusal_text

ROOM = "score_sheets"


@csrf_exempt  # the token stands in the form, which must not be read before it is clear what may come in
@require_http_methods(["GET", "HEAD", "POST"])
def bundles(request: PageRequest) -> HttpResponse:
    """The bundles of a unit, and the form by which one is handed in."""
    if request.method != "POST":
        return listed(request)
    try:
        with incoming_files(request, most=1, each=settings.BUNDLE_BYTES) as incoming:
            return _upload(request, incoming)
    except InvalidInput as error:
        return listed(request, wrong=error.problems, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@csrf_protect
def _upload(request: PageRequest, incoming: IncomingFiles) -> HttpResponse:
    keeper = number_from(request.POST.get("unit"))  # reads the form, where checking its token has not
    if incoming.problems:
        return listed(request, wrong=incoming.problems)
    if not incoming.arrived:
        return listed(request, problem=refusal_text(Refusal("file_missing")))
    at = timezone.now()
    if keeper not in {one.id for one in keepers_of(request.acting.actor, local_day(at))}:
        raise Refusal("bundle_of_other_unit")
    try:
        made = receive_bundle(by=request.acting, at=at, keeper_id=keeper, arrived=incoming.arrived[0])
    except InvalidInput as error:
        return listed(request, wrong=error.problems)
    except Refusal as refused:
        if refused.code == "bundle_of_other_unit":
            raise
        return listed(request, problem=refusal_text(refused))
    if made.received_at != at:
        messages.info(request, text("Gói này đã nhận trước đây; đây là gói ấy."))
    return redirect("received_bundle", bundle=made.pk)


def listed(
    request: PageRequest, *, problem: str = "", wrong: Sequence[Problem] = (),
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:  # fmt: skip
    """The list again, with what was refused; ``wrong``: everything that is wrong with a bundle."""
    at = timezone.now()
    keepers = keepers_of(request.acting.actor, local_day(at))
    if not keepers:
        raise Refusal("bundle_of_other_unit")
    chosen = next((one for one in keepers if one.id == number_in(request.GET.get("unit"))), keepers[0])
    found = received([chosen.id])
    keys = keys_seen_by(request.acting, chosen.id, at) if chosen.receives else []
    pages = Pages.of(found.count(), asked_page(request.GET.get("page")))
    context: dict[str, Any] = {
        "room": ROOM, "keepers": keepers, "chosen": chosen, "problem": problem,
        "wrong": [(places.place_text(one.place, file=False), problems.message(one), problems.remedy(one))
                  for one in wrong],
        "bundles": list(found[pages.start : pages.end]), "pages": pages,
        "keys": keys, "revocable": revocable(request.acting, keys, at),
        "kind_words": bundle_kind, "is_simulated": is_simulated, "short": short, "today": local_day(at),
        "limit": size_text(settings.BUNDLE_BYTES),
    }  # fmt: skip
    done = status if problem or wrong else HTTPStatus.OK
    return render(request, "received_bundles/templates/bundles.html", context, status=done)


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: PageRequest, bundle: int) -> HttpResponse:
    """One bundle and what it would give here; a POST takes what was picked, all or nothing."""
    found = _readable(request, bundle)
    problem, status, picked = "", HTTPStatus.OK, None
    if request.method == "POST":
        picked = request.POST.getlist("pick")
        try:
            count = take_figures(
                by=request.acting, at=timezone.now(), bundle_id=bundle, picked=picked,
                seen=request.POST.get("seen", ""),
            )  # fmt: skip
        except Refusal as refused:
            if refused.code == "bundle_of_other_unit":
                raise
            changed = refused.code == "bundle_preview_changed"
            problem = refusal_text(refused)
            status = HTTPStatus.CONFLICT if changed else HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, text("Đã lấy {count} số liệu từ gói; gói là tài liệu kiểm chứng của các mục đó.",
                                           count=count))  # fmt: skip
            return redirect("received_bundle", bundle=bundle)
    return shown(request, found, problem=problem, picked=picked, status=status)


def shown(
    request: PageRequest, found: ReceivedBundle, *, problem: str = "", picked: Sequence[str] | None = None,
    form: str = "", status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:  # fmt: skip
    """The page of a bundle; ``form``: which of its forms was refused for ``problem``."""
    context = {
        "page": bundle_page(request.acting, found, timezone.now()), "problem": problem, "picked": picked,
        "form": form, "typed": request.POST if form else {}, "room": ROOM, "short": short,
        "kind_words": bundle_kind, "part_words": part_words, "why_words": why_not_compared,
        "note_words": problems.message,
    }  # fmt: skip
    return render(request, "received_bundles/templates/bundle.html", context, status=status)


@require_safe
def bundle_file(request: PageRequest, bundle: int) -> FileResponse:
    """The bundle as it came."""
    found = _readable(request, bundle)
    response = FileResponse(opened(found.file), content_type="application/zip")
    name = f"{found.sender_code}-{found.year}-{found.number}.parindex.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _readable(request: PageRequest, bundle: int) -> ReceivedBundle:
    rows = ReceivedBundle.objects.select_related("file", "keeper", "received_by")
    found = get_object_or_404(rows, pk=bundle)
    require_readable(request.acting, found, timezone.now())
    return found
