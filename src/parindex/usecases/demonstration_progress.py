"""How far the bodies of the demonstration have come: simulated claims, each of which says so.

The claims are those of ``data/examples/dien-bien-2024``; how many of them a body has entered follows from its place
in the list, so that every standing of the overview is seen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, Entry, Figure, ScoreSheet, SheetPart
from parindex.database.models.entries import EntryState
from parindex.domain.review.stages import SheetState
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.entry_points import rescored
from parindex.usecases.sheet_counts import update_counts

#: Per place in the list (over and over): the stage, and the share of claims entered, in twelfths.
_PLACES: tuple[tuple[SheetState, int], ...] = (
    (SheetState.SUBMITTED, 12),
    (SheetState.OPEN, 9),
    (SheetState.SUBMITTED, 12),
    (SheetState.OPEN, 4),
    (SheetState.AWAITING_SIGNATURE, 12),
    (SheetState.OPEN, 11),
    (SheetState.OPEN, 0),
    (SheetState.RETURNED, 12),
)
#: Bodies with accounts of the demonstration: their sheets are left to the visitor.
_LEFT_ALONE = ("so-thong-tin-va-truyen-thong", "so-y-te")


def simulate_progress(cycle: Cycle, folder: Path, *, by: Session, at: datetime) -> None:
    """Enter simulated claims into the sheets of ``cycle``, and move some of them on; logged as what it is."""
    claims, figures = _claims(folder.rglob("entries.csv")), _figures(folder.rglob("figures.csv"))
    sheets = ScoreSheet.objects.filter(cycle=cycle).select_related("cycle", "group__set_version", "unit")
    for place, sheet in enumerate(sheets.order_by("pk")):
        state, twelfths = _PLACES[place % len(_PLACES)]
        if sheet.unit.code in _LEFT_ALONE or not twelfths:
            continue
        moment = at - timedelta(hours=7 * place + 2)
        frozen = frozen_set(sheet.group.set_version)
        code = sheet.unit.code
        entered = _enter(sheet, frozen, claims.get(code, {}), figures.get(code, {}), twelfths, moment)
        update_counts(sheet, act="edited", at=moment, by=None)
        _move(sheet, state, moment)
        what = audit_log.target(sheet, unit=sheet.unit_id, cycle=cycle)
        audit_log.record("load_example", what, by=by, at=at, after={"items": entered, "state": state.value})


def _claims(files: Iterable[Path]) -> dict[str, dict[str, tuple[str, str]]]:
    """Unit to item to (points, the note that they are simulated)."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["state"] == "answered" and row["self_points"]:
                    found.setdefault(row["unit"], {})[row["item"]] = (row["self_points"], row["reason"])
    return found


def _figures(files: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Unit to measure to value, of the year of the cycle."""
    found: dict[str, dict[str, str]] = {}
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("year", "2024") in ("", "2024"):
                    found.setdefault(row["unit"], {})[row["measure"]] = row["value"]
    return found


def _enter(
    sheet: ScoreSheet,
    frozen: FrozenSet,
    claims: dict[str, tuple[str, str]],
    figures: dict[str, str],
    twelfths: int,
    at: datetime,
) -> int:
    rows = list(Entry.objects.filter(sheet=sheet, state=EntryState.UNANSWERED).order_by("position"))
    for number, entry in enumerate(rows):
        if number * 12 >= len(rows) * twelfths:
            break
        points, note = claims.get(entry.item_code, ("0", "Số liệu mô phỏng"))
        if frozen.items[entry.item_code].rule is None:
            entry.self_points = points
        entry.explanation, entry.version, entry.updated_at = note, 1, at
    changed = {entry.item_code: entry for entry in rows if entry.version}
    measures = {measure for code in changed for measure in frozen.measures_of[code]} & figures.keys()
    Figure.objects.bulk_create(
        Figure(
            unit_id=sheet.unit_id, measure=measure, year=frozen.year, value=figures[measure], version=1, updated_at=at
        )
        for measure in sorted(measures)
    )
    rescored(sheet, frozen, changed)
    Entry.objects.bulk_update(
        changed.values(),
        [
            "self_points",
            "explanation",
            "version",
            "updated_at",
            "points",
            "rule_points",
            "branch",
            "is_started",
            "state",
        ],
    )
    return len(changed)


def _move(sheet: ScoreSheet, state: SheetState, at: datetime) -> None:
    """Bring sheet and part to a stage; nobody signed, because these bodies have no accounts here."""
    SheetPart.objects.filter(sheet=sheet).update(
        state=state, returned_reason="Minh họa: đề nghị bổ sung tài liệu" if state is SheetState.RETURNED else ""
    )
    submitted = at if state is SheetState.SUBMITTED else None
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=state, submitted_at=submitted)
