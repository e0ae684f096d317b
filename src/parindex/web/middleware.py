"""What every request passes: the content policy, the language, the person who acts, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from parindex.database.models import Entry, ItemAppraisal
from parindex.domain.review.refusal import Refusal
from parindex.usecases.actors import session_of
from parindex.web import errors
from parindex.web.requests import chosen_language
from parindex.wording import language

Respond = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def client_address(respond: Respond) -> Respond:
    """Behind a proxy, the address of the browser: the last one noted; what stands before it anybody can write."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.HTTPS:
            noted = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(noted))
        return respond(request)

    return middleware


class CompressedPages(GZipMiddleware):
    """Pages go compressed, with some random bytes against guessing by length; files go as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is HTML."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class LoginRequired(LoginRequiredMiddleware):
    """Whoever is not logged in goes to the login; a form that was typed meanwhile is given back instead."""

    def handle_no_permission(  # type: ignore[override]  # Django takes any answer, its stubs only a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """A browser says of a form that it leaves the page; scripts stay, and know the login by its address."""
        if request.method == "POST" and request.headers.get("Sec-Fetch-Mode") == "navigate":
            return errors.session_ended(request)
        return super().handle_no_permission(request, view_func)


def content_policy(respond: Respond) -> Respond:
    """Nothing is loaded from elsewhere and nothing inline is run; a view that says otherwise knows why."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def private_answers(respond: Respond) -> Respond:
    """What somebody who is logged in gets is theirs: no cache between keeps it, and no browser shows it again unasked.

    Pages are not ``no-store``: browsers then forget a page with all that was typed into it as soon as it is left, and
    whoever goes back finds an empty form. Files that are handed out have nothing to go back to; no copy of them stays.
    A view that says otherwise knows why.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if "Cache-Control" not in response.headers and request.user.is_authenticated:
            is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
            response.headers["Cache-Control"] = "private, no-store" if is_file else "private, no-cache"
        return response

    return middleware


def interface_language(respond: Respond) -> Respond:
    """Vietnamese, unless the person or this browser has chosen English; sets who acts for the views."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        language.use(code)
        request.acting = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: session_of(get_user(request), timezone.now(), request.META.get("REMOTE_ADDR", ""))  # type: ignore[arg-type]
        )
        with translation.override(code):
            response = respond(request)
        response.headers.setdefault("Content-Language", code.value)
        return response

    return middleware


def second_factor(respond: Respond) -> Respond:
    """People whose role demands a second factor set it up before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.MFA_ROLES and request.user.is_authenticated and not _may_wait(request.path):
            from allauth.mfa.utils import is_mfa_enabled

            demanded = settings.MFA_ROLES & {str(role) for role in request.acting.actor.roles}  # type: ignore[attr-defined]
            if demanded and not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
        return respond(request)

    return middleware


def _may_wait(path: str) -> bool:
    return path.startswith(("/2fa/", "/logout/", "/reauthenticate/", "/language/", settings.STATIC_URL))


def refusals(respond: Respond) -> Respond:
    """A refusal of a use case becomes a page with its reason, as does a method that an address does not take; nothing
    of the request has been stored.
    """

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            response = respond(request)
            return errors.not_allowed(request, response) if isinstance(response, HttpResponseNotAllowed) else response

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if isinstance(error, Entry.DoesNotExist | ItemAppraisal.DoesNotExist):
                return errors.not_found(request, error)  # the item left its sheet while the request was on its way
            return errors.refused(request, error) if isinstance(error, Refusal) else None

    return Middleware()
