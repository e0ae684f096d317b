"""Small frames for the tests of sampling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parindex.domain.survey.sampling.frame import Frame, frame_of
from parindex.domain.survey.sampling.frame_rows import TextColumn
from parindex.domain.survey.sampling.sampling_design import IfFewer, Method, SamplingDesign, SamplingStage, Take

Rows = Sequence[Sequence[str]]

HEADS = ("province", "district", "commune", "household", "size", "adults")
STAGES = (
    SamplingStage("district", method=Method.SYSTEMATIC_PPS, size="size", take=Take(number=2)),
    SamplingStage("commune", take=Take(number=2)),
    SamplingStage("household", take=Take(number=2), reserve=1, unique=False),
    SamplingStage("adult", take=Take(number=1), numbered="adults"),
)
HOUSEHOLDS = SamplingDesign("households", "Hộ", STAGES, ("province",))
SIMPLE = replace(
    HOUSEHOLDS, stages=(SamplingStage("district", take=Take(number=2), population="huyen"), *HOUSEHOLDS.stages[1:])
)


def household_rows(
    provinces: str = "AB", districts: int = 4, communes: int = 3, households: int = 5
) -> list[list[str]]:
    """A row a household: the districts of a province have sizes 10, 20 …, households one to three adults."""
    return [
        [p, f"{p}{d}", f"{p}{d}{c}", str(h), str(10 * (d + 1)), str(1 + h % 3)]
        for p in provinces
        for d in range(districts)
        for c in range(communes)
        for h in range(households)
    ]


def table_of(rows: Rows, heads: Sequence[str] = HEADS) -> dict[str, TextColumn]:
    """Rows as columns."""
    return {head: TextColumn.of([row[place] for row in rows]) for place, head in enumerate(heads)}


def household_frame(rows: Rows | None = None, design: SamplingDesign = HOUSEHOLDS) -> Frame:
    """A frame of households in one table."""
    return frame_of(design, [table_of(household_rows() if rows is None else rows)])


def one_stage(take: Take, **settings: object) -> SamplingDesign:
    """A design with one stage, ``person``, in strata ``unit``."""
    stage = replace(SamplingStage("person", take=take), **settings)  # type: ignore[arg-type]
    return SamplingDesign("one", "Một", (stage,), ("unit",))


ALL_WHERE_FEWER = {"if_fewer": IfFewer.ALL}
