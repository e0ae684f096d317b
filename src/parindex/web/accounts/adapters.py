"""How allauth meets our accounts: nobody signs up by themselves; accounts are prepared, then taken over by a link."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from parindex.database.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by those who manage them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An identity of a provider is connected to the account that has the same verified e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: a provider proves who somebody is, not that they work here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect a first login to the prepared account; only by an address that the provider has verified."""
        if sociallogin.is_existing:
            return
        verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        users = list(User.objects.filter(email__in=verified, is_active=True)[:2]) if verified else []
        if len(users) == 1:
            sociallogin.connect(request, users[0])


def shown_name(user: User) -> str:
    """The name by which pages address somebody."""
    return user.full_name
