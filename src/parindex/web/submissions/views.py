"""The check before submission, and every act that needs no signature: present, send back, withdraw, return, compile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import part_facts, sheet_facts
from parindex.domain.review.permissions import (
    check_can_compile,
    check_can_move_part,
    check_can_return_sheet,
    check_can_send_back_sheet,
    check_can_withdraw_sheet,
)
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import Act
from parindex.usecases import submissions
from parindex.usecases.claims import is_in_parts
from parindex.web.requests import PageRequest
from parindex.web.score_sheets.sheet_news import sheet_news
from parindex.web.submissions.access import opened, opened_part
from parindex.web.submissions.check_page import check_page, shown_part
from parindex.web.submissions.matter_words import matter_head, matter_words
from parindex.wording.flags import flag_head, flag_words, severity_words
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text


@require_safe
def check(request: PageRequest, sheet: int) -> HttpResponse:
    """Everything that is missing, what the claim would give, and what may be done now."""
    found, parts = opened(request, sheet)
    asked = request.GET.get("part", "")
    part = shown_part(request.acting, found, parts, asked)
    if asked and part is None and is_in_parts(found, parts):
        raise Http404
    page = check_page(request.acting, found, parts, part, timezone.now())
    context = {
        "page": page, "matter_head": matter_head, "matter_words": matter_words, "room": "score_sheets",
        "news": sheet_news(request.acting, [found])[sheet], "flag_head": flag_head, "flag_words": flag_words,
        "severity_words": severity_words,
    }  # fmt: skip
    return render(request, "submissions/templates/check.html", context)


@dataclass(frozen=True, slots=True)
class Confirm:
    """The page between the wish and the act: what happens, who is told, what can then no longer be done.

    ``reason`` is the label of the reason that is due, "" where none is.
    """

    title: str
    sentences: Sequence[str]
    button: str
    back: str
    done: str
    reason: str = ""
    hint: str = ""
    kind: str = "btn--primary"


def confirmed(
    request: PageRequest, sheet: ScoreSheet, page: Confirm, act: Callable[[str], object], part: SheetPart | None = None
) -> HttpResponse:
    """Ask on the first request, act on the second; a refusal keeps what was typed."""
    problem = ""
    if request.method == "POST":
        try:
            act(request.POST.get("reason", ""))
        except Refusal as refused:
            problem = refusal_text(refused)
        else:
            messages.success(request, page.done)
            return redirect(page.back)
    context = {
        "confirm": page, "sheet": sheet, "part": part, "problem": problem, "room": "score_sheets",
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "submissions/templates/confirm.html", context, status=status)


def address_of(sheet: ScoreSheet, part: SheetPart | None) -> str:
    """The check of a part or of the whole sheet."""
    query = f"?part={part.pk}" if part else ""
    return reverse("submit_sheet", kwargs={"sheet": sheet.pk}) + query


def _moved(
    request: PageRequest, part: int, act: Act, page: Callable[[ScoreSheet, SheetPart, str], Confirm],
    do: Callable[..., object],
) -> HttpResponse:  # fmt: skip
    """Ask before a part is moved, then move it: ``page`` says what happens, and is given the address of the check."""
    sheet, parts, found = opened_part(request, part)
    check_can_move_part(request.acting.actor, part_facts(found, sheet, parts), act, timezone.now())
    shown = page(sheet, found, address_of(sheet, found if is_in_parts(sheet, parts) else None))

    def done(why: str) -> object:
        reason = {"reason": why} if shown.reason else {}
        return do(by=request.acting, at=timezone.now(), part_id=part, **reason)

    return confirmed(request, sheet, shown, done, found)


@require_http_methods(["GET", "HEAD", "POST"])
def present(request: PageRequest, part: int) -> HttpResponse:
    """The officer asks the leader to sign."""

    def page(_: ScoreSheet, found: SheetPart, back: str) -> Confirm:
        return Confirm(
            title=text("Trình lãnh đạo ký"),
            sentences=(
                text(
                    "Lãnh đạo của {unit} nhận thư báo (ai đã khai địa chỉ thư) và ký ở trang này.", unit=found.lead_name
                ),
                text("Từ lúc trình đến khi ký hoặc trả lại, không ai sửa được phần này."),
            ),
            button=text("Trình lãnh đạo ký"),
            back=back,
            done=text("Đã trình lãnh đạo của {unit} ký.", unit=found.lead_name),
        )

    return _moved(request, part, Act.PRESENT, page, submissions.present)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: PageRequest, part: int) -> HttpResponse:
    """What was presented is opened again, with the reason."""

    def page(_: ScoreSheet, found: SheetPart, back: str) -> Confirm:
        told = text(
            "Cán bộ của {unit} nhận thư báo có lý do (ai đã khai địa chỉ thư) và sửa được ngay.", unit=found.lead_name
        )
        return Confirm(
            title=text("Trả lại để sửa"),
            sentences=(told,),
            button=text("Trả lại để sửa"),
            back=back,
            done=text("Đã trả lại để sửa."),
            reason=text("Lý do"),
            hint=text("Nói rõ mục nào cần sửa gì"),
        )

    return _moved(request, part, Act.SEND_BACK, page, submissions.send_back)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_part(request: PageRequest, part: int) -> HttpResponse:
    """The leader of a lead unit takes a signature back."""
    sheet, parts, _ = opened_part(request, part)
    if not is_in_parts(sheet, parts):
        return redirect("withdraw_sheet", sheet=sheet.pk)

    def page(_: ScoreSheet, found: SheetPart, back: str) -> Confirm:
        return Confirm(
            title=text("Rút phần đã ký"),
            sentences=(
                text("Phần của {unit} mở lại để sửa; chữ ký cũ hết giá trị và phải ký lại.", unit=found.lead_name),
                text("Phiếu xác nhận cũ vẫn lưu và ghi rõ đã rút."),
            ),
            button=text("Rút phần đã ký"),
            back=back,
            done=text("Đã rút phần đã ký. Sửa xong, ký lại."),
            reason=text("Lý do rút"),
            kind="btn--danger",
        )

    return _moved(request, part, Act.WITHDRAW, page, submissions.withdraw_part)


@require_http_methods(["GET", "HEAD", "POST"])
def return_part(request: PageRequest, part: int) -> HttpResponse:
    """The standing office of the body returns a signed part."""

    def page(sheet: ScoreSheet, found: SheetPart, _: str) -> Confirm:
        return Confirm(
            title=text("Trả lại phần đã ký"),
            sentences=(
                text("{unit} nhận thư báo có lý do (ai đã khai địa chỉ thư), sửa rồi ký lại.", unit=found.lead_name),
                text("Chữ ký cũ hết giá trị; phiếu xác nhận cũ vẫn lưu và ghi rõ đã trả lại."),
            ),
            button=text("Trả lại phần đã ký"),
            back=reverse("sheet_parts", kwargs={"sheet": sheet.pk}),
            done=text("Đã trả lại phần của {unit}.", unit=found.lead_name),
            reason=text("Lý do trả lại"),
            hint=text("Nói rõ mục nào cần sửa gì; đơn vị chủ trì đọc được"),
        )

    return _moved(request, part, Act.RETURN, page, submissions.return_part)


@require_http_methods(["GET", "HEAD", "POST"])
def compile_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """The standing office of the body puts the signed parts together."""
    found, parts = opened(request, sheet)
    check_can_compile(request.acting.actor, sheet_facts(found, parts), timezone.now())
    page = Confirm(
        title=text("Tổng hợp phiếu"),
        sentences=(
            text("{count} phần đã ký được gộp thành phiếu của {unit}.", count=len(parts), unit=found.unit_name),
            text("Lãnh đạo {unit} nhận thư báo (ai đã khai địa chỉ thư) và ký nộp cả phiếu.", unit=found.unit_name),
            text("Từ lúc tổng hợp, không phần nào sửa hoặc rút được nữa, trừ khi phiếu được trả lại."),
        ),
        button=text("Tổng hợp và trình lãnh đạo"),
        back=reverse("sheet_parts", kwargs={"sheet": sheet}),
        done=text("Đã tổng hợp. Phiếu chờ lãnh đạo {unit} ký nộp.", unit=found.unit_name),
    )
    return confirmed(
        request, found, page,
        lambda _: submissions.compile_sheet(by=request.acting, at=timezone.now(), sheet_id=sheet),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def send_back_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """A compiled sheet is opened again."""
    found, parts = opened(request, sheet)
    check_can_send_back_sheet(request.acting.actor, sheet_facts(found, parts), timezone.now())
    page = Confirm(
        title=text("Trả lại phiếu tổng hợp"),
        sentences=(
            text("Cơ quan thường trực nhận thư báo có lý do (ai đã khai địa chỉ thư) và trả lại những phần cần sửa."),
            text("Các phần vẫn giữ chữ ký cho đến khi được trả lại."),
        ),
        button=text("Trả lại phiếu tổng hợp"),
        back=reverse("sheet_parts", kwargs={"sheet": sheet}),
        done=text("Đã trả lại phiếu tổng hợp."),
        reason=text("Lý do trả lại"),
    )
    return confirmed(
        request, found, page,
        lambda why: submissions.send_back_sheet(by=request.acting, at=timezone.now(), sheet_id=sheet, reason=why),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """The leader takes the submission back, until the appraisal begins."""
    found, parts = opened(request, sheet)
    check_can_withdraw_sheet(request.acting.actor, sheet_facts(found, parts), timezone.now())
    in_parts = is_in_parts(found, parts)
    page = Confirm(
        title=text("Rút phiếu đã nộp"),
        sentences=(
            text("Cơ quan thường trực của kỳ nhận thư báo có lý do (ai đã khai địa chỉ thư); phiếu coi như chưa nộp."),
            text("Các phần vẫn giữ chữ ký; phần cần sửa do cơ quan thường trực trả lại.")
            if in_parts
            else text("Phiếu mở lại để sửa và phải ký nộp lại trước hạn."),
            text("Phiếu xác nhận cũ vẫn lưu và ghi rõ đã rút. Lần nộp sau có số thứ tự mới."),
        ),
        button=text("Rút phiếu đã nộp"),
        back=address_of(found, None),
        done=text("Đã rút phiếu. Sửa xong, nộp lại trước hạn."),
        reason=text("Lý do rút"),
        kind="btn--danger",
    )
    return confirmed(
        request, found, page,
        lambda why: submissions.withdraw(by=request.acting, at=timezone.now(), sheet_id=sheet, reason=why),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def return_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """The standing office of the cycle returns a submitted sheet to its unit, until the appraisal begins."""
    found, parts = opened(request, sheet)
    check_can_return_sheet(request.acting.actor, sheet_facts(found, parts), timezone.now())
    in_parts = is_in_parts(found, parts)
    page = Confirm(
        title=text("Trả lại phiếu đã nộp"),
        sentences=(
            text("{unit} nhận thư báo có lý do (ai đã khai địa chỉ thư), sửa rồi ký nộp lại.", unit=found.unit_name),
            text("Các phần vẫn giữ chữ ký; phần cần sửa do cơ quan thường trực của đơn vị trả lại.")
            if in_parts
            else text("Phiếu mở lại để sửa và phải ký nộp lại trước hạn."),
            text("Chữ ký cũ hết giá trị; phiếu xác nhận cũ vẫn lưu và ghi rõ đã trả lại."),
        ),
        button=text("Trả lại phiếu đã nộp"),
        back=address_of(found, None),
        done=text("Đã trả lại phiếu của {unit}.", unit=found.unit_name),
        reason=text("Lý do trả lại"),
        hint=text("Nói rõ mục nào cần sửa gì"),
        kind="btn--danger",
    )
    return confirmed(
        request, found, page,
        lambda why: submissions.return_sheet(by=request.acting, at=timezone.now(), sheet_id=sheet, reason=why),
    )  # fmt: skip
