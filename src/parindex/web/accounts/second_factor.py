"""The second factor: who must have one, setting it up and taking it off, each logged."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from markupsafe import Markup

from parindex.usecases.actors import session_of
from parindex.usecases.second_factors import log_second_factor


def is_demanded(user: Any) -> bool:
    """Whether a role of this person must log in with a second factor."""
    if not settings.MFA_ROLES:
        return False
    return bool(settings.MFA_ROLES & {str(role) for role in session_of(user, timezone.now()).actor.roles})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who must have a second factor cannot take it off."""

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Recovery codes are replaced, the factor itself stays while a role demands it."""
        return not is_demanded(authenticator.user)


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


activate = never_cache(Activate.as_view())
deactivate = Deactivate.as_view()
new_recovery_codes = never_cache(NewRecoveryCodes.as_view())
