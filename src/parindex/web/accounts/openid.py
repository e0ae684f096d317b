"""OpenID Connect: to the provider and back.

Two things are stricter here than in allauth. The signature of the identity token is always checked, also where the
token came straight from the provider; and what the provider says beside the token must be about the same person. And
the form that leads away answers with a page instead of a redirect: ``form-action 'self'`` also forbids a browser to
follow a redirect of a form to another host.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of the settings, as the login page offers it."""

    id: str
    name: str


def providers() -> Sequence[Provider]:
    """The providers of the settings."""
    apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return [Provider(app["provider_id"], app["name"]) for app in apps]


class CheckedIdentity(OpenIDConnectOAuth2Adapter):
    """The identity that a provider vouches for."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        """Who it is: by the signed token; what it lacks is asked for, and must be about the same person."""
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("no identity token")
        data = {"id_token": self._decode_id_token(app, signed)}
        if not data["id_token"].get("email") and "userinfo_endpoint" in self.openid_config:
            asked = self._fetch_user_info(token.token)
            if asked.get("sub") != data["id_token"]["sub"]:
                raise OAuth2Error("user info of another person")
            data["userinfo"] = asked
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token, keys_url=self.openid_config["jwks_uri"], issuer=self.openid_config["issuer"],
            audience=app.client_id, lookup_kid=jwtkit.lookup_kid_jwk, verify_signature=True,
        )  # fmt: skip
        return decoded


@login_not_required
@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask, then lead to the provider by a page of ours."""
    if provider_id not in {one.id for one in providers()}:
        raise Http404
    adapter = CheckedIdentity(request, provider_id)
    provider = adapter.get_provider()
    try:
        response: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    except OSError:  # what every failure of the connection is
        return render(request, "socialaccount/authentication_error.html", status=502)
    if response.status_code != 302:
        return response
    context = {"provider": provider, "address": response["Location"]}
    return render(request, "socialaccount/leaving.html", context)


@login_not_required
@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider answered."""
    if provider_id not in {one.id for one in providers()}:
        raise Http404
    response: HttpResponse = OAuth2CallbackView.adapter_view(CheckedIdentity(request, provider_id))(request)
    return response
