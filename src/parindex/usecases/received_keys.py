"""Whose signature counts: a standing office trusts a key after it has compared its fingerprint with a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from parindex.database.models import ReceivedBundle, TrustedKey, Unit
from parindex.database.queries.received_bundles import asking_sheets, offices_of, our_units, trusted_keys
from parindex.database.queries.units import path_of
from parindex.domain.publication.fed_measures import OurUnit
from parindex.domain.review.received_permissions import check_can_receive, check_can_trust_keys
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.received_bundles import deciding_offices
from parindex.usecases.written_texts import reason_of
from parindex.wording.moments import local_day

#: So many of the last digits of a fingerprint are typed from the paper; the page does not show them.
TYPED_DIGITS = 16
_DAYS = re.compile(r"\b([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b", re.ASCII)
_BLANKS = re.compile(r"[\s:.\-…]")


class KeyStanding(StrEnum):
    """What is known of the key of a bundle."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    OF_OTHER_UNIT = "of_other_unit"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class KeyFound:
    """What is known of the key of a bundle, and by which row; None where it is not known."""

    standing: KeyStanding
    key: TrustedKey | None = None

    @property
    def counts(self) -> bool:
        """Whether figures may be taken of what it signed."""
        return self.standing is KeyStanding.TRUSTED


def sender_of(bundle: ReceivedBundle, at: datetime) -> OurUnit | None:
    """The unit here that sent a bundle; None where nobody knows it."""
    day = local_day(at)
    keeper = path_of(bundle.keeper_id, day)
    found = our_units(keeper, bundle.keeper_id, bundle.sender_code, [bundle.sender_code], day)
    return found.get(bundle.sender_code)


def key_of(bundle: ReceivedBundle, sender: OurUnit | None, offices: Sequence[int] | set[int]) -> KeyFound:
    """What is known of the key that signed a bundle. One query.

    A key counts for the unit alone that it was trusted as the key of, and on the days alone that were compared with the
    paper then: whoever holds it may write other days beside it. The last decision of each office is its word; where
    one of them has revoked the key, that of the others does not make it good.
    """
    rows = sorted(trusted_keys(offices), key=lambda one: one.pk)
    last = {one.keeper_id: one for one in rows if one.fingerprint == bundle.key_fingerprint}
    revoked = [one for one in last.values() if one.revoked_at is not None]
    if revoked:
        return KeyFound(KeyStanding.REVOKED, max(revoked, key=lambda one: (one.revoked_at, one.pk)))
    mine = [one for one in last.values() if _is_of(one, sender, bundle)]
    if not mine:
        others = sorted(last.values(), key=lambda one: one.pk)
        return KeyFound(KeyStanding.OF_OTHER_UNIT, others[0]) if others else KeyFound(KeyStanding.UNKNOWN)
    day = local_day(bundle.published_at)
    valid = next((one for one in mine if one.valid_from <= day <= one.valid_until), None)
    return KeyFound(KeyStanding.EXPIRED, mine[0]) if valid is None else KeyFound(KeyStanding.TRUSTED, valid)


def _is_of(key: TrustedKey, sender: OurUnit | None, bundle: ReceivedBundle) -> bool:
    """Whether a key was trusted as that of who sent a bundle."""
    return sender is not None and (key.unit.code, key.sender_code) == (sender.code, bundle.sender_code)


def require_trusted(found: KeyFound) -> None:
    """Refused where figures may not be taken of what a key signed: ``key_unknown``, ``key_revoked``,
    ``key_of_other_unit``, ``key_out_of_days``.
    """
    if found.standing is KeyStanding.UNKNOWN:
        raise Refusal("key_unknown")
    if found.standing is KeyStanding.REVOKED:
        raise Refusal("key_revoked", when=found.key.revoked_at if found.key else None)
    if found.standing is KeyStanding.OF_OTHER_UNIT:
        raise Refusal("key_of_other_unit", unit=found.key.unit.code if found.key else "")
    if found.standing is KeyStanding.EXPIRED and found.key is not None:
        raise Refusal(
            "key_out_of_days", first=f"{found.key.valid_from:%d/%m/%Y}", last=f"{found.key.valid_until:%d/%m/%Y}"
        )


def office_that_decides(by: Session, bundle: ReceivedBundle, at: datetime) -> int:
    """The unit for whose standing office this person decides on the key of a bundle; refused to others."""
    day, refused = local_day(at), Refusal("keys_by_standing_office")
    for unit in sorted(deciding_offices(bundle), key=lambda one: one != bundle.keeper_id):
        found = refusal(check_can_trust_keys, by.actor, path_of(unit, day))
        if found is None:
            return unit
        refused = found
    raise refused


def _typed_days(typed: str) -> tuple[date, ...]:
    """The days that stand in a text (31/12/2029); none where one of them is no day."""
    try:
        return tuple(date(int(one[3]), int(one[2]), int(one[1])) for one in _DAYS.finditer(typed))
    except ValueError:
        return ()


@transaction.atomic
def trust_key(*, by: Session, at: datetime, bundle_id: int, digits: str, days: str, reason: str) -> TrustedKey:
    """Trust the key of a bundle as that of the unit that sent it. ``digits``: the last ones of its fingerprint, and
    ``days``: from and until when it is valid, both typed from the paper with which the unit made the key known: who
    holds a key may write other days into a bundle. ``reason`` names that paper.

    Refused: ``keys_by_standing_office``, ``sender_unknown``, ``key_digits_differ``, ``key_days_not_of_paper``,
    ``key_of_other_unit`` where it is
    trusted as that of another unit, ``key_out_of_days`` where it is trusted for other days than those of the bundle,
    ``reason_needed``. One that is trusted already is answered as it is.
    """
    bundle = ReceivedBundle.objects.get(pk=bundle_id)
    office = office_that_decides(by, bundle, at)
    sender = sender_of(bundle, at)
    if sender is None:
        raise Refusal("sender_unknown", name=bundle.sender_name)
    typed = _BLANKS.sub("", digits).lower()
    if len(typed) < TYPED_DIGITS or not bundle.key_fingerprint.endswith(typed):
        raise Refusal("key_digits_differ", digits=TYPED_DIGITS)
    if _typed_days(days) != (bundle.key_from, bundle.key_until):
        raise Refusal("key_days_not_of_paper")
    why = reason_of(reason)
    Unit.objects.select_for_update(no_key=True).get(pk=office)
    found = key_of(bundle, sender, [office])
    if found.key is not None and found.key.revoked_at is None:
        require_trusted(found)
        return found.key
    made = TrustedKey.objects.create(
        keeper_id=office, unit=Unit.objects.get(code=sender.code), sender_code=bundle.sender_code,
        name=bundle.signer_name, public_key=bundle.public_key, fingerprint=bundle.key_fingerprint,
        valid_from=bundle.key_from, valid_until=bundle.key_until, reason=why, trusted_by=by.user, trusted_at=at,
    )  # fmt: skip
    audit_log.record(
        "trust_key", audit_log.target(made, unit=office), by=by, at=at, reason=why,
        after={"key": made.fingerprint, "name": made.name, "unit": sender.code, "until": made.valid_until},
    )  # fmt: skip
    return made


@transaction.atomic
def revoke_key(*, by: Session, at: datetime, key_id: int, reason: str) -> TrustedKey:
    """A key counts no more: nothing is taken of what it signed from now on; what was taken stays and says so."""
    keeper = TrustedKey.objects.values_list("keeper", flat=True).get(pk=key_id)
    check_can_trust_keys(by.actor, path_of(keeper, local_day(at)))
    found = TrustedKey.objects.select_for_update(of=("self",), no_key=True).get(pk=key_id)
    if found.revoked_at is not None:
        raise Refusal("key_revoked", when=found.revoked_at)
    why = reason_of(reason)
    found.revoked_by, found.revoked_at, found.revoked_reason = by.user, at, why
    found.save(update_fields=["revoked_by", "revoked_at", "revoked_reason"])
    what = audit_log.target(found, unit=keeper)
    audit_log.record("revoke_key", what, by=by, at=at, reason=why, after={"key": found.fingerprint})
    return found


def keys_seen_by(by: Session, keeper: int, at: datetime) -> list[TrustedKey]:
    """The keys that count, or counted, for bundles of a unit; refused to who does not receive any there."""
    check_can_receive(by.actor, path_of(keeper, local_day(at)))
    return list(trusted_keys(offices_of(keeper, asking_sheets(keeper))))


def revocable(by: Session, keys: Sequence[TrustedKey], at: datetime) -> frozenset[int]:
    """The keys that this person may revoke. One query for each office that trusted one."""
    day = local_day(at)
    mine = {
        one: refusal(check_can_trust_keys, by.actor, path_of(one, day)) is None
        for one in {key.keeper_id for key in keys}
    }
    return frozenset(key.pk for key in keys if mine[key.keeper_id] and key.revoked_at is None)
