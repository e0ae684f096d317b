"""What the check before submission shows: what is missing, what the claim would give, what may be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from parindex.database.models import ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import deadline_of, part_facts, sheet_facts
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.index.result import UnitResult
from parindex.domain.review.permissions import (
    check_can_compile,
    check_can_move_part,
    check_can_return_sheet,
    check_can_review_parts,
    check_can_send_back_sheet,
    check_can_submit_sheet,
    check_can_withdraw_sheet,
    works_for,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import SIGNED, Act, SheetState
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import require_answers
from parindex.usecases.claim_check import BLOCKING, LastYear, Matter, MatterKind, last_year_of, matters_of
from parindex.usecases.claims import (
    AreaClaim,
    Review,
    claim_text,
    is_in_parts,
    review_of,
    total_of,
)
from parindex.usecases.unscanned_evidence import Infected, differs_otherwise, infected_since
from parindex.web.submissions.noticed_items import Noticed, noticed
from parindex.wording.moments import local_day

#: Stages in which the unit has not signed, or is to sign again.
_STILL_HERE = (SheetState.OPEN, SheetState.AWAITING_SIGNATURE, SheetState.RETURNED, SheetState.LOCKED)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area of the claim beside last year's; None where last year had none of this name."""

    claim: AreaClaim
    earlier: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """How many per cent points more than last year."""
        now = self.claim.per_cent
        return None if now is None or self.earlier is None else now - self.earlier


@dataclass(frozen=True, slots=True)
class Group:
    """The matters of one kind."""

    kind: MatterKind
    matters: Sequence[Matter]

    @property
    def blocks(self) -> bool:
        """Whether a part cannot be presented with these."""
        return self.kind in BLOCKING

    @property
    def is_alike(self) -> bool:
        """Whether the same sentence holds for each of them."""
        return not any(one.facts for one in self.matters)


@dataclass(frozen=True, slots=True)
class CheckPage:
    """``part`` is the part that is looked at, None for the whole sheet; ``acting`` the part that signing signs.

    ``noticed``: what the council will see flagged, until this is signed.
    """

    sheet: ScoreSheet
    part: SheetPart | None
    acting: SheetPart | None
    parts: Sequence[SheetPart]
    review: Review
    unit: UnitResult
    groups: Sequence[Group]
    areas: Sequence[AreaRow]
    last_year: LastYear | None
    submissions: Sequence[Submission]
    deadline: datetime | None
    noticed: Noticed | None
    refused: dict[str, Refusal | None]
    mine: frozenset[int]
    reviews_parts: bool
    at: datetime

    @property
    def is_handed_in(self) -> bool:
        """Whether this is signed, submitted or further: there is nothing to hand in now."""
        return self.state not in _STILL_HERE

    @property
    def holds(self) -> Submission | None:
        """The signature that holds."""
        return next((one for one in self.submissions if one.withdrawn_at is None), None) if self.is_handed_in else None

    @property
    def has_moved_on(self) -> bool:
        """Whether what stands on the sheet is no longer what was signed, because somebody decided something."""
        return self.holds is not None and self.holds.fingerprint != fingerprint_of(claim_text(self.review))

    @property
    def infected(self) -> list[Infected]:
        """What has been taken off since this was signed, because a virus was found in it."""
        return infected_since(self.holds) if self.has_moved_on and self.holds is not None else []

    @property
    def was_decided_on(self) -> bool:
        """Whether more than that has changed since."""
        return self.holds is not None and differs_otherwise(self.holds.claim, claim_text(self.review), self.infected)

    @property
    def is_late(self) -> bool:
        """Whether only a later deadline lets this person go on."""
        codes = {one.code for one in self.refused.values() if one is not None}
        return not self.is_handed_in and bool(self.mine) and "deadline_passed" in codes

    @property
    def in_parts(self) -> bool:
        """Whether other units lead some of the items."""
        return is_in_parts(self.sheet, self.parts)

    @property
    def state(self) -> str:
        """Where the part, or the sheet, stands."""
        return self.part.state if self.part else self.sheet.state

    @property
    def own_parts(self) -> list[SheetPart]:
        """On the check of a whole sheet in parts: the parts that this person still works on."""
        if self.part is not None or not self.in_parts:
            return []
        return [part for part in self.parts if part.pk in self.mine and part.state not in SIGNED]

    @property
    def leads(self) -> dict[str, str]:
        """On the check of a whole sheet in parts: who leads each item."""
        if self.part is not None or not self.in_parts:
            return {}
        names = {part.pk: part.lead_name for part in self.parts}
        return {entry.item_code: names[entry.part_id] for entry in self.review.entries}

    @property
    def total(self) -> AreaClaim:
        """The sum of the areas."""
        return total_of(row.claim for row in self.areas)

    @property
    def blocking(self) -> int:
        """How many items are not complete."""
        return len(self.review.remaining)

    @property
    def unanswered(self) -> int:
        """How many items have a question of the council without an answer."""
        return next((len(one.matters) for one in self.groups if one.kind is MatterKind.QUESTION), 0)

    @property
    def change(self) -> Fraction | None:
        """How many per cent points more than the index of last year."""
        if self.part is not None or self.last_year is None:
            return None
        now, earlier = self.unit.index, self.last_year.index
        return None if now is None or earlier is None else now - earlier


def shown_part(session: Session, sheet: ScoreSheet, parts: Sequence[SheetPart], asked: str) -> SheetPart | None:
    """The part that a person comes for: the one asked for, else their only one; None: the whole sheet."""
    if not is_in_parts(sheet, parts):
        return None
    if asked:
        return next((part for part in parts if str(part.pk) == asked), None)
    mine = [part for part in parts if works_for(session.actor, part.lead_path)]
    return mine[0] if len(mine) == 1 and not works_for(session.actor, sheet.unit_path) else None


def check_page(
    session: Session, sheet: ScoreSheet, parts: Sequence[SheetPart], part: SheetPart | None, at: datetime
) -> CheckPage:
    """The page; the number of queries does not depend on the number of items."""
    review = review_of(sheet, part)
    found: dict[MatterKind, list[Matter]] = {kind: [] for kind in MatterKind}
    matters = matters_of(review, local_day(at))
    for matter in matters:
        found[matter.kind].append(matter)
    is_signed = SheetState((part or sheet).state) not in _STILL_HERE
    last_year = last_year_of(sheet)
    earlier = last_year.areas if last_year else {}
    acting = part if is_in_parts(sheet, parts) else parts[0]
    submissions = Submission.objects.filter(sheet=sheet, part=part).select_related("submitted_by").defer("claim")
    return CheckPage(
        sheet=sheet,
        part=part,
        acting=acting,
        parts=parts,
        review=review,
        unit=review.result.unit(0),
        groups=[Group(kind, matters) for kind, matters in found.items() if matters],
        areas=[AreaRow(area, earlier.get(area.title.casefold())) for area in review.areas],
        last_year=last_year,
        submissions=list(submissions.order_by("-number")),
        deadline=deadline_of(sheet),
        noticed=None if is_signed else noticed(sheet, review.open_items, matters),
        refused=_refusals(session, sheet, parts, acting, at),
        mine=frozenset(one.pk for one in parts if works_for(session.actor, one.lead_path)),
        reviews_parts=refusal(check_can_review_parts, session.actor, sheet_facts(sheet, parts)) is None,
        at=at,
    )


def _refusals(
    session: Session, sheet: ScoreSheet, parts: Sequence[SheetPart], acting: SheetPart | None, at: datetime
) -> dict[str, Refusal | None]:
    """Why each act is refused now; None where it is allowed."""
    actor, facts = session.actor, sheet_facts(sheet, parts)
    found: dict[str, Refusal | None] = {"return_sheet": refusal(check_can_return_sheet, actor, facts, at)}
    if acting is not None:
        place = part_facts(acting, sheet, parts)
        for name, act in (
            ("present", Act.PRESENT),
            ("sign", Act.SUBMIT),
            ("send_back", Act.SEND_BACK),
            ("withdraw", Act.WITHDRAW),
        ):
            found[name] = refusal(check_can_move_part, actor, place, act, at)
        for name in ("present", "sign"):
            found[name] = found[name] or refusal(require_answers, sheet, acting)
        if not facts.is_in_parts:
            found["withdraw"] = refusal(check_can_withdraw_sheet, actor, facts, at)
        return found
    found["sign"] = refusal(check_can_submit_sheet, actor, facts, at) or refusal(require_answers, sheet)
    found["send_back"] = refusal(check_can_send_back_sheet, actor, facts, at)
    found["compile"] = refusal(check_can_compile, actor, facts, at)
    found["withdraw"] = refusal(check_can_withdraw_sheet, actor, facts, at)
    return found
