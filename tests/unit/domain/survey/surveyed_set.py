"""A criteria set whose items get their points from a survey."""

from __future__ import annotations

from fractions import Fraction

from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.criteria.survey_points import SurveyPoints


def made(*surveys: SurveyPoints | None, max_points: Fraction | None = Fraction(2), **settings: object) -> CriteriaSet:
    """A set with an item for each of ``surveys``."""
    items = tuple(Node(f"1.{at}", "Mục", max_points, survey=one) for at, one in enumerate(surveys, start=1))
    return CriteriaSet("bo", "Bộ", 2024, "district", (Node("1", "Lĩnh vực", None, items),), **settings)  # type: ignore[arg-type]
