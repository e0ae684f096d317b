"""The claim of a part or a whole sheet: what is left to do, what it would give, and the text that a leader signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from fractions import Fraction
from typing import Any

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Attachment, Entry, Question, ScoreSheet, SheetPart, Submission
from parindex.database.queries.further_explanations import answers_of
from parindex.database.queries.score_sheets import figure_values
from parindex.documents.receipts.claim import FORMAT, claim_json, fingerprint_of, index_of
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import ItemResult, Result
from parindex.domain.review.entry_marks import TO_DO, EntryMark
from parindex.domain.review.refusal import Refusal
from parindex.domain.scoring.context import shifted
from parindex.domain.values import number_text
from parindex.usecases.asked_items import asked_now
from parindex.usecases.sheet_counts import SheetCounts, counts_of, mark_of
from parindex.usecases.sheet_scoring import claimed_result


@dataclass(frozen=True, slots=True)
class Remaining:
    """An item with something left to do before it can be signed."""

    code: str
    mark: EntryMark


@dataclass(frozen=True, slots=True)
class AreaClaim:
    """One area (or all) of what is claimed. ``max_points`` holds what is not assessed, but nothing that is pending."""

    code: str
    title: str
    items: int
    points: Fraction
    max_points: Fraction
    not_assessed: int
    not_assessed_points: Fraction
    unanswered: int

    @property
    def assessed(self) -> Fraction:
        """The maximum of what is assessed."""
        return self.max_points - self.not_assessed_points

    @property
    def per_cent(self) -> Fraction | None:
        """Points of what is assessed in per cent; None where nothing is."""
        return self.points * 100 / self.assessed if self.assessed else None


@dataclass(frozen=True, slots=True)
class Review:
    """A part (or a whole sheet) before it is signed: what is left, what is counted, what the claim would give.

    ``asked`` are the only items that may change, because the council asks about them, None for all; ``answers`` is
    what the unit has answered the council so far.
    """

    sheet: ScoreSheet
    part: SheetPart | None
    parts: tuple[SheetPart, ...]
    entries: tuple[Entry, ...]
    remaining: tuple[Remaining, ...]
    counts: SheetCounts
    result: Result
    areas: tuple[AreaClaim, ...]
    values: dict[Key, str]
    asked: frozenset[str] | None
    answers: tuple[Question, ...]

    @property
    def open_items(self) -> set[str]:
        """The items that may still change."""
        return {one.item_code for one in self.entries if self.asked is None or one.item_code in self.asked}


def review_of(sheet: ScoreSheet, part: SheetPart | None = None) -> Review:
    """Everything that a leader sees before signing; ``part`` None: of the whole sheet. Three queries, two more where
    the council has asked something.
    """
    parts = tuple(SheetPart.objects.filter(sheet=sheet).order_by("pk"))
    everything = list(Entry.objects.filter(sheet=sheet).order_by("position"))
    mine = tuple(entry for entry in everything if part is None or entry.part_id == part.pk)
    frozen = frozen_set(sheet.group.set_version)
    values = figure_values(sheet.unit_id, sorted(frozen.criteria_set.measures))
    asked = asked_now(sheet)
    left = [entry for entry in mine if asked is None or entry.item_code in asked]
    remaining = tuple(Remaining(entry.item_code, mark) for entry in left if (mark := mark_of(entry)) in TO_DO)
    answers = answers_of(sheet, part)
    result = claimed_result(sheet, frozen, everything, values)
    return Review(
        sheet, part, parts, mine, remaining, counts_of(mine, frozen), result,
        area_claims(mine, frozen, result.unit(0).items), values, asked, answers,
    )  # fmt: skip


#: Items that neither earn anything nor are out by a decision: somebody else gives their points.
_NOT_COUNTED = (ItemState.PENDING, ItemState.ABSENT)


def area_claims(entries: Sequence[Entry], frozen: FrozenSet, items: Mapping[str, ItemResult]) -> tuple[AreaClaim, ...]:
    """What is claimed area by area, as the method counts it; areas without an item that the unit enters are left out.

    ``items`` are those of the computed result, so that the lines, their sum and the index are one computation.
    """
    by_area: dict[str, list[Entry]] = {}
    for entry in entries:
        if items[entry.item_code].state not in _NOT_COUNTED:
            above = frozen.ancestors[entry.item_code] or (frozen.items[entry.item_code].node,)
            by_area.setdefault(above[0].code, []).append(entry)
    found = []
    for area in frozen.criteria_set.areas:
        mine = by_area.get(area.code, ())
        if not mine:
            continue
        out = [one for one in mine if items[one.item_code].state is ItemState.NOT_ASSESSED]
        marks = [mark_of(one) for one in mine]
        found.append(
            AreaClaim(
                area.code, area.display_title or area.title, len(mine), _earned(mine, items),
                sum((_max_points(one, frozen) for one in mine), Fraction(0)),
                len(out), sum((_max_points(one, frozen) for one in out), Fraction(0)),
                marks.count(EntryMark.UNANSWERED) + marks.count(EntryMark.STARTED),
            )
        )  # fmt: skip
    return tuple(found)


def _earned(entries: Iterable[Entry], items: Mapping[str, ItemResult]) -> Fraction:
    earned = (items[one.item_code] for one in entries)
    return sum((one.points for one in earned if one.state is ItemState.ANSWERED), Fraction(0))


def require_consistent(review: Review) -> None:
    """What is about to be signed is one computation: refused (``claim_inconsistent``) where it is not.

    The points that stand with the entries must be those that figures and rules give now, the lines must sum up to the
    total, and the index must be that total in per cent.
    """
    frozen = frozen_set(review.sheet.group.set_version)
    unit = review.result.unit(0)
    for entry in review.entries:
        now = unit.items[entry.item_code]
        if entry.points != (number_text(now.points) if now.state is ItemState.ANSWERED else ""):
            raise Refusal("claim_inconsistent", item=entry.item_code)
    if review.part is None and not frozen.plan.outside:
        total = total_of(review.areas)
        sums = (total.points, total.assessed, _index(frozen, total) if unit.index is not None else None)
        if sums != (unit.points, unit.max_points, unit.index):
            raise Refusal("claim_inconsistent", item="")


def _index(frozen: FrozenSet, total: AreaClaim) -> Fraction | None:
    made = frozen.criteria_set
    return index_of(total.points, total.assessed, made.rounding.index, made.index.cap)


def total_of(areas: Iterable[AreaClaim], title: str = "") -> AreaClaim:
    """The sum of areas."""
    lines = list(areas)
    return AreaClaim(
        "", title, sum(one.items for one in lines), sum((one.points for one in lines), Fraction(0)),
        sum((one.max_points for one in lines), Fraction(0)), sum(one.not_assessed for one in lines),
        sum((one.not_assessed_points for one in lines), Fraction(0)), sum(one.unanswered for one in lines),
    )  # fmt: skip


def _max_points(entry: Entry, frozen: FrozenSet) -> Fraction:
    item = frozen.items[entry.item_code]
    return Fraction(0) if item.node.code in frozen.plan.outside else item.max_points


def is_in_parts(sheet: ScoreSheet, parts: Iterable[SheetPart]) -> bool:
    """Whether other units lead some of the items."""
    return [part.lead_unit_id for part in parts] != [sheet.unit_id]


def claim_text(review: Review) -> str:
    """The claim as canonical JSON: the text whose SHA-256 is the fingerprint that a leader signs."""
    return claim_json(claim_of(review))


def is_intact(submission: Submission) -> bool:
    """Whether the stored claim still gives the fingerprint that was signed."""
    return fingerprint_of(submission.claim) == submission.fingerprint


def claim_of(review: Review) -> dict[str, Any]:
    """The claim as data: everything that the fingerprint of a submission covers, and that its numbers follow from;
    with what the unit answers the council, where it was asked something.
    """
    sheet, version = review.sheet, review.sheet.group.set_version
    frozen = frozen_set(version)
    step = frozen.criteria_set.rounding.index
    cap = frozen.criteria_set.index.cap
    unit = review.result.unit(0)
    total = total_of(review.areas)
    whole = review.part is None
    proofs = _proofs(review.entries)
    return {
        "format": FORMAT,
        "cycle": {"id": sheet.cycle_id, "title": sheet.cycle.title, "year": sheet.cycle.year},
        "unit": {"id": sheet.unit_id, "name": sheet.unit_name},
        "part": {"unit": review.part.lead_unit_id, "name": review.part.lead_name} if review.part else None,
        "criteria_set": {"title": version.title, "number": version.number, "fingerprint": version.fingerprint},
        "figures": _figures_data(review, frozen),
        "items": [_item_data(entry, frozen, unit.items, proofs.get(entry.pk, ())) for entry in review.entries],
        "areas": [_area_data(area) for area in review.areas],
        "points": number_text(unit.points if whole else total.points),
        "max_points": number_text(unit.max_points if whole else total.assessed),
        "pending": review.counts.marks[EntryMark.PENDING],
        "index": number_text(unit.index) if unit.index is not None and whole else None,
        "index_step": {"places": step.places, "mode": step.mode.value} if step else None,
        "index_cap": number_text(cap) if cap is not None else None,
        "grade": unit.grade if whole else None,
        **({"answers": [_answer_data(one) for one in review.answers]} if review.answers else {}),
    }


def _answer_data(question: Question) -> dict[str, Any]:
    asked = question.sent_at.astimezone(UTC).isoformat(timespec="seconds") if question.sent_at else ""
    return {"code": question.entry.item_code, "asked_at": asked, "question": question.text, "answer": question.answer}


def _figures_data(review: Review, frozen: FrozenSet) -> list[dict[str, Any]]:
    """Every figure that the rules of these items read: of this year, the one before, a base year."""
    rules = [rule for one in review.entries if (rule := frozen.items[one.item_code].rule) is not None]
    read = {(measure, shifted(frozen.year, by)) for rule in rules for measure, by in rule.measures()}
    return [
        {"measure": measure, "year": year, "value": review.values[measure, year]}
        for measure, year in sorted(read & review.values.keys())
    ]


def _item_data(
    entry: Entry, frozen: FrozenSet, items: Mapping[str, ItemResult], proofs: Iterable[str]
) -> dict[str, Any]:
    outside = frozen.plan.outside.get(entry.item_code)
    return {
        "code": entry.item_code,
        "state": entry.state,
        "counted_as": items[entry.item_code].state.name.lower(),
        "max_points": number_text(_max_points(entry, frozen)),
        "outside": outside.value if outside else "",
        "self_points": entry.self_points,
        "points": entry.points,
        "explanation": entry.explanation,
        "kept_warning": entry.kept_warning,
        "evidence": sorted(proofs),
    }


def _area_data(area: AreaClaim) -> dict[str, Any]:
    return {
        "code": area.code,
        "title": area.title,
        "items": area.items,
        "points": number_text(area.points),
        "max_points": number_text(area.max_points),
        "not_assessed": area.not_assessed,
        "not_assessed_points": number_text(area.not_assessed_points),
        "unanswered": area.unanswered,
    }


def _proofs(entries: Sequence[Entry]) -> dict[int, list[str]]:
    """What proves each entry: the digests of all versions of its documents, or the link."""
    found: dict[int, list[str]] = {}
    attached = Attachment.objects.filter(entry__in=[entry.pk for entry in entries], removed_at=None)
    for entry, digest, link in attached.values_list("entry", "document__versions__file__sha256", "document__link"):
        found.setdefault(entry, []).append(digest or link)
    return found
