"""Which unit here a unit of another installation is: by its code, or as a person says where the codes differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from parindex.database.models import MatchedUnit, ReceivedBundle, Unit
from parindex.database.queries.received_bundles import our_units
from parindex.database.queries.units import path_of, unit_named
from parindex.documents.bundles.reader import Bundle
from parindex.domain.review.received_permissions import check_can_receive
from parindex.domain.review.refusal import Refusal
from parindex.domain.units.paths import is_within
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.received_bundles import kept_bundle
from parindex.wording.moments import local_day


def names_in(bundle: Bundle) -> dict[str, str]:
    """Every unit that a bundle names, by its code there: who sent it, and the units of its groups."""
    owner = bundle.manifest.publication.owner
    units = {one.code: one.name for group in bundle.stored.snapshot.groups for one in group.units}
    return {owner.code: owner.name} | units


@transaction.atomic
def match_units(*, by: Session, at: datetime, bundle_id: int, named: Mapping[str, str]) -> int:
    """Say which units here those of a sender are (``named``: by their code there, the code or name here; "" takes back
    what was said); how many say something new. It holds for every bundle of that sender.

    Refused: ``bundle_of_other_unit``; ``matched_unit_unknown`` for what names no unit at or below the one that
    received the bundle; ``matched_twice`` where two of them would be one.
    """
    bundle = ReceivedBundle.objects.get(pk=bundle_id)
    day = local_day(at)
    keeper = path_of(bundle.keeper_id, day)
    check_can_receive(by.actor, keeper)
    theirs = names_in(kept_bundle(bundle))
    Unit.objects.select_for_update(no_key=True).get(pk=bundle.keeper_id)
    before = our_units(keeper, bundle.keeper_id, bundle.sender_code, list(theirs), day)
    said = {code: _unit(typed, keeper, at) for code, typed in named.items() if code in theirs}
    new = {code: unit for code, unit in said.items() if (before[code].code if code in before else "") != _code_of(unit)}
    after = {code: one.code for code, one in before.items()} | {code: _code_of(unit) for code, unit in new.items()}
    taken = [one for one in after.values() if one]
    doubled = next((one for one in taken if taken.count(one) > 1), None)
    if doubled is not None and new:
        raise Refusal("matched_twice", unit=doubled)
    for code, unit in new.items():
        MatchedUnit.objects.create(
            keeper_id=bundle.keeper_id, sender_code=bundle.sender_code, code=code, name=theirs[code],
            unit=unit, matched_by=by.user, matched_at=at,
        )  # fmt: skip
    if new:
        audit_log.record(
            "match_units", audit_log.target(bundle, unit=bundle.keeper_id), by=by, at=at,
            before={code: before[code].code if code in before else "" for code in new},
            after={code: _code_of(unit) for code, unit in new.items()},
        )  # fmt: skip
    return len(new)


def _code_of(unit: Unit | None) -> str:
    return unit.code if unit is not None else ""


def _unit(typed: str, keeper: str, at: datetime) -> Unit | None:
    if not typed.strip():
        return None
    found = unit_named(typed, local_day(at))
    if found is None or not is_within(found.path, keeper):
        raise Refusal("matched_unit_unknown", typed=typed.strip()[:80])
    return found.unit
