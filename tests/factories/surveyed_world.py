"""A world whose set says how a survey gives the points of 3.1, and tables of points with what they were made of."""

from __future__ import annotations

from dataclasses import replace

from parindex.database.models import CriteriaSetVersion
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.domain.criteria.survey_points import SurveyPoints
from parindex.domain.values import Rounding
from parindex.usecases.replacement_plans import replacement_plan
from parindex.usecases.set_replacement import replace_set
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.published_world import appraised_world
from tests.factories.world import frozen_of, now

#: Of three points: rounded to four places, from at least twenty answers.
WAY = SurveyPoints(of=("g1",), minimum=20, rounding=Rounding(4))


def declared(made: AppraisalWorld, way: SurveyPoints, number: int = 2) -> CriteriaSetVersion:
    """A frozen version of the set of ``made`` whose item 3.1 takes its points so."""
    now_held = parse_criteria_set(made.cycle.groups.get().set_version.content)
    (item,) = now_held.areas[2].children
    areas = (*now_held.areas[:2], replace(now_held.areas[2], children=(replace(item, survey=way),)))
    office = made.people["standing_office"]
    return frozen_of(made.made.version.criteria_set, replace(now_held, areas=areas), office, number=number)


def declare(made: AppraisalWorld, way: SurveyPoints, number: int = 2) -> CriteriaSetVersion:
    """The set of the cycle replaced by :func:`declared`."""
    version, group = declared(made, way, number), made.cycle.groups.get()
    hits = replacement_plan(group, version).hits
    office = made.session("standing_office")
    replace_set(
        by=office, at=now(), group_id=group.pk, version_id=version.pk, reason="Nêu cách quy điểm điều tra",
        seen=hits.seen if hits is not None else "",
    )  # fmt: skip
    return version


def surveyed_world() -> AppraisalWorld:
    """Everything is appraised; points of the survey stand there without anything that they were made of."""
    made = appraised_world()
    declare(made, WAY)
    return made
