"""The demonstration's doors, and one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from parindex.database.models import User
from parindex.web.requests import PageRequest


@login_not_required
@require_POST
def demo_login(request: PageRequest) -> HttpResponse:
    """Log in as a demo account; only in the demonstration, only such accounts."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, pk=request.POST.get("account"), is_demo=True, is_active=True)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("home")


@require_safe
def account(request: PageRequest) -> HttpResponse:
    """Who one is here, with which roles."""
    return render(request, "accounts/templates/account.html", {"room": "", "grants": request.acting.actor.grants})
