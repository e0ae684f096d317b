"""Whether the results of the one cycle of a world are whole: cycle, sheets, snapshots, results, publications, log."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from parindex.database.models import Cycle, Finalisation, Publication, ScoreSheet, Snapshot, UnitResult
from parindex.documents.results.snapshots import snapshot_fingerprint, unpacked
from parindex.usecases import audit_log

#: Finalisations and publications, and where the sheets stand, by the state of the cycle.
_WHOLE = {
    "appraisal": (0, 0, {"appraised"}),
    "finalised": (1, 0, {"final"}),
    "published": (1, 1, {"final"}),
    "corrected": (2, 2, {"final"}),
}


def standing() -> str:
    """Where the cycle stands."""
    return str(Cycle.objects.get().state)


def faults_of() -> Iterator[str]:
    """Whatever is not whole."""
    finalisations, publications, sheets = _WHOLE[standing()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if cursor.fetchone() != ("ok",):
            yield "the file is damaged"
    counts = (Finalisation.objects.count(), Snapshot.objects.count(), Publication.objects.count())
    if counts != (finalisations, finalisations, publications):
        yield f"{standing()}: {counts}"
    if set(ScoreSheet.objects.values_list("state", flat=True)) != sheets:
        yield f"{standing()}: sheets elsewhere"
    for one in Finalisation.objects.select_related("snapshot"):
        if snapshot_fingerprint(unpacked(bytes(one.snapshot.content))) != one.snapshot.fingerprint:
            yield "a snapshot that is not its fingerprint"
        if UnitResult.objects.filter(finalisation=one).count() != ScoreSheet.objects.count():
            yield "results are missing"
    yield from (f"{proof.chain}: {proof.broken}" for proof in audit_log.verify() if proof.broken)
