"""The links of a table just taken, kept a while for who took it: a form sent twice answers the second time alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from cryptography.fernet import InvalidToken

from parindex.database.ciphers import cipher
from parindex.web.requests import PageRequest

_KEY = "account_links"
_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class FreshLink:
    """A new account with the link by which its owner takes it over."""

    person: int
    full_name: str
    email: str
    link: str


def _sending(request: PageRequest) -> list[str]:
    """What is sent again with a form that is sent twice: the table, and what it was shown to change."""
    return [request.POST.get("digest", ""), request.POST.get("seen", "")]


def keep_links(request: PageRequest, file: str, links: list[FreshLink]) -> None:
    """Keep the links of the table that this form takes, in the transaction that has made the accounts."""
    content = json.dumps({"sending": _sending(request), "file": file, "links": [asdict(one) for one in links]})
    request.session[_KEY] = cipher("account-links").encrypt(content.encode()).decode()
    request.session.save()


def kept_links(request: PageRequest) -> tuple[str, list[FreshLink]] | None:
    """File and links where this form has been taken already, for a quarter of an hour after that."""
    # As it is stored now: the request that has taken the table may have ended after this one began.
    stored = request.session.load().get(_KEY, "")
    try:
        content = json.loads(cipher("account-links").decrypt(stored.encode(), ttl=int(_FOR.total_seconds())))
    except InvalidToken:
        return None
    if content["sending"] != _sending(request):
        return None
    return content["file"], [FreshLink(**one) for one in content["links"]]
