"""Too many wrong passwords: whose attempt it was, the page, and the record in the log."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from parindex.database.models import User
from parindex.usecases.lock_outs import log_lock_out
from parindex.web import errors
from parindex.web.accounts.login_limits import Limit, Reached
from parindex.wording.language import text

#: No name and no address is longer; databases refuse to compare with much more.
LONGEST = 320


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that an attempt is for, however its name was typed: username and e-mail address count together."""
    given = credentials or {}
    typed = (
        str(given.get("username") or given.get("email") or request.POST.get("login") or "").strip().replace("\0", "")
    )
    user = getattr(request, "user", None)  # a login without a page has none
    if not typed and user is not None and user.is_authenticated:
        typed = user.get_username()
    typed = typed[:LONGEST]
    known = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk").first()
    return known.username if typed and known else typed.lower()[:150]


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """The account waits; the owner can do nothing wrong by waiting."""
    reached: Reached | None = getattr(request, "login_limit", None)
    limit = reached.limit if reached else Limit.NAME_AND_ADDRESS
    # Set where this attempt was counted: it is the one that locked. Where an address is locked, no account is.
    if reached and limit is not Limit.ADDRESS and getattr(request, "axes_failures_since_start", None) is not None:
        log_lock_out(
            username=attempted_name(request, getattr(request, "axes_credentials", None)),
            address=request.META.get("REMOTE_ADDR", ""), failures=reached.failures,
            everywhere=limit is Limit.NAME, at=timezone.now(),
        )  # fmt: skip
    words = {
        Limit.NAME_AND_ADDRESS: text(
            "Mật khẩu sai 5 lần liên tiếp. Đợi 15 phút rồi thử lại, hoặc nhờ người quản lý tài khoản mở lại."
        ),
        Limit.NAME: text(
            "Nhiều nơi đã gõ sai mật khẩu của tên đăng nhập này. Đợi 15 phút rồi thử lại, hoặc nhờ người quản lý tài "
            "khoản mở lại."
        ),
        Limit.ADDRESS: text(
            "Từ mạng của bạn đã gõ sai mật khẩu quá nhiều lần, có thể của nhiều tài khoản. Đợi 15 phút rồi thử lại, "
            "hoặc báo quản trị hệ thống."
        ),
    }
    return errors.page(request, HTTPStatus.TOO_MANY_REQUESTS, text("Tạm khóa đăng nhập"), words[limit])
