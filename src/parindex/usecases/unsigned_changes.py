"""What an item was when the council asked about it, and bringing that back where nobody signed what was changed since.

A result rests on what leaders have signed. Who lets the time of an answer pass has not signed it: what was typed stays
in the log and with the question, the claim is again the one that was submitted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Attachment, Entry, Figure, FigureLine, NotAssessedRequest, Question, ScoreSheet
from parindex.database.models.entries import EntryState, RequestState
from parindex.database.queries.saving import held_figures, held_sheets, write_entry, write_figure, write_points
from parindex.domain.review.refusal import refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import recognise_citations
from parindex.usecases.entry_points import rescored
from parindex.usecases.shared_figures import ChangedFigures, follow, readers_of, require_unsigned
from parindex.usecases.sheet_counts import update_counts

_TEXTS = ("self_points", "explanation", "kept_warning")


def claim_as_asked(entry: Entry, frozen: FrozenSet, unit: int) -> str:
    """What an item claims now, as a question keeps it (JSON). Three queries."""
    measures = sorted(frozen.measures_of[entry.item_code])
    figures = list(Figure.objects.filter(unit=unit, measure__in=measures, year=frozen.year).order_by("measure"))
    names = {one.pk: one.measure for one in figures}
    lines: dict[str, list[tuple[int, bool]]] = {}
    for figure, key, accepted in FigureLine.objects.filter(figure__in=names, removed_at=None).values_list(
        "figure", "pk", "accepted"
    ):
        lines.setdefault(names[figure], []).append((key, accepted))
    proofs = Attachment.objects.filter(entry=entry, removed_at=None).order_by("pk").values_list("pk", flat=True)
    facts = {
        "state": str(entry.state), "points": entry.points, **{name: getattr(entry, name) for name in _TEXTS},
        "figures": {one.measure: one.value for one in figures if one.value},
        "lines": {measure: sorted(mine) for measure, mine in sorted(lines.items())}, "evidence": list(proofs),
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def hold_sheets_of_unit(sheet_id: int) -> None:
    """Hold a sheet and the others of its unit, which may follow its figures, before anything else of it is held: in the
    order in which every save holds them.
    """
    held_sheets(sheet=sheet_id)


def take_back_unsigned(
    sheet: ScoreSheet, questions: Sequence[Question], *, by: Session | None, at: datetime
) -> list[Entry]:
    """Bring the items of ``questions``, which nobody has answered, back to what was submitted; those that changed.

    The sheets of the unit are held (:func:`hold_sheets_of_unit`). Figures that another sheet of the unit was signed
    with meanwhile stay as they were signed.
    """
    frozen = frozen_set(sheet.group.set_version)
    others = [one for one in held_sheets(sheet=sheet.pk) if one.pk != sheet.pk]
    first = {one.entry_id: one for one in reversed(questions)}
    entries = list(Entry.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=first).order_by("pk"))
    changed: list[tuple[Entry, dict[str, Any], dict[str, Any]]] = []
    figures: dict[str, tuple[str, str]] = {}
    for entry in entries:
        asked = first[entry.pk].before
        now = claim_as_asked(entry, frozen, sheet.unit_id)
        if asked and now != asked and entry.state != EntryState.NOT_ASSESSED:
            before, after = json.loads(now), json.loads(asked)
            figures |= _figures(sheet, frozen, others, before, after, by, at)
            _texts(entry, after, by, at)
            _evidence(before, after, at)
            changed.append((entry, before, after))
    if changed:
        _follow(sheet, frozen, others, figures, [entry for entry, _, _ in changed], by, at)
        for entry, before, after in changed:
            what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
            audit_log.record("restore_signed", what, by=by, at=at, before=_told(before), after=_told(after))
    return [entry for entry, _, _ in changed]


def _told(facts: Mapping[str, Any]) -> dict[str, object]:
    """What the log says of a claim."""
    figures = {f"figure.{measure}": value for measure, value in facts["figures"].items()}
    return {name: facts[name] for name in ("state", "points", *_TEXTS)} | figures


def _texts(entry: Entry, after: Mapping[str, Any], by: Session | None, at: datetime) -> None:
    if entry.state == EntryState.NOT_ASSESSED_REQUESTED != after["state"]:
        open_ones = NotAssessedRequest.objects.filter(entry=entry, state=RequestState.REQUESTED)
        open_ones.update(state=RequestState.WITHDRAWN)
    entry.state = after["state"]
    was, entry.explanation = entry.explanation, after["explanation"]
    entry.self_points, entry.kept_warning = after["self_points"], after["kept_warning"]
    entry.version += 1
    entry.updated_at, entry.updated_by = at, by.user if by else None
    if was != entry.explanation:
        recognise_citations(entry, entry.part.lead_unit_id)


def _figures(
    sheet: ScoreSheet, frozen: FrozenSet, others: Sequence[ScoreSheet], before: Mapping[str, Any],
    after: Mapping[str, Any], by: Session | None, at: datetime,
) -> dict[str, tuple[str, str]]:  # fmt: skip
    """Write the figures and lists of an item as they were; what stood there and what stands there now, by measure."""
    names = sorted({*before["figures"], *after["figures"], *before["lines"], *after["lines"]})
    written: dict[str, tuple[str, str]] = {}
    for figure in held_figures(unit=sheet.unit_id, measures=names) if names else ():
        name = figure.measure
        value = after["figures"].get(name, "")
        lines = [tuple(one) for one in after["lines"].get(name, ())]
        same = value == figure.value and before["lines"].get(name) == after["lines"].get(name)
        if figure.year != frozen.year or same:
            continue
        if refusal(require_unsigned, others, name, frozen.year) is not None:
            continue
        FigureLine.objects.filter(figure=figure, removed_at=None).exclude(pk__in=[key for key, _ in lines]).update(
            removed_at=at
        )
        for key, accepted in lines:
            FigureLine.objects.filter(pk=key).update(removed_at=None, accepted=accepted)
        written[name] = (figure.value, value)
        figure.value, figure.version = value, figure.version + 1
        figure.updated_at, figure.updated_by = at, by.user if by else None
        write_figure(figure)
    return written


def _evidence(before: Mapping[str, Any], after: Mapping[str, Any], at: datetime) -> None:
    """What was added without a signature is taken off, what was taken off is back; both stay in the history."""
    added = set(before["evidence"]) - set(after["evidence"])
    Attachment.objects.filter(pk__in=added).update(removed_at=at, removed_by=None)
    gone = set(after["evidence"]) - set(before["evidence"])
    Attachment.objects.filter(pk__in=gone, removed_by__isnull=False).update(removed_at=None, removed_by=None)


def _follow(
    sheet: ScoreSheet, frozen: FrozenSet, others: Sequence[ScoreSheet], figures: Mapping[str, tuple[str, str]],
    changed: Sequence[Entry], by: Session | None, at: datetime,
) -> None:  # fmt: skip
    """The points that follow, here and in the other sheets of the unit."""
    codes = {code for measure in figures for code in readers_of(frozen, measure, frozen.year)}
    entries = {one.item_code: one for one in changed}
    beside = Entry.objects.filter(sheet=sheet, item_code__in=codes - entries.keys())
    entries |= {one.item_code: one for one in beside.order_by("position")}
    rescored(sheet, frozen, entries)
    for entry in entries.values():
        if entry in changed:
            write_entry(entry)
        else:
            write_points(entry)
    update_counts(sheet, act="restore_signed", at=at, by=by)
    if figures:
        was = {name: before for name, (before, _) in figures.items()}
        now = {name: after for name, (_, after) in figures.items()}
        follow(others, ChangedFigures(sheet.cycle_id, frozen.year, was, now), by=by, at=at)
