"""Too many wrong passwords."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from parindex.web import errors
from parindex.wording.language import text


def locked_out(request: HttpRequest, credentials: Any = None, *_: Any, **__: Any) -> HttpResponse:
    """The account waits; the owner can do nothing wrong by waiting."""
    return errors.page(
        request, HTTPStatus.TOO_MANY_REQUESTS, text("Tạm khóa đăng nhập"),
        text("Mật khẩu sai 5 lần liên tiếp. Đợi 15 phút rồi thử lại, hoặc nhờ người quản lý tài khoản mở lại."),
    )  # fmt: skip
