"""What contradicts itself in the data of a survey: the design against the rows, the answers against the questionnaire.

Every check names the rows at fault (counted from 0) and its facts; nothing is estimated while one of them stands.

========================  ==========================================================================================
weight_not_positive       a weight of zero or below
cluster_in_two_strata     a first-stage cluster with respondents in two strata, where clusters are not ``nested``
population_below_sample   fewer clusters to draw from than were drawn
population_varies         two figures for how many clusters a parent has
fraction_range            a sampling fraction that is not above 0 and at most 1
lonely_cluster            a stratum (or a cluster above) with one cluster, where the design says ``fail``
answer_off_scale          an answer that is neither on the scale nor one of the declared codes
number_off_limits         a number below or above what the question allows
number_not_whole          a number with a fraction where the question asks for whole ones
respondent_twice          a respondent with two rows
version_unknown           answers on a version of the questionnaire that is not known
========================  ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.questionnaire.variables import Limits, Variables
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out

#: No more of one kind are told apart; the rest is counted in the facts of the last.
LISTED = 1_000
#: So many codes are named.
NAMED = 20


@dataclass(frozen=True, slots=True, eq=False)
class SampleFault:
    """One contradiction: its kind, the rows where it shows (from 0), the part of the design or the item, the facts."""

    kind: str
    rows: Codes
    of: str = ""
    stage: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DesignColumns:
    """The columns of the design by respondent: codes without gaps in ``strata`` and ``clusters`` (a stage each).

    ``populations[k]`` and ``fractions[k]`` are how many clusters there were at stage k, or the share of them that was
    drawn; None where the design has none. ``nested`` says that clusters are numbered anew in every stratum.
    """

    strata: Codes
    clusters: list[Codes]
    populations: list[Floats | None]
    fractions: list[Floats | None]
    weight: Floats
    lonely: Lonely = Lonely.FAIL
    nested: bool = False


def problems_of(drawn: DesignColumns) -> Iterator[SampleFault]:
    """Every contradiction of the design's columns; none is left out because of another."""
    low = np.flatnonzero(~(drawn.weight > 0))
    if len(low):
        yield SampleFault("weight_not_positive", low, "weight")
    if drawn.clusters and not drawn.nested:
        yield from _in_two_strata(drawn)
    above = _counted(drawn.strata)
    for stage, column in enumerate(drawn.clusters):
        here = _counted(above * (int(column.max(initial=-1)) + 1) + column)
        yield from _of_stage(drawn, stage, above, here)
        above = here
    yield from _lonely(drawn)


def sample_of(drawn: DesignColumns) -> Sample:
    """The sample laid out for estimation; ``drawn`` has no contradictions."""
    return lay_out(drawn.strata, drawn.clusters, populations_of(drawn), drawn.weight, drawn.lonely)


def _counted(keys: Codes) -> Codes:
    return np.unique(keys, return_inverse=True)[1]


def _sampled(above: Codes, here: Codes) -> Codes:
    """How many clusters were drawn from each parent."""
    _, rows = np.unique(here, return_index=True)
    return np.bincount(above[rows], minlength=int(above.max(initial=-1)) + 1)


def populations_of(drawn: DesignColumns) -> list[Floats | None]:
    """How many clusters there were, by stage and respondent: given, or drawn ÷ fraction; None with replacement."""
    found: list[Floats | None] = []
    above = _counted(drawn.strata)
    for stage, column in enumerate(drawn.clusters):
        here = _counted(above * (int(column.max(initial=-1)) + 1) + column)
        fraction = drawn.fractions[stage]
        found.append(drawn.populations[stage] if fraction is None else _sampled(above, here)[above] / fraction)
        above = here
    return found


def numbered_anew(strata: Codes, clusters: Codes, labels: tuple[str, ...]) -> bool:
    """Whether first-stage clusters are plainly numbered 1, 2, 3 … anew in every stratum, of which there are several.

    ``labels`` are the names of the codes in ``clusters``. A single number out of its row, and they are not.
    """
    if not all(label.isascii() and label.isdecimal() and int(label) > 0 for label in labels):
        return False
    number = np.array([int(label) for label in labels], np.int64)[clusters]
    highest = np.zeros(int(strata.max(initial=-1)) + 1, np.int64)
    np.maximum.at(highest, strata, number)
    pairs = np.unique(np.column_stack([strata, number]), axis=0)
    return len(highest) > 1 and bool((np.bincount(pairs[:, 0]) == highest).all()) and int(np.sort(highest)[-2]) > 1


def _in_two_strata(drawn: DesignColumns) -> Iterator[SampleFault]:
    """The first respondent of a cluster outside the stratum of its first one."""
    column = drawn.clusters[0]
    _, first, cluster = np.unique(column, return_index=True, return_inverse=True)
    elsewhere = np.flatnonzero(drawn.strata != drawn.strata[first][cluster])
    if not len(elsewhere):
        return
    faulty, at, counts = np.unique(cluster[elsewhere], return_index=True, return_counts=True)
    for place, one in enumerate(faulty[:LISTED]):
        facts = {"first": int(first[one]), "count": int(counts[place]), "clusters": len(faulty)}
        yield SampleFault("cluster_in_two_strata", elsewhere[at[place : place + 1]], "cluster", 0, facts)


def _of_stage(drawn: DesignColumns, stage: int, above: Codes, here: Codes) -> Iterator[SampleFault]:
    fraction, given = drawn.fractions[stage], drawn.populations[stage]
    stated = given if fraction is None else fraction
    if stated is None:
        return
    role = "population" if fraction is None else "fraction"
    _, first = np.unique(above, return_index=True)
    other = np.flatnonzero(stated != stated[first][above])
    parents, at, counts = np.unique(above[other], return_index=True, return_counts=True)
    for place, parent in enumerate(parents[:LISTED]):
        facts = {
            "first": int(first[parent]),
            "expected": f"{stated[first[parent]]:g}",
            "count": int(counts[place]),
            "parents": len(parents),
        }
        yield SampleFault("population_varies", other[at[place : place + 1]], role, stage, facts)
    if fraction is not None:
        outside = np.flatnonzero(~((fraction > 0) & (fraction <= 1)))
        if len(outside):
            yield SampleFault("fraction_range", outside, role, stage)
        return
    drawn_here = _sampled(above, here)
    short = np.flatnonzero(stated[first] < drawn_here)
    for parent in short[:LISTED]:
        facts = {"sampled": int(drawn_here[parent]), "parents": len(short)}
        yield SampleFault("population_below_sample", first[parent : parent + 1], role, stage, facts)


def _lonely(drawn: DesignColumns) -> Iterator[SampleFault]:
    """Where nothing can be compared: only looked for when the figures that decide it are sound."""
    if drawn.lonely is not Lonely.FAIL or any(
        stated is not None and not (stated > 0).all() for stated in (*drawn.populations, *drawn.fractions)
    ):
        return
    sample = sample_of(drawn)
    here = sample.cluster
    rows_at: list[Codes] = []
    for level in reversed(sample.levels):
        here = level.parent[here]
        rows_at.append(here)
    for stage, (level, parent) in enumerate(zip(sample.levels, reversed(rows_at), strict=True)):
        alone = np.flatnonzero(level.alone)
        if len(alone):
            _, first = np.unique(parent, return_index=True)
            yield SampleFault("lonely_cluster", first[alone], "strata" if stage == 0 else "cluster", max(stage - 1, 0))


def shared_below(drawn: DesignColumns, labels: Sequence[tuple[str, ...]]) -> Iterator[SampleFault]:
    """Codes (``labels`` by stage) that lie in more than one cluster of the stage above, stage by stage: no fault, since
    such clusters are told apart by the one above, but it may be a slip of the pen.

    Not looked for where clusters are numbered anew on purpose, and below a stage drawn with replacement.
    """
    above = _counted(drawn.strata)
    for stage, column in enumerate(drawn.clusters):
        if stage and labels[stage] and not numbered_anew(above, column, labels[stage]):
            _, first, code = np.unique(column, return_index=True, return_inverse=True)
            rows = np.flatnonzero(above != above[first][code])
            if len(rows):
                codes = np.unique(column[rows]).tolist()
                facts = {"count": len(codes), "codes": [labels[stage][one] for one in codes[:NAMED]]}
                yield SampleFault("clusters_shared_below", rows, "cluster", stage, facts)
        if drawn.nested or (drawn.populations[stage] is None and drawn.fractions[stage] is None):
            return
        above = _counted(above * (int(column.max(initial=-1)) + 1) + column)


def off_scale(variables: Variables, answers: Floats) -> Iterator[SampleFault]:
    """Answers that no declared scale or code allows, item by item."""
    for position, item in enumerate(variables.items):
        given = answers[:, position]
        wrong = np.flatnonzero(~np.isnan(given) & ~np.isin(given, item.allowed))
        if len(wrong):
            codes = [*item.unknown, *item.refused]
            facts = {"lowest": item.lowest, "highest": item.highest, "codes": codes, "count": len(wrong)}
            yield SampleFault("answer_off_scale", wrong, item.code, 0, facts)


def off_limits(limits: Mapping[str, Limits], numbers: Mapping[str, Floats]) -> Iterator[SampleFault]:
    """Numbers below or above what their question allows, or with a fraction where it asks for whole ones."""
    for code, given in numbers.items():
        limit = limits.get(code, Limits())
        low = -np.inf if limit.lowest is None else float(limit.lowest)
        high = np.inf if limit.highest is None else float(limit.highest)
        outside = np.flatnonzero((given < low) | (given > high))
        if len(outside):
            facts = {"lowest": limit.lowest, "highest": limit.highest, "count": len(outside)}
            yield SampleFault("number_off_limits", outside, code, 0, facts)
        broken = np.flatnonzero(limit.integer & (given % 1 > 0))
        if len(broken):
            yield SampleFault("number_not_whole", broken, code, 0, {"count": len(broken)})


def repeated(respondents: Codes) -> Iterator[SampleFault]:
    """The later rows of respondents (codes; −1: not named) who have more than one."""
    named = np.flatnonzero(respondents >= 0)
    codes = respondents[named]
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    again = named[first[inverse] != np.arange(len(codes))]
    if len(again):
        yield SampleFault("respondent_twice", again, "respondent", 0, {"count": len(again)})


def unknown_versions(versions: Codes, names: tuple[str, ...], known: tuple[str, ...]) -> Iterator[SampleFault]:
    """Rows whose version (a position in ``names``; −1: none stated) is not one of ``known``; any is where none is."""
    if not known:
        return
    wrong = np.array([*(name not in known for name in names), True])[versions]
    rows = np.flatnonzero(wrong)
    if len(rows):
        yield SampleFault("version_unknown", rows, "version", 0, {"known": list(known), "count": len(rows)})
