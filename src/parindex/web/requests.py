"""A request as pages see it."""

from __future__ import annotations

from django.http import HttpRequest

from parindex.database.models import User
from parindex.usecases.actors import Session
from parindex.wording.language import Language

LANGUAGE_COOKIE = "parindex_language"


def chosen_language(request: HttpRequest) -> Language:
    """What this browser has chosen, else the account; Vietnamese where neither says anything that there is."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE) or getattr(request.user, "language", "")
    return Language(chosen) if chosen in {one.value for one in Language} else Language.VIETNAMESE


class PageRequest(HttpRequest):
    """A request of somebody who is logged in; the middleware sets ``acting``."""

    user: User
    acting: Session


def announced(request: HttpRequest) -> int:
    """How many bytes a request says to have; one that does not say so is read as one without a form."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
