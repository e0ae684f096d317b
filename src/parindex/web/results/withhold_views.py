"""Withholding words from the public: a small page that shows them, says what follows, and asks why."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, Entry, NotAssessedRequest, Opinion
from parindex.database.queries.guidance import notes_that_quote
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import check_can_withhold
from parindex.domain.review.refusal import Refusal
from parindex.usecases.withheld_texts import (
    public_words_of,
    public_words_of_request,
    withheld_of,
    withhold_opinion,
    withhold_request,
)
from parindex.web.requests import PageRequest
from parindex.web.results.typed_forms import Problems, problem_of, typed
from parindex.web.results.views import read_by
from parindex.wording.language import text

#: The pages that list such words and are returned to, by what the address says behind "?to=".
_LISTS = {"finalise": "finalise_cycle", "publish": "publish_results"}
#: What is mended on the page itself.
_MENDED = ("reason_needed", "comment_too_long")
_READ = ("entry__sheet", "withheld__withheld_by")


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: PageRequest, cycle: int, opinion: int) -> HttpResponse:
    """The words of an opinion."""
    found = _allowed(request, cycle)
    row = Opinion.objects.select_related(*_READ).filter(pk=opinion, entry__sheet__cycle=found).first()
    if row is None:
        raise Http404
    back = _back(request, found, reverse("appraisal", args=[row.entry.sheet_id, row.entry.item_code]))
    problems = Problems()
    if request.method == "POST":
        try:
            why = request.POST.get("reason", "")
            withhold_opinion(by=request.acting, at=timezone.now(), opinion_id=row.pk, reason=why)
            return _done(request, row.entry, back)
        except Refusal as refused:
            problems = _mended(refused)
    return _shown(request, found, row, public_words_of(row), back, problems)


@require_http_methods(["GET", "HEAD", "POST"])
def not_assessed(request: PageRequest, cycle: int, asked: int) -> HttpResponse:
    """Why an item is not assessed."""
    found = _allowed(request, cycle)
    row = NotAssessedRequest.objects.select_related(*_READ).filter(pk=asked, entry__sheet__cycle=found).first()
    if row is None:
        raise Http404
    back = _back(request, found, reverse("item", args=[row.entry.sheet_id, row.entry.item_code]))
    problems = Problems()
    if request.method == "POST":
        try:
            why = request.POST.get("reason", "")
            withhold_request(by=request.acting, at=timezone.now(), request_id=row.pk, reason=why)
            return _done(request, row.entry, back)
        except Refusal as refused:
            problems = _mended(refused)
    return _shown(request, found, row, public_words_of_request(row), back, problems)


def _allowed(request: PageRequest, cycle: int) -> Cycle:
    """The cycle, for those who may withhold words of it."""
    found = read_by(request, cycle)
    check_can_withhold(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


def _back(request: PageRequest, cycle: Cycle, item: str) -> str:
    """Where the reader came from: the list of a page of results, else the item."""
    name = _LISTS.get(request.GET.get("to", ""))
    return reverse(name, args=[cycle.pk]) if name else item


def _done(request: PageRequest, entry: Entry, back: str) -> HttpResponse:
    words = text("Mục {code} của {unit}: lý do không công khai.", code=entry.item_code, unit=entry.sheet.unit_name)
    messages.success(request, words)
    return redirect(back)


def _mended(refused: Refusal) -> Problems:
    if refused.code not in _MENDED:
        raise refused
    return [problem_of(refused)]


def _shown(
    request: PageRequest, cycle: Cycle, row: Opinion | NotAssessedRequest, shown: Sequence[str], back: str,
    problems: Problems,
) -> HttpResponse:  # fmt: skip
    context = {
        "cycle": cycle, "room": "cycles", "entry": row.entry, "shown": shown, "withheld": withheld_of(row),
        "is_opinion": isinstance(row, Opinion), "quoted": notes_that_quote(row.reason),
        "back": back, "words": typed(request, "reason"), "problems": problems, "wrong": dict(problems),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/withhold.html", context, status=status)
