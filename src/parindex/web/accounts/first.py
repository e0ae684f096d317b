"""The first page of an empty installation."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from parindex.domain.review.refusal import Refusal
from parindex.usecases.accounts import AccountData, problems_of
from parindex.usecases.installation import check_first_token, found_installation
from parindex.web.accounts.form_words import password_words
from parindex.web.units.forms import FIELDS, TypedUnit
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text
from parindex.wording.unit_kinds import known_kinds

_OWN = ("full_name", "username", "email")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_account(request: HttpRequest, token: str) -> HttpResponse:
    """Name the unit at the top and its administrator; once there is an account, nothing is here."""
    if refused := consume_or_429(request, action="reset_password_from_key", limit_get=True):
        return refused
    try:
        check_first_token(token)
    except Refusal:
        raise Http404 from None
    typed = {name: " ".join(request.POST.get(name, "").replace("\0", "").split()) for name in (*FIELDS, *_OWN)}
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        problems = _found(request, token, typed)
        if not problems:
            messages.success(request, text("Đã lập tài khoản quản trị. Đăng nhập để bắt đầu."))
            return redirect("account_login")
    context = {"typed": typed, "problems": problems, "kinds": known_kinds()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "accounts/templates/first_account.html", context, status=status)


def _found(request: HttpRequest, token: str, typed: dict[str, str]) -> list[tuple[str, str]]:
    """Do it, or say everything that is wrong."""
    form = TypedUnit(typed, local_day(timezone.now()))
    code, unit = form.code(), form.data(None)
    data = AccountData(typed["full_name"], typed["username"], None, typed["email"])
    wrong = {name: refusal_text(one) for name, one in problems_of(data).items() if name != "unit"}
    problems = [*wrong.items(), *form.problems.items()]
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        problems.append(("id_again", password_words("password_mismatch")))
    if problems:
        return problems
    try:
        found_installation(
            at=timezone.now(), token=token, unit_code=code, unit=unit, since=local_day(timezone.now()), data=data,
            password=password, address=request.META.get("REMOTE_ADDR", ""),
        )  # fmt: skip
    except ValidationError as weak:
        return [("id_password", password_words(one.code)) for one in weak.error_list]
    return []
