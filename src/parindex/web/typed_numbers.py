"""Whole numbers as addresses and forms carry them: whatever else is written there, no page breaks on it."""

from __future__ import annotations

from django.http import Http404

#: So many digits fit into every column of every database that is used.
_DIGITS = 18
#: Pages beyond this are no pages.
_PAGE_DIGITS = 6


def number_in(typed: object) -> int | None:
    """The whole number that is typed; None for anything else, and for one that no column can hold."""
    words = str(typed or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _DIGITS else None


def number_or(typed: object, default: int) -> int:
    """The number that is typed; ``default`` for anything else and for zero."""
    return number_in(typed) or default


def number_from(typed: object) -> int:
    """The number that a form sends for a thing that was picked; 404 for anything else."""
    found = number_in(typed)
    if found is None:
        raise Http404
    return found


def asked_page(typed: object) -> int:
    """The page that an address asks for; the first one for anything else."""
    found = number_in(typed) or 1
    return found if len(str(found)) <= _PAGE_DIGITS else 1
