"""A set replaced inside the year: a frozen version whose 2.2 is another item, and the act."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from parindex.database.models import CriteriaSetVersion, CycleGroup, SetReplacement
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.domain.criteria.criteria_set import Node, Source
from parindex.usecases.replacement_plans import replacement_plan
from parindex.usecases.set_replacement import replace_set
from tests.factories.world import World, frozen_of, now


def with_another_item(made: World, code: str = "2.2") -> CriteriaSetVersion:
    """A version in which 2.2 has gone; a new item has its code, or another one."""
    read = parse_criteria_set(made.version.content)
    area = read.areas[1]
    new = Node(code, "Rà soát, đơn giản hóa quy định nội bộ", Fraction(1), source=Source.REPORT)
    areas = (read.areas[0], replace(area, children=(area.children[0], new)), read.areas[2])
    office = made.people["standing_office"]
    return frozen_of(made.version.criteria_set, replace(read, title="Bộ sửa đổi", areas=areas), office, number=2)


def put_in_place(made: World, version: CriteriaSetVersion, **said: bool) -> SetReplacement:
    """The standing office replaces the set of the only group, as it was shown; ``said``: of codes, written ``c2_2``."""
    group = CycleGroup.objects.get(cycle=made.cycle.pk)  # with the cycle as it stands by now
    told = {code.removeprefix("c").replace("_", "."): is_same for code, is_same in said.items()}
    hits = replacement_plan(group, version, told).hits
    return replace_set(
        by=made.session("standing_office"), at=now(), group_id=group.pk, version_id=version.pk, reason="Đính chính",
        seen=hits.seen if hits is not None else "", said=told,
    )  # fmt: skip
