"""Publishing: what will be public, from when and by which decision; a page that asks once more, then the act."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, Publication
from parindex.domain.review.refusal import Refusal
from parindex.usecases import publishing
from parindex.usecases.owner_keys import key_for
from parindex.usecases.personal_texts import personal_texts
from parindex.usecases.publishing import DecidedBy
from parindex.web.requests import PageRequest
from parindex.web.results.typed_forms import Problems, day_of, moment_of, problem_of, seen_in, typed
from parindex.web.results.views import may, read_by, tables_of
from parindex.wording import results as result_words
from parindex.wording.language import text
from parindex.wording.moments import local_day, moment

FIELDS = ("decision_number", "decision_date", "public_from")


@require_http_methods(["GET", "HEAD", "POST"])
def publish_results(request: PageRequest, cycle: int) -> HttpResponse:
    """A first POST says from when what is public, and which texts hold personal data; a second one, with ``confirmed``,
    publishes exactly that.
    """
    found, at = read_by(request, cycle), timezone.now()
    words, problems, asks = typed(request, *FIELDS), Problems(), False
    refused = may(request, found, "publish")
    if refused is not None:
        made = _made_before(request, found, words)
        if made is None:
            raise refused
        return _done(request, made)
    shown = publishing.preview(found, at)
    ends, personal = None, personal_texts(found)
    if request.method == "POST":
        try:
            ends = moment_of(words, "public_from")
            decided = DecidedBy(words["decision_number"], day_of(words, "decision_date"), ends)
            publishing.checked(decided, at)
            if request.POST.get("confirmed"):
                made = publishing.publish(
                    by=request.acting, at=at, cycle_id=found.pk, decision_number=decided.number,
                    decision_date=decided.date, public_from=ends, seen=seen_in(request),
                    personal=bool(request.POST.get("personal")),
                )  # fmt: skip
                return _done(request, made)
            asks = True
        except Refusal as problem:
            problems, asks = [problem_of(problem)], problem.code == "personal_data_unconfirmed"
    context = {
        "cycle": found, "room": "cycles", "words": words, "problems": problems, "wrong": dict(problems), "asks": asks,
        "ends": ends, "personal": personal, "result_words": result_words, "tables": tables_of(found, None, at),
        "seen": shown.finalisation.snapshot.fingerprint if shown else "",
        "signs": key_for(found.owner.code, local_day(at).isoformat()) is not None,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/publish.html", context, status=status)


def _made_before(request: PageRequest, cycle: Cycle, words: dict[str, str]) -> Publication | None:
    """What the first of two presses has published; None where this is no second one."""
    if not request.POST.get("confirmed"):
        return None
    try:
        ends = moment_of(words, "public_from")
        decided = DecidedBy(words["decision_number"], day_of(words, "decision_date"), ends)
        return publishing.published_before(cycle, request.acting, seen_in(request), decided)
    except Refusal:
        return None


def _done(request: PageRequest, made: Publication) -> HttpResponse:
    messages.success(request, _published(made.announced_at is not None, moment(made.public_from)))
    return redirect("results", cycle=made.cycle_id)


def _published(at_once: bool, when: str) -> str:
    if at_once:
        return text("Đã công bố. Ai cũng xem được kết quả; đơn vị nhận thư báo.")
    return text("Đã ghi quyết định công bố. Kết quả xem được từ {when}; đơn vị nhận thư báo lúc đó.", when=when)
