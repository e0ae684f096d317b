"""How far the bodies of the demonstration have come: simulated claims, each of which says so.

The claims are those of ``data/examples/dien-bien-2024``; how many of them a body has entered follows from its place
in the list, so that every standing of the overview is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, Entry, Figure, ScoreSheet, SheetPart
from parindex.database.models.entries import EntryState
from parindex.database.queries.saving import write_entry
from parindex.domain.review.stages import SheetState
from parindex.usecases import audit_log, submissions
from parindex.usecases.actors import Session, session_of
from parindex.usecases.demonstration_cycles import leader_of, rows_of
from parindex.usecases.entry_points import rescored
from parindex.usecases.illustrations import SIMULATE
from parindex.usecases.sheet_counts import update_counts
from parindex.wording.language import mark, text

#: Where a body of the list stands: the stage, and the share of claims entered, in twelfths.
Standing = tuple[SheetState, int]
#: Per place in the list, over and over.
STANDINGS: tuple[Standing, ...] = (
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
#: How long before now the first of them wrote.
SINCE = timedelta(days=9)
_UNFINISHED = mark("Minh họa: số liệu mô phỏng không có đủ mọi mục")
_ASKED = mark("Minh họa: đề nghị bổ sung tài liệu")


def simulate_progress(cycle: Cycle, folder: Path, standings: Sequence[Standing], *, by: Session, at: datetime) -> None:
    """Enter simulated claims into the sheets of ``cycle``, and move some of them on; logged as what it is.

    Signed is what a leader signs: by the use case, with claim, fingerprint, place in the log and receipt.
    """
    claims, figures = _claims(folder), _figures(folder)
    sheets = ScoreSheet.objects.filter(cycle=cycle).select_related("cycle", "group__set_version", "unit")
    for place, sheet in reversed(list(enumerate(sheets.order_by("pk")))):  # the first in the list acted last
        state, twelfths = standings[place % len(standings)]
        if sheet.unit.code in _LEFT_ALONE or not twelfths:
            continue
        moment = at - timedelta(hours=7 * place + 2)
        frozen = frozen_set(sheet.group.set_version)
        code = sheet.unit.code
        entered = _enter(sheet, frozen, claims.get(code, {}), figures.get(code, {}), twelfths, moment)
        update_counts(sheet, act="edited", at=moment, by=None)
        what = audit_log.target(sheet, unit=sheet.unit_id, cycle=cycle)
        audit_log.record(SIMULATE, what, by=by, at=moment, after={"items": entered})
        _move(sheet, state, by, moment, at)


def _claims(folder: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Unit to item to (points, the note that they are simulated)."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in rows_of(folder / "entries.csv"):
        if row["state"] == "answered" and row["self_points"]:
            found.setdefault(row["unit"], {})[row["item"]] = (row["self_points"], row["reason"])
    return found


def _figures(folder: Path) -> dict[str, dict[str, str]]:
    """Unit to measure to value, of the year of the cycle."""
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(folder / "figures.csv"):
        if row["year"] in ("", "2024"):
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
    for entry in changed.values():
        write_entry(entry)
    return len(changed)


def _move(sheet: ScoreSheet, state: SheetState, office: Session, moment: datetime, at: datetime) -> None:
    """Bring sheet and part to a stage as its people would; what is not finished is signed with the reason."""
    if state is SheetState.OPEN:
        return
    leader = session_of(leader_of(sheet.unit, sheet.unit_name, moment), at)
    part = SheetPart.objects.get(sheet=sheet)
    is_done = sheet.items_done + sheet.requests == sheet.items
    if state is SheetState.AWAITING_SIGNATURE:
        if is_done:
            submissions.present(by=leader, at=moment, part_id=part.pk)
        return
    reason = "" if is_done else text(_UNFINISHED)
    submissions.submit_part(by=leader, at=moment, part_id=part.pk, incomplete_reason=reason)
    if state is SheetState.RETURNED:
        later = moment + timedelta(hours=1)
        submissions.return_sheet(by=office, at=later, sheet_id=sheet.pk, reason=text(_ASKED))
