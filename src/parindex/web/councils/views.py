"""The page of a council, its decision, its levels."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models.councils import AppraisalLevel, CouncilRole
from parindex.domain.review.appraisal_permissions import check_can_begin_appraisal
from parindex.domain.review.further_explanation_permissions import check_can_see_unsent_questions
from parindex.domain.review.opinions import Blindness, Combination
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.council_levels import LevelData, level_texts, set_levels
from parindex.usecases.councils import CouncilData, MemberData, council_texts, edit_council, make_council
from parindex.usecases.read_marks import read_mark
from parindex.web.councils.access import composed, opened
from parindex.web.councils.council_page import council_page, line_words
from parindex.web.councils.people import candidates, person_named
from parindex.web.councils.typed_days import day_in
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_in
from parindex.wording.appraisals import blindness_words, combination_words
from parindex.wording.councils import council_role, opinions_needed
from parindex.wording.language import text
from parindex.wording.moments import day, local_day
from parindex.wording.refusals import refusal_text

#: Empty rows below the levels, to add some; a row without a title is none.
_SPARE_LEVELS = 2


@require_safe
def council(request: PageRequest, cycle: int) -> HttpResponse:
    """Composition, levels, assignments, loads, and what nobody appraises."""
    found = opened(request, cycle)
    page = None
    if found.table.council is not None:
        page = council_page(found, request.user.pk, local_day(timezone.now()))
    begins = refusal(check_can_begin_appraisal, request.acting.actor, found.facts) is None
    context = {
        "found": found, "cycle": found.cycle, "page": page, "room": "cycles", "council_role": council_role,
        "begins": begins,
        "reads_questions": refusal(check_can_see_unsent_questions, request.acting.actor, found.facts) is None,
        "line_words": line_words, "opinions_needed": opinions_needed, "blindness_words": blindness_words,
        "combination_words": combination_words,
    }  # fmt: skip
    return render(request, "councils/templates/council.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: PageRequest, cycle: int) -> HttpResponse:
    """Make the council by its decision, or correct number, date and title."""
    found = composed(request, cycle)
    made = found.table.council
    stored = council_texts(made) if made is not None else {}
    shown = {**stored, "date": day(made.decision_date)} if made is not None else stored
    names = ("number", "date", "title", "chair")
    typed = {name: request.POST.get(name, shown.get(name, "")).strip() for name in names}
    problems: list[tuple[str, str]] = []
    stale = False
    if request.method == "POST":
        try:
            on = day_in(typed["date"])
            if made is not None:
                edit_council(
                    by=request.acting, at=timezone.now(), cycle_id=cycle, number=typed["number"], date=on,
                    title=typed["title"], seen=seen_of(request),
                )  # fmt: skip
            else:
                _make(request, cycle, typed, on)
            messages.success(request, text("Đã ghi quyết định lập hội đồng."))
            return redirect("council", cycle=cycle)
        except Refusal as refused:
            stale = is_stale(refused)
            problems = [(_FIELDS.get(refused.code, ""), refusal_text(refused))]
    labels = {"number": text("Số quyết định"), "date": text("Ngày quyết định"), "title": text("Tên hội đồng")}
    context = {
        "found": found, "cycle": found.cycle, "typed": typed, "problems": [] if stale else problems, "stale": stale,
        "people": [] if made is not None else candidates(found.cycle, local_day(timezone.now())),
        "seen": read_mark(stored) if stale or not seen_of(request) else seen_of(request), "room": "cycles",
        "clashes": clashes(labels, shown, typed) if stale else (),
    }  # fmt: skip
    return render(request, "councils/templates/decision.html", context, status=status_of(problems, stale=stale))


_FIELDS = {
    "council_decision_missing": "number", "not_a_day": "date", "day_out_of_range": "date",
    "person_not_found": "chair", "council_needs_one_chair": "chair", "chair_of_own_unit": "chair",
    "own_seat": "chair", "chair_by_office": "chair",
}  # fmt: skip


def _make(request: PageRequest, cycle: int, typed: dict[str, str], on: date) -> None:
    if not typed["chair"]:
        raise Refusal("council_needs_one_chair")
    chair = MemberData(person_named(typed["chair"]).pk, CouncilRole.CHAIR)
    data = CouncilData(typed["number"], on, typed["title"], [chair])
    make_council(by=request.acting, at=timezone.now(), cycle_id=cycle, data=data)


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: PageRequest, cycle: int) -> HttpResponse:
    """The levels: title, who sees what, how opinions are combined, how many are needed."""
    found = composed(request, cycle)
    stored = list(AppraisalLevel.objects.filter(council=found.council).order_by("number"))
    rows = _typed_levels(request) if request.method == "POST" else [_of_level(one) for one in stored]
    problem, stale = "", False
    if request.method == "POST":
        try:
            given = [_level(one) for one in rows if one["title"]]
            set_levels(
                by=request.acting, at=timezone.now(), cycle_id=cycle, levels=given, seen=seen_of(request)
            )  # fmt: skip
            messages.success(request, text("Đã ghi các cấp thẩm định."))
            return redirect("council", cycle=cycle)
        except Refusal as refused:
            problem, stale = refusal_text(refused), is_stale(refused)
    texts = level_texts(stored)
    typed = {f"{at}.{name}": value for at, row in enumerate(rows, start=1) for name, value in row.items()}
    spare = [dict.fromkeys(("title", "opinions_needed"), "") for _ in range(_SPARE_LEVELS)]
    context = {
        "found": found, "cycle": found.cycle, "problem": problem, "stale": stale, "room": "cycles",
        "rows": [row for row in rows if row["title"]] + [{"blindness": "", "combination": "", **one} for one in spare],
        "seen": read_mark(texts) if stale or not seen_of(request) else seen_of(request),
        "clashes": clashes(_labels(texts), texts, typed) if stale else (),
        "blindness": [(str(one), blindness_words(one)) for one in Blindness],
        "combinations": [(str(one), combination_words(one)) for one in Combination],
    }  # fmt: skip
    return render(request, "councils/templates/levels.html", context, status=status_of(problem, stale=stale))


def _labels(texts: dict[str, str]) -> dict[str, str]:
    words = {
        "title": text("Tên cấp"), "blindness": text("Thấy ý kiến của người khác"),
        "combination": text("Cách kết luận"), "opinions_needed": text("Số ý kiến cần có"),
    }  # fmt: skip
    return {name: f"{name.partition('.')[0]}. {words[name.partition('.')[2]]}" for name in texts}


def _typed_levels(request: PageRequest) -> list[dict[str, str]]:
    names = ("title", "blindness", "combination", "opinions_needed")
    columns = [request.POST.getlist(name) for name in names]
    return [dict(zip(names, map(str.strip, row), strict=True)) for row in zip(*columns, strict=False)]


def _of_level(one: AppraisalLevel) -> dict[str, str]:
    return {
        "title": one.title, "blindness": str(one.blindness), "combination": str(one.combination),
        "opinions_needed": str(one.opinions_needed),
    }  # fmt: skip


def _level(row: dict[str, str]) -> LevelData:
    blindness = row["blindness"] if row["blindness"] in {*map(str, Blindness)} else Blindness.AFTER_OWN
    combination = row["combination"] if row["combination"] in {*map(str, Combination)} else Combination.AGREEMENT
    needed = number_in(row["opinions_needed"])
    return LevelData(row["title"], Blindness(blindness), Combination(combination), -1 if needed is None else needed)
