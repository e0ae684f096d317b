"""The decision form: what was typed in it, and what the use case is asked to record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.citations import cited_day
from parindex.usecases.opinions import Said
from parindex.web.typed_numbers import number_in
from parindex.wording.moments import VIET_NAM

#: The last minute of a day that answers are due on.
_END = time(23, 59)
#: The field that a refusal is about; of every other refusal the whole form is.
FIELDS = {
    "points_needed": "points",
    "points_unreadable": "points",
    "points_out_of_range": "points",
    "adjusted_to_claim": "points",
    "adjusted_to_granted": "points",
    "nothing_claimed": "kind",
    "decided_above": "kind",
    "kind_needed": "kind",
    "reason_needed": "reason",
    "flag_needs_reason": "reason",
    "question_needed": "question",
    "day_unreadable": "due",
    "due_in_the_past": "due",
    "extension_too_far": "due",
    "minutes_needed": "minutes",
    "note_not_there": "note",
    "cited_not_there": "cites",
}


@dataclass(frozen=True, slots=True)
class SaidForm:
    """The form as typed: ``seen`` is the version of what was shown, ``refused`` why it was not recorded."""

    texts: Mapping[str, str] = field(default_factory=dict)
    refused: Refusal | None = None

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
    def field(self) -> str:
        """The field that the refusal is about; "" for none."""
        return FIELDS.get(self.refused.code, "") if self.refused else ""

    @property
    def is_stale(self) -> bool:
        """Whether somebody has said something meanwhile."""
        return self.refused is not None and self.refused.code == "appraisal_changed"

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return self.texts.get(name, "")

    def said(self) -> Said:
        """What the form says. Refused: ``kind_needed``, ``day_unreadable``."""
        if self.kind not in set(OpinionKind):
            raise Refusal("kind_needed")
        kind = OpinionKind(self.kind)
        asks = kind is OpinionKind.ASK
        return Said(
            kind,
            points=self.typed("points") if kind is OpinionKind.ADJUST else "",
            reason="" if asks else self.typed("reason"),
            question=self.typed("question") if asks else "",
            due_at=self._due() if asks else None,
            cites=number_in(self.typed("cites")),
            note=number_in(self.typed("note")),
            is_public=self.typed("private") == "",
            minutes=self.typed("minutes"),
        )

    def _due(self) -> datetime | None:
        typed = self.typed("due").strip()
        if not typed:
            return None
        found = cited_day(typed)
        if found is None or found.day is None:
            raise Refusal("day_unreadable", typed=typed[:40])
        return datetime.combine(found.day, _END, tzinfo=VIET_NAM)


def said_form(posted: Mapping[str, object]) -> SaidForm:
    """The form of a request."""
    return SaidForm({name: str(value) for name, value in posted.items() if name != "csrfmiddlewaretoken"})
