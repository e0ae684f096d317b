"""The demonstration's doors, and one's own account."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import User
from parindex.database.queries.accounts import held_by
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.refusal import Refusal
from parindex.usecases.accounts import edit_own_account, end_own_sessions, own_texts
from parindex.usecases.read_marks import read_mark
from parindex.web.accounts.adapters import greet
from parindex.web.accounts.second_factor import is_demanded
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import LANGUAGE_COOKIE, PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text


@login_not_required
@require_POST
def demo_login(request: PageRequest) -> HttpResponse:
    """Log in as a demo account; only in the demonstration, only such accounts."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, pk=number_from(request.POST.get("account")), is_demo=True, is_active=True)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, user, method="demonstration")
    UserSession.objects.create_from_request(request)
    greet(request, user)
    return redirect("home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PageRequest) -> HttpResponse:
    """Who one is here, with which roles; a POST changes what is one's own to change."""
    typed = {name: " ".join(request.POST.get(name, "").split()) for name in ("position", "phone", "language")}
    seen, stale, problem = seen_of(request), False, ""
    if request.method == "POST":
        try:
            edit_own_account(by=request.acting, at=timezone.now(), seen=seen, **typed)
        except Refusal as refused:
            stale = is_stale(refused)
            problem = "" if stale else refusal_text(refused)
        else:
            messages.success(request, text("Đã ghi."))
            response = redirect("account")
            response.delete_cookie(LANGUAGE_COOKIE, samesite="Lax")  # the account's own language holds from here on
            return response
    stored = own_texts(User.objects.get(pk=request.user.pk) if stale else request.user)
    if request.method != "POST":
        typed = stored
    labels = {"position": text("Chức vụ"), "phone": text("Điện thoại"), "language": text("Ngôn ngữ")}
    context = _context(request, typed, problem) | {
        "seen": read_mark(stored) if stale or seen is None else seen, "stale": stale,
        "clashes": clashes(labels, stored, typed) if stale else (),
    }  # fmt: skip
    return render(request, "accounts/templates/account.html", context, status=status_of(problem, stale=stale))


def _context(request: PageRequest, typed: dict[str, str], problem: str) -> dict[str, object]:
    user, day = request.user, local_day(timezone.now())
    sessions = UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at", "pk")
    return {
        "typed": typed, "problem": problem, "room": "",
        "unit_name": names_and_paths([user.unit_id], day)[user.unit_id][0] if user.unit_id else "",
        "roles": held_by([user.pk], day)[user.pk],
        "sessions": [one for one in sessions if one.exists()],
        "here": request.session.session_key, "browser_words": browser_words,
        "has_second_factor": Authenticator.objects.filter(user_id=user.pk, type="totp").exists(),
        "demanded": is_demanded(user),
    }  # fmt: skip


_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
)
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))


def browser_words(agent: str) -> str:
    """``Firefox, Windows``: enough to know one's own browsers again; others as they call themselves."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "Safari" if "Safari/" in agent else agent[:60])
    system = next((name for mark, name in _SYSTEMS if mark in agent), "Linux" if "Linux" in agent else "")
    return f"{browser}, {system}" if system else browser


@require_POST
def end_sessions(request: PageRequest) -> HttpResponse:
    """Log out everywhere but here."""
    here = request.session.session_key or ""
    ended = end_own_sessions(by=request.acting, at=timezone.now(), keep=here)
    messages.success(request, text("Đã kết thúc {count} phiên đăng nhập khác.", count=ended))
    return redirect("account")
