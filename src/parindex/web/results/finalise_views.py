"""Finalising: the minutes, then a page that says what is frozen and what follows, then the act; and taking it back."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle
from parindex.database.queries.open_matters import open_rows
from parindex.domain.review.refusal import Refusal
from parindex.usecases import finalising
from parindex.usecases.computed_cycles import ComputedCycle
from parindex.usecases.personal_texts import personal_texts
from parindex.web.requests import PageRequest
from parindex.web.results.result_tables import computed_tables
from parindex.web.results.typed_forms import Problems, day_of, problem_of, seen_in, typed
from parindex.web.results.views import may, read_by
from parindex.web.typed_numbers import number_in
from parindex.wording import results as result_words
from parindex.wording.language import text

_FIELDS = ("minutes_number", "minutes_date", "minutes")


@require_http_methods(["GET", "HEAD", "POST"])
def finalise_cycle(request: PageRequest, cycle: int) -> HttpResponse:
    """What is still open stands there at once; a first POST shows what would be frozen; a second one, with
    ``confirmed`` and the fingerprint of what was shown, freezes exactly that.
    """
    found, at = read_by(request, cycle), timezone.now()
    words, problems = typed(request, *_FIELDS), Problems()
    refused = may(request, found, "finalise")
    if refused is not None:
        if not _done_before(request, found, words):
            raise refused
        return _done(request, found)
    matters = open_rows(found)
    unranked = _picked(request)
    shown: ComputedCycle | None = None
    if request.method == "POST":
        try:
            day = day_of(words, "minutes_date")
            finalising.minutes_of(words["minutes_number"], day, words["minutes"], at)
            if matters:
                raise Refusal("matters_open", count=sum(one.count for one in matters))
            if request.POST.get("confirmed"):
                finalising.finalise(
                    by=request.acting, at=at, cycle_id=found.pk, minutes_number=words["minutes_number"],
                    minutes_date=day, minutes=words["minutes"], unranked=unranked, seen=seen_in(request),
                )  # fmt: skip
                return _done(request, found)
            shown = finalising.computed_finally(found, unranked)
        except Refusal as problem:
            problems, matters = [problem_of(problem)], open_rows(found)
            shown = _still(found, unranked) if problem.code in ("result_changed", "result_not_seen") else None
    context = {
        "cycle": found, "room": "cycles", "words": words, "problems": problems, "wrong": dict(problems),
        "unranked": unranked, "sheets": found.sheets.order_by("position", "pk").only("pk", "unit_name"),
        "tables": computed_tables(shown) if shown else [], "seen": shown.fingerprint if shown else "",
        "matters": matters, "personal": personal_texts(found), "result_words": result_words,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/finalise.html", context, status=status)


def _done_before(request: PageRequest, cycle: Cycle, words: dict[str, str]) -> bool:
    """Whether this is the second of two presses: what it asks for is done."""
    if not request.POST.get("confirmed"):
        return False
    try:
        given = (words["minutes_number"], day_of(words, "minutes_date"), words["minutes"])
        return finalising.finalised_before(cycle, request.acting, seen_in(request), given) is not None
    except Refusal:
        return False


def _done(request: PageRequest, cycle: Cycle) -> HttpResponse:
    messages.success(request, text("Đã chốt kết quả. Công bố khi có quyết định."))
    return redirect("results", cycle=cycle.pk)


def _still(cycle: Cycle, unranked: frozenset[int]) -> ComputedCycle | None:
    """What would be frozen now; None where something is open again."""
    try:
        return finalising.computed_finally(cycle, unranked)
    except Refusal:
        return None


def _picked(request: PageRequest) -> frozenset[int]:
    """The sheets that are put outside the ranking."""
    numbers = (number_in(one) for one in request.POST.getlist("unranked"))
    return frozenset(one for one in numbers if one is not None)


@require_http_methods(["GET", "HEAD", "POST"])
def resume_appraisal(request: PageRequest, cycle: int) -> HttpResponse:
    """Taking the appraisal up again, with the reason."""
    found = read_by(request, cycle)
    refused = may(request, found, "resume")
    if refused is not None:
        raise refused
    words, problems = typed(request, "reason"), Problems()
    if request.method == "POST":
        try:
            finalising.resume(by=request.acting, at=timezone.now(), cycle_id=found.pk, reason=words["reason"])
            messages.success(request, text("Đã mở lại thẩm định. Kết quả đã chốt vẫn lưu."))
            return redirect("results", cycle=found.pk)
        except Refusal as problem:
            problems = [problem_of(problem)]
    context = {"cycle": found, "room": "cycles", "words": words, "problems": problems, "wrong": dict(problems)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/resume.html", context, status=status)
