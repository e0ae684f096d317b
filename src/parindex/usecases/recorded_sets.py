"""Whether frozen criteria sets are what the log says was frozen."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from parindex.database.models import AuditRecord, CriteriaSetVersion
from parindex.database.models.criteria_sets import SetState
from parindex.documents.criteria_sets.criteria_set_file import fingerprint, parse_criteria_set
from parindex.domain.errors import ParindexError
from parindex.domain.review.audit_chain import Break, Broken
from parindex.usecases.recorded_signatures import said


def not_as_frozen(rows: QuerySet[AuditRecord]) -> Iterator[Broken]:
    """Frozen sets without a record, with another content or fingerprint than recorded, and records without a set."""
    recorded = {row.object_id: row for row in rows.filter(action="freeze_set").order_by("sequence")}
    frozen = CriteriaSetVersion.objects.filter(state=SetState.FROZEN).select_related("criteria_set").order_by("pk")
    for version in frozen.iterator(chunk_size=20):
        name = f"{version.criteria_set.code} ({version.number})"
        row = recorded.pop(str(version.pk), None)
        if row is None:
            yield Broken(Break.SET_NOT_RECORDED, 0, name)
        elif not _is_as_recorded(version, row):
            yield Broken(Break.SET_CHANGED, row.sequence, name)
    for row in sorted(recorded.values(), key=lambda one: one.sequence):
        yield Broken(Break.NO_SET, row.sequence, str(said(row, "set")))


def _is_as_recorded(version: CriteriaSetVersion, row: AuditRecord) -> bool:
    """Content, fingerprint and record say one thing; so do the columns that stand beside the content."""
    try:
        made = parse_criteria_set(version.content)
    except ParindexError:
        return False
    alike = {version.fingerprint, said(row, "fingerprint"), fingerprint(made)}
    title = made.title[: CriteriaSetVersion._meta.get_field("title").max_length]
    numbered = (version.number, version.title, version.year) == (said(row, "number"), title, made.year)
    beside = numbered and said(row, "set") == made.id
    return len(alike) == 1 and beside and (version.frozen_by_id, version.frozen_at) == (row.actor_id, row.at)
