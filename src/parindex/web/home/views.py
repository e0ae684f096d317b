"""Front page for everybody; "Việc của tôi" for who is logged in."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from parindex.database.models import User
from parindex.domain.review.roles import Role
from parindex.web.home.own_sheet import gone_to, next_opening, own_sheet, total
from parindex.web.home.running import running_cycles, surveyed_sets
from parindex.web.home.tasks import tasks_of
from parindex.web.requests import LANGUAGE_COOKIE, PageRequest
from parindex.web.score_sheets.sheet_news import sheet_news
from parindex.wording import language
from parindex.wording.roles import role_task

LOG = logging.getLogger(__name__)


@login_not_required
@require_safe
def front(request: PageRequest) -> HttpResponse:
    """What this is; in the demonstration, the accounts to try it with."""
    demo = User.objects.filter(is_demo=True, is_active=True).prefetch_related("grants").order_by("pk")
    context = {"accounts": demo if settings.DEMO else (), "role_task": role_task, "room": ""}
    return render(request, "home/templates/front.html", context)


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """What this person has to do, by when."""
    at = timezone.now()
    work = tasks_of(request.acting, at)
    own, is_broken = None, False
    try:
        own = own_sheet(request.acting, work.own, at)
    except Exception:  # what stands beside the tasks must not hide them: the page says what is missing
        LOG.exception("own sheet of account %s", request.user.pk)
        is_broken = True
    context = {
        "work": work, "own": own, "sums": total(own.rows) if own else None, "room": "home", "is_broken": is_broken,
        "next_opening": None if work.due else next_opening(request.acting, at), "notices": work.notices,
        "news": sheet_news(request.acting, [task.sheet for task in work.own if task.sheet is not None]),
        "gone_to": gone_to(request.acting, at),
        "running": () if work.due else running_cycles(request.acting), "surveyed": surveyed_sets(request.acting),
        "is_administrator": request.acting.actor.roles == {Role.ADMINISTRATOR},
    }  # fmt: skip
    return render(request, "home/templates/home.html", context)


@login_not_required
@require_safe
def choose_language(request: PageRequest) -> HttpResponse:
    """Switch the language of this browser; that of mails stands with the account (:func:`edit_own_account`)."""
    asked = request.GET.get("to")
    to = asked if asked in {one.value for one in language.Language} else language.current().value
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    response.set_cookie(LANGUAGE_COOKIE, to, max_age=365 * 86_400, samesite="Lax", httponly=True)
    return response
