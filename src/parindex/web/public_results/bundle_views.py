"""The bundle of a publication, and how everybody checks it: its page, the file, the key, the page that recomputes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from parindex.database.models import Publication, PublicationBundle
from parindex.database.queries.figure_origins import feeding_bundles
from parindex.database.queries.public_results import publications_around
from parindex.database.queries.publication_bundles import bundles_of, shown_fingerprint
from parindex.usecases.bundles import bundle_name, bundle_path, owner_code
from parindex.web.public_results.kept_answers import SECONDS, fresh_page
from parindex.web.public_results.shown_publication import kept
from parindex.web.requests import PageRequest
from parindex.wording.file_sizes import size_text
from parindex.wording.public_bundles import files_of_bundle
from parindex.wording.received_bundles import short

KEY, VERIFIER = "key.json", "verify.html"
_INLINE = re.compile(r"<(script|style)(?: type=\"module\")?>(.*?)</\1>", re.DOTALL)


@login_not_required
@require_safe
def bundle(request: PageRequest, cycle: int, number: int) -> HttpResponse:
    """What a publication can be recomputed from, whom it is signed by, how anybody checks it."""
    around = publications_around(cycle, timezone.now())
    shown = next((one for one in around.versions_of(cycle) if one.number == number), None)
    if shown is None:
        raise Http404

    def made() -> Mapping[str, Any]:
        every = bundles_of(shown)
        current = _current(shown, every)
        before = [one for one in every if one is not current]
        return {
            "bundle": current, "before": before, "size_text": size_text, "file": bundle_name(shown),
            "inside": files_of_bundle(), "short": short,
            "fed_by": feeding_bundles(shown.finalisation),
        }  # fmt: skip

    return kept(request, around, shown, "bundle.html", {}, made)


@login_not_required
@require_safe
def bundle_file(request: PageRequest, cycle: int, number: int, file: str) -> HttpResponseBase:
    """The bundle itself under its own name, or the public part of the key that signed it."""
    around = publications_around(cycle, timezone.now())
    shown = next((one for one in around.versions_of(cycle) if one.number == number), None)
    current = _current(shown, bundles_of(shown)) if shown is not None else None
    if shown is None or current is None or file not in (bundle_name(shown), KEY):
        raise Http404
    if file == KEY:
        if not current.public_key:
            raise Http404
        answer = HttpResponse(current.public_key, content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{owner_code(shown)}-{KEY}"'
        return answer
    etag = f'"{current.file_digest[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    path = bundle_path(current.file_digest)
    if not path.exists():  # taken away by hand: the clock makes it anew
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=file, content_type="application/zip")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


def _current(shown: Publication, bundles: Iterable[PublicationBundle]) -> PublicationBundle | None:
    """The one of the bundles of a publication whose fingerprint is shown with it."""
    wanted = shown_fingerprint(shown)
    return next((one for one in bundles if one.fingerprint == wanted), None) if wanted else None


@login_not_required
@require_safe
def self_check(request: PageRequest) -> HttpResponse:
    """What anybody can do with a bundle, in plain words."""
    return fresh_page(request, "self_check.html", {"publication": None, "here": request.path, "verifier": VERIFIER})


@login_not_required
@require_safe
def verifier(request: PageRequest) -> HttpResponse:
    """The page that recomputes a bundle in the browser, to be used here or taken along (``?download=1``)."""
    page, policy = verifier_page()
    response = HttpResponse(page)
    response["Content-Security-Policy"] = policy
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    if request.GET.get("download") == "1":
        response["Content-Disposition"] = f'attachment; filename="{VERIFIER}"'
    return response


@cache
def verifier_page() -> tuple[bytes, str]:
    """The page, and a policy under which nothing runs but the script that stands in it, and nothing is sent or
    fetched.
    """
    page = files("parindex.documents.bundles").joinpath("verifier", VERIFIER).read_bytes()
    allowed: dict[str, list[str]] = {"script": [], "style": []}
    for kind, content in _INLINE.findall(page.decode()):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        allowed[kind].append(f"'sha256-{digest}'")
    policy = (
        f"default-src 'none'; script-src {' '.join(allowed['script'])}; style-src {' '.join(allowed['style'])}; "
        "img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
    return page, policy
