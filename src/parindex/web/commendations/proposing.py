"""Proposing a unit or a person, and withdrawing a proposal."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Commendation
from parindex.domain.review.refusal import Refusal
from parindex.usecases import commendations as acts
from parindex.usecases.commendation_grounds import grounds_of
from parindex.web.commendations.views import opened, titles_of
from parindex.web.requests import PageRequest
from parindex.web.results.typed_forms import Problems, typed
from parindex.wording.commendations import check_words
from parindex.wording.language import text
from parindex.wording.public_results import index_of
from parindex.wording.refusals import refusal_text

#: The field that mends a refusal; all others concern the form as a whole.
_FIELD_OF = {
    "award_needed": "award", "commendation_twice": "award", "commendation_reason_needed": "reason",
    "reason_needed": "reason", "commended_name_needed": "name", "commended_office_needed": "office",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: PageRequest, cycle: int, sheet: int) -> HttpResponse:
    """One unit with every criterion explained, and the form that proposes it."""
    found, publication = opened(request, cycle)
    grounds = grounds_of(publication, timezone.now(), always=(sheet,))
    mine = next((one for one in grounds if one.result.sheet_id == sheet), None)
    if mine is None:
        raise Http404
    words, problems = typed(request, "award", "reason"), Problems()
    chosen = request.POST.getlist("criteria")
    if request.method == "POST":
        try:
            acts.propose_unit(
                by=request.acting, at=timezone.now(), cycle_id=found.pk, sheet_id=sheet, criteria=chosen, **words
            )
            messages.success(request, text("Đã đề nghị {name}.", name=mine.result.unit_name))
            return redirect("commendations", cycle=found.pk)
        except Refusal as refused:
            problems = [_problem(refused)]
    elif mine.met:
        chosen = [one.criterion.id for one in mine.met]
        words["award"] = mine.met[0].criterion.award
    context = {
        "cycle": found, "room": "cycles", "publication": publication, "grounds": mine, "words": words,
        "chosen": chosen, "problems": problems, "wrong": dict(problems), "check_words": check_words,
        "index_of": index_of, "titles": titles_of(found),
        "standing": [one for one in acts.standing(found) if one.sheet_id == sheet],
    }  # fmt: skip
    return render(request, "commendations/templates/unit.html", context, status=_status(problems))


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PageRequest, cycle: int) -> HttpResponse:
    """The form that proposes a person."""
    found, _ = opened(request, cycle)
    words, problems = typed(request, "name", "office", "award", "reason"), Problems()
    if request.method == "POST":
        try:
            acts.propose_person(by=request.acting, at=timezone.now(), cycle_id=found.pk, **words)
            messages.success(request, text("Đã đề nghị {name}.", name=words["name"].strip()))
            return redirect("commendations", cycle=found.pk)
        except Refusal as refused:
            problems = [_problem(refused)]
    context = {"cycle": found, "room": "cycles", "words": words, "problems": problems, "wrong": dict(problems)}
    return render(request, "commendations/templates/person.html", context, status=_status(problems))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PageRequest, cycle: int, commendation: int) -> HttpResponse:
    """The question whether a proposal is withdrawn, and why."""
    found, _ = opened(request, cycle)
    made = get_object_or_404(Commendation, pk=commendation, cycle=found)
    words, problems = typed(request, "reason"), Problems()
    if request.method == "POST":
        try:
            acts.withdraw(by=request.acting, at=timezone.now(), commendation_id=made.pk, reason=words["reason"])
            messages.success(request, text("Đã rút đề nghị."))
            return redirect("commendations", cycle=found.pk)
        except Refusal as refused:
            problems = [_problem(refused)]
    context = {
        "cycle": found, "room": "cycles", "made": made, "words": words, "problems": problems, "wrong": dict(problems),
    }  # fmt: skip
    return render(request, "commendations/templates/withdraw.html", context, status=_status(problems))


def _problem(refused: Refusal) -> tuple[str, str]:
    return _FIELD_OF.get(refused.code, ""), refusal_text(refused)


def _status(problems: Problems) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
