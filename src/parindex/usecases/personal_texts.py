"""Free texts that become public with a result and in which personal data are found by their shape.

Everything that is published in the words of its author is looked at: reasons and bodies of opinions, reasons and legal
bases of what is not assessed. Who publishes decides what stays; an opinion is taken back and given anew by its author,
or chair or secretary withhold its words (:mod:`~parindex.usecases.withheld_texts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from parindex.database.models import Cycle, NotAssessedRequest, Opinion
from parindex.database.models.entries import EntryState, RequestState
from parindex.domain.publication.personal_data import PersonalData, personal_data
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal

_AT_ONCE = 5000
_WHERE = ("entry__sheet_id", "entry__sheet__unit_name", "entry__item_code")
_ORDER = ("entry__sheet__position", "entry__sheet_id", "entry__position", "pk")


class PublicText(StrEnum):
    """Whose words they are."""

    OPINION = "opinion"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class PersonalText:
    """A text that would be public, the key of its row, of which item it is, and what was found in it."""

    text: PublicText
    key: int
    sheet: int
    unit: str
    item: str
    found: tuple[PersonalData, ...]


def personal_texts(cycle: Cycle) -> list[PersonalText]:
    """Every text of a cycle that its result makes public and in which personal data stand, in the order of the sheets.
    Two queries.
    """
    return [*_of_opinions(cycle), *_of_requests(cycle)]


def _of_opinions(cycle: Cycle) -> Iterator[PersonalText]:
    rows = Opinion.objects.filter(entry__sheet__cycle=cycle, withdrawn_at=None, withheld__isnull=True)
    rows = rows.exclude(kind=OpinionKind.ASK).exclude(reason="", body="").order_by(*_ORDER)
    fields = rows.values_list("pk", *_WHERE, "is_public", "reason", "body")
    for key, sheet, unit, item, is_public, reason, body in fields.iterator(chunk_size=_AT_ONCE):
        if found := found_in(reason if is_public else "", body):
            yield PersonalText(PublicText.OPINION, key, sheet, unit, item, found)


def _of_requests(cycle: Cycle) -> Iterator[PersonalText]:
    rows = NotAssessedRequest.objects.filter(
        entry__sheet__cycle=cycle, entry__state=EntryState.NOT_ASSESSED, state=RequestState.APPROVED,
        withheld__isnull=True,
    )  # fmt: skip
    fields = rows.order_by(*_ORDER).values_list("pk", *_WHERE, "reason", "legal_basis")
    for key, sheet, unit, item, reason, basis in fields.iterator(chunk_size=_AT_ONCE):
        if found := found_in(reason, basis):
            yield PersonalText(PublicText.NOT_ASSESSED, key, sheet, unit, item, found)


def found_in(*texts: str) -> tuple[PersonalData, ...]:
    """What personal data stand in any of some texts."""
    return tuple(one for text in texts for one in personal_data(text))


def check_confirmed(count: int, *, confirmed: bool) -> None:
    """Refused (``personal_data_unconfirmed``) where texts with personal data become public and nobody has said that
    they shall.
    """
    if count and not confirmed:
        raise Refusal("personal_data_unconfirmed", count=count)
