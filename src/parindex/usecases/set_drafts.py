"""Mending a draft: taking a proposed way, confirming, asking the issuing body, editing an item, undoing.

Everything is recorded with before and after, by whom and when, and the set is checked anew by whoever looks next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.database.models import CriteriaSetVersion, FindingDecision
from parindex.database.models.criteria_sets import Decision, SetState
from parindex.documents.criteria_drafts.draft import Draft, draft_data, draft_from_data, stored_draft
from parindex.documents.criteria_drafts.patches import Patch, patches, patches_from_data, undone
from parindex.documents.criteria_drafts.stored_findings import finding_data
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.mends import Mend, mended
from parindex.domain.criteria.proposals import Ask
from parindex.domain.errors import InvalidValue
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.official_papers import owner_version
from parindex.usecases.set_matters import Matter, Matters, matters_of
from parindex.wording import findings as finding_words
from parindex.wording import language, mends
from parindex.wording.yaml_paths import without_keys

_TITLE_LENGTH = 500


class ChangedMeanwhile(Refusal):
    """Somebody else has edited the draft since the page was made, and what it showed no longer stands."""

    def __init__(self, last: FindingDecision | None) -> None:
        super().__init__("finding_not_open")
        self.last = last


@transaction.atomic
def settle(
    *, by: Session, at: datetime, version_id: int, key: str, way: str, typed: Mapping[Ask, Any], note: str = "",
    read: int | None = None,
) -> FindingDecision:  # fmt: skip
    """Take one of the ways that are offered for a finding. ``read``: the edit number of the page.

    Raises :class:`ChangedMeanwhile` where the finding is no longer open, :class:`InvalidValue` for what was typed.
    """
    version = _writable(by, at, version_id)
    matters, matter = _open_matter(version, key, at, read)
    proposal = next((one for one in matters.ways(matter) if one.id == way), None)
    if proposal is None:
        raise ChangedMeanwhile(_last(version))
    steps = proposal.mends(typed)
    words = _vietnamese(lambda: mends.typed_words(proposal, matter.finding, typed))
    changed = _changed(version, matters.draft, steps) if steps else ()
    decision = Decision.MENDED if steps else Decision.CONFIRMED
    return _decided(by, at, version, matter, decision, words, changed, note)


@transaction.atomic
def leave(*, by: Session, at: datetime, version_id: int, key: str, note: str = "", read: int | None = None
          ) -> FindingDecision:  # fmt: skip
    """Leave a finding as it is and ask the issuing body: it keeps the set from being frozen until it is settled."""
    version = _writable(by, at, version_id)
    _, matter = _open_matter(version, key, at, read)
    words = _vietnamese(lambda: language.text("Để lại, hỏi cơ quan ban hành"))
    return _decided(by, at, version, matter, Decision.LEFT, words, (), note)


@transaction.atomic
def edit(
    *,
    by: Session,
    at: datetime,
    version_id: int,
    steps: Sequence[Mend],
    read: int,
    note: str = "",
    unchanged: Callable[[CriteriaSet], bool] | None = None,
) -> FindingDecision | None:
    """Edit a draft where no finding asks for it; None where nothing changes. ``read``: the edit number of the page;
    ``unchanged`` says whether what the page showed still stands, where others have edited something else meanwhile.

    Raises :class:`ChangedMeanwhile` where somebody else has edited the same since.
    """
    version = _writable(by, at, version_id)
    draft = stored_draft(version.content, version.reading)
    if version.edit_number != read and (unchanged is None or not unchanged(draft.criteria_set)):
        raise ChangedMeanwhile(_last(version))
    changed = _changed(version, draft, steps)
    if not changed:
        return None
    words = _vietnamese(lambda: mends.patch_words(changed))
    made = FindingDecision.objects.create(
        version=version, key="", decision=Decision.MENDED, message="", change=words, patch=_patch_text(changed),
        note=note, decided_by=by.user, decided_at=at,
    )  # fmt: skip
    _stored(version)
    _log("mend_set", by, at, version, changed, note)
    return made


@transaction.atomic
def undo(*, by: Session, at: datetime, decision_id: int) -> FindingDecision:
    """Take a decision back, and what it changed. Raises :class:`InvalidValue` (``changed_since``) where something
    built on it.
    """
    found = FindingDecision.objects.get(pk=decision_id)
    version = _writable(by, at, found.version_id)
    found = FindingDecision.objects.select_for_update(no_key=True).get(pk=decision_id)
    if found.undone_at is not None:
        raise ChangedMeanwhile(_last(version))
    done = patches_from_data(json.loads(found.patch)) if found.patch else ()
    if done:
        draft = stored_draft(version.content, version.reading)
        _keep(version, draft_from_data(undone(draft_data(draft), done), draft))
    found.undone_at, found.undone_by = at, by.user
    found.save(update_fields=["undone_at", "undone_by"])
    _stored(version)
    back = tuple(Patch(one.path, one.new, one.old) for one in done)
    _log("undo_mend", by, at, version, back, found.change)
    return found


# --- shared --------------------------------------------------------------------------------------------------------


def _writable(by: Session, at: datetime, version_id: int) -> CriteriaSetVersion:
    version = (
        CriteriaSetVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("criteria_set")
        .get(pk=version_id)
    )
    check_can_manage_sets(by.actor, owner_version(version.criteria_set.owner_id, at).path)
    if version.state == SetState.FROZEN:
        raise Refusal("set_frozen")
    if version.state != SetState.DRAFT:
        raise Refusal("set_discarded")
    return version


def _open_matter(version: CriteriaSetVersion, key: str, at: datetime, read: int | None) -> tuple[Matters, Matter]:
    matters = matters_of([version], at)[version.pk]
    matter = matters.by_key(key)
    stale = read is not None and read != version.edit_number
    if matter is None or not matter.present or (stale and matter.settled):
        raise ChangedMeanwhile(_last(version))
    return matters, matter


def _last(version: CriteriaSetVersion) -> FindingDecision | None:
    return FindingDecision.objects.filter(version=version).select_related("decided_by").order_by("pk").last()


def _changed(version: CriteriaSetVersion, draft: Draft, steps: Sequence[Mend]) -> tuple[Patch, ...]:
    """Apply ``steps`` to the version (not saved): what they change."""
    new = Draft(mended(draft.criteria_set, steps), draft.paper_findings, draft.doubts)
    found = tuple(patches(draft_data(draft), draft_data(new)))
    if found:
        _keep(version, new)
    return found


def _keep(version: CriteriaSetVersion, draft: Draft) -> None:
    version.content, version.reading = draft.content, draft.reading
    version.title, version.year = draft.criteria_set.title[:_TITLE_LENGTH], draft.criteria_set.year


def _decided(
    by: Session,
    at: datetime,
    version: CriteriaSetVersion,
    matter: Matter,
    decision: Decision,
    words: str,
    changed: tuple[Patch, ...],
    note: str,
) -> FindingDecision:
    """Record a decision; an earlier one on the same matter that changed nothing no longer stands."""
    earlier = FindingDecision.objects.filter(version=version, key=matter.key, undone_at=None)
    if earlier.exclude(patch="").exists() and not changed:
        raise ChangedMeanwhile(_last(version))
    earlier.filter(patch="").update(undone_at=at, undone_by=by.user)
    made = FindingDecision.objects.create(
        version=version, key=matter.key, decision=decision,
        message=without_keys(_vietnamese(lambda: finding_words.message(matter.finding))), change=words,
        finding=json.dumps(finding_data(matter.finding), ensure_ascii=False), patch=_patch_text(changed), note=note,
        decided_by=by.user, decided_at=at,
    )  # fmt: skip
    _stored(version)
    actions = {Decision.MENDED: "mend_set", Decision.CONFIRMED: "confirm_finding", Decision.LEFT: "leave_finding"}
    _log(actions[decision], by, at, version, changed, note or made.message)
    return made


def _stored(version: CriteriaSetVersion) -> None:
    version.edit_number += 1
    version.save(update_fields=["content", "reading", "title", "year", "edit_number"])


def _patch_text(changed: tuple[Patch, ...]) -> str:
    return json.dumps([one.as_data() for one in changed], ensure_ascii=False) if changed else ""


def _log(
    action: str, by: Session, at: datetime, version: CriteriaSetVersion, changed: tuple[Patch, ...], reason: str
) -> None:
    what = audit_log.target(version, unit=version.criteria_set.owner_id)
    before = {one.words_path: one.old for one in changed}
    after = {one.words_path: one.new for one in changed}
    audit_log.record(action, what, by=by, at=at, before=before, after=after, reason=reason)


def _vietnamese(make: Callable[[], str]) -> str:
    """Words for the record, which is an official paper whatever the person reads."""
    chosen = language.current()
    language.use(language.Language.VIETNAMESE)
    try:
        return make()
    finally:
        language.use(chosen)


def typed_answers(asked: Sequence[tuple[Ask, Any]], texts: Mapping[Ask, str]) -> dict[Ask, Any]:
    """What was typed as values. Raises :class:`InvalidValue`: ``not_a_number``, ``code_malformed`` …"""
    from parindex.domain.criteria.codes import CODE
    from parindex.usecases.typed_values import number_of

    found: dict[Ask, Any] = {}
    for ask, _ in asked:
        plain = texts.get(ask, "").strip()
        if not plain:
            raise InvalidValue("answer_needed", ask=ask)
        if ask is Ask.POINTS:
            value = number_of(plain)
            if value < 0:
                raise InvalidValue("below_zero")
            found[ask] = value
        elif ask is Ask.YEAR:
            if not (plain.isdecimal() and 1900 <= int(plain) <= 9999):
                raise InvalidValue("year_out_of_range", text=plain)
            found[ask] = int(plain)
        elif ask in (Ask.CODE, Ask.ITEM) and not CODE.match(plain):
            raise InvalidValue("code_malformed", text=plain)
        else:
            found[ask] = plain
    return found
