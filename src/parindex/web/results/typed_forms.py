"""What the forms of results share: fields that are typed, and where on the page a refusal belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TypeVar

from parindex.domain.review.refusal import Refusal
from parindex.web.councils.typed_days import day_in
from parindex.web.requests import PageRequest
from parindex.web.typed_moments import moment_in
from parindex.wording.refusals import refusal_text

_Read = TypeVar("_Read")
#: A field of a form ("" for the form as a whole) and what is wrong there.
Problems = list[tuple[str, str]]
#: The field that mends a refusal; all others concern the form as a whole.
_FIELD_OF: Mapping[str, str] = {
    "minutes_number_needed": "minutes_number", "minutes_in_the_future": "minutes_date", "minutes_needed": "minutes",
    "decision_number_needed": "decision_number", "decision_in_the_future": "decision_date",
    "embargo_in_the_past": "public_from", "embargo_of_earlier": "public_from", "embargo_too_far": "public_from",
    "reason_needed": "reason", "personal_data_unconfirmed": "personal",
}  # fmt: skip


def typed(request: PageRequest, *names: str) -> dict[str, str]:
    """What was typed into some fields, "" where nothing was."""
    return {name: request.POST.get(name, "") for name in names}


def problem_of(refused: Refusal) -> tuple[str, str]:
    """A refusal with its field."""
    return str(refused.facts.get("field", "")) or _FIELD_OF.get(refused.code, ""), refusal_text(refused)


def seen_in(request: PageRequest) -> str:
    """The fingerprint of the preview that an act is confirmed from; refused (``result_not_seen``) without one."""
    seen = request.POST.get("seen", "").strip()
    if not seen:
        raise Refusal("result_not_seen")
    return seen


def day_of(words: Mapping[str, str], name: str) -> date:
    """The day in a field; its refusal names the field."""
    return _at_field(words[name], name, day_in)


def moment_of(words: Mapping[str, str], name: str) -> datetime | None:
    """The moment in a field, as :func:`moment_in` reads it (a day alone begins at midnight); None where nothing is
    typed. Its refusal names the field.
    """
    plain = words[name].strip()
    return _at_field(plain, name, lambda typed: moment_in(typed, time(0))) if plain else None


def _at_field(words: str, name: str, read: Callable[[str], _Read]) -> _Read:
    try:
        return read(words)
    except Refusal as refused:
        raise Refusal(refused.code, **{**refused.facts, "field": name}) from None
