"""Public pages are made once and kept, compressed: a publication never changes, so a page is found by its fingerprint
and by what was kept from the public since.

Nothing of the person who asks stands in a page but the language: it is rendered without the request. What is kept is
held apart from everything else in the cache, so that whoever walks through all pages pushes out nothing but pages.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

from parindex.wording import language

#: How long a browser, or a proxy between, shows a page without asking again whether it is still the same.
SECONDS = 60
PAGES = "public_pages"

Context = Callable[[], Mapping[str, Any]]


def kept_page(
    request: HttpRequest, fingerprint: str, key: tuple[object, ...], template: str, made: Context
) -> HttpResponse:
    """The page that ``template`` makes of ``made()``, from the cache where it is there.

    ``fingerprint`` is that of the publication; ``key`` names everything else that the page depends on.
    """
    name = hashlib.sha256(repr((language.current().value, fingerprint, template, key)).encode()).hexdigest()
    kept = caches[PAGES].get(name)
    if kept is None:
        kept = _packed(fingerprint, render_to_string(f"public_results/templates/{template}", dict(made())))
        caches[PAGES].set(name, kept)
    return _answer(request, *kept)


def fresh_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page that changes by itself (an embargo ends) or is asked for once (a search): made anew each time."""
    response = HttpResponse(render_to_string(f"public_results/templates/{template}", dict(context)), status=status)
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _packed(fingerprint: str, page: str) -> tuple[str, bytes]:
    content = page.encode()
    digest = hashlib.sha256(content).hexdigest()
    return f'W/"{fingerprint[:16]}-{digest[:16]}"', gzip.compress(content, mtime=0)


def _answer(request: HttpRequest, etag: str, packed: bytes) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(packed))
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return get_conditional_response(request, etag=etag, response=response) or response
