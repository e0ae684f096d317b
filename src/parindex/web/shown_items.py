"""Which item a form was made for: a set that is replaced gives its codes to other items, entries stay what they are.

Every form about one item sends ``entry``, the key of the entry that its page showed. Who sends none (a command, a
table) was shown nothing and is not asked.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from parindex.usecases.entries import require_same_item
from parindex.web.typed_numbers import number_in

FIELD = "entry"


def shown_entry(request: HttpRequest) -> int | None:
    """The key of the entry that the form was made for; None where it says nothing."""
    return number_in(str(request.POST.get(FIELD, ""))) if request.method == "POST" else None


def require_shown(request: HttpRequest, sheet: int, code: str, entry: int | None) -> int:
    """The key of the entry that an address names (``entry``; None for none: 404). Refused (``item_replaced``) where the
    form was made for another one: what was typed for that is given back, and nothing is recorded here.
    """
    require_same_item(sheet, code, shown_entry(request), entry)
    if entry is None:
        raise Http404
    return entry
