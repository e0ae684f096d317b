"""What units had entered when their set was replaced inside the year, and where it went."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    AuditRecord,
    Document,
    Figure,
    Opinion,
    ReplacedEntry,
    RoleGrant,
    ScoreSheet,
    SetReplacement,
    SheetPart,
)
from parindex.database.models.entries import Audience, EntryState
from parindex.database.queries.ended_units import working_for
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts
from parindex.domain.criteria.criteria_set import Measure, Node
from parindex.domain.review.appraisal_permissions import sees_every_opinion
from parindex.domain.review.permissions import (
    PartFacts,
    SheetFacts,
    check_can_read_talk_with_office,
    check_can_talk_inside,
)
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor
from parindex.usecases.replacement_plans import Fate, item_moves
from parindex.usecases.reworded_items import paired_items


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that stood beside an item."""

    by: str
    unit: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entry whose item the new version no longer has: all that stood there; nothing of it counts.

    ``figures`` stay with the unit and are used wherever another item names them. ``opinions``: what the council had
    said of it, for those who see all of that.
    """

    code: str
    title: str
    points: str
    self_points: str
    state: EntryState
    explanation: str
    figures: Sequence[tuple[Measure, str]] = ()
    documents: Sequence[Document] = ()
    citations: Sequence[str] = ()
    requests: Sequence[str] = ()
    remarks: Sequence[Remark] = ()
    opinions: Sequence[Opinion] = ()

    @property
    def is_entered(self) -> bool:
        """Whether anybody had entered anything."""
        told = self.self_points or self.explanation or self.documents or self.requests or self.remarks or self.opinions
        return bool(told or self.state not in (EntryState.UNANSWERED, EntryState.PENDING))


@dataclass(frozen=True, slots=True)
class Replaced:
    """One replacement as one sheet sees it: what was set aside, which items moved or changed, which are new.

    ``is_latest``: the codes of the new version are those of the sheet today; ``appraised``: the council appraised then.
    """

    replacement: SetReplacement
    aside: Sequence[SetAside]
    moves: Sequence[tuple[Fate, Node | None, Node | None]]
    is_latest: bool = False
    appraised: bool = False

    def of(self, *fates: Fate) -> list[tuple[Fate, Node | None, Node | None]]:
        """The items with one of these fates."""
        return [one for one in self.moves if one[0] in fates]


def replaced_of(sheet: ScoreSheet, parts: Sequence[SheetPart], actor: Actor) -> list[Replaced]:
    """Every replacement that reached this sheet, the latest first; nine queries at most.

    Of what was said beside an item, this person reads what could be read where it stood: in the part that the item
    belonged to then.
    """
    made = list(
        SetReplacement.objects.filter(group=sheet.group_id)
        .select_related("old_version", "new_version", "replaced_by")
        .order_by("-pk")
    )
    rows: dict[int, list[ReplacedEntry]] = {}
    for one in ReplacedEntry.objects.filter(sheet=sheet).order_by("pk"):
        rows.setdefault(one.replacement_id, []).append(one)
    contents = {one.pk: json.loads(one.content) for found in rows.values() for one in found}
    documents = Document.objects.in_bulk(
        {row["document_id"] for content in contents.values() for row in content["beside"].get("Attachment", ())}
    )
    figures = {(one.measure, one.year): one.value for one in Figure.objects.filter(unit=sheet.unit_id)} if rows else {}
    talks = _Talks.of(sheet, parts, actor, contents.values())
    said = _opinions(sheet, actor, [content["entry"]["id"] for content in contents.values()])
    began = _appraisal_began(sheet) if made else None
    verdicts = _same_items(sheet) if made else {}
    found = []
    for replacement in made:
        before, after = frozen_set(replacement.old_version), frozen_set(replacement.new_version)
        reading = _Reading(before, figures, documents, talks, said)
        aside = [reading.entry(one, contents[one.pk]) for one in rows.get(replacement.pk, ())]
        appraised = began is not None and began <= replacement.replaced_at
        pairs, _ = paired_items(before, after, verdicts.get(replacement.replaced_at, {}), of_one_set=False)
        moves = item_moves(before, after, pairs)
        found.append(Replaced(replacement, aside, moves, replacement is made[0], appraised))
    return found


def _opinions(sheet: ScoreSheet, actor: Actor, entries: Collection[int]) -> dict[int, list[Opinion]]:
    """What the council had said of entries that have left; nothing for units and for members from whom words are
    kept. One query.
    """
    found: dict[int, list[Opinion]] = {}
    if sees_every_opinion(actor, cycle_facts(sheet.cycle, sheet.cycle.owner_path)):
        for one in Opinion.objects.filter(entry__in=entries).order_by("pk"):
            found.setdefault(one.entry_id, []).append(one)
    return found


def _same_items(sheet: ScoreSheet) -> dict[datetime, dict[str, bool]]:
    """What the office said of items under other titles, by when a set of the sheet's group was replaced; one query."""
    rows = AuditRecord.objects.filter(
        chain__key=f"cycle-{sheet.cycle_id}", action="replace_set", object_id=str(sheet.group_id)
    )
    found: dict[datetime, dict[str, bool]] = {}
    for at, after in rows.order_by("sequence").values_list("at", "after"):
        told = json.loads(after)
        same, others = told.get("same_items", ()), told.get("other_items", ())
        found[at] = dict.fromkeys(same, True) | dict.fromkeys(others, False)
    return found


def _appraisal_began(sheet: ScoreSheet) -> datetime | None:
    """When the appraisal of a cycle began, by the log; one query."""
    rows = AuditRecord.objects.filter(chain__key=f"cycle-{sheet.cycle_id}", action="begin_appraisal")
    return rows.order_by("sequence").values_list("at", flat=True).first()


@dataclass(frozen=True, slots=True)
class _Talks:
    """What this person may read of what was said beside items, part by part."""

    facts: SheetFacts
    actor: Actor
    parts: Mapping[int, SheetPart]
    people: Mapping[int, Collection[int]]

    @classmethod
    def of(
        cls, sheet: ScoreSheet, parts: Sequence[SheetPart], actor: Actor, contents: Iterable[Mapping[str, Any]]
    ) -> _Talks:
        """With the people of the lead units that something was said in, and of those that have taken their place; two
        queries, none where nothing was said.
        """
        known = {one.pk: one for one in parts}
        talked = [one for one in contents if one["beside"].get("Comment")]
        leads = {lead[0] for one in talked if (lead := _lead_of(one, known)) is not None}
        people: dict[int, set[int]] = {}
        if leads:
            working = {one: {one, *others} for one, others in working_for(leads, localdate()).items()}
            units = {unit for some in working.values() for unit in some}
            for unit, user in RoleGrant.objects.filter(unit__in=units).values_list("unit", "user"):
                for one, some in working.items():
                    if unit in some:
                        people.setdefault(one, set()).add(user)
        return cls(sheet_facts(sheet, parts), actor, known, people)

    def readable(self, content: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The remarks beside one item; inside a unit only what its own people said, as on the item itself."""
        said = content["beside"].get("Comment", [])
        lead = _lead_of(content, self.parts)
        if not said or lead is None:
            return []
        unit, path = lead
        part = PartFacts(content["entry"]["part_id"], self.facts, path, self.facts.state)
        inside = refusal(check_can_talk_inside, self.actor, part) is None
        outside = refusal(check_can_read_talk_with_office, self.actor, part) is None
        ours = self.people.get(unit, ())
        return [
            one
            for one in said
            if (inside and one["author_id"] in ours if one["audience"] == Audience.UNIT else outside)
        ]


def _lead_of(content: Mapping[str, Any], parts: Mapping[int, SheetPart]) -> tuple[int, str] | None:
    """The unit that led an item when it was set aside, and its path; None where nobody can tell any more."""
    if "lead" in content:
        return content["lead"]["unit"], content["lead"]["path"]
    part = parts.get(content["entry"]["part_id"])
    return None if part is None else (part.lead_unit_id, part.lead_path)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the contents of a replacement are read with."""

    before: FrozenSet
    figures: Mapping[tuple[str, int], str]
    documents: Mapping[int, Document]
    talks: _Talks
    said: Mapping[int, Sequence[Opinion]]

    def entry(self, row: ReplacedEntry, content: Mapping[str, Any]) -> SetAside:
        """One entry as it stood."""
        entry, beside = content["entry"], content["beside"]
        measures = self.before.criteria_set.measures
        values = [
            (measures[name], self.figures.get((name, self.before.year), ""))
            for name in self.before.measures_of.get(row.item_code, ())
        ]
        attached = [one["document_id"] for one in beside.get("Attachment", ()) if not one["removed_at"]]
        return SetAside(
            code=row.item_code,
            title=row.title,
            points=entry["points"],
            self_points=entry["self_points"],
            state=EntryState(entry["state"]),
            explanation=entry["explanation"],
            figures=[(measure, value) for measure, value in values if value],
            documents=[self.documents[pk] for pk in attached if pk in self.documents],
            citations=[one["text"] for one in beside.get("Citation", ())],
            requests=[one["reason"] for one in beside.get("NotAssessedRequest", ())],
            remarks=[
                Remark(one["author_name"], one["author_unit"], datetime.fromisoformat(one["at"]), one["body"])
                for one in self.talks.readable(content)
            ],
            opinions=self.said.get(entry["id"], ()),
        )


@dataclass(frozen=True, slots=True)
class SheetCount:
    """One sheet of the overview: how many entered items were set aside by which replacement."""

    sheet: ScoreSheet
    counts: Mapping[int, int] = field(default_factory=dict)


def counted(sheets: Sequence[ScoreSheet]) -> list[SheetCount]:
    """How much was set aside on each of these sheets; one query."""
    counts: dict[int, dict[int, int]] = {}
    for one in ReplacedEntry.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).order_by("pk"):
        content = json.loads(one.content)
        entry, beside = content["entry"], content["beside"]
        told = entry["self_points"] or entry["explanation"] or entry["is_started"] or beside
        if told or entry["state"] not in (EntryState.UNANSWERED, EntryState.PENDING):
            of = counts.setdefault(one.sheet_id, {})
            of[one.replacement_id] = of.get(one.replacement_id, 0) + 1
    return [SheetCount(sheet, counts.get(sheet.pk, {})) for sheet in sheets]
