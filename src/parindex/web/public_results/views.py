"""Public pages: what is published, and when what is decided will be. Nobody logs in; nobody sees more than others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parindex.database.models import Publication
from parindex.database.queries.public_results import (
    OwnPublications,
    all_publications,
    outside_results,
    publications_around,
)
from parindex.database.queries.publications import result_of
from parindex.web.public_results.criteria_page import criteria_page
from parindex.web.public_results.derivation_page import derivation_page, printed
from parindex.web.public_results.kept_answers import fresh_page
from parindex.web.public_results.list_page import list_page
from parindex.web.public_results.profile_page import profile_page
from parindex.web.public_results.published_sets import group_of, groups_of
from parindex.web.public_results.ranking_page import Asked, corrected, ranking_page
from parindex.web.public_results.shown_publication import is_whole, kept, not_yet, place
from parindex.web.requests import PageRequest
from parindex.wording import public_results as words
from parindex.wording.results import item_pair


@login_not_required
@require_safe
def published(request: PageRequest) -> HttpResponse:
    """Every cycle with a publication; one under embargo with its date alone."""
    years = list_page(all_publications(), timezone.now())
    return fresh_page(request, "list.html", {"years": years, "here": request.path, "publication": None})


@login_not_required
@require_safe
def ranking(request: PageRequest, cycle: int) -> HttpResponse:
    """The ranking of a group of a cycle as it holds now."""
    at = timezone.now()
    around = publications_around(cycle, at)
    other = request.GET.get("cycle", "")
    if other != str(cycle) and any(str(one.cycle_id) == other for one in around.public):
        return redirect(reverse("public_ranking", kwargs={"cycle": int(other)}))
    if around.current is None:
        return not_yet(request, around)
    return _ranking(request, around, around.current, at)


@login_not_required
@require_safe
def version(request: PageRequest, cycle: int, number: int) -> HttpResponse:
    """A publication as it was made: the first, or a correction with both values; what holds now stands beside."""
    at = timezone.now()
    around = publications_around(cycle, at)
    asked = next((one for one in around.versions_of(cycle) if one.number == number), None)
    if asked is None:
        raise Http404
    return _ranking(request, around, asked, at, is_version=True)


@login_not_required
@require_safe
def profile(request: PageRequest, cycle: int, unit: str) -> HttpResponse:
    """The profile of a unit."""
    at = timezone.now()
    around = publications_around(cycle, at)
    publication = around.current
    if publication is None:
        return not_yet(request, around)
    everything = request.GET.get("items") == "all" or is_whole(request)
    query = {"in": "1"} if is_whole(request) else {"items": "all" if everything else ""}
    outside = outside_results(code=unit)

    def made() -> Mapping[str, Any]:
        result = result_of(publication, unit)
        if result is None:
            raise Http404
        page = profile_page(around, publication, result, outside, at, everything=everything)
        return {"page": page, "everything": everything, "words": words, "printed": printed}

    besides = tuple(one.pk for one in outside)
    return kept(request, around, publication, "profile.html", query, made, besides=besides)


@login_not_required
@require_safe
def derivation(request: PageRequest, cycle: int, unit: str, code: str) -> HttpResponse:
    """How an item of a unit came to its points."""
    around = publications_around(cycle, timezone.now())
    publication = around.current
    if publication is None:
        return not_yet(request, around)

    def made() -> Mapping[str, Any]:
        result = result_of(publication, unit)
        if result is None:
            raise Http404
        group, frozen = group_of(cycle, result.group_code)
        page = derivation_page(publication, result, frozen, code, corrected(publication).get(unit))
        if page is None:
            raise Http404
        return {"page": page, "group": group, "words": words, "printed": printed}

    return kept(request, around, publication, "derivation.html", {"in": "1" if is_whole(request) else ""}, made)


@login_not_required
@require_safe
def criteria(request: PageRequest, cycle: int) -> HttpResponse:
    """The criteria set of a published cycle with its rules in words."""
    around = publications_around(cycle, timezone.now())
    if around.current is None:
        return not_yet(request, around)
    groups = groups_of(cycle)
    page = criteria_page(groups, request.GET.get("group", ""), request.GET.get("area", ""), whole=is_whole(request))
    query = {"group": page.group.code, "area": page.area, "in": "1" if is_whole(request) else ""}
    return kept(
        request, around, around.current, "criteria.html", query, lambda: {"page": page},
        besides=(page.group.set_version_id,),
    )  # fmt: skip


def _ranking(
    request: PageRequest, around: OwnPublications, shown: Publication, at: datetime, *, is_version: bool = False
) -> HttpResponse:
    asked = _asked(request)
    query = {
        "group": asked.group, "page": asked.page if asked.page > 1 else "", "q": asked.name,
        "in": "1" if asked.whole else "",
    }  # fmt: skip

    def made() -> Mapping[str, Any]:
        groups = groups_of(shown.cycle_id)
        if not groups or (asked.group and asked.group not in {one.code for one in groups}):
            raise Http404
        page = ranking_page(shown, groups, asked, at)
        if not page.rows and asked.page > 1:
            raise Http404
        return {
            "page": page, "words": words, "item_pair": item_pair, "changed": corrected(shown), "is_version": is_version
        }  # fmt: skip

    if asked.name:
        return fresh_page(request, "ranking.html", {**place(request, around, shown, query), **made()})
    return kept(request, around, shown, "ranking.html", query, made)


def _asked(request: PageRequest) -> Asked:
    page = request.GET.get("page", "")
    return Asked(
        group=request.GET.get("group", ""),
        page=int(page) if page.isdecimal() and 0 < len(page) < 7 and int(page) else 1,
        name=request.GET.get("q", "").strip()[:100],
        whole=is_whole(request),
    )
