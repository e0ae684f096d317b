"""Precedents beside an item, and as the draft of next year's guidance."""

from __future__ import annotations

import hashlib
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from django.core.cache import cache
from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CriteriaSetVersion, CycleGroup, Guidance, Opinion, Publication, ScoreSheet
from parindex.database.queries.precedents import OVER, decisions, decisions_of, on_items, set_versions_over
from parindex.database.queries.publications import public_publication
from parindex.domain.criteria.matching import matched_items
from parindex.domain.errors import InvalidInput
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.domain.values import exact_number
from parindex.usecases.actors import Session
from parindex.usecases.guidance import TEXT_LENGTH, NoteTexts, current_version, make_guidance, write_note
from parindex.usecases.official_papers import owner_version
from parindex.wording.language import text
from parindex.wording.numbers import points_text

#: So many precedents stand beside an item; the others are found by the search.
BESIDE = 5
#: How long it is kept which ones those are, where nothing else is finalised meanwhile.
_KEPT_SECONDS = 3600


@lru_cache(maxsize=64)
def same_items(earlier: FrozenSet, frozen: FrozenSet) -> dict[str, str]:
    """The code that an item of ``frozen`` had in an earlier set, by title and place; codes alone may have moved."""
    now, before = ([one.node for one in made.items.values()] for made in (frozen, earlier))
    return {code: node.code for code, node in matched_items(now, before).items()}


def precedents_beside(sheet: ScoreSheet, frozen: FrozenSet, code: str) -> list[Opinion]:
    """Some earlier decisions with a reason on the same item, adjusted ones first. At most two queries.

    Which ones is kept: councils decide nothing in a cycle that is over without finalising it again.
    """
    owner = sheet.cycle.owner_id
    over = set_versions_over(owner=owner)
    places: set[tuple[int, str]] = set()
    for group in over:
        known = same_items(frozen_set(group.set_version), frozen)
        if code in known:
            places.add((group.set_version_id, known[code]))
    if not places:
        return []
    stamp = [(one.pk, one.cycle.state, one.finalised) for one in over]  # type: ignore[attr-defined]  # annotated
    name = repr((owner, sorted(places), sheet.pk if sheet.cycle.state in OVER else 0, stamp))
    kept = "precedents:" + hashlib.sha256(name.encode()).hexdigest()
    keys: list[int] | None = cache.get(kept)
    if keys is None:
        keys = list(on_items(owner, places, sheet.pk).values_list("pk", flat=True)[:BESIDE])
        cache.set(kept, keys, _KEPT_SECONDS)
    return sorted(decisions_of(keys=keys), key=lambda one: keys.index(one.pk)) if keys else []


def is_precedent(opinion_id: int, sheet: ScoreSheet, frozen: FrozenSet, code: str) -> bool:
    """Whether an opinion may be cited on an item of a sheet: it decided the same item, of another sheet of the same
    owner, in a cycle that is over. Two queries.
    """
    rows = decisions().filter(pk=opinion_id, entry__sheet__cycle__owner=sheet.cycle.owner_id)
    found = rows.exclude(entry__sheet=sheet).first()
    if found is None:
        return False
    group = CycleGroup.objects.select_related("set_version").get(pk=found.entry.sheet.group_id)
    return same_items(frozen_set(group.set_version), frozen).get(code) == found.entry.item_code


@transaction.atomic
def draft_guidance(*, by: Session, at: datetime, version_id: int, cycle_id: int, title: str) -> Guidance:
    """A draft of the guidance of a set with the decisions of a cycle as examples, item by item; the set of a version is
    meant in its current version, as everywhere in guidance.

    Only decisions of a result that is public by now become examples, because guidance is read by everybody; refused
    (``precedents_not_public``) before. Refused (``no_precedents``) where there is none with a public reason on an item
    that the set has, too; (``set_contradictory``) where the set cannot be read item by item. Texts that stand in the
    guidance already are kept; the examples come behind them.
    """
    chosen = CriteriaSetVersion.objects.select_related("criteria_set").get(pk=version_id)
    check_can_manage_sets(by.actor, owner_version(chosen.criteria_set.owner_id, at).path)
    version = current_version(chosen.criteria_set_id) or chosen
    frozen = readable_set(version)
    if frozen is None:
        raise Refusal("set_contradictory", title=version.title, number=version.number)
    shown = public_publication(cycle_id, at)
    if shown is None:
        raise Refusal("precedents_not_public")
    examples = _examples(version.criteria_set.owner_id, frozen, shown)
    if not examples:
        raise Refusal("no_precedents")
    made = make_guidance(by=by, at=at, version_id=version.pk, title=title)
    known = {one.item_code: one for one in made.notes.order_by("pk")}
    for code, lines in examples.items():
        before = known.get(code)
        words = "\n\n".join(filter(None, (before.example_text if before else "", *lines)))
        texts = NoteTexts(
            before.rule_text if before else "", before.evidence_text if before else "", _whole_lines(words)
        )
        write_note(by=by, at=at, guidance_id=made.pk, item_code=code, texts=texts)
    return made


def readable_set(version: CriteriaSetVersion) -> FrozenSet | None:
    """The set of a version, frozen or not, where its items can be told apart; None where it contradicts itself."""
    try:
        return frozen_set(version)
    except InvalidInput:
        return None


def _examples(owner: int, frozen: FrozenSet, shown: Publication) -> dict[str, list[str]]:
    """The decisions that a publication shows in words, by the code of the item in the set; not those of a correction
    that waits for its day.
    """
    found: dict[str, list[str]] = {}
    for group in set_versions_over(owner=owner):
        if group.cycle_id != shown.cycle_id:
            continue
        now = {old: new for new, old in same_items(frozen_set(group.set_version), frozen).items()}
        rows = decisions().filter(entry__sheet__group=group, is_public=True, withheld__isnull=True)
        rows = rows.filter(at__lte=shown.finalisation.finalised_at).exclude(reason="")
        for one in rows.order_by("entry__position", "pk"):
            code = now.get(one.entry.item_code)
            if code is not None:
                found.setdefault(code, []).append(example_words(one))
    return found


def example_words(one: Opinion) -> str:
    """A decision as an example, without the names of units and persons."""
    claim, granted = _points(one.entry.points), _points(one.entry.appraisal.points)
    facts = {"year": one.entry.sheet.cycle.year, "claim": claim, "granted": granted, "reason": one.reason}
    if one.entry.appraisal.state == AppraisalState.ADJUSTED:
        return text("Năm {year}: tự chấm {claim}, hội đồng chấm {granted}. Lý do: {reason}", **facts)
    return text("Năm {year}: tự chấm {claim}, hội đồng đồng ý. Lý do: {reason}", **facts)


def _points(written: str) -> str:
    value: Fraction | None = exact_number(written) if written else None
    return points_text(value)


def _whole_lines(words: str) -> str:
    """As many whole examples as a note holds."""
    if len(words) <= TEXT_LENGTH:
        return words
    return words[:TEXT_LENGTH].rpartition("\n\n")[0]
