"""Sending the council's questions, answering them, taking them back."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import Cycle, Question
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.further_explanation_permissions import (
    check_can_see_unsent_questions,
    check_can_send_questions,
    sends_questions,
)
from parindex.domain.review.refusal import Refusal
from parindex.usecases.further_explanations import ROUND_TITLE_LENGTH, send_questions, withdraw_question, write_answer
from parindex.usecases.latest_days import check_not_too_far
from parindex.usecases.written_texts import whole
from parindex.web.cycles.actions import Problems, day_end
from parindex.web.further_explanations.questions_page import QuestionsPage, questions_page
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.item_views import refused_input
from parindex.web.typed_numbers import number_from, number_in
from parindex.wording.language import text
from parindex.wording.moments import day, moment
from parindex.wording.refusals import refusal_text

#: Refusals after which the page of the item comes again, with the answer that was typed.
_OF_INPUT = frozenset({
    "answer_changed", "comment_too_long", "deadline_passed", "sheet_signed", "sheet_locked", "question_not_open",
    "cycle_closed",
})  # fmt: skip
_FIELD_OF = {
    "not_a_day": "until", "round_ends_in_the_past": "until", "extension_too_far": "until", "comment_too_long": "title",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_questions(request: PageRequest, cycle: int) -> HttpResponse:
    """The questions that wait to be sent. A first POST asks whether it is right, a second one sends them; auditors
    only read them.
    """
    found = get_object_or_404(Cycle, pk=cycle)
    check = check_can_send_questions if request.method == "POST" else check_can_see_unsent_questions
    check(request.acting.actor, cycle_facts(found, found.owner_path))
    picked = frozenset(pk for one in request.POST.getlist("sheet") if (pk := number_in(one)) is not None)
    page = questions_page(request.acting, found, picked)
    if request.method != "POST":
        return _shown(request, page, until=day(page.suggested) if page.suggested else "")
    problems = _problems(request, found, page)
    until = request.POST.get("until", "")
    if problems or request.POST.get("back"):
        return _shown(request, page, until=until, problems=problems)
    ends_at = day_end(until)
    if not request.POST.get("confirmed"):
        return _confirmation(request, page, ends_at)
    try:
        ids = [one.sheet.pk for one in page.chosen]
        title, seen = request.POST.get("title", ""), request.POST.get("seen", "")
        count = send_questions(
            by=request.acting, at=timezone.now(), sheet_ids=ids, ends_at=ends_at, title=title, seen=seen
        )
    except Refusal as refused:
        return _shown(
            request, questions_page(request.acting, found, picked), until=until,
            problems=[(_FIELD_OF.get(refused.code, ""), refusal_text(refused))],
        )  # fmt: skip
    messages.success(
        request,
        text("Đã gửi {count} câu hỏi tới {units} đơn vị, hạn trả lời {when}.", count=count, units=len(ids),
             when=moment(ends_at)),
    )  # fmt: skip
    return redirect("cycle_questions", cycle=found.pk)


def _problems(request: PageRequest, cycle: Cycle, page: QuestionsPage) -> Problems:
    """Everything that is wrong in the form, all at once."""
    problems: Problems = []
    if not page.chosen:
        problems.append(("", text("Chưa chọn đơn vị nào có câu hỏi gửi được. Đánh dấu đơn vị trong bảng.")))
    until = request.POST.get("until", "").strip()
    if not until:
        problems.append(("until", text("Chưa ghi ngày. Ghi ngày/tháng/năm, ví dụ 01/07/2025.")))
    try:
        whole(request.POST.get("title", ""), ROUND_TITLE_LENGTH)
        ends = day_end(until) if until else None
        if ends is not None and ends <= timezone.now():
            raise Refusal("round_ends_in_the_past", until=ends)
        if ends is not None:
            check_not_too_far(cycle.pk, ends, timezone.now())
    except Refusal as refused:
        problems.append((_FIELD_OF.get(refused.code, ""), refusal_text(refused)))
    return problems


def _shown(request: PageRequest, page: QuestionsPage, *, until: str, problems: Problems | None = None) -> HttpResponse:
    context = {
        "page": page, "until": until, "title": request.POST.get("title", ""), "problems": problems or [],
        "wrong": dict(problems or []), "room": "cycles",
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "further_explanations/templates/questions.html", context, status=status)


def _confirmation(request: PageRequest, page: QuestionsPage, ends_at: datetime) -> HttpResponse:
    context = {
        "page": page, "until": request.POST.get("until", ""), "ends_at": ends_at,
        "title": request.POST.get("title", ""), "room": "cycles",
    }  # fmt: skip
    return render(request, "further_explanations/templates/send_questions.html", context)


@require_POST
def answer(request: PageRequest, question: int) -> HttpResponse:
    """The unit writes its answer; what could not be stored comes again with what was typed."""
    found = get_object_or_404(Question.objects.select_related("entry"), pk=question, sent_at__isnull=False)
    sheet, code = found.entry.sheet_id, found.entry.item_code
    try:
        write_answer(
            by=request.acting, at=timezone.now(), question_id=question, answer=request.POST.get("answer", ""),
            seen=number_from(request.POST.get("seen")),
        )  # fmt: skip
    except Refusal as reason:
        if reason.code not in _OF_INPUT:
            raise
        return refused_input(request, sheet, code, f"answer-{question}", reason)
    messages.success(request, text("Đã lưu giải trình. Hội đồng thấy khi lãnh đạo đơn vị ký nộp."))
    return redirect(f"{reverse('item', args=[sheet, code])}#hoi-dong")


@require_POST
def withdraw(request: PageRequest, question: int) -> HttpResponse:
    """Who asked, secretary or chair takes a question back."""
    found = get_object_or_404(Question.objects.select_related("entry__sheet__cycle"), pk=question)
    withdraw_question(by=request.acting, at=timezone.now(), question_id=question)
    messages.success(request, text("Đã rút câu hỏi ở mục {code}.", code=found.entry.item_code))
    cycle = found.entry.sheet.cycle
    if sends_questions(request.acting.actor, cycle_facts(cycle, cycle.owner_path)):
        return redirect("cycle_questions", cycle=cycle.pk)
    return redirect("home")
