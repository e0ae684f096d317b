"""Whether finalisations, their results and publications are what the log of a cycle says was done."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from django.db.models import QuerySet

from parindex.database.models import AuditRecord, Finalisation, Publication, PublicationBundle, UnitResult
from parindex.database.queries.publications import details_digest
from parindex.documents.results.publication_differences import difference_digest
from parindex.documents.results.snapshots import snapshot_fingerprint, unpacked
from parindex.domain.review.audit_chain import Break, Broken
from parindex.domain.review.stages import CycleAct
from parindex.usecases.recorded_signatures import said

#: Acts whose records name the fingerprint of a snapshot.
_FREEZING = (CycleAct.FINALISE, CycleAct.CORRECT)
_PUBLISHING = (CycleAct.PUBLISH, CycleAct.CORRECT)
_Row = tuple[str, str, str, str, str, str, int | None]


def noted_heads() -> Iterator[tuple[str, ...]]:
    """The heads of chains that publications note."""
    for heads in Publication.objects.order_by("pk").values_list("log_heads", flat=True):
        for one in _listed(heads):
            yield str(one.get("chain", "")), str(one.get("number", 0)), str(one.get("hash", ""))


def not_as_published(cycle: int, rows: QuerySet[AuditRecord]) -> Iterator[Broken]:
    """What the finalisations and publications of a cycle and the records of their acts do not say alike."""
    frozen = {str(said(row, "finalisation")): row for row in rows.filter(action__in=_FREEZING).order_by("sequence")}
    made = Finalisation.objects.filter(cycle=cycle).select_related("snapshot").order_by("number")
    for one in made.iterator(chunk_size=1):
        name = str(one.number)
        row = frozen.pop(name, None)
        if row is None or said(row, "fingerprint") != one.snapshot.fingerprint:
            yield Broken(Break.FINALISATION_NOT_RECORDED, 0, name)
            continue
        text = _text(bytes(one.snapshot.content))
        if snapshot_fingerprint(text) != one.snapshot.fingerprint:
            yield Broken(Break.SNAPSHOT_CHANGED, row.sequence, name)
        elif _frozen_results(text) != _stored_results(one) or said(row, "details") != details_digest(one):
            yield Broken(Break.RESULTS_CHANGED, row.sequence, name)
    yield from (Broken(Break.NO_FINALISATION, row.sequence) for row in frozen.values())
    yield from _publications(cycle, rows)
    yield from _bundles(cycle, rows)


def _publications(cycle: int, rows: QuerySet[AuditRecord]) -> Iterator[Broken]:
    recorded = {int(str(said(row, "number") or 0)): row for row in rows.filter(action__in=_PUBLISHING)}
    made = Publication.objects.filter(cycle=cycle).select_related("finalisation__snapshot").order_by("number")
    for one in made.defer("finalisation__snapshot__content"):
        row = recorded.pop(one.number, None)
        if row is None or _as_stored(one) != _as_recorded(row):
            yield Broken(Break.PUBLICATION_CHANGED, 0 if row is None else row.sequence, str(one.number))
    yield from (Broken(Break.NO_PUBLICATION, row.sequence, str(number)) for number, row in sorted(recorded.items()))


def _bundles(cycle: int, rows: QuerySet[AuditRecord]) -> Iterator[Broken]:
    """Fingerprints stand on papers: those that are stored must be those that were recorded, in their order."""
    recorded = list(rows.filter(action="make_bundle").order_by("sequence"))
    made = PublicationBundle.objects.filter(publication__cycle=cycle).order_by("pk")
    stored = list(made.values_list("publication__number", "fingerprint", "key_fingerprint"))
    for row, one in zip_longest(recorded, stored):
        if row is None or one != (said(row, "number"), said(row, "bundle"), said(row, "key")):
            number = one[0] if one is not None else said(row, "number")
            yield Broken(Break.BUNDLE_CHANGED, 0 if row is None else row.sequence, str(number))


def _as_stored(one: Publication) -> tuple[object, ...]:
    decision = f"{one.decision_number}, {one.decision_date:%d/%m/%Y}"
    return (
        one.finalisation.snapshot.fingerprint, decision, str(one.public_from), difference_digest(one.difference),
        one.reason, one.published_by_id, one.published_at,
    )  # fmt: skip


def _as_recorded(row: AuditRecord) -> tuple[object, ...]:
    facts = (str(said(row, name)) for name in ("fingerprint", "decision", "public_from"))
    return (*facts, str(said(row, "difference") or ""), row.reason, row.actor_id, row.at)


def _text(content: bytes) -> str:
    try:
        return unpacked(content)
    except (zlib.error, UnicodeDecodeError):
        return ""


def _frozen_results(text: str) -> list[_Row]:
    """What the snapshot says came out for each unit."""
    found = []
    for group in json.loads(text)["groups"]:
        for unit, one in zip(group["units"], group["result"]["units"], strict=True):
            found.append(
                (group["code"], unit["code"], one["index"], one["points"], one["max_points"], one["grade"], one["rank"])
            )
    return sorted(found, key=_of_unit)


def _stored_results(one: Finalisation) -> list[_Row]:
    rows = UnitResult.objects.filter(finalisation=one).order_by()
    fields = ("group_code", "unit_code", "index", "points", "max_points", "grade", "rank")
    return sorted(rows.values_list(*fields), key=_of_unit)


def _of_unit(row: _Row) -> tuple[str, str]:
    return row[0], row[1]


def _listed(heads: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(heads)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
