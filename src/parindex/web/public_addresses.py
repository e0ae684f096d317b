"""Addresses as papers and QR codes print them: whole, and the same for everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def public_base(request: HttpRequest) -> str:
    """Where the public pages are found, without a slash at the end: as the installation says, else where they were
    asked for.
    """
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def public_address(request: HttpRequest, name: str, **arguments: object) -> str:
    """The whole address of a public page."""
    return public_base(request) + reverse(name, kwargs=arguments)
