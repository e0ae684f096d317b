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
from parindex.database.models import Cycle, Entry, Figure, RoleGrant, ScoreSheet, SheetPart, Submission, User
from parindex.database.models.entries import EntryState
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act, SheetState
from parindex.usecases import audit_log, submissions
from parindex.usecases.actors import Session, session_of
from parindex.usecases.entry_points import rescored
from parindex.usecases.sheet_counts import update_counts
from parindex.wording.language import mark, text

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
#: How long before now the first of them wrote.
SINCE = timedelta(days=9)
_UNFINISHED = mark("Minh họa: số liệu mô phỏng không có đủ mọi mục")
_ASKED = mark("Minh họa: đề nghị bổ sung tài liệu")


def simulate_progress(cycle: Cycle, folder: Path, *, by: Session, at: datetime) -> None:
    """Enter simulated claims into the sheets of ``cycle``, and move some of them on; logged as what it is.

    Signed is what a leader signs: by the use case, with claim, fingerprint, place in the log and receipt.
    """
    claims, figures = _claims(folder.rglob("entries.csv")), _figures(folder.rglob("figures.csv"))
    sheets = ScoreSheet.objects.filter(cycle=cycle).select_related("cycle", "group__set_version", "unit")
    for place, sheet in reversed(list(enumerate(sheets.order_by("pk")))):  # the first in the list acted last
        state, twelfths = _PLACES[place % len(_PLACES)]
        if sheet.unit.code in _LEFT_ALONE or not twelfths:
            continue
        moment = at - timedelta(hours=7 * place + 2)
        frozen = frozen_set(sheet.group.set_version)
        code = sheet.unit.code
        entered = _enter(sheet, frozen, claims.get(code, {}), figures.get(code, {}), twelfths, moment)
        update_counts(sheet, act="edited", at=moment, by=None)
        what = audit_log.target(sheet, unit=sheet.unit_id, cycle=cycle)
        audit_log.record("load_example", what, by=by, at=moment, after={"items": entered})
        _move(sheet, state, by, moment, at)


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


def _move(sheet: ScoreSheet, state: SheetState, office: Session, moment: datetime, at: datetime) -> None:
    """Bring sheet and part to a stage as its people would; what is not finished is signed with the reason."""
    if state is SheetState.OPEN:
        return
    leader = session_of(_leader(sheet, moment), at)
    part = SheetPart.objects.get(sheet=sheet)
    is_done = sheet.items_done + sheet.requests == sheet.items
    if state is SheetState.AWAITING_SIGNATURE:
        if is_done:
            submissions.present(by=leader, at=moment, part_id=part.pk)
        return
    reason = "" if is_done else text(_UNFINISHED)
    made = submissions.submit_part(by=leader, at=moment, part_id=part.pk, incomplete_reason=reason)
    if state is SheetState.RETURNED:
        _return(sheet, made, office, moment + timedelta(hours=1))


def _return(sheet: ScoreSheet, made: Submission, office: Session, at: datetime) -> None:
    """A whole sheet is returned in the appraisal, which this cycle has not reached: the demonstration shows it."""
    reason = text(_ASKED)
    before = ScoreSheet.objects.get(pk=sheet.pk).state
    SheetPart.objects.filter(sheet=sheet).update(state=SheetState.RETURNED, returned_reason=reason)
    ScoreSheet.objects.filter(pk=sheet.pk).update(
        state=SheetState.RETURNED, submitted_at=None, last_act=Act.RETURN, last_act_at=at, last_act_by=office.user
    )
    Submission.objects.filter(pk=made.pk).update(withdrawn_at=at, withdrawn_by=office.user, withdrawn_reason=reason)
    audit_log.record(
        Act.RETURN, audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=office, at=at, reason=reason,
        before={"state": before}, after={"state": SheetState.RETURNED.value}, role=Role.STANDING_OFFICE,
    )  # fmt: skip


def _leader(sheet: ScoreSheet, at: datetime) -> User:
    """Who signs for a body: named by the role, and without a password, so that nobody logs in as them."""
    grants = RoleGrant.objects.filter(role=Role.UNIT_LEADER, unit=sheet.unit_id, ended_at=None)
    found = grants.select_related("user").order_by("pk").first()
    if found is not None:
        return found.user
    name = text(mark("Lãnh đạo {unit}"), unit=sheet.unit_name)
    user = User.objects.create_user(
        f"lanh-dao-{sheet.unit.code}", None, full_name=name, unit=sheet.unit, position=text(mark("Lãnh đạo đơn vị"))
    )
    RoleGrant.objects.create(user=user, role=Role.UNIT_LEADER, unit=sheet.unit, granted_at=at)
    return user
