"""Links as evidence: which of them nobody outside the network of an office can open."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_INNER_NAMES = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa")


def is_internal(address: str) -> bool:
    """Whether a link leads into a network of its own: a private address, or a name that only such a network knows."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_INNER_NAMES))
