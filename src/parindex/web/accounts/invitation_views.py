"""Taking over the account that was prepared for one."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from parindex.domain.review.refusal import Refusal
from parindex.usecases.invitations import accept_invitation, open_invitation
from parindex.web.accounts.form_words import password_words
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who is invited by whom; a password makes the account theirs."""
    if refused := consume_or_429(request, action="reset_password_from_key", limit_get=True):
        return refused
    problems: list[tuple[str, str]] = []
    try:
        found = open_invitation(token, timezone.now())
        if request.method == "POST":
            password = request.POST.get("password", "")
            if password != request.POST.get("again", ""):
                problems.append(("id_again", password_words("password_mismatch")))
            else:
                address = request.META.get("REMOTE_ADDR", "")
                user = accept_invitation(token=token, password=password, address=address, at=timezone.now())
                messages.success(
                    request, text("Đã đặt mật khẩu cho {username}. Đăng nhập để bắt đầu.", username=user.username)
                )
                return redirect("account_login")
    except ValidationError as weak:
        problems += [("id_password", password_words(one.code)) for one in weak.error_list]
    except Refusal as closed:
        gone: dict[str, object] = {"found": None, "words": refusal_text(closed), "problems": []}
        return render(request, "accounts/templates/invitation.html", gone, status=HTTPStatus.GONE)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    context = {"found": found, "words": "", "problems": problems}
    return render(request, "accounts/templates/invitation.html", context, status=status)
