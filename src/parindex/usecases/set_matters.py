"""The matters of a draft: what the check finds now beside what somebody has decided about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from parindex.database.models import CriteriaSetVersion, FindingDecision
from parindex.database.models.criteria_sets import Decision
from parindex.database.queries.criteria_sets import decisions_of, of_one_reading
from parindex.documents.criteria_drafts.draft import (
    Draft,
    draft_data,
    draft_from_data,
    stored_draft,
    stored_findings,
)
from parindex.documents.criteria_drafts.patches import patches_from_data, undone
from parindex.documents.criteria_drafts.stored_findings import finding_from_data
from parindex.domain.criteria.coherence import Structure, structure
from parindex.domain.criteria.criteria_set import CriteriaSet, Declared
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.criteria.proposals import Proposal, proposals
from parindex.domain.errors import Problem
from parindex.wording.language import text
from parindex.wording.moments import local_day

#: Findings that count many rows: one row more or less is no other matter.
_COUNTED = frozenset(
    {"rule_missing", "rule_proposed", "rule_assumed", "evidence_missing", "unused_measure", "nothing_arose_undeclared"}
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One finding, as found now or as it was when somebody mended it; ``decision`` is the last that stands."""

    key: str
    finding: Finding
    present: bool
    decision: FindingDecision | None
    of_paper: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do: gone by a mend, or confirmed where it is no error of the set."""
        if self.decision is None or self.decision.decision == Decision.LEFT:
            return False
        return not self.present or self.of_paper or self.finding.severity is not Severity.ERROR

    @property
    def is_left(self) -> bool:
        """Whether the issuing body has been asked."""
        return self.decision is not None and self.decision.decision == Decision.LEFT


@dataclass(frozen=True, slots=True)
class Matters:
    """Everything about one draft, by severity; edits that no finding asked for."""

    version: CriteriaSetVersion
    draft: Draft
    errors: tuple[Matter, ...]
    warnings: tuple[Matter, ...]
    notes: tuple[Matter, ...]
    doubts: tuple[Problem, ...]
    edits: tuple[FindingDecision, ...]
    stated: Declared

    @property
    def structure(self) -> Structure:
        """What the table has now beside what the paper states, whatever has been mended in the draft of it."""
        found, criteria_set = self.draft.structure, self.draft.criteria_set
        if self.stated == criteria_set.declared:
            return found
        areas = structure(replace(criteria_set, declared=self.stated)).by_area
        return replace(found, declared=self.stated, by_area=areas)

    def ways(self, matter: Matter) -> tuple[Proposal, ...]:
        """What may be done about a matter that is still found."""
        if not matter.present:
            return ()
        return proposals(matter.finding, self.draft.criteria_set, of_paper=matter.of_paper)

    def by_key(self, key: str) -> Matter | None:
        """The matter that is found under ``key``."""
        return next((one for one in (*self.errors, *self.warnings, *self.notes) if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What keeps a draft from being frozen."""

    errors: int
    unconfirmed: int
    without_basis: bool

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return bool(self.errors or self.unconfirmed or self.without_basis)

    def words(self) -> str:
        """``2 lỗi phải sửa và 5 điều chưa xác nhận``."""
        parts = []
        if self.errors:
            parts.append(text("{count} lỗi phải sửa", count=self.errors))
        if self.unconfirmed:
            parts.append(text("{count} điều chưa xác nhận", count=self.unconfirmed))
        if self.without_basis:
            parts.append(text("căn cứ pháp lý chưa ghi"))
        return text(" và ").join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def remaining_of(matters: Matters, criteria_set: CriteriaSet) -> Remaining:
    """What is still to be done before freezing."""
    return Remaining(
        sum(not one.settled for one in matters.errors),
        sum(not one.settled for one in matters.warnings),
        not criteria_set.legal_basis,
    )


def key_of(finding: Finding) -> str:
    """What names a finding through all checks: its kind and place, and what it says where that is the matter."""
    place = finding.place
    parts = [finding.kind, finding.code, *(str(one or "") for one in (place.table, place.row, place.line, place.path))]
    if finding.kind not in _COUNTED:
        parts.append(hashlib.sha256(f"{finding.stated}|{finding.found}".encode()).hexdigest()[:16])
    return "|".join(parts)[:300]


def matters_of(versions: Sequence[CriteriaSetVersion], at: datetime) -> dict[int, Matters]:
    """The matters of versions that were read from one paper; other tables of the paper are looked at too."""
    texts = {
        one.pk: (one.content, one.reading) for version in versions[:1] for one in of_one_reading(version, local_day(at))
    }
    texts |= {one.pk: (one.content, one.reading) for one in versions}
    decided: dict[int, list[FindingDecision]] = {}
    for decision in decisions_of([one.pk for one in versions]):
        decided.setdefault(decision.version_id, []).append(decision)
    found = {}
    for version in versions:
        others = [text for pk, text in sorted(texts.items()) if pk != version.pk]
        findings = stored_findings(*texts[version.pk], *others)
        found[version.pk] = _matters(version, stored_draft(*texts[version.pk]), findings, decided.get(version.pk, []))
    return found


def _matters(
    version: CriteriaSetVersion, draft: Draft, findings: tuple[Finding, ...], decisions: list[FindingDecision]
) -> Matters:
    standing = {one.key: one for one in decisions if one.key and one.undone_at is None}
    matters = []
    for finding in findings:
        key = key_of(finding)
        matters.append(Matter(key, finding, True, standing.pop(key, None), finding in draft.paper_findings))
    for key, decision in standing.items():
        if decision.decision == Decision.MENDED and decision.finding:
            matters.append(Matter(key, finding_from_data(json.loads(decision.finding)), False, decision))
    matters.sort(key=_in_paper)
    by = {severity: tuple(one for one in matters if one.finding.severity is severity) for severity in Severity}
    edits = tuple(one for one in decisions if not one.key)
    return Matters(
        version, draft, by[Severity.ERROR], by[Severity.WARNING], by[Severity.NOTE], draft.open_doubts(findings),
        edits, _stated(draft, decisions),
    )  # fmt: skip


def _stated(draft: Draft, decisions: Sequence[FindingDecision]) -> Declared:
    """What the paper declares: the draft without the mends of its declarations."""
    standing = [one.patch for one in decisions if one.undone_at is None and one.patch]
    done = [one for patch in standing for one in patches_from_data(json.loads(patch)) if one.path[0] == "declared"]
    if not done:
        return draft.criteria_set.declared
    return draft_from_data(undone(draft_data(draft), done), draft).criteria_set.declared


def _in_paper(one: Matter) -> tuple[bool, int, int, str]:
    """Rows in the order of the table, then what the prose says, then what concerns the whole."""
    place = one.finding.place
    return place.row is None, place.row or 0, place.line or 10**9, one.finding.code
