"""The claim of a part or a whole sheet: what is left to do, what it would give, and the text that a leader signs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.database.mapping.figures import Key, values_of
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Attachment, Entry, Figure, ScoreSheet, SheetPart, Submission
from parindex.domain.index.result import Result
from parindex.domain.review.entry_marks import TO_DO, EntryMark
from parindex.domain.values import number_text
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
    """A part (or a whole sheet) before it is signed: what is left, what is counted, what the claim would give."""

    sheet: ScoreSheet
    part: SheetPart | None
    parts: tuple[SheetPart, ...]
    entries: tuple[Entry, ...]
    remaining: tuple[Remaining, ...]
    counts: SheetCounts
    result: Result
    areas: tuple[AreaClaim, ...]
    values: dict[Key, str]


def review_of(sheet: ScoreSheet, part: SheetPart | None = None) -> Review:
    """Everything that a leader sees before signing; ``part`` None: of the whole sheet. Three queries."""
    parts = tuple(SheetPart.objects.filter(sheet=sheet).order_by("pk"))
    everything = list(Entry.objects.filter(sheet=sheet).order_by("position"))
    mine = tuple(entry for entry in everything if part is None or entry.part_id == part.pk)
    frozen = frozen_set(sheet.group.set_version)
    values = values_of(Figure.objects.filter(unit=sheet.unit_id, year__in={frozen.year, frozen.year - 1}))
    remaining = tuple(Remaining(entry.item_code, mark) for entry in mine if (mark := mark_of(entry)) in TO_DO)
    return Review(
        sheet, part, parts, mine, remaining, counts_of(mine, frozen),
        claimed_result(sheet, frozen, everything, values), area_claims(mine, frozen), values,
    )  # fmt: skip


def area_claims(entries: Sequence[Entry], frozen: FrozenSet) -> tuple[AreaClaim, ...]:
    """What is claimed area by area; areas without an item that the unit enters are left out."""
    by_area: dict[str, list[Entry]] = {}
    for entry in entries:
        above = frozen.ancestors[entry.item_code] or (frozen.items[entry.item_code].node,)
        by_area.setdefault(above[0].code, []).append(entry)
    found = []
    for area in frozen.criteria_set.areas:
        counts = counts_of(by_area.get(area.code, ()), frozen)
        if not counts.items:
            continue
        out = [one for one in by_area[area.code] if mark_of(one) is EntryMark.NOT_ASSESSED]
        left = sum((_max_points(one, frozen) for one in out), Fraction(0))
        found.append(
            AreaClaim(
                area.code, area.display_title or area.title, counts.items, counts.points, counts.max_points + left,
                len(out), left, counts.marks[EntryMark.UNANSWERED] + counts.marks[EntryMark.STARTED],
            )
        )  # fmt: skip
    return tuple(found)


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
    return json.dumps(claim_of(review), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(claim: str) -> str:
    """The fingerprint of a claim."""
    return hashlib.sha256(claim.encode()).hexdigest()


def is_intact(submission: Submission) -> bool:
    """Whether the stored claim still gives the fingerprint that was signed."""
    return fingerprint_of(submission.claim) == submission.fingerprint


def claim_of(review: Review) -> dict[str, Any]:
    """The claim as data: everything that the fingerprint of a submission covers."""
    sheet, version = review.sheet, review.sheet.group.set_version
    codes = [entry.item_code for entry in review.entries]
    frozen = frozen_set(version)
    measures = {measure for code in codes for measure in frozen.measures_of[code]}
    unit = review.result.unit(0)
    proofs = _proofs(review.entries)
    return {
        "cycle": {"id": sheet.cycle_id, "title": sheet.cycle.title, "year": sheet.cycle.year},
        "unit": {"id": sheet.unit_id, "name": sheet.unit_name},
        "part": {"unit": review.part.lead_unit_id, "name": review.part.lead_name} if review.part else None,
        "criteria_set": {"title": version.title, "number": version.number, "fingerprint": version.fingerprint},
        "figures": {
            measure: value
            for (measure, year), value in review.values.items()
            if year == frozen.year and measure in measures
        },
        "items": [
            {
                "code": entry.item_code,
                "state": entry.state,
                "self_points": entry.self_points,
                "points": entry.points,
                "explanation": entry.explanation,
                "kept_warning": entry.kept_warning,
                "evidence": sorted(proofs.get(entry.pk, ())),
            }
            for entry in review.entries
        ],
        "areas": [_area_data(area) for area in review.areas],
        "points": number_text(review.counts.points),
        "max_points": number_text(review.counts.max_points),
        "pending": review.counts.marks[EntryMark.PENDING],
        "index": number_text(unit.index) if unit.index is not None and review.part is None else None,
        "grade": unit.grade if review.part is None else None,
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
