"""The guidance of a set: read from its paper, attached item by item, published in versions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from parindex.database.models import CriteriaSetVersion, Guidance, GuidanceNote, OfficialPaper
from parindex.database.models.criteria_sets import SetState
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.documents.criteria_sets.from_data import criteria_set_from_data
from parindex.documents.criteria_sets.to_data import criteria_set_data
from parindex.domain.criteria.criteria_set import CriteriaSet as Yardstick
from parindex.domain.criteria.criteria_set import Node, RuleData
from parindex.domain.criteria.matching import matched_items
from parindex.domain.criteria.mends import EditMeasure, EditRow, Mend
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log, set_drafts
from parindex.usecases.actors import Session
from parindex.usecases.official_papers import forget_reading, job_of, owner_version, reading_facts
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.written_texts import whole
from parindex.wording.rule_words import rule_data_words

_TITLE_LENGTH = 500
TEXT_LENGTH = 20_000
_LATEST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class NoteTexts:
    """What the guidance says of one item."""

    rule: str = ""
    evidence: str = ""
    example: str = ""


def current_version(criteria_set: int) -> CriteriaSetVersion | None:
    """The version of a set that guidance speaks of: the draft in work, else the newest frozen one."""
    versions = CriteriaSetVersion.objects.filter(criteria_set=criteria_set).exclude(state=SetState.DISCARDED)
    return versions.select_related("criteria_set").order_by("-number").first()


@transaction.atomic
def make_guidance(
    *, by: Session, at: datetime, version_id: int, title: str, paper: OfficialPaper | None = None
) -> Guidance:
    """A new version of the guidance: with the notes of the last one, to which a paper adds what it says."""
    version = CriteriaSetVersion.objects.select_related("criteria_set").get(pk=version_id)
    family = version.criteria_set
    check_can_manage_sets(by.actor, owner_version(family.owner_id, at).path)
    if not title.strip():
        raise Refusal("reason_needed")
    earlier = Guidance.objects.select_for_update(no_key=True).filter(criteria_set=family)
    last = earlier.aggregate(Max("number"))["number__max"] or 0
    made = Guidance.objects.create(
        criteria_set=family, number=last + 1, title=whole(title, _TITLE_LENGTH), paper=paper, created_by=by.user,
        created_at=at,
    )  # fmt: skip
    notes = list(GuidanceNote.objects.filter(guidance__criteria_set=family, guidance__number=last).order_by("pk"))
    GuidanceNote.objects.bulk_create(
        GuidanceNote(
            guidance=made, item_code=one.item_code, rule_text=one.rule_text, evidence_text=one.evidence_text,
            example_text=one.example_text, rule=one.rule,
        )
        for one in notes
    )  # fmt: skip
    after = {
        "number": made.number, "title": made.title, "paper": paper.pk if paper else None,
        "notes_of": last or None,
    }  # fmt: skip
    _log("make_guidance", by, at, made, after=after)
    return made


def note_texts(note: GuidanceNote) -> dict[str, str]:
    """What a note says, as its form shows it and the log keeps it."""
    return {"rule": note.rule_text, "evidence": note.evidence_text, "example": note.example_text}


@transaction.atomic
def take_guidance(*, by: Session, at: datetime, guidance_id: int) -> int | None:
    """Attach what was read of the paper of a guidance; None while it is being read, else how many items it speaks of.

    A note that somebody wrote is never overwritten by what was read.
    """
    guidance = _locked(by, at, guidance_id)
    if guidance.paper_id is None:
        return 0
    paper = OfficialPaper.objects.select_for_update(no_key=True).get(pk=guidance.paper_id)
    if paper.read_at is not None:
        return 0
    answer = job_of(paper).answer()
    if answer is None:
        return None
    before: dict[str, Any] = reading_facts(paper)
    paper.read_at = at
    paper.problems = json.dumps(answer["problems"], ensure_ascii=False) if "problems" in answer else ""
    paper.save(update_fields=["read_at", "problems"])
    version = current_version(guidance.criteria_set_id)
    sets = [stored_draft(one["content"], one["reading"]).criteria_set for one in answer.get("sets", ())]
    attached: list[_Attached] = []
    if version is not None:
        items = list(stored_draft(version.content, version.reading).criteria_set.items())
        for read in sets:
            for code, node in matched_items(items, read.items()).items():
                attached += _attached(guidance, code, node, read)
    before["notes"] = {one.code: one.before for one in reversed(attached)}  # as it was before the first of a code
    after = reading_facts(paper) | {
        "paper": paper.pk, "notes": {one.code: one.after for one in attached},
    }  # fmt: skip
    _log("edit_guidance", by, at, guidance, before=before, after=after)
    transaction.on_commit(lambda: forget_reading(paper))
    return len(attached)


@dataclass(frozen=True, slots=True)
class _Attached:
    """What the guidance said of an item before something was read of it, and after."""

    code: str
    before: Mapping[str, str]
    after: Mapping[str, str]


def _attached(guidance: Guidance, code: str, node: Node, read: Yardstick) -> list[_Attached]:
    rule = _rule_text(node, read)
    evidence = "\n".join(node.evidence)
    if not (rule or evidence):
        return []
    note, _ = GuidanceNote.objects.get_or_create(guidance=guidance, item_code=code)
    before = note_texts(note)
    note.rule_text = note.rule_text or rule
    note.evidence_text = note.evidence_text or evidence
    note.rule = note.rule or _rule_json(node, read)
    note.save()
    return [_Attached(code, before, note_texts(note))]


def _rule_text(node: Node, read: Yardstick) -> str:
    """The option lines as printed; where there are none, the note and the rule in words."""
    if node.options:
        return "\n".join(node.options)
    if node.rule is None or node.max_points is None:
        return ""
    return rule_data_words(node.rule.data, node.max_points, read.year or _LATEST_YEAR, read.measures)


def _rule_json(node: Node, read: Yardstick) -> str:
    if node.rule is None:
        return ""
    data = criteria_set_data(read)
    named = {key: row for key, row in data.get("measures", {}).items() if key in json.dumps(dict(node.rule.data))}
    return json.dumps({"rule": dict(node.rule.data), "measures": named}, ensure_ascii=False)


@transaction.atomic
def write_note(
    *, by: Session, at: datetime, guidance_id: int, item_code: str, texts: NoteTexts, seen: str | None = None
) -> GuidanceNote:
    """Say something of an item, in a guidance that is not published yet."""
    guidance = _locked(by, at, guidance_id)
    version = current_version(guidance.criteria_set_id)
    made = stored_draft(version.content, version.reading).criteria_set if version is not None else None
    if made is None or item_code not in {node.code for node in made.items()}:
        raise Refusal("item_not_in_set", item=item_code)
    note, _ = GuidanceNote.objects.get_or_create(guidance=guidance, item_code=item_code)
    before = note_texts(note)
    require_as_read(before, seen)
    note.rule_text, note.evidence_text, note.example_text = (
        whole(text, TEXT_LENGTH) for text in (texts.rule, texts.evidence, texts.example)
    )
    note.save()
    _log("edit_guidance", by, at, guidance, before={item_code: before}, after={item_code: note_texts(note)})
    return note


@transaction.atomic
def publish_guidance(*, by: Session, at: datetime, guidance_id: int) -> Guidance:
    """From now on the guidance stands beside the items and never changes; a correction is a new version."""
    guidance = _locked(by, at, guidance_id)
    if not GuidanceNote.objects.filter(guidance=guidance).exists():
        raise Refusal("guidance_empty")
    guidance.published_at = at
    guidance.save(update_fields=["published_at"])
    after = {"number": guidance.number, "title": guidance.title, "published_at": at}
    _log("publish_guidance", by, at, guidance, before={"published_at": None}, after=after)
    return guidance


@transaction.atomic
def attach_rules(*, by: Session, at: datetime, guidance_id: int, item_codes: Sequence[str]) -> int:
    """Give items of the draft in work the rules and the evidence that the guidance states: how many items changed."""
    guidance = Guidance.objects.select_related("criteria_set").get(pk=guidance_id)
    check_can_manage_sets(by.actor, owner_version(guidance.criteria_set.owner_id, at).path)
    version = current_version(guidance.criteria_set_id)
    if version is None or version.state != SetState.DRAFT:
        raise Refusal("set_frozen")
    notes = {one.item_code: one for one in GuidanceNote.objects.filter(guidance=guidance, item_code__in=item_codes)}
    made = stored_draft(version.content, version.reading).criteria_set
    steps: list[Mend] = []
    count = 0
    for at_row, node in enumerate(made.walk()):
        if node.is_item and node.code in notes:
            found = _edits(made, at_row, node, notes[node.code], guidance)
            steps += found
            count += bool(found)
    if steps:
        set_drafts.edit(by=by, at=at, version_id=version.pk, steps=steps, read=version.edit_number,
                        note=guidance.title)  # fmt: skip
    return count


def _edits(made: Yardstick, row: int, node: Node, note: GuidanceNote, guidance: Guidance) -> list[Mend]:
    values: dict[str, Any] = {}
    steps: list[Mend] = []
    if note.rule and node.rule is None:
        stored = json.loads(note.rule)
        values["rule"] = RuleData(stored["rule"], guidance.title)
        declared = criteria_set_from_data({"id": "x", "title": "", "areas": [], "measures": stored["measures"]})
        steps += [EditMeasure(key, one) for key, one in declared.measures.items() if key not in made.measures]
    lines = tuple(line for line in note.evidence_text.splitlines() if line.strip())
    if lines and not node.evidence:
        values["evidence"] = lines
    return [*steps, EditRow(row, values)] if values else []


def _locked(by: Session, at: datetime, guidance_id: int) -> Guidance:
    guidance = (
        Guidance.objects.select_for_update(of=("self",), no_key=True).select_related("criteria_set").get(pk=guidance_id)
    )
    check_can_manage_sets(by.actor, owner_version(guidance.criteria_set.owner_id, at).path)
    if guidance.published_at is not None:
        raise Refusal("guidance_published")
    return guidance


def _log(action: str, by: Session, at: datetime, guidance: Guidance, **values: Any) -> None:
    audit_log.record(action, audit_log.target(guidance, unit=guidance.criteria_set.owner_id), by=by, at=at, **values)
