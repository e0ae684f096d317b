"""A signed sheet as a bundle for the level above: what the leader signed, its evidence by digests, what fed it.

Everything comes from the claim that was signed and from rows that never change, so the same signature gives the same
bytes on any machine and day. Nothing in it is final: the level above appraises it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from parindex.database.models import CriteriaSetVersion, Document, DocumentVersion, SheetPart, Submission
from parindex.database.models.entries import EntryState as StoredState
from parindex.database.queries.figure_origins import feeding_bundles
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.documents.bundles.writer import BundleContents, write_bundle
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.documents.results.snapshots import snapshot_text
from parindex.domain.publication.bundle import (
    BundleKind,
    BundleOwner,
    EvidenceDocument,
    ItemEvidence,
    LogHead,
    PublicationFacts,
    SimulatedUnit,
)
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot
from parindex.domain.review.permissions import check_can_read_submissions
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import UNSIGNED, SheetState
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import exact_number, number_text
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.bundle_origins import origins_in
from parindex.usecases.illustrations import simulated_sheets
from parindex.usecases.owner_keys import key_for
from parindex.wording.language import Language, speaking
from parindex.wording.moments import VIET_NAM, local_day

_STATES = {
    StoredState.NOT_ASSESSED_REQUESTED: EntryState.NOT_ASSESSED_REQUESTED,
    StoredState.NOT_ASSESSED: EntryState.NOT_ASSESSED,
    StoredState.PENDING: EntryState.PENDING,
}
#: Stages of a part that its leader has not signed, or has to sign once more.
_UNSIGNED = UNSIGNED | {SheetState.RETURNED}


def sheet_bundle_name(submission: Submission) -> str:
    """What the file is called, whoever has it."""
    sheet = submission.sheet
    return f"{sheet.unit.code}-{sheet.cycle.year}-phieu-{submission.number}.parindex.zip"


@transaction.atomic
def export_sheet_bundle(*, by: Session, at: datetime, submission_id: int) -> bytes:
    """The bundle of a sheet as it was signed, for who reads what was signed.

    Refused: ``part_signed_alone`` (``part``, ``left``: the parts that nobody has signed, ``whole``: the number of the
    signature of the whole sheet, 0 where there is none) for a signature of one part, ``signature_taken_back``
    (``when``), ``no_key_to_sign`` where the unit has no key that was valid on the day of the signature.
    """
    submission = Submission.objects.select_related("sheet__unit").get(pk=submission_id)
    sheet = sheets().get(pk=submission.sheet_id)
    parts = list(SheetPart.objects.filter(sheet=sheet).order_by("pk"))
    check_can_read_submissions(by.actor, sheet_facts(sheet, parts), of_part=submission.part_id is not None)
    if submission.withdrawn_at is not None:
        raise Refusal("signature_taken_back", when=submission.withdrawn_at)
    if submission.part_id is not None:
        raise _of_part(submission, parts)
    day = local_day(submission.submitted_at)
    key = key_for(submission.sheet.unit.code, day.isoformat())
    if key is None:
        raise Refusal("no_key_to_sign", day=f"{day:%d/%m/%Y}")
    # Papers in it are those of the unit, whatever language somebody reads in.
    with TemporaryDirectory(prefix="parindex-sheet-") as folder, speaking(Language.VIETNAMESE.value):
        path = Path(folder) / sheet_bundle_name(submission)
        manifest = write_bundle(path, contents_of_submission(submission), key)
        data = path.read_bytes()
    what = audit_log.target(submission, unit=sheet.unit_id, cycle=sheet.cycle_id)
    after = {"snapshot": manifest.snapshot, "key": key.signer.fingerprint}
    audit_log.record("export_sheet_bundle", what, by=by, at=at, after=after)
    return data


def _of_part(submission: Submission, parts: Sequence[SheetPart]) -> Refusal:
    """Why the signature of one part gives no bundle, and what is missing. One query."""
    standing = Submission.objects.filter(sheet=submission.sheet_id, part=None, withdrawn_at=None)
    whole = standing.order_by("-number").values_list("number", flat=True).first()
    return Refusal(
        "part_signed_alone",
        part=next(one.lead_name for one in parts if one.pk == submission.part_id),
        left=[one.lead_name for one in parts if one.state in _UNSIGNED],
        whole=whole or 0,
    )


def contents_of_submission(submission: Submission) -> BundleContents:
    """What the bundle of a signed sheet holds. Five queries, and every bundle that fed it read."""
    claim: Mapping[str, Any] = json.loads(submission.claim)
    sheet = sheets().select_related("unit", "cycle__owner").get(pk=submission.sheet_id)
    version = CriteriaSetVersion.objects.get(
        criteria_set=sheet.group.set_version.criteria_set_id, fingerprint=claim["criteria_set"]["fingerprint"]
    )
    group = _group(claim, version, FrozenUnit(sheet.unit.code, sheet.unit_name), sheet.group.code, sheet.group.title)
    snapshot = Snapshot(sheet.cycle.title, sheet.cycle.year, sheet.unit.code, (group,))
    outcome = outcome_of(group.code, recomputed(group, final=False))
    origins = origins_in(feeding_bundles(submission))
    return BundleContents(
        facts=PublicationFacts(
            title=sheet.cycle.title,
            year=sheet.cycle.year,
            owner=BundleOwner(sheet.unit.code, sheet.unit_name),
            level=sheet.unit_kind,
            number=submission.number,
            published_at=submission.submitted_at.astimezone(VIET_NAM).isoformat(timespec="seconds"),
        ),
        snapshot=snapshot_text(snapshot, [version.content], [outcome]),
        logs=[LogHead(f"cycle-{sheet.cycle_id}", submission.log_sequence, submission.log_hash)],
        origins=origins.listed,
        origin_files=origins.files,
        kind=BundleKind.SHEET,
        evidence=_evidence(sheet.pk, claim["items"]),
        simulated=[SimulatedUnit(group.code, sheet.unit.code)] if sheet.pk in simulated_sheets(sheet.group) else [],
    )


def _group(
    claim: Mapping[str, Any], version: CriteriaSetVersion, unit: FrozenUnit, code: str, title: str
) -> FrozenGroup:
    made = parse_criteria_set(version.content)
    items = {one["code"]: one for one in claim["items"]}
    figures = {(one["measure"], one["year"]): (str(one["value"]),) for one in claim["figures"] if one["value"]}
    return FrozenGroup(
        code=code,
        title=title,
        criteria_set=made,
        set_fingerprint=version.fingerprint,
        units=(unit,),
        figures=dict(sorted(figures.items())),
        items={node.code: _item(items.get(node.code, {})) for node in made.items()},
    )


def _item(claimed: Mapping[str, Any]) -> FrozenItem:
    state = _STATES.get(claimed.get("state", ""), EntryState.NO_ENTRY)
    typed = claimed.get("self_points", "")
    return FrozenItem((state,), {Origin.SELF: (number_text(exact_number(typed)),)} if typed else {})


def _evidence(sheet: int, items: Sequence[Mapping[str, Any]]) -> list[ItemEvidence]:
    """The papers that proved each item when it was signed: digests and links as the claim names them, with what the
    document of the sheet is called that has them. One query.
    """
    named = {proof for one in items for proof in one["evidence"]}
    rows = DocumentVersion.objects.filter(file__sha256__in=named, document__attachments__entry__sheet=sheet)
    known = {one.file.sha256: one.document for one in rows.select_related("document", "file").order_by("-pk")}
    return [ItemEvidence(one["code"], tuple(_papers(one["evidence"], known))) for one in items if one["evidence"]]


def _papers(proofs: Sequence[str], known: Mapping[str, Document]) -> Iterator[EvidenceDocument]:
    by_document: dict[int, list[str]] = {}
    for proof in proofs:
        found = known.get(proof)
        if found is not None:
            by_document.setdefault(found.pk, []).append(proof)
        elif "://" in proof:
            yield EvidenceDocument(proof, link=proof)
        else:
            yield EvidenceDocument("", digests=(proof,))
    documents = {one.pk: one for one in known.values()}
    for pk, digests in by_document.items():
        one = documents[pk]
        day = one.date.isoformat() if one.date else ""
        yield EvidenceDocument(one.title, one.number, day, "", tuple(digests))
