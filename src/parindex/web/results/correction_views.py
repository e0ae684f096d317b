"""Correcting a publication: items that are decided anew, a preview of everything that changes, then the act."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, Entry, Publication, ScoreSheet
from parindex.domain.review.refusal import Refusal
from parindex.usecases.corrections import Basis, Corrected, CorrectionPreview, correct, preview_correction
from parindex.usecases.publishing import DecidedBy
from parindex.web.requests import PageRequest
from parindex.web.results.publish_views import FIELDS
from parindex.web.results.typed_forms import Problems, day_of, moment_of, problem_of, seen_in, typed
from parindex.web.results.views import may, read_by
from parindex.web.typed_numbers import number_in
from parindex.wording import results as result_words
from parindex.wording.language import text
from parindex.wording.moments import moment
from parindex.wording.refusals import refusal_text

_TEXTS = ("reason", "minutes_number", "minutes_date", "minutes", *FIELDS)
#: So many lines the form has for items; who needs more publishes more than one correction.
LINES = 8
#: What of a line mends a refusal.
_FIELD_OF_LINE = {
    "correction_unit_needed": "sheet", "own_unit_by_other_chair": "sheet", "correction_item_unknown": "item",
    "correction_twice": "item", "correction_not_assessed": "item", "correction_points_not_a_number": "points",
    "correction_points_as_share": "points", "correction_points_out_of_range": "points", "reason_needed": "why",
    "comment_too_long": "why",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def correct_results(request: PageRequest, cycle: int) -> HttpResponse:
    """A first POST shows the difference, exactly; a second one, with ``confirmed``, publishes it."""
    found, at = read_by(request, cycle), timezone.now()
    refused = may(request, found, "correct")
    if refused is not None:
        raise refused
    words, problems = typed(request, *_TEXTS), Problems()
    lines = _lines(request)
    shown: CorrectionPreview | None = None
    if request.method == "POST":
        try:
            if request.POST.get("confirmed"):
                messages.success(request, _said(_made(request, found, at, words)))
                return redirect("results", cycle=found.pk)
            shown = _preview(request, found, at, words)
        except Refusal as problem:
            problems = [_at_line(problem)]
            if problem.code == "personal_data_unconfirmed":
                shown = _preview(request, found, at, words)
    context = {
        "cycle": found, "room": "cycles", "words": words, "problems": problems, "wrong": dict(problems),
        "lines": [*lines, *[("", "", "", "")] * (LINES - len(lines))], "shown": shown,
        "sheets": found.sheets.order_by("position", "pk").only("pk", "unit_name"), "result_words": result_words,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "results/templates/correct.html", context, status=status)


def _preview(request: PageRequest, cycle: Cycle, at: datetime, words: dict[str, str]) -> CorrectionPreview:
    return preview_correction(
        by=request.acting, at=at, cycle_id=cycle.pk, reason=words["reason"], basis=_basis(words),
        changes=_changes(cycle, _lines(request)),
    )  # fmt: skip


def _made(request: PageRequest, cycle: Cycle, at: datetime, words: dict[str, str]) -> Publication:
    return correct(
        by=request.acting, at=at, cycle_id=cycle.pk, reason=words["reason"], basis=_basis(words),
        changes=_changes(cycle, _lines(request)), seen=seen_in(request), personal=bool(request.POST.get("personal")),
    )  # fmt: skip


def _said(made: Publication) -> str:
    if made.announced_at is not None:
        return text("Đã công bố đính chính. Bản trước vẫn xem được.")
    when = moment(made.public_from)
    return text("Đã ghi đính chính, chưa ai xem được. Công khai từ {when}; đơn vị nhận thư báo lúc đó.", when=when)


_Line = tuple[str, str, str, str]


def _lines(request: PageRequest) -> list[_Line]:
    """The lines in which anything is picked or typed: unit, item, points, reason."""
    columns = (request.POST.getlist(name)[:LINES] for name in ("sheet", "item", "points", "why"))
    return [line for line in zip(*columns, strict=False) if any(cell.strip() for cell in line)]


def _at_line(refused: Refusal) -> tuple[str, str]:
    """A refusal with its field: of a line that which mends it there."""
    line = refused.facts.get("line")
    if line is None:
        return problem_of(refused)
    return f"{_FIELD_OF_LINE.get(refused.code, 'item')}-{line}", refusal_text(refused)


def _changes(cycle: Cycle, lines: list[_Line]) -> list[Corrected]:
    found = []
    for line, (sheet, item, points, why) in enumerate(lines, start=1):
        if not sheet.strip():
            raise Refusal("correction_unit_needed", line=line)
        key, code = number_in(sheet) or 0, item.strip()
        entry = Entry.objects.filter(sheet=key, sheet__cycle=cycle, item_code=code).first()
        if entry is None:
            name = ScoreSheet.objects.filter(pk=key, cycle=cycle).values_list("unit_name", flat=True).first()
            raise Refusal("correction_item_unknown", item=code[:40], unit=name or "–", line=line)
        found.append(Corrected(entry.pk, points, why))
    return found


def _basis(words: dict[str, str]) -> Basis:
    decided = DecidedBy(words["decision_number"], day_of(words, "decision_date"), moment_of(words, "public_from"))
    return Basis(words["minutes_number"], day_of(words, "minutes_date"), words["minutes"], decided)
