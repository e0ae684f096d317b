"""Whether submissions, and the stages of sheets and parts, are what the log of a cycle says was done."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from parindex.database.models import AuditRecord, ScoreSheet, SheetPart, Submission
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.audit_chain import Break, Broken
from parindex.domain.review.stages import Act, SheetState, befores

_SHEET, _PART = "score_sheet", "sheet_part"
#: Acts whose records name a submission.
_SIGNATURES = frozenset({"sign", "submit"})
#: Acts of the council on a sheet, which all parts follow that stand where the sheet stood.
_OF_COUNCIL = frozenset({Act.TAKE_UP, Act.CLOSE_ROUND, Act.APPRAISE, Act.REOPEN, Act.FINALISE, Act.RESUME})
_MOVES = sorted({*(str(act) for act in Act), *_SIGNATURES})

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Voided:
    """When, by whom and why a signature ended."""

    at: datetime | None = None
    by: int | None = None
    reason: str = ""


@dataclass(slots=True)
class _Stage:
    """Where the records have brought a sheet or part, and the number of the last that did."""

    state: str = SheetState.OPEN.value
    sequence: int = 0


@dataclass(slots=True)
class _Told:
    """What the records of a cycle tell, read one after the other."""

    #: The parts of each sheet, and the one that the unit of the sheet leads itself.
    parts: dict[str, list[str]]
    own: dict[str, str]
    signatures: dict[int, AuditRecord] = field(default_factory=dict)
    voided: dict[int, _Voided] = field(default_factory=dict)
    stages: dict[_Key, _Stage] = field(default_factory=dict)
    _standing: dict[_Key, list[int]] = field(default_factory=dict)
    _compiled: set[str] = field(default_factory=set)

    def read(self, row: AuditRecord) -> None:
        """One more record of a sheet or part."""
        key = (row.object_kind, row.object_id)
        if row.action in _SIGNATURES:
            self.signatures[row.sequence] = row
            self._standing.setdefault(key, []).append(row.sequence)
        elif row.action in (Act.WITHDRAW, Act.RETURN) and (standing := self._standing.get(key)):
            # What was signed before the last time, and asked about since, stays as it was.
            self.voided[standing.pop()] = _Voided(row.at, row.actor_id, row.reason)
        state = str(said(row, "state"))
        self._put(key, state, row)
        if row.object_kind == _SHEET:
            self._carry(row, state)

    def _put(self, key: _Key, state: str, row: AuditRecord) -> None:
        self.stages[key] = _Stage(state, row.sequence)

    def _carry(self, row: AuditRecord, state: str) -> None:
        """What an act on a sheet means for its parts: all lock together; a sheet without parts is its only one."""
        sheet = row.object_id
        if row.action == Act.LOCK:
            self._all(row, state, of=(SheetState.OPEN, SheetState.AWAITING_SIGNATURE))
        elif row.action == Act.UNLOCK:
            self._all(row, state, of=(SheetState.LOCKED,))
        elif row.action in _OF_COUNCIL:
            self._all(row, state, of=befores(Act(row.action)))
        elif row.action == Act.COMPILE:
            self._compiled.add(sheet)
        elif sheet not in self._compiled and sheet in self.own:
            self._put((_PART, self.own[sheet]), state, row)
        elif row.action in (Act.SEND_BACK, Act.WITHDRAW, Act.RETURN):
            self._compiled.discard(sheet)  # its parts stay signed

    def _all(self, row: AuditRecord, state: str, *, of: Collection[SheetState]) -> None:
        for part in self.parts.get(row.object_id, ()):
            if self.stages.get((_PART, part), _Stage()).state in of:
                self._put((_PART, part), state, row)


def not_as_signed(cycle: int, rows: QuerySet[AuditRecord]) -> Iterator[Broken]:
    """What the submissions, sheets and parts of a cycle and the records of their acts do not say alike."""
    sheets = ScoreSheet.objects.filter(cycle=cycle).order_by("position", "pk")
    parts = SheetPart.objects.filter(sheet__cycle=cycle).select_related("sheet").order_by("sheet__position", "pk")
    told = _Told({}, {})
    for part in parts:
        told.parts.setdefault(str(part.sheet_id), []).append(str(part.pk))
        if part.lead_unit_id == part.sheet.unit_id:
            told.own[str(part.sheet_id)] = str(part.pk)
    moves = rows.filter(action__in=_MOVES, object_kind__in=(_SHEET, _PART)).order_by("sequence")
    for row in moves.iterator(chunk_size=2000):
        told.read(row)
    yield from _submissions(cycle, told)
    for sheet in sheets:
        yield from _stage(told, (_SHEET, str(sheet.pk)), sheet.state, sheet.unit_name)
    for part in parts:
        if len(told.parts[str(part.sheet_id)]) > 1 or part.state != part.sheet.state:  # else the sheet has said it
            name = ", ".join(dict.fromkeys((part.sheet.unit_name, part.lead_name)))
            yield from _stage(told, (_PART, str(part.pk)), part.state, name)


def _stage(told: _Told, key: _Key, state: str, name: str) -> Iterator[Broken]:
    recorded = told.stages.get(key, _Stage())
    if state != recorded.state:
        yield Broken(Break.STATE_CHANGED if recorded.sequence else Break.STATE_NOT_RECORDED, recorded.sequence, name)


def _submissions(cycle: int, told: _Told) -> Iterator[Broken]:
    left = dict(told.signatures)
    made = Submission.objects.filter(sheet__cycle=cycle).select_related("sheet", "part").order_by("log_sequence", "pk")
    for one in made.iterator(chunk_size=200):
        row = left.pop(one.log_sequence, None)
        if row is None or row.hash != one.log_hash:
            yield Broken(Break.NOT_AS_SIGNED, one.log_sequence)
            continue
        name = one.part.lead_name if one.part else one.sheet.unit_name
        if {fingerprint_of(one.claim), one.fingerprint} != {said(row, "fingerprint")}:
            yield Broken(Break.CLAIM_CHANGED, one.log_sequence)
        if not _is_as_recorded(one, row):
            yield Broken(Break.SUBMISSION_CHANGED, one.log_sequence, name)
        stands = _Voided(one.withdrawn_at, one.withdrawn_by_id, one.withdrawn_reason)
        if stands != told.voided.get(one.log_sequence, _Voided()):
            yield Broken(Break.WITHDRAWAL_CHANGED, one.log_sequence, name)
    yield from (Broken(Break.NO_SUBMISSION, number) for number in sorted(left))


def _is_as_recorded(one: Submission, row: AuditRecord) -> bool:
    signed = (_PART, one.part_id) if one.part_id else (_SHEET, one.sheet_id)
    at_home = one.part is None or one.part.sheet_id == one.sheet_id
    who = (one.submitted_by_id, one.submitted_at, one.number) == (row.actor_id, row.at, said(row, "number"))
    return at_home and who and (signed[0], str(signed[1])) == (row.object_kind, row.object_id)


def said(row: AuditRecord, name: str) -> object:
    """What a record says stands there afterwards; "" where it says nothing that can be read."""
    try:
        found = json.loads(row.after)
    except ValueError:
        return ""
    return found.get(name, "") if isinstance(found, dict) else ""
