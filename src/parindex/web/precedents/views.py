"""Precedents: looking for earlier decisions, and making a draft of next year's guidance of them."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import CriteriaSetVersion, Cycle
from parindex.database.models.criteria_sets import SetState
from parindex.database.queries.precedents import Wanted, figures_behind, readable_precedents, searched
from parindex.database.queries.publications import public_publications
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import COUNCIL, Role
from parindex.usecases.precedents import draft_guidance, readable_set
from parindex.web.evidence.pages import Pages
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_in
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text

ROOM = "appraisals"
_READERS = COUNCIL | {Role.STANDING_OFFICE, Role.AUDITOR}


@require_safe
def precedents(request: PageRequest) -> HttpResponse:
    """The decisions that are looked for, a hundred at a time, each with claim, figures and reason."""
    if not _READERS & request.acting.actor.roles:
        raise Refusal("only_those_who_run_cycle")
    given = request.GET
    wanted = Wanted(
        given.get("words", "").strip()[:200], given.get("code", "").strip()[:40], number_in(given.get("year", "")),
        given.get("adjusted") == "1",
    )  # fmt: skip
    found = searched(readable_precedents(request.acting.actor), wanted)
    pages = Pages.of(found.count(), asked_page(given.get("page")))
    rows = list(found[pages.start : pages.end])
    context = {
        "rows": rows, "figures": figures_behind(rows), "wanted": wanted, "pages": pages, "room": ROOM,
        "drafts": Role.STANDING_OFFICE in request.acting.actor.roles,
    }  # fmt: skip
    return render(request, "precedents/templates/precedents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guidance(request: PageRequest) -> HttpResponse:
    """Which decisions become the draft of the guidance of which set."""
    owners = [one.path for one in request.acting.actor.grants if one.role is Role.STANDING_OFFICE]
    if not owners:
        raise Refusal("only_standing_office_sets")
    at = timezone.now()
    shown = public_publications(at).order_by().values("cycle")
    cycles = list(Cycle.objects.filter(owner_path__in=owners, pk__in=shown).order_by("-year", "pk"))
    known = CriteriaSetVersion.objects.filter(criteria_set__owner__cycles__owner_path__in=owners)
    known = known.exclude(state=SetState.DISCARDED).defer("content", "reading").distinct()
    known = known.order_by("-year", "title", "-number")
    current = _current(known)
    versions = [one for one in current if one.state == SetState.FROZEN or readable_set(one) is not None]
    words = {name: request.POST.get(name, "") for name in ("cycle", "version", "title")}
    problem = ""
    if request.method == "POST":
        cycle, version = number_in(words["cycle"]), number_in(words["version"])
        try:
            if cycle is None or version not in {one.pk for one in known}:
                raise Refusal("no_precedents")
            if cycle not in {one.pk for one in cycles}:
                raise Refusal("precedents_not_public")
            made = draft_guidance(by=request.acting, at=at, version_id=version, cycle_id=cycle, title=words["title"])
        except Refusal as refused:
            problem = refusal_text(refused)
        else:
            messages.success(request, text("Đã lập dự thảo hướng dẫn từ tiền lệ. Sửa từng mục rồi công bố."))
            return redirect("guidance", guidance=made.pk)
    context = {
        "cycles": cycles,
        "versions": versions,
        "left_out": len(versions) < len(current),
        "words": words,
        "problem": problem,
        "room": ROOM,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "precedents/templates/to_guidance.html", context, status=status)


def _current(known: Iterable[CriteriaSetVersion]) -> list[CriteriaSetVersion]:
    """Of each set the version that its guidance speaks of: the one with the highest number."""
    found: dict[int, CriteriaSetVersion] = {}
    for one in known:
        other = found.get(one.criteria_set_id)
        if other is None or one.number > other.number:
            found[one.criteria_set_id] = one
    return list(found.values())
