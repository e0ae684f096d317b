"""What a finalisation gave each unit, with how every point came about: the rows that pages read.

No name of a person stands in it; the reason of an opinion does only where its author let it be public, and where nobody
has withheld it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, localtime

from parindex.database.mapping.cycle_snapshots import Estimate, GroupColumns
from parindex.database.models import AppraisalLevel, Finalisation, Opinion, Question, UnitResult
from parindex.domain.index.aggregate import Totals
from parindex.domain.index.result import Result
from parindex.domain.publication.exact_texts import column_texts
from parindex.domain.publication.recomputation import GroupOutcome
from parindex.domain.review.item_standings import Said, words_that_stand
from parindex.domain.review.opinions import Capacity, GivenOpinion, OpinionKind
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import number_text
from parindex.usecases.illustrations import is_illustration, simulated_sheets

_AT_ONCE = 5000
_ORIGIN_NAMES = {int(origin): origin.name.lower() for origin in Origin}


class Opinions(NamedTuple):
    """What the council said of an entry: what grants its points, level by level, and what was said before and stands no
    more.
    """

    granted: Sequence[Mapping[str, Any]] = ()
    earlier: Sequence[Mapping[str, Any]] = ()


#: By sheet and item.
OpinionsOf = Mapping[tuple[int, str], Opinions]


def unit_results(
    finalisation: Finalisation, columns: GroupColumns, result: Result, outcome: GroupOutcome
) -> Iterator[UnitResult]:
    """The rows of one group, in its order."""
    details = _Details.of(columns, result, outcome)
    for at, (sheet, unit) in enumerate(zip(columns.sheets, outcome.units, strict=True)):
        yield UnitResult(
            finalisation=finalisation, sheet_id=sheet.pk, group_code=outcome.code, unit_code=unit.code,
            unit_name=unit.name, position=at, index=unit.index, points=unit.points, max_points=unit.max_points,
            grade=unit.grade, rank=unit.rank, ranked=unit.ranked, detail=details.of_row(at),
        )  # fmt: skip


def opinions_of(columns: GroupColumns) -> OpinionsOf:
    """What was said of each entry: what grants its points, as :func:`words_that_stand` says, and every other opinion;
    questions are none. Three queries.
    """
    group = columns.group
    titles = dict(AppraisalLevel.objects.filter(council__cycle=group.cycle_id).values_list("number", "title"))
    over = Question.objects.filter(entry__sheet__group=group).annotate(over=Coalesce("closed_at", "withdrawn_at"))
    ends = {key: (answered, ended) for key, answered, ended in over.values_list("opinion", "answered_at", "over")}
    rows = Opinion.objects.filter(entry__sheet__group=group, withdrawn_at=None).order_by("pk")
    found: dict[tuple[int, str], list[_Row]] = {}
    for sheet, code, *row in rows.values_list("entry__sheet_id", "entry__item_code", *_Row._fields).iterator(
        chunk_size=_AT_ONCE
    ):
        found.setdefault((sheet, code), []).append(_Row._make(row))
    return {key: _opinions(some, ends, titles) for key, some in found.items()}


class _Row(NamedTuple):
    """What is read of an opinion."""

    pk: int
    level: int
    author_id: int
    capacity: str
    kind: str
    points: str
    reason: str
    is_public: bool
    at: datetime
    given_at: datetime | None
    body: str
    withheld: int | None


def _opinions(
    rows: Sequence[_Row], ends: Mapping[int, tuple[datetime | None, datetime | None]], titles: Mapping[int, str]
) -> Opinions:
    stand = _standing(rows, ends)
    known = {one.pk for one in stand}
    others = [one for one in rows if one.pk not in known and one.kind != OpinionKind.ASK]
    granted, earlier = ([_said(one, titles.get(one.level, "")) for one in some] for some in (stand, others))
    return Opinions(granted, earlier)


def _standing(rows: Sequence[_Row], ends: Mapping[int, tuple[datetime | None, datetime | None]]) -> Sequence[_Row]:
    """The opinions of an entry that grant its points; a single one does, unless it is a question."""
    if len(rows) == 1:
        return rows if rows[0].kind != OpinionKind.ASK else ()
    said = [
        Said(
            one.level, GivenOpinion(one.author_id, OpinionKind(one.kind), None, Capacity(one.capacity), one.pk), one.at,
            *ends.get(one.pk, (None, None)),
        )
        for one in rows
    ]  # fmt: skip
    by_key = {one.pk: one for one in rows}
    return [by_key[one.key] for one in words_that_stand(said)]


def _said(one: _Row, title: str) -> dict[str, Any]:
    """``opinion`` is the key by which the unit itself finds a reason that is not public. ``body`` and ``given``: for
    whom and when, where that was on paper; ``illustration``: what of an example no paper prints.
    """
    body = one.body if one.withheld is None else ""
    made_up = is_illustration(body)
    return {
        "opinion": one.pk, "level": one.level, "title": title, "capacity": one.capacity, "kind": one.kind,
        "points": one.points, "reason": one.reason if one.is_public and one.withheld is None else "",
        "on": localdate(one.given_at or one.at).isoformat(), "body": "" if made_up else body,
        "given": localtime(one.given_at).isoformat(timespec="minutes") if one.given_at else "",
        "illustration": body if made_up else "",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Item:
    """The columns of one item, as texts."""

    code: str
    max_points: str
    states: Sequence[str]
    points: Sequence[str]
    origins: Sequence[str]
    rule: Sequence[str]
    branches: Sequence[int | None]
    typed: Mapping[str, Sequence[str]]
    errors: Sequence[str]
    reasons: Sequence[str]
    figures: Sequence[tuple[str, int, Sequence[str]]]


_TYPED = (
    ("self", Origin.SELF), ("survey", Origin.SURVEY), ("external", Origin.EXTERNAL), ("appraised", Origin.APPRAISED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Details:
    """Everything that details show of a group, as columns of texts."""

    columns: GroupColumns
    opinions: OpinionsOf
    simulated: frozenset[int]
    parts: Mapping[str, tuple[Sequence[str], Sequence[str]]]
    nodes: Mapping[str, tuple[Sequence[str], Sequence[str]]]
    items: Sequence[_Item]

    @classmethod
    def of(cls, columns: GroupColumns, result: Result, outcome: GroupOutcome) -> _Details:
        items = [_item(code, columns, result, outcome) for code in outcome.items]
        parts = {name: _totals(one) for name, one in result.parts.items()}
        nodes = {code: _totals(one) for code, one in result.nodes.items()}
        return cls(columns, opinions_of(columns), simulated_sheets(columns.group), parts, nodes, items)

    def of_row(self, at: int) -> bytes:
        """The details of one unit, compressed."""
        sheet = self.columns.sheets[at].pk
        data = {
            "parts": {name: {"points": one[0][at], "max_points": one[1][at]} for name, one in self.parts.items()},
            "nodes": {code: {"points": one[0][at], "max_points": one[1][at]} for code, one in self.nodes.items()},
            "items": {one.code: self._cell(one, at, sheet) for one in self.items},
            "simulated": sheet in self.simulated,
        }
        return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), level=2)

    def _cell(self, item: _Item, at: int, sheet: int) -> dict[str, Any]:
        reason = item.reasons[at] if item.reasons and item.states[at] == "not_assessed" else None
        basis = self.columns.bases.get((at, item.code), "")
        estimate = self.columns.estimates.get((at, item.code), Estimate())
        return {
            "state": item.states[at], "origin": item.origins[at], "points": item.points[at],
            "max_points": item.max_points, "rule": item.rule[at] if item.rule else "",
            "survey_error": item.errors[at] if item.errors else "", "survey_estimate": estimate.value,
            "survey_answers": estimate.answers,
            **{name: column[at] if column else "" for name, column in item.typed.items()},
            "branch": item.branches[at] if item.branches else None,
            "figures": [
                {"measure": measure, "year": year, "value": values[at]}
                for measure, year, values in item.figures
                if values[at] != ""
            ],
            **self.opinions.get((sheet, item.code), Opinions())._asdict(),
            "not_assessed": None if reason is None else {"reason": reason, "legal_basis": basis},
        }  # fmt: skip


def _totals(one: Totals) -> tuple[Sequence[str], Sequence[str]]:
    return column_texts(one.points), column_texts(one.max_points)


def _item(code: str, columns: GroupColumns, result: Result, outcome: GroupOutcome) -> _Item:
    column, plan, frozen = result.items[code], columns.frozen.items[code], columns.values.items[code]
    measures = plan.rule.measures() if plan.rule is not None else ()
    keys = dict.fromkeys((measure, shifted(columns.frozen.year, by)) for measure, by in measures)
    rule = column.rule
    return _Item(
        code=code,
        max_points=number_text(plan.max_points),
        states=outcome.items[code].states,
        points=outcome.items[code].points,
        origins=[_ORIGIN_NAMES[one] for one in column.origin.tolist()],
        rule=column_texts(rule.points, rule.scored) if rule is not None else (),
        branches=rule.outcome.branch.tolist() if rule is not None else (),
        typed={name: frozen.typed.get(origin, ()) for name, origin in _TYPED},
        errors=frozen.errors,
        reasons=frozen.reasons,
        figures=[(*key, columns.values.figures[key]) for key in keys if key in columns.values.figures],
    )
