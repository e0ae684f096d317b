"""Results that others have published about the owner of a cycle and its units: entered with source and date."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import Cycle, OutsideResult
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import outside_results as acts
from parindex.usecases.outside_results import OutsideData
from parindex.web.requests import PageRequest
from parindex.web.results.typed_forms import Problems, day_of, problem_of, typed
from parindex.web.results.views import read_by
from parindex.web.typed_numbers import number_in
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text

_FIELDS = ("unit", "year", "title", "index", "rank", "of", "source", "source_date")


@require_http_methods(["GET", "HEAD", "POST"])
def outside_results(request: PageRequest, cycle: int) -> HttpResponse:
    """The rows of the owner and of the units of the cycle, and a form for another one."""
    found, at = read_by(request, cycle), timezone.now()
    words, problems = typed(request, *_FIELDS), Problems()
    units = _units(found)
    if request.method == "POST":
        check_can_manage_sets(request.acting.actor, found.owner_path)
        try:
            unit = number_in(words["unit"])
            if unit not in units:
                raise Refusal("entries_of_other_cycle")
            acts.record(by=request.acting, at=at, owner_path=found.owner_path, unit_id=unit, data=_data(words))
            messages.success(request, text("Đã ghi kết quả."))
            return redirect("outside_results", cycle=found.pk)
        except Refusal as problem:
            problems = [problem_of(problem)]
    return _shown(request, found, units, words, problems)


def _shown(
    request: PageRequest, cycle: Cycle, units: dict[int, str], words: dict[str, str], problems: Problems,
    withdrawing: int | None = None,
) -> HttpResponse:  # fmt: skip
    """The page; ``withdrawing``: the row that was not withdrawn, because of the first of ``problems``."""
    rows = OutsideResult.objects.filter(unit__in=units, withdrawn_at=None).order_by("-year", "title", "pk")
    context = {
        "cycle": cycle, "room": "cycles", "words": words, "problems": problems, "wrong": dict(problems),
        "rows": [(one, units[one.unit_id]) for one in rows], "units": units, "withdrawing": withdrawing,
        "refused": refusal(check_can_manage_sets, request.acting.actor, cycle.owner_path),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/outside.html", context, status=status)


def _units(cycle: Cycle) -> dict[int, str]:
    """The owner of a cycle and its units, with their names; two queries."""
    names = names_and_paths({cycle.owner_id}, local_day(timezone.now()))
    owner = {cycle.owner_id: names[cycle.owner_id][0] if cycle.owner_id in names else cycle.owner_path}
    return owner | dict(cycle.sheets.order_by("position", "pk").values_list("unit_id", "unit_name"))


def _data(words: dict[str, str]) -> OutsideData:
    return OutsideData(
        year=number_in(words["year"]) or 0,
        title=words["title"],
        source=words["source"],
        source_date=day_of(words, "source_date"),
        index=words["index"],
        rank=_rank(words, "rank"),
        of=_rank(words, "of"),
    )


def _rank(words: dict[str, str], name: str) -> int | None:
    """A rank or how many were ranked; None where nothing is typed, and 0, which is refused, for what is no number."""
    return (number_in(words[name]) or 0) if words[name].strip() else None


@require_POST
def withdraw_outside(request: PageRequest, cycle: int, result: int) -> HttpResponse:
    """Withdrawing a row that was entered by mistake, with the reason."""
    found = read_by(request, cycle)
    units, why = _units(found), request.POST.get("reason", "")
    if not OutsideResult.objects.filter(pk=result, unit__in=units).exists():
        raise Http404
    try:
        acts.withdraw(
            by=request.acting, at=timezone.now(), owner_path=found.owner_path, result_id=result, reason=why
        )  # fmt: skip
    except Refusal as problem:
        if problem.code not in ("reason_needed", "comment_too_long"):
            raise
        problems = [(f"why-{result}", refusal_text(problem))]
        return _shown(request, found, units, dict.fromkeys(_FIELDS, ""), problems, result)
    messages.success(request, text("Đã rút kết quả."))
    return redirect("outside_results", cycle=found.pk)
