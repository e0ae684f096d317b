"""The form of an item as it was sent: what was typed where, how it was read, and what to do about a conflict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from parindex.usecases.entries import Change
from parindex.usecases.typed_values import Typed
from parindex.web.typed_numbers import number_in
from parindex.wording.language import Language, current

FIGURE = "figure."
TEXTS = ("self_points", "explanation", "kept_warning")
_ENGLISH = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class TypedForm:
    """Everything that a sent form says.

    ``texts`` is what every field held; ``kept`` are the fields whose stored text stays (the own one is given up);
    ``both`` are those that are edited on from both texts, with the digest of the stored one; ``reads`` are the digests
    of what the page knows of the fields that it did not send.
    """

    change: Change
    texts: Mapping[str, str]
    kept: frozenset[str]
    both: Mapping[str, str]
    reads: Mapping[str, str]


def typed_form(post: QueryDict) -> TypedForm:
    """Read a sent form."""
    fields = {name: str(value) for name, value in post.items()}
    texts = {name: value for name, value in fields.items() if name.startswith(FIGURE) or name in TEXTS}
    texts |= {name.removeprefix("sum."): value for name, value in fields.items() if name.startswith(f"sum.{FIGURE}")}
    kept = frozenset(name.removeprefix("keep.") for name in fields if name.startswith("keep."))
    both = {name.removeprefix("both."): value for name, value in fields.items() if name.startswith("both.")}
    sent = {name: _typed(post, name, texts[name]) for name in texts if name not in kept and name not in both}
    change = Change(
        figures={name.removeprefix(FIGURE): one for name, one in sent.items() if name.startswith(FIGURE)},
        self_points=sent.get("self_points"),
        explanation=sent.get("explanation"),
        kept_warning=sent.get("kept_warning"),
        entry=number_in(fields.get("entry", "")),
    )
    reads = {
        name: value
        for field, value in fields.items()
        if field.startswith("read.") and (name := field.removeprefix("read.")) not in texts
    }
    return TypedForm(change, texts, kept, both, reads)


def _typed(post: QueryDict, name: str, text: str) -> Typed:
    """One field. Who takes the own text knows the other one: its digest comes with the button."""
    meant = in_vietnamese if name.startswith(FIGURE) else str
    read = str(post.get(f"take.{name}") or post.get(f"read.{name}", ""))
    return Typed(meant(text), read, tuple(meant(str(one)) for one in post.getlist(f"tried.{name}")))


def in_vietnamese(text: str) -> str:
    """A figure typed by who reads English, with the marks of Vietnamese: 53,576.5 is 53.576,5, and 1.264 is 1,264."""
    plain = text.strip()
    if current() is not Language.ENGLISH:
        return text
    if _ENGLISH.match(plain):
        plain = plain.replace(",", "")
    return plain.replace(".", ",") if plain.count(".") == 1 and "," not in plain else plain
