"""Taking figures of a received bundle into sheets: as a person picks them, all or none, each with where it comes from.

They are written as though they were typed, so that nothing that holds for figures is passed by: signed parts, shared
figures, sums of child units, the log. Beside each stands what the bundle gave; the bundle becomes a document that
proves the items. Nothing is overwritten: what another bundle gave before ends, and stays to be read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import ReceivedBundle, ScoreSheet, TakenFigure
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.bundle_evidence import attach_bundle
from parindex.usecases.bundle_preview import Line, Preview, preview_of, replaces, typed_text
from parindex.usecases.entries import Change, Writing, hold_entry
from parindex.usecases.received_bundles import kept_bundle, require_receiving
from parindex.usecases.received_keys import require_trusted
from parindex.usecases.typed_values import Typed, digest


@transaction.atomic
def take_figures(*, by: Session, at: datetime, bundle_id: int, picked: Collection[str], seen: str) -> int:
    """Write the picked figures (names of :class:`Line`) and let the bundle prove their items; how many.

    Refused: ``bundle_of_other_unit``; ``key_unknown``, ``key_revoked``, ``key_of_other_unit``,
    ``key_out_of_days``;
    ``bundle_preview_changed`` where anything changed since the page was made; ``figures_not_picked``; and as
    :func:`~parindex.usecases.entries.save_entry` for signed parts.
    """
    bundle = ReceivedBundle.objects.select_related("file", "keeper").get(pk=bundle_id)
    require_receiving(by, bundle, at)
    contents = kept_bundle(bundle)  # once, and before any sheet is held: it may be large
    shown = preview_of(by=by, at=at, bundle=bundle, contents=contents)
    cycles = _hold_sheets({one.sheet.unit_id for one in shown.lines})
    now = preview_of(by=by, at=at, bundle=bundle, contents=contents)
    require_trusted(now.key)
    if now.seen != seen:
        raise Refusal("bundle_preview_changed")
    lines = [one for one in now.pickable if one.name in picked]
    if not lines or len(lines) != len(set(picked)):
        raise Refusal("figures_not_picked")
    audit_log.hold_chains({None, *cycles})  # several items are written: which cycles follow shows one by one
    _write(by, at, now, lines)
    for sheet in sorted({one.sheet.pk for one in lines}):
        _log(by, at, bundle, [one for one in lines if one.sheet.pk == sheet])
    return len(lines)


def _hold_sheets(units: Collection[int]) -> set[int]:
    """Hold every sheet of the units, in the order of their keys; the cycles that they stand in."""
    rows = ScoreSheet.objects.select_for_update(no_key=True).filter(unit__in=units).order_by("pk")
    return {one.cycle_id for one in rows.only("pk", "cycle")}


def _write(by: Session, at: datetime, shown: Preview, lines: Sequence[Line]) -> None:
    """Figures item by item, what the bundle gave, and the document on every item."""
    by_item: dict[tuple[int, str], list[Line]] = {}
    for one in lines:
        by_item.setdefault((one.sheet.pk, one.item), []).append(one)
    for (sheet, item), mine in by_item.items():
        _save(by, at, sheet, item, mine)
    for one in lines:
        _keep(by, at, shown, one)
    proved: dict[int, dict[str, None]] = {}
    sheets = {one.sheet.pk: one.sheet for one in lines}
    for one in lines:
        measures = frozen_set(one.sheet.group.set_version).measures_of
        readers = [code for code, read in measures.items() if one.offer.measure in read]
        proved.setdefault(one.sheet.pk, {}).update(dict.fromkeys(readers))
    for pk, codes in proved.items():
        attach_bundle(shown.bundle, sheets[pk], list(codes), by=by, at=at)


def _save(by: Session, at: datetime, sheet: int, item: str, lines: Sequence[Line]) -> None:
    changed = [one for one in lines if one.whole != one.stored]
    if not changed:
        return
    writing = Writing(by, at, hold_entry(sheet, item))
    figures = {one.offer.measure: Typed(typed_text(one.whole), digest(one.stored)) for one in changed}
    writing.take(Change(figures))
    if writing.conflicts or writing.rejected:
        raise Refusal("bundle_preview_changed")
    writing.finish()


def _keep(by: Session, at: datetime, shown: Preview, line: Line) -> None:
    """What the bundle gave; what it takes the place of ends."""
    over = [one.pk for one in line.before if replaces(shown.bundle, line.offer, one)]
    TakenFigure.objects.filter(pk__in=over).update(ended_at=at)
    TakenFigure.objects.create(
        bundle=shown.bundle, sheet=line.sheet, unit_id=line.sheet.unit_id, measure=line.offer.measure,
        year=line.offer.year, value=line.offer.value, way=line.offer.way, of=json.dumps(line.offer.of),
        lacking=json.dumps(line.offer.lacking, ensure_ascii=False) if line.offer.lacking else "", taken_by=by.user,
        taken_at=at,
    )  # fmt: skip


def _log(by: Session, at: datetime, bundle: ReceivedBundle, lines: Sequence[Line]) -> None:
    """One record a sheet, in the chain of its cycle."""
    sheet = lines[0].sheet
    audit_log.record(
        "take_figures", audit_log.target(bundle, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        before={f"figure.{one.offer.measure}": one.stored for one in lines},
        after={
            "bundle": bundle.fingerprint, "key": bundle.key_fingerprint, "sender": bundle.sender_name,
            **{f"figure.{one.offer.measure}": one.whole for one in lines},
        },
    )  # fmt: skip
