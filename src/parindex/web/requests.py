"""A request as pages see it."""

from __future__ import annotations

from django.http import HttpRequest

from parindex.database.models import User
from parindex.usecases.actors import Session


class PageRequest(HttpRequest):
    """A request of somebody who is logged in; the middleware sets ``acting``."""

    user: User
    acting: Session
