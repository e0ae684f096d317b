"""Bundles that come from another level: verified whole, kept as they came, read again from what was kept.

What a bundle must be is decided by its verification alone; a bundle with any finding is refused, and nothing of it is
kept. Whether its key is known is another question, which somebody answers with the paper in hand
(:mod:`parindex.usecases.received_keys`).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from parindex.database.models import ReceivedBundle, StoredFile, Unit
from parindex.database.queries.evidence import facts_of_sheets
from parindex.database.queries.received_bundles import asking_sheets, offices_of, sheets_fed_by, signed_by_other_key
from parindex.database.queries.units import path_of
from parindex.documents.bundles.reader import Bundle, read_bundle
from parindex.documents.evidence_files.content import Content
from parindex.documents.received_bundles.kept_checks import checks_text
from parindex.documents.received_bundles.verifying import VerifiedBundle, verified_apart
from parindex.domain.publication.bundle import Signer
from parindex.domain.review.received_permissions import check_can_read_received, check_can_receive
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.evidence_files import Arrived, CheckedFile, bytes_kept, keep_file, local_file, scan_of_new
from parindex.wording.moments import local_day


def receive_bundle(*, by: Session, at: datetime, keeper_id: int, arrived: Arrived) -> ReceivedBundle:
    """Verify a bundle and keep it for a unit; the one that is there already where it came before.

    Raises :class:`InvalidInput` where it is infected, and as
    :func:`~parindex.documents.received_bundles.verifying.verified_apart`; refused (``bundle_of_other_unit``) to who
    works for another unit, and (``bundle_not_signed``, ``bundle_of_the_future``) where nobody has signed it, or where
    it says to be from a day that is to come.
    """
    check_can_receive(by.actor, path_of(keeper_id, local_day(at)))
    scan = scan_of_new(arrived)  # nothing opens what carries a virus
    found = verified_apart(arrived.path, arrived.name)
    signer = found.manifest.signer
    if signer is None:
        raise Refusal("bundle_not_signed")
    known = ReceivedBundle.objects.filter(keeper=keeper_id, fingerprint=found.fingerprint).first()
    if known is not None:
        return known
    if _moment(found) > at:
        raise Refusal("bundle_of_the_future", when=_moment(found))
    name = f"{found.manifest.publication.owner.code}-{found.manifest.publication.year}.parindex.zip"
    checked = CheckedFile(arrived, name, Content.BUNDLE, None, scan)
    with bytes_kept(arrived), transaction.atomic():
        return _kept(by, at, keeper_id, found, signer, keep_file(checked, at))


def _moment(found: VerifiedBundle) -> datetime:
    return datetime.fromisoformat(found.manifest.publication.published_at)


def _kept(
    by: Session, at: datetime, keeper_id: int, found: VerifiedBundle, signer: Signer, file: StoredFile
) -> ReceivedBundle:
    """The row, unless somebody else has received the same bundle at the same moment."""
    Unit.objects.select_for_update(no_key=True).get(pk=keeper_id)
    known = ReceivedBundle.objects.filter(keeper=keeper_id, fingerprint=found.fingerprint).first()
    if known is not None:
        return known
    facts = found.manifest.publication
    made = ReceivedBundle.objects.create(
        keeper_id=keeper_id, file=file, fingerprint=found.fingerprint, kind=found.manifest.kind,
        sender_code=facts.owner.code, sender_name=facts.owner.name, title=facts.title,
        year=facts.year, number=facts.number, decision_number=facts.decision_number,
        decision_date=date.fromisoformat(facts.decision_date) if facts.decision_date else None, reason=facts.reason,
        published_at=_moment(found), signer_name=signer.name, public_key=signer.public_key,
        key_fingerprint=signer.fingerprint, key_from=date.fromisoformat(signer.valid_from),
        key_until=date.fromisoformat(signer.valid_until), received_by=by.user, received_at=at,
        checked=checks_text(found.checks),
    )  # fmt: skip
    clashing = [one.fingerprint for one in signed_by_other_key(made)]
    audit_log.record(
        "receive_bundle", audit_log.target(made, unit=keeper_id), by=by, at=at,
        after={
            "fingerprint": made.fingerprint, "sender": made.sender_name, "title": made.title, "year": made.year,
            "number": made.number, "key": made.key_fingerprint, "sha256": file.sha256,
            **({"other_key_bundles": clashing} if clashing else {}),
        },
    )  # fmt: skip
    return made


def kept_bundle(received: ReceivedBundle) -> Bundle:
    """What a bundle holds, read again from the bytes that were kept."""
    with local_file(received.file) as path:
        return read_bundle(path)


def require_receiving(by: Session, received: ReceivedBundle, at: datetime) -> None:
    """Refused (``bundle_of_other_unit``) to who does not receive bundles of that unit."""
    check_can_receive(by.actor, path_of(received.keeper_id, local_day(at)))


def require_readable(by: Session, received: ReceivedBundle, at: datetime) -> None:
    """Refused (``bundle_of_other_unit``) to who has nothing to do with it."""
    day = local_day(at)
    fed = tuple(facts_of_sheets(sheets_fed_by(received.pk)).values())
    offices = [path_of(one, day) for one in deciding_offices(received)]
    check_can_read_received(by.actor, path_of(received.keeper_id, day), fed, offices)


def deciding_offices(received: ReceivedBundle) -> set[int]:
    """The units whose standing offices decide which keys count for a bundle."""
    return offices_of(received.keeper_id, asking_sheets(received.keeper_id))
