"""A set replaced while the council appraises: what was said of an item that is not what it was no longer counts.

Nothing is deleted of items that stay: an opinion ends when the set was replaced, and is read with that moment. A
question that the unit is answering goes on. Rows are held in the order of every opinion; the log comes last.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    ExternalFigure,
    ItemAppraisal,
    Opinion,
    Question,
    ScoreSheet,
    SetReplacement,
    SheetPart,
    Vote,
)
from parindex.database.queries.further_explanations import OPEN
from parindex.database.queries.key_pieces import pieces
from parindex.domain.review.opinions import SETTLED
from parindex.domain.review.stages import Act, SheetState, befores, transition
from parindex.usecases import audit_log, notices_of_appraisal
from parindex.usecases.actors import Session
from parindex.usecases.appraisals import begin_items
from parindex.usecases.council_moves import move_all
from parindex.usecases.explanation_rounds import name_asked
from parindex.usecases.flags import raise_flags
from parindex.usecases.item_standing import stand_all_anew
from parindex.usecases.moved_assignments import move_assignments
from parindex.usecases.replacement_plans import Fate, Plan, lapsing
from parindex.usecases.unsigned_changes import claim_as_asked
from parindex.wording.language import text

_Line = tuple[audit_log.Target, audit_log.Told]
_ANSWERING = befores(Act.CLOSE_ROUND)


@dataclass
class ReplacedAppraisal:
    """The appraisal of a group whose set is being replaced; ``lines`` for the log and ``facts`` for the record of the
    whole once it is done.
    """

    by: Session
    at: datetime
    plan: Plan
    made: SetReplacement
    lines: list[tuple[str, list[_Line]]] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    #: What ended with the replacement, by entry: opinions, votes, questions that nobody had sent.
    _ended: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    #: Sheets and parts whose units are answering a question about an item that is going.
    _asked_of_gone: set[int] = field(default_factory=set)
    _parts_of_gone: set[int] = field(default_factory=set)

    def before(self) -> None:
        """End what no longer counts while the items have their old codes: all of those that go, of those that are asked
        anew all but the questions that their units are answering.
        """
        asked = self._on(Question, self._gone).filter(OPEN)
        asked_of = list(asked.values_list("entry__sheet_id", "entry__part_id"))
        self._asked_of_gone, self._parts_of_gone = {sheet for sheet, _ in asked_of}, {part for _, part in asked_of}
        codes, touched = list(self.plan.anew), [*self.plan.anew, *self._gone]
        opinions = [*_keys(lapsing(self.plan.group, codes)), *_keys(self._on(Opinion, self._gone, withdrawn_at=None))]
        open_ones = {"answered_at": None, "closed_at": None, "withdrawn_at": None}
        drafts = self._on(Question, codes, sent_at=None, **open_ones)
        questions = [*_keys(drafts), *_keys(self._on(Question, self._gone, **open_ones))]
        votes = _keys(self._on(Vote, touched, closed_at=None))
        for name, rows in (("opinions", opinions), ("questions", questions), ("votes", votes)):
            for entry, pk in rows:
                self._ended.setdefault(entry, {}).setdefault(name, []).append(pk)
        for model, rows in ((Opinion, opinions), (Question, questions)):
            self._withdraw(model, rows)
        self._withdraw(ExternalFigure, _keys(self._on(ExternalFigure, self._gone, withdrawn_at=None)))
        why = text("Bộ tiêu chí đã thay, biểu quyết không còn giá trị. {reason}", reason=self.made.reason)
        for keys in pieces(pk for _, pk in votes):
            Vote.objects.filter(pk__in=keys).update(closed_at=self.at, closed_by=self.by.user, minutes=why)
        self._set_aside()

    def done(self) -> None:
        """Everything that follows once the entries have gone over to the new version."""
        group, cycle = self.plan.group, self.plan.group.cycle
        sheets = {unit.sheet.pk: unit.sheet for unit in self.plan.units}
        taken = set(ItemAppraisal.objects.filter(sheet__group=group).order_by().values_list("sheet", flat=True))
        moved = move_assignments(group, self.plan, self.at)
        new = [one.new.code for one in self.plan.of(Fate.NEW) if one.new is not None]
        if new:
            begin_items(cycle, [sheets[pk] for pk in sorted(taken)], new)
        anew = ItemAppraisal.objects.filter(sheet__group=group, item_code__in=self.plan.anew.values())
        was = {row[0]: row[1:] for row in anew.order_by("pk").values_list("pk", "state", "level", "points")}
        self._keep_asked()
        stood = []
        for held in stand_all_anew(list(was), self.at):
            told = self._told(held.appraisal, *was[held.appraisal.pk])
            stood.append((audit_log.target(held.appraisal, unit=cycle.owner_id, cycle=cycle), told))
        self.lines += [("ask_anew", stood), *self._name_asked(), *self._move([sheets[pk] for pk in sorted(taken)])]
        raise_flags(taken, at=self.at)
        hits = self.plan.hits
        self.facts = {"opinions_ended": sum(len(one.get("opinions", ())) for one in self._ended.values()),
                      "items_anew": hits.items if hits is not None else 0, **moved}  # fmt: skip
        notices_of_appraisal.set_replaced([sheets[pk] for pk in sorted(taken)], self.plan, self.made)

    # --- what was said -----------------------------------------------------------------------------------------------

    @cached_property
    def _gone(self) -> list[str]:
        return [one.old.code for one in self.plan.of(Fate.GONE) if one.old is not None]

    def _on(self, model: type[Model], codes: Sequence[str], **more: Any) -> QuerySet[Any]:
        """What was said of some items of the group."""
        rows = model._default_manager.filter(entry__sheet__group=self.plan.group, entry__item_code__in=codes, **more)
        return rows.order_by("pk")

    def _withdraw(self, model: type[Model], rows: Sequence[tuple[int, int]]) -> None:
        for keys in pieces(pk for _, pk in rows):
            model._default_manager.filter(pk__in=keys).update(withdrawn_at=self.at)

    def _set_aside(self) -> None:
        """The log says what had been said of the items that go; units read none of it."""
        cycle = self.plan.group.cycle
        rows = ItemAppraisal.objects.filter(sheet__group=self.plan.group, pk__in=self._ended, item_code__in=self._gone)
        lines = []
        for one in rows.select_related("sheet").order_by("pk"):
            before = {"item": one.item_code, "unit": one.sheet.unit_name, "appraisal": str(one.state),
                      "level": one.level, "granted": one.points, **self._ended[one.pk]}  # fmt: skip
            told = audit_log.Told(before, None, self.made.reason)
            lines.append((audit_log.target(one, unit=cycle.owner_id, cycle=cycle), told))
        self.lines.append(("set_aside_appraisal", lines))

    def _told(self, one: ItemAppraisal, state: str, level: int, points: str) -> audit_log.Told:
        before = {"appraisal": state, "level": level, "granted": points}
        after = {"item": one.item_code, "unit": one.sheet.unit_name, **self._ended.get(one.pk, {}),
                 "appraisal": str(one.state), "level": one.level, "granted": one.points}  # fmt: skip
        return audit_log.Told(before, after, self.made.reason)

    def _keep_asked(self) -> None:
        """What an item was when it was asked about also says what the new rule reads: an answer that nobody signs is
        taken back to that, and no figure with it that stands for another item.
        """
        frozen, codes = frozen_set(self.plan.new), self.plan.anew.values()
        rows = Question.objects.filter(OPEN, entry__sheet__group=self.plan.group, entry__item_code__in=codes)
        changed = []
        for question in rows.select_related("entry__sheet").order_by("pk"):
            now = json.loads(claim_as_asked(question.entry, frozen, question.entry.sheet.unit_id))
            then = json.loads(question.before)
            for name in ("figures", "lines"):
                then[name] = {**now[name], **then[name]}
            question.before = json.dumps(then, ensure_ascii=False, sort_keys=True)
            changed.append(question)
        Question.objects.bulk_update(changed, ["before"], batch_size=100)

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _name_asked(self) -> list[tuple[str, list[_Line]]]:
        """Units that are still asked read of what, by its code of today; a part of theirs that nothing is asked of any
        more is back with the council.
        """
        rows = Question.objects.filter(OPEN, entry__sheet__group=self.plan.group).select_related("entry", "round")
        open_ones = list(rows.order_by("entry__position", "pk"))
        sheets = {one.entry.sheet_id for one in open_ones}
        parts = list(SheetPart.objects.filter(sheet__in=sheets).order_by("pk"))
        name_asked(parts, open_ones)
        asked, lines = {one.entry.part_id for one in open_ones}, []
        for part in parts:
            if part.pk in self._parts_of_gone - asked and part.state in _ANSWERING:
                before, part.state = str(part.state), transition(Act.CLOSE_ROUND, SheetState(part.state)).after
                part.save(update_fields=["state"])
                what = audit_log.target(part, unit=part.lead_unit_id, cycle=self.plan.group.cycle)
                told = audit_log.Told({"state": before}, {"state": str(part.state)}, self.made.reason)
                lines.append((what, told))
        return [(str(Act.CLOSE_ROUND), lines)]

    def _move(self, taken: Collection[ScoreSheet]) -> Iterator[tuple[str, list[_Line]]]:
        """Who is asked nothing any more is back with the council; a sheet on which something waits is appraised again,
        one on which nothing does has been.
        """
        group, reason = self.plan.group, self.made.reason
        still = set(Question.objects.filter(OPEN, entry__sheet__group=group).values_list("entry__sheet_id", flat=True))
        back = [one for one in taken if one.pk in self._asked_of_gone - still and one.state in _ANSWERING]
        yield str(Act.CLOSE_ROUND), move_all(back, Act.CLOSE_ROUND, by=self.by, at=self.at, reason=reason)
        rows = ItemAppraisal.objects.filter(sheet__group=group).exclude(state__in=sorted(map(str, SETTLED)))
        left = set(rows.order_by().values_list("sheet", flat=True))
        again = [one for one in taken if one.pk in left and one.state == SheetState.APPRAISED]
        yield str(Act.REOPEN), move_all(again, Act.REOPEN, by=self.by, at=self.at, reason=reason)
        through = [one for one in taken if one.pk not in left and one.state == SheetState.IN_APPRAISAL]
        yield str(Act.APPRAISE), move_all(through, Act.APPRAISE, by=self.by, at=self.at, reason=reason)


def _keys(rows: QuerySet[Any]) -> list[tuple[int, int]]:
    """Entry and key of each row."""
    return list(rows.order_by("pk").values_list("entry_id", "pk"))
