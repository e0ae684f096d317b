"""Withholding words from the public: the reason of an opinion, or why an item is not assessed.

One way only, by chair or secretary of the council, before a result is finalised or after it was published. Whoever
reads the appraisal still reads the words; everybody else reads that they are not public, in every publication, old ones
too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.models import Entry, ItemAppraisal, NotAssessedRequest, Opinion, ScoreSheet, WithheldText
from parindex.database.models.entries import RequestState
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import check_can_withhold
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.written_texts import reason_of


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The row whose words are withheld, and what the log says of it in the place of the words."""

    entry: Entry
    words: Sequence[str]
    fields: Mapping[str, Opinion | NotAssessedRequest]
    facts: Mapping[str, object]


def public_words_of(opinion: Opinion) -> tuple[str, ...]:
    """What a publication shows, or would show, of an opinion in words; nothing of a question, and nothing of what was
    taken back or is withheld.
    """
    if opinion.kind == OpinionKind.ASK or opinion.withdrawn_at is not None or withheld_of(opinion) is not None:
        return ()
    return tuple(filter(None, (opinion.reason if opinion.is_public else "", opinion.body)))


def public_words_of_request(request: NotAssessedRequest) -> tuple[str, ...]:
    """What a publication shows, or would show, of a request that an item is not assessed: nothing unless it was
    approved, and nothing of what is withheld.
    """
    if request.state != RequestState.APPROVED or withheld_of(request) is not None:
        return ()
    return tuple(filter(None, (request.reason, request.legal_basis)))


def withheld_of(said: Opinion | NotAssessedRequest) -> WithheldText | None:
    """That its words are withheld; None where they are not."""
    return getattr(said, "withheld", None)


@transaction.atomic
def withhold_opinion(*, by: Session, at: datetime, opinion_id: int, reason: str) -> WithheldText:
    """Withhold the reason of an opinion, and for whom it was given. ``reason``: why; it never becomes public.

    Refused (``already_withheld``) where somebody has done so, (``nothing_to_withhold``) where nothing of it is public:
    its author did not let it be, took it back, or wrote nothing.
    """
    entry = _held(Opinion.objects.filter(pk=opinion_id).values_list("entry", flat=True).get())
    found = Opinion.objects.select_related("withheld").get(pk=opinion_id)
    return _withhold(_Chosen(entry, public_words_of(found), {"opinion": found}, {"opinion": found.pk}), by, at, reason)


@transaction.atomic
def withhold_request(*, by: Session, at: datetime, request_id: int, reason: str) -> WithheldText:
    """Withhold why an item is not assessed, with the legal basis. Otherwise as :func:`withhold_opinion`; nothing is
    public of a request that was not approved.
    """
    entry = _held(NotAssessedRequest.objects.filter(pk=request_id).values_list("entry", flat=True).get())
    found = NotAssessedRequest.objects.select_related("withheld").get(pk=request_id)
    words = public_words_of_request(found)
    return _withhold(_Chosen(entry, words, {"request": found}, {"request": found.pk}), by, at, reason)


def _held(entry_id: int) -> Entry:
    """The entry, held behind its sheet: of two who withhold the same words the second is told, and no set is replaced
    meanwhile.
    """
    sheet = Entry.objects.values_list("sheet", flat=True).get(pk=entry_id)
    ScoreSheet.objects.select_for_update(no_key=True).only("pk").get(pk=sheet)
    rows = Entry.objects.select_for_update(of=("self",), no_key=True).select_related("sheet__cycle")
    return rows.get(pk=entry_id)


def _withhold(chosen: _Chosen, by: Session, at: datetime, reason: str) -> WithheldText:
    entry = chosen.entry
    cycle = entry.sheet.cycle
    check_can_withhold(by.actor, cycle_facts(cycle, cycle.owner_path))
    if any(withheld_of(one) is not None for one in chosen.fields.values()):
        raise Refusal("already_withheld")
    if not chosen.words:
        raise Refusal("nothing_to_withhold")
    why = reason_of(reason)
    made = WithheldText.objects.create(**chosen.fields, cycle=cycle, reason=why, withheld_by=by.user, withheld_at=at)
    # Of the council, as every decision, so its units do not read why; the words themselves are to be read in fewer
    # places, not in more. The item of a sheet that was never taken up has no appraisal, but its key.
    what = audit_log.target(ItemAppraisal(entry=entry), unit=cycle.owner_id, cycle=cycle)
    audit_log.record(
        "withhold_text", what, by=by, at=at, reason=why,
        after={"item": entry.item_code, "unit": entry.sheet.unit_name, **chosen.facts},
    )  # fmt: skip
    return made
