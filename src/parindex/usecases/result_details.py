"""What a finalisation gave each unit, with how every point came about: the rows that pages read.

No name of a person stands in it; the reason of an opinion does only where its author let it be public.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from parindex.database.mapping.cycle_snapshots import GroupColumns
from parindex.database.models import AppraisalLevel, Finalisation, Opinion, UnitResult
from parindex.domain.index.aggregate import Totals
from parindex.domain.index.result import Result
from parindex.domain.publication.exact_texts import column_texts
from parindex.domain.publication.recomputation import GroupOutcome
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import number_text

_AT_ONCE = 5000
_ORIGIN_NAMES = {int(origin): origin.name.lower() for origin in Origin}
_DECIDES = (Capacity.CHAIR, Capacity.COUNCIL)
#: What was granted for an entry, level by level.
Granted = Mapping[tuple[int, str], Sequence[Mapping[str, Any]]]


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


def granted_opinions(columns: GroupColumns) -> Granted:
    """What the council granted for each entry (by sheet and item): of every level the last word of each member; the
    chair's or a vote's alone where there is one. Two queries.
    """
    titles = dict(AppraisalLevel.objects.filter(council__cycle=columns.group.cycle_id).values_list("number", "title"))
    rows = Opinion.objects.filter(entry__sheet__group=columns.group, withdrawn_at=None).exclude(kind=OpinionKind.ASK)
    fields = (
        "entry__sheet_id", "entry__item_code", "level", "author_id", "capacity", "kind", "points", "reason",
        "is_public", "at", "given_at",
    )  # fmt: skip
    found: dict[tuple[int, str], dict[tuple[int, int], dict[str, Any]]] = {}
    for sheet, code, level, author, capacity, *said in (
        rows.order_by("pk").values_list(*fields).iterator(chunk_size=_AT_ONCE)
    ):
        decides = capacity in _DECIDES
        of_entry = found.setdefault((sheet, code), {})
        if decides:
            for key in [key for key in of_entry if key[0] == level]:
                del of_entry[key]
        elif (level, 0) in of_entry:
            continue
        of_entry.pop((level, author), None)
        of_entry[level, 0 if decides else author] = _said(level, titles.get(level, ""), capacity, *said)
    return {key: [one for _, one in sorted(some.items(), key=lambda pair: pair[0][0])] for key, some in found.items()}


def _said(
    level: int, title: str, capacity: str, kind: str, points: str, reason: str, is_public: bool, at: datetime,
    given_at: datetime | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "level": level, "title": title, "capacity": str(capacity), "kind": str(kind), "points": points,
        "reason": reason if is_public else "", "on": localdate(given_at or at).isoformat(),
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
    granted: Granted
    parts: Mapping[str, tuple[Sequence[str], Sequence[str]]]
    nodes: Mapping[str, tuple[Sequence[str], Sequence[str]]]
    items: Sequence[_Item]

    @classmethod
    def of(cls, columns: GroupColumns, result: Result, outcome: GroupOutcome) -> _Details:
        items = [_item(code, columns, result, outcome) for code in outcome.items]
        parts = {name: _totals(one) for name, one in result.parts.items()}
        nodes = {code: _totals(one) for code, one in result.nodes.items()}
        return cls(columns, granted_opinions(columns), parts, nodes, items)

    def of_row(self, at: int) -> bytes:
        """The details of one unit, compressed."""
        sheet = self.columns.sheets[at].pk
        data = {
            "parts": {name: {"points": one[0][at], "max_points": one[1][at]} for name, one in self.parts.items()},
            "nodes": {code: {"points": one[0][at], "max_points": one[1][at]} for code, one in self.nodes.items()},
            "items": {one.code: self._cell(one, at, sheet) for one in self.items},
        }
        return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), level=2)

    def _cell(self, item: _Item, at: int, sheet: int) -> dict[str, Any]:
        reason = item.reasons[at] if item.reasons and item.states[at] == "not_assessed" else None
        basis = self.columns.bases.get((at, item.code), "")
        return {
            "state": item.states[at], "origin": item.origins[at], "points": item.points[at],
            "max_points": item.max_points, "rule": item.rule[at] if item.rule else "",
            "survey_error": item.errors[at] if item.errors else "",
            **{name: column[at] if column else "" for name, column in item.typed.items()},
            "branch": item.branches[at] if item.branches else None,
            "figures": [
                {"measure": measure, "year": year, "value": values[at]}
                for measure, year, values in item.figures
                if values[at] != ""
            ],
            "granted": self.granted.get((sheet, item.code), ()),
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
