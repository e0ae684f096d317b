"""A form far larger than its page can ask for is refused unread: nobody fills the disk through a page for passwords.

Pages that take files of evidence, papers and workbooks count what comes in themselves; they are those that look at the
token of a form only when they have seen its size (``csrf_exempt``).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from parindex.documents.unit_tables.source import MAX_BYTES
from parindex.web import errors
from parindex.web.body_intake import LATE, SMALL, UNTAKEN
from parindex.web.requests import announced
from parindex.wording.language import text

_MEGABYTE = 2**20
#: The largest file that other pages take is a table of units or accounts; a form has something around it.
MOST_BYTES = MAX_BYTES + _MEGABYTE


def request_size(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before anything of a form is read: stands before what looks at its token."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return respond(request)

        def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
            untaken = request.META.get(UNTAKEN)
            if untaken is not None:
                return _not_taken_in(request, untaken)
            sent = announced(request)
            if sent <= SMALL or getattr(view, "csrf_exempt", False):
                return None
            # Without an account nothing large is taken in: strangers could hold every place for what comes slowly.
            if not request.user.is_authenticated:
                return _of_nobody(request)
            if sent <= MOST_BYTES:
                return None
            return errors.page(
                request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text("Tệp hoặc biểu mẫu quá lớn"),
                text(
                    "Lần gửi này {sent} MB, trang này nhận tối đa {limit} MB. "
                    "Chưa lưu gì; chọn tệp nhỏ hơn rồi gửi lại.",
                    sent=-(-sent // _MEGABYTE), limit=MAX_BYTES // _MEGABYTE,
                ),
            )  # fmt: skip

    return Middleware()


def _of_nobody(request: HttpRequest) -> HttpResponse:
    """A large form from somebody who is not logged in, or not any more."""
    return errors.page(
        request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text("Chưa đăng nhập hoặc phiên đã hết"),
        text("Chỉ người đã đăng nhập gửi được tệp. Chưa lưu gì; đăng nhập rồi gửi lại."),
    )  # fmt: skip


def _not_taken_in(request: HttpRequest, why: str) -> HttpResponse:
    """Where the body stayed outside (``body_intake.py``): what to do, nothing has been stored."""
    if why == LATE:
        return errors.page(
            request, HTTPStatus.REQUEST_TIMEOUT, text("Đường truyền ngắt giữa chừng"),
            text("Máy chủ đã đợi mà phần còn lại không đến. Chưa lưu gì; kiểm tra mạng rồi gửi lại."),
        )  # fmt: skip
    answer = errors.page(
        request, HTTPStatus.SERVICE_UNAVAILABLE, text("Máy chủ đang nhận nhiều tệp"),
        text("Nhiều người đang tải tệp lớn cùng lúc. Chưa lưu gì; gửi lại sau một phút."),
    )  # fmt: skip
    answer["Retry-After"] = "60"
    return answer
