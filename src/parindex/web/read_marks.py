"""Forms that come back after somebody else has changed what they showed: both texts are shown, nothing typed is lost.

A form prints ``r.seen(mark)`` of ``components/read_marks.html``, its view hands :func:`seen_of` on to the use case and
answers a refusal of the kind ``changed_since_read`` with :func:`clashes`, the new mark and status 409. Sent once more,
it writes: by then both have been read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest

from parindex.domain.review.refusal import Refusal
from parindex.usecases.read_marks import CHANGED


@dataclass(frozen=True, slots=True)
class Clash:
    """A field of which somebody has stored something else than was typed; ``""`` for an empty one."""

    label: str
    stored: str
    typed: str


def seen_of(request: HttpRequest) -> str | None:
    """The mark that the form carried, None where it had none."""
    return request.POST.get("seen")


def is_stale(refused: Refusal) -> bool:
    """Whether what the form showed has changed."""
    return refused.code == CHANGED


def status_of(problems: object, *, stale: bool) -> HTTPStatus:
    """409 for a form that came too late, 422 for one with mistakes."""
    if stale:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK


def clashes(labels: Mapping[str, str], stored: Mapping[str, str], typed: Mapping[str, str]) -> Sequence[Clash]:
    """The fields of which what is stored and what was typed differ, in the order of ``labels``."""
    return [
        Clash(label, stored.get(name, ""), typed.get(name, ""))
        for name, label in labels.items()
        if _plain(stored.get(name, "")) != _plain(typed.get(name, ""))
    ]


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").strip()
