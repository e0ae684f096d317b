"""Published rankings of as many units as a test wants, stored as they would be after a publication, without the way
there: for tests of the public pages alone.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    Cycle,
    CycleGroup,
    Finalisation,
    Publication,
    ScoreSheet,
    Snapshot,
    Unit,
    UnitResult,
)
from parindex.domain.values import number_text
from tests.factories.world import World, now, unit

#: What everybody gets where nothing else is said; the set is the small one.
POINTS = {"1.1": "1", "1.2": "1.5", "2.1": "1.5", "2.2": "2", "3.1": "2.4"}


@dataclass(frozen=True)
class Ranked:
    """A unit: points by item where they differ from :data:`POINTS`, items that are not assessed, the standard error of
    its survey points ("" for none).
    """

    name: str
    points: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    error: str = ""
    ranked: bool = True
    #: What else stands in the detail of an item.
    details: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def ranking(
    made: World, units: Sequence[Ranked], *, year: int = 2025, number: int = 1, public_from: datetime | None = None,
    reason: str = "", difference: str = "", cycle: Cycle | None = None,
) -> Publication:  # fmt: skip
    """A publication of a cycle of its own (``cycle``: another publication of that one) over these units."""
    group = _group(made, year) if cycle is None else cycle.groups.get()
    frozen = frozen_set(group.set_version)
    content = json.dumps([number, year, [one.name for one in units]], ensure_ascii=False)
    chair = made.people["chair"]
    snapshot = Snapshot.objects.create(
        cycle=group.cycle, fingerprint=hashlib.sha256(content.encode()).hexdigest(), size=len(content),
        content=zlib.compress(content.encode()), made_at=now(),
    )  # fmt: skip
    finalisation = Finalisation.objects.create(
        cycle=group.cycle, number=number, snapshot=snapshot, minutes_number="1/BB", minutes_date=date(2026, 3, 1),
        minutes="Đã họp", finalised_by=chair, finalised_at=now(),
    )  # fmt: skip
    sheets = _sheets(group, units)
    UnitResult.objects.bulk_create(_results(finalisation, group.code, frozen, units, sheets))
    return Publication.objects.create(
        cycle=group.cycle, number=number, finalisation=finalisation, decision_number=f"{344 + number}/QĐ-UBND",
        decision_date=date(2026, 3, 5), public_from=public_from or now(), reason=reason, difference=difference,
        log_heads="[]", published_by=chair, published_at=now(),
    )  # fmt: skip


def _group(made: World, year: int) -> CycleGroup:
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title=f"Cơ quan chuyên môn năm {year}", year=year, state="published",
        created_by=made.people["standing_office"], created_at=now(), opened_at=now(),
    )  # fmt: skip
    return CycleGroup.objects.create(
        cycle=cycle, code="departments", title="Cơ quan chuyên môn", set_version=made.version
    )


def _sheets(group: CycleGroup, units: Sequence[Ranked]) -> list[ScoreSheet]:
    """The sheet of each unit; a unit has the same code in every cycle."""
    found = []
    for at, one in enumerate(units):
        code = f"don-vi-{at + 1}"
        body = Unit.objects.filter(code=code).first() or unit(code, one.name, "department")
        sheet, _ = ScoreSheet.objects.get_or_create(
            cycle=group.cycle, unit=body,
            defaults={"group": group, "unit_name": one.name, "unit_path": f"tinh/{code}", "position": at},
        )  # fmt: skip
        found.append(sheet)
    return found


def _results(
    finalisation: Finalisation, group: str, frozen: FrozenSet, units: Sequence[Ranked], sheets: Sequence[ScoreSheet]
) -> list[UnitResult]:
    sums = [_sums(frozen, one) for one in units]
    values = [points * 100 / most for points, most in sums]
    ranked = [value for one, value in zip(units, values, strict=True) if one.ranked]
    grades = sorted(frozen.criteria_set.grades, key=lambda one: -one.lower)
    return [
        UnitResult(
            finalisation=finalisation, sheet=sheet, group_code=group, unit_code=sheet.unit.code, unit_name=one.name,
            position=at, index=number_text(values[at]), points=number_text(sums[at][0]),
            max_points=number_text(sums[at][1]), grade=next(by.title for by in grades if values[at] >= by.lower),
            rank=1 + sum(other > values[at] for other in ranked) if one.ranked else None, ranked=one.ranked,
            detail=zlib.compress(json.dumps(detail(frozen, one), ensure_ascii=False).encode()),
        )
        for at, (one, sheet) in enumerate(zip(units, sheets, strict=True))
    ]  # fmt: skip


def _points(one: Ranked, code: str) -> Fraction:
    return Fraction(0) if code in one.left_out else Fraction(one.points.get(code, POINTS[code]))


def _sums(frozen: FrozenSet, one: Ranked) -> tuple[Fraction, Fraction]:
    most = sum(item.max_points for code, item in frozen.items.items() if code not in one.left_out)
    return sum((_points(one, code) for code in frozen.items), Fraction(0)), Fraction(most)


def detail(frozen: FrozenSet, one: Ranked) -> dict[str, Any]:
    """The detail of a unit as a publication keeps it."""
    nodes = {}
    for node in frozen.criteria_set.walk():
        codes = [item.code for item in node.items()]
        most = sum((frozen.items[code].max_points for code in codes if code not in one.left_out), Fraction(0))
        points = sum((_points(one, code) for code in codes), Fraction(0))
        nodes[node.code] = {"points": number_text(points), "max_points": number_text(most)}
    return {
        "parts": {"report": nodes["1"], "survey": nodes["3"]},
        "nodes": nodes,
        "items": {code: {**_item(frozen, one, code), **one.details.get(code, {})} for code in frozen.items},
    }


def _item(frozen: FrozenSet, one: Ranked, code: str) -> dict[str, Any]:
    points = number_text(_points(one, code))
    is_survey, is_out = code == "3.1", code in one.left_out
    given = {
        "level": 2, "title": "Cấp 2", "capacity": "member", "kind": "adjust", "points": points,
        "reason": "Thiếu tài liệu kiểm chứng", "on": "2026-02-24",
    }  # fmt: skip
    return {
        "state": "not_assessed" if is_out else "answered", "points": "" if is_out else points, "branch": None,
        "origin": "none" if is_out else "survey" if is_survey else "appraised",
        "max_points": number_text(frozen.items[code].max_points), "self": "", "rule": "", "external": "",
        "survey": points if is_survey else "", "survey_error": one.error if is_survey else "",
        "appraised": "" if is_survey else points, "figures": [], "granted": [] if is_survey or is_out else [given],
        "not_assessed": {"reason": "Không có thủ tục", "legal_basis": "Nghị định 61"} if is_out else None,
    }  # fmt: skip
