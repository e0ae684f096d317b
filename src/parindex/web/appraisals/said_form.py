"""The decision form: what was typed in it, and what the use case is asked to record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal, Refusals
from parindex.usecases.opinions import Said, misplaced
from parindex.web.typed_moments import moment_in
from parindex.web.typed_numbers import number_in

#: The last minute of a day that answers are due on.
_END = time(23, 59)
#: Somebody has said something meanwhile: the form says so in a place of its own.
STALE = "appraisal_changed"
#: The field that a refusal is about.
FIELDS = {
    "points_needed": "points",
    "points_unreadable": "points",
    "points_as_share": "points",
    "points_out_of_range": "points",
    "points_beside_accept": "points",
    "points_beside_question": "points",
    "adjusted_to_claim": "points",
    "adjusted_to_given": "points",
    "adjusted_to_granted": "points",
    "claim_above_maximum": "kind",
    "given_above_maximum": "kind",
    "nothing_claimed": "kind",
    "nothing_given": "kind",
    "decided_above": "kind",
    "kind_needed": "kind",
    "reason_needed": "reason",
    "flag_needs_reason": "reason",
    "reason_beside_question": "reason",
    "question_needed": "question",
    "question_beside_opinion": "question",
    "not_a_day": "due",
    "due_in_the_past": "due",
    "extension_too_far": "due",
    "minutes_needed": "minutes",
    "note_not_there": "note",
    "cited_not_there": "cites",
}


#: The fields as they stand in the form.
_ORDER = ("kind", "points", "reason", "due", "question", "minutes", "note", "cites")


@dataclass(frozen=True, slots=True)
class SaidForm:
    """The form as typed: ``seen`` is the version of what was shown, ``problems`` why it was not recorded."""

    texts: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Refusal] = ()

    @property
    def seen(self) -> int:
        """The version that was shown; none that there is where the form says nothing."""
        found = number_in(self.texts.get("seen", ""))
        return -1 if found is None else found

    @property
    def kind(self) -> str:
        """What was chosen; "" for nothing."""
        return self.texts.get("kind", "")

    @property
    def told(self) -> list[tuple[str, Refusal]]:
        """Every problem with the field that it is about, in the order of the form."""
        found = [(FIELDS.get(one.code, "kind"), one) for one in self.problems if one.code != STALE]
        return sorted(found, key=lambda told: _ORDER.index(told[0]))

    def at(self, name: str) -> list[Refusal]:
        """The problems of a field."""
        return [one for place, one in self.told if place == name]

    @property
    def is_stale(self) -> bool:
        """Whether somebody has said something meanwhile."""
        return any(one.code == STALE for one in self.problems)

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return self.texts.get(name, "")

    def said(self) -> Said:
        """What the form says, whatever is chosen. Refused: ``kind_needed``, ``not_a_day`` with all that is wrong
        beside it.
        """
        if self.kind not in set(OpinionKind):
            raise Refusal("kind_needed")
        said = Said(
            OpinionKind(self.kind),
            points=self.typed("points"),
            reason=self.typed("reason"),
            question=self.typed("question"),
            cites=number_in(self.typed("cites")),
            note=number_in(self.typed("note")),
            is_public=self.typed("private") == "",
            minutes=self.typed("minutes"),
        )
        try:
            return replace(said, due_at=self._due())
        except Refusal as unreadable:
            raise Refusals([unreadable, *misplaced(said), *self._missing(said.kind)]) from None

    def _has(self, name: str) -> bool:
        return bool(self.typed(name).strip())

    def _missing(self, kind: OpinionKind) -> list[Refusal]:
        """What is not there, told beside what is wrong."""
        needed = {
            "points_needed": kind is OpinionKind.ADJUST,
            "reason_needed": kind in (OpinionKind.ADJUST, OpinionKind.ACCEPT_PROVISIONALLY),
            "question_needed": kind is OpinionKind.ASK,
        }
        return [Refusal(code) for code, is_due in needed.items() if is_due and not self._has(FIELDS[code])]

    def _due(self) -> datetime | None:
        typed = self.typed("due").strip()
        return moment_in(typed, _END) if typed else None


def said_form(posted: Mapping[str, object]) -> SaidForm:
    """The form of a request."""
    return SaidForm({name: str(value) for name, value in posted.items() if name != "csrfmiddlewaretoken"})
