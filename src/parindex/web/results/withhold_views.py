"""Withholding words from the public: a small page that shows them, says what follows, and asks why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, NotAssessedRequest, Opinion, WithheldText
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
    withhold = partial(withhold_opinion, opinion_id=row.pk)
    return _answered(request, _Words(found, row, public_words_of(row), "appraisal"), withhold)


@require_http_methods(["GET", "HEAD", "POST"])
def not_assessed(request: PageRequest, cycle: int, asked: int) -> HttpResponse:
    """Why an item is not assessed."""
    found = _allowed(request, cycle)
    row = NotAssessedRequest.objects.select_related(*_READ).filter(pk=asked, entry__sheet__cycle=found).first()
    if row is None:
        raise Http404
    withhold = partial(withhold_request, request_id=row.pk)
    return _answered(request, _Words(found, row, public_words_of_request(row), "item"), withhold)


def _allowed(request: PageRequest, cycle: int) -> Cycle:
    """The cycle, for those who may withhold words of it."""
    found = read_by(request, cycle)
    check_can_withhold(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """The row that holds words, those of them that are public, and the page of the item that they stand on."""

    cycle: Cycle
    row: Opinion | NotAssessedRequest
    public: Sequence[str]
    page: str

    def back(self, request: PageRequest) -> str:
        """Where the reader came from: the list of a page of results, else the item."""
        name = _LISTS.get(request.GET.get("to", ""))
        entry = self.row.entry
        return (
            reverse(name, args=[self.cycle.pk]) if name else reverse(self.page, args=[entry.sheet_id, entry.item_code])
        )


def _answered(request: PageRequest, words: _Words, withhold: Callable[..., WithheldText]) -> HttpResponse:
    """The page; what is posted is withheld, and the reader goes back to where they came from."""
    entry, back, problems = words.row.entry, words.back(request), Problems()
    if request.method == "POST":
        try:
            withhold(by=request.acting, at=timezone.now(), reason=request.POST.get("reason", ""))
        except Refusal as refused:
            if refused.code not in _MENDED:
                raise
            problems = [problem_of(refused)]
        else:
            done = text(
                "Mục {code} của {unit}: lý do không công khai.", code=entry.item_code, unit=entry.sheet.unit_name
            )
            messages.success(request, done)
            return redirect(back)
    context = {
        "cycle": words.cycle, "room": "cycles", "entry": entry, "shown": words.public,
        "withheld": withheld_of(words.row), "is_opinion": isinstance(words.row, Opinion),
        "quoted": notes_that_quote(words.row.reason), "back": back, "words": typed(request, "reason"),
        "problems": problems, "wrong": dict(problems),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/withhold.html", context, status=status)
