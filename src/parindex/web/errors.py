"""Pages that say what went wrong, and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import is_valid_path, reverse

from parindex.database.models import Submission
from parindex.domain.review.refusal import Refusal
from parindex.web.requests import announced, chosen_language
from parindex.wording import language
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text
from parindex.wording.typed_fields import chosen, is_typed, is_worth_keeping, typed_label


def page(
    request: HttpRequest, status: HTTPStatus, title: str, words: str, links: Sequence[tuple[str, str]] = (),
    given: Sequence[TypedText] = (),
) -> HttpResponse:  # fmt: skip
    """One sentence what happened, one what to do; ``links``: where that is done, address and words; ``given``: what
    was typed, to be copied.
    """
    context = {"title": title, "words": words, "typed": given, "links": links}
    return render(request, "layout/templates/error.html", context, status=status)


def _without_person(request: HttpRequest) -> None:
    """Whoever asks: the page is shown as to a visitor, in the language of the browser."""
    request.user = AnonymousUser()
    language.use(chosen_language(request))


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Somebody may not do this now: the reason, and the way back. 409 for a form about what has become something else;
    not to a script, which would put the page where the form stands.
    """
    by_script = "HX-Request" in request.headers
    status = HTTPStatus.CONFLICT if refusal.code == "item_replaced" and not by_script else HTTPStatus.FORBIDDEN
    given = _typed(request, is_worth_keeping)
    return page(request, status, text("Chưa làm được việc này"), refusal_text(refusal), _links(refusal), given)


def _links(refusal: Refusal) -> list[tuple[str, str]]:
    """Where somebody finds what may be read instead."""
    if refusal.code == "item_replaced":
        moved = reverse("replaced_entries", args=[refusal.facts["sheet"]])
        return [(moved, text("Xem nội dung đã nhập đi đâu"))]
    if refusal.code in ("item_moved_on", "item_decided") and "item" in refusal.facts:
        address = reverse("appraisal", args=[refusal.facts["sheet"], refusal.facts["item"]])
        return [(address, text("Xem mục này như hiện nay")), (reverse("appraisals"), text("Về danh sách chờ tôi"))]
    if refusal.code != "sheet_being_answered":
        return []
    made = Submission.objects.filter(sheet=refusal.facts["sheet"], part=None).order_by("-number").first()
    return [(reverse("receipt", kwargs={"submission": made.pk}), text("Xem bản đã nộp gần nhất"))] if made else []


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address, or nothing that this person may know of; what was typed into a form of ours is given
    back. At an address that is none nobody has looked at the form: it is not read.
    """
    words = text("Kiểm tra lại địa chỉ, hoặc về Việc của tôi.")
    is_ours = request.resolver_match is not None and request.user.is_authenticated
    given = _typed(request, is_worth_keeping) if is_ours else []
    return page(request, HTTPStatus.NOT_FOUND, text("Không có trang này"), words, (), given)


def not_allowed(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    """An address that only takes what a form sends, opened as a page: what it does is done by a button elsewhere."""
    above = _address_above(request.path)
    shown = page(
        request, HTTPStatus.METHOD_NOT_ALLOWED, text("Địa chỉ này không mở được như một trang"),
        text("Chưa có gì thay đổi. Việc này làm bằng nút bấm: mở lại trang có nút đó rồi bấm."),
        [(above, text("Về trang liền trên"))] if above else (),
    )  # fmt: skip
    shown["Allow"] = answer["Allow"]
    return shown


def _address_above(path: str) -> str:
    """The nearest address above that there is; "" for none but the first page."""
    pieces = path.strip("/").split("/")
    for length in range(len(pieces) - 1, 0, -1):
        above = "/" + "/".join(pieces[:length]) + "/"
        if is_valid_path(above):
            return above
    return ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read; one for a host that is not ours is refused before anybody knows who asks."""
    if not hasattr(request, "acting"):
        _without_person(request)
    return page(
        request, HTTPStatus.BAD_REQUEST, text("Không đọc được yêu cầu"), text("Quay lại trang trước và gửi lại.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django itself refuses."""
    return page(
        request, HTTPStatus.FORBIDDEN, text("Không mở được trang này"), text("Đăng nhập bằng tài khoản có quyền.")
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: mostly a page that was open for too long. What was typed is given back."""
    words = text("Chưa lưu gì. Quay lại trang trước, tải lại trang rồi gửi lại.")
    return _given_back(request, text("Biểu mẫu đã hết hiệu lực"), words)


def session_ended(request: HttpRequest) -> HttpResponse:
    """A form from somebody who is logged in no longer: what was typed is given back, not lost at the login."""
    words = text("Chưa lưu gì. Mở trang đăng nhập ở thẻ khác, đăng nhập, rồi quay lại trang trước và gửi lại.")
    return _given_back(request, text("Phiên làm việc đã hết"), words)


def _given_back(request: HttpRequest, title: str, words: str) -> HttpResponse:
    """What was typed, where it is a form; files that come behind it are not waited for."""
    context = {"title": title, "words": words, "typed": _typed(request, is_typed), "links": ()}
    return render(request, "layout/templates/error.html", context, status=HTTPStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class TypedText:
    """What stood in a field of a form, and what the field is called; "" where that is not known."""

    label: str
    value: str


def _typed(request: HttpRequest, is_kept: Callable[[str, str], bool]) -> list[TypedText]:
    """What somebody typed or picked in a form that was not taken, each text once: some forms repeat a reason in every
    row.
    """
    sent = request.POST.lists() if announced(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE else ()
    texts: list[TypedText] = []
    for name, value in ((name, str(one)) for name, values in sent for one in values):
        if picked := chosen(name, value):
            texts.append(TypedText(*picked))
        elif is_kept(name, value):
            texts.append(TypedText(typed_label(name), value))
    return list(dict.fromkeys(texts))


def failed(request: HttpRequest) -> HttpResponse:
    """A mistake of ours. Where it came before the person, or the person cannot be asked for, the page does without."""
    try:
        if not hasattr(request, "acting"):
            _without_person(request)
        return _failed(request)
    except Exception:
        logging.getLogger(__name__).exception("the page of a failure failed")
        _without_person(request)
        return _failed(request)


def _failed(request: HttpRequest) -> HttpResponse:
    return page(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, text("Hệ thống gặp lỗi"),
        text("Lỗi đã được ghi lại. Thử lại sau ít phút; nếu còn lỗi, báo cơ quan thường trực."),
    )  # fmt: skip
