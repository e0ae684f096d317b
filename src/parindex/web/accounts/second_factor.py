"""The second factor: who must have one, asking for it, setting it up and taking it off, each logged."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from cryptography.fernet import InvalidToken
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from markupsafe import Markup

from parindex.database.ciphers import cipher
from parindex.usecases.actors import session_of
from parindex.usecases.second_factors import Answer, answer_second_factor, log_second_factor

logger = logging.getLogger(__name__)


def is_demanded(user: Any) -> bool:
    """Whether a role of this person must log in with a second factor."""
    if not settings.MFA_ROLES:
        return False
    return bool(settings.MFA_ROLES & {str(role) for role in session_of(user, timezone.now()).actor.roles})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who must have a second factor cannot take it off; whoever has a copy of the database does not have it."""

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return cipher("second-factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of :meth:`encrypt`. Raises ``InvalidToken`` for what another installation has written."""
        return cipher("second-factor").decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Recovery codes are replaced, the factor itself stays while a role demands it."""
        return not is_demanded(authenticator.user)


class _CountedCode(forms.Form):
    """A code from the telephone or a spare one; wrong ones are counted for the account and lock it for a while."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, where it is right."""
        code: str = self.cleaned_data["code"]
        answer = answer_second_factor(
            user=self.user, at=timezone.now(), address=current.request.META.get("REMOTE_ADDR", ""),
            holds=lambda: self._holds(code),
        )  # fmt: skip
        if answer is not Answer.RIGHT:
            locked = answer is Answer.LOCKED
            raise ValidationError(answer.value, code="second_factor_locked" if locked else "incorrect_code")
        return code

    def _holds(self, code: str) -> bool:
        for one in Authenticator.objects.filter(user_id=self.user.pk).order_by("pk"):
            if _is_code_of(one, code):
                one.user = self.user
                self.authenticator = one
                return True
        return False


def _is_code_of(authenticator: Authenticator, code: str) -> bool:
    try:
        return bool(authenticator.wrap().validate_code(code))
    except InvalidToken:  # the database came here without the secret it was written with: the factor is to be reset
        logger.exception("second factor of account %s cannot be read", authenticator.user_id)
        return False


class LoginCode(_CountedCode, AuthenticateForm):
    """At the login."""


class ProvingCode(_CountedCode, ReauthenticateForm):
    """Before something that wants certainty."""


def _told(response: HttpResponse, form: Any) -> HttpResponse:
    """A locked account is told with the status of too many requests."""
    if form.has_error("code", "second_factor_locked"):
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return response


class Authenticate(AuthenticateView):
    """The second step of the login."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page once more, with what is wrong."""
        return _told(super().form_invalid(form), form)


class Reauthenticate(ReauthenticateView):
    """The second factor once more."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page once more, with what is wrong."""
        return _told(super().form_invalid(form), form)


class Activate(ActivateTOTPView):
    """Show the secret, ask for a code that proves it was taken over."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        log_second_factor("activate_second_factor", by=_acting(self.request), at=timezone.now())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # The picture is drawn by the library, from an address that it has made itself; it holds no text of people.
        drawing = context["totp_svg"].split("?>", 1)[-1]
        return context | {"qr": Markup(drawing), "demanded": is_demanded(self.request.user)}


class Deactivate(DeactivateTOTPView):
    """Take it off."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        log_second_factor("deactivate_second_factor", by=_acting(self.request), at=timezone.now())
        return response


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """New codes in place of the old ones."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        log_second_factor("renew_recovery_codes", by=_acting(self.request), at=timezone.now())
        return response


def _acting(request: HttpRequest) -> Any:
    return request.acting  # type: ignore[attr-defined]


authenticate = Authenticate.as_view()
reauthenticate = Reauthenticate.as_view()
activate = never_cache(Activate.as_view())
deactivate = Deactivate.as_view()
new_recovery_codes = never_cache(NewRecoveryCodes.as_view())
