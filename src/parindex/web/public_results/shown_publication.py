"""What every page of a publication shares: where it stands, how long it holds, what is there before it is public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from parindex.database.models import Publication
from parindex.database.queries.public_results import OwnPublications, owner_name
from parindex.web.public_addresses import public_base
from parindex.web.public_results.kept_answers import fresh_page, kept_page
from parindex.web.public_results.proof import proof_of
from parindex.web.requests import PageRequest
from parindex.wording.public_results import fingerprint_words, grouped
from parindex.wording.rule_words import rounding_words

Context = Callable[[], Mapping[str, Any]]
#: The part of an address behind "?" that a page depends on.
Query = Mapping[str, object]


def is_whole(request: PageRequest) -> bool:
    """Whether everything is asked for, to be printed."""
    return request.GET.get("in") == "1"


def address(request: PageRequest, query: Query) -> str:
    """The address of a page with nothing in it but what it depends on."""
    asked = {name: value for name, value in query.items() if value}
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def place(request: PageRequest, around: OwnPublications, shown: Publication, query: Query) -> dict[str, Any]:
    """What every page of a publication says of it; nothing of the person who asks."""
    return {
        "publication": shown, "current": around.current, "versions": around.versions_of(shown.cycle_id),
        "cycles": around.latest, "owner": owner_name(shown.cycle), "here": address(request, query),
        "path": request.path, "whole": is_whole(request), "fingerprint_words": fingerprint_words,
        "rounding_words": rounding_words, "proof": proof_of(request, shown), "grouped": grouped,
    }  # fmt: skip


def kept(
    request: PageRequest, around: OwnPublications, shown: Publication, template: str, query: Query, made: Context,
    *, besides: tuple[object, ...] = (),
) -> HttpResponse:  # fmt: skip
    """A page that holds until something else of the owner is published, or words are kept from the public; ``besides``:
    what else it depends on.
    """
    key = (address(request, query), public_base(request), shown.pk, around.stamp, *besides)
    return kept_page(
        request, shown.finalisation.snapshot.fingerprint, key, template,
        lambda: {**place(request, around, shown, query), **made()},
    )  # fmt: skip


def not_yet(request: PageRequest, around: OwnPublications) -> HttpResponse:
    """Under embargo: the date and nothing else. What nobody has decided to publish is not there at all."""
    if around.awaited is None:
        raise Http404
    return fresh_page(request, "not_yet.html", {"awaited": around.awaited, "publication": None, "here": request.path})
