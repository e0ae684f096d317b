"""Two years of one survey side by side: what has to agree, and which clusters were drawn in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from parindex.documents.surveys.design_file import StageColumns
from parindex.documents.surveys.responses import Category, Responses
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.errors import Place, Problem
from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.comparison.compared_tables import same_codes
from parindex.domain.survey.comparison.shared_clusters import SharedClusters, together
from parindex.domain.survey.comparison.stacked_years import JoinedColumns, YearsMethod, shared_first_stage, stacked
from parindex.domain.survey.questionnaire.variables import DontKnow, Item, Variables
from parindex.domain.survey.sample.design import Sample


def comparison_problems(later: Responses, earlier: Responses) -> list[Problem]:
    """What keeps two years from being compared: other questions, scales, groups, parts or another roll-up."""
    one, two = later.survey.variables, earlier.survey.variables
    place = Place(file=earlier.survey.file)
    pairs = {
        "items": (one.codes, two.codes),
        "scale": _of_items(one, two, lambda item: (item.lowest, item.highest)),
        "satisfied_from": _of_items(one, two, lambda item: item.satisfied_from),
        "reversed": _of_items(one, two, lambda item: item.reversed),
        "dont_know": (_as_category(one), _as_category(two)),
        "groups": (one.groups, two.groups),
        "parts": (one.parts, two.parts),
        "wishes": (
            {choice.code: tuple(choice.options) for choice in one.choices},
            {choice.code: tuple(choice.options) for choice in two.choices},
        ),
        "numbers": (one.numbers, two.numbers),
        "ratios": (one.ratios, two.ratios),
        "rollup": (one.rollup, two.rollup),
        "index": ((one.mapping, _weights(one)), (two.mapping, _weights(two))),
    }
    found = [Problem("years_differ", place, {"key": key}) for key, (new, old) in pairs.items() if new != old]
    declared = bool(later.survey.overlap) or later.survey.years in (YearsMethod.STACKED, YearsMethod.COVARIANCE)
    if declared and len(later.survey.stages) != len(earlier.survey.stages):
        found.append(Problem("years_differ", place, {"key": "stages"}))
    elif declared and not later.survey.overlap and not _named(later.survey.stages):
        found.append(Problem("overlap_names_nothing", Place(file=later.survey.file), {"method": later.survey.years}))
    return [*found, *_overlap_problems(later, (earlier, later))]


def _named(stages: Sequence[StageColumns]) -> bool:
    """Whether the clusters of the first stage have names."""
    return bool(stages) and bool(stages[0].cluster)


def clusters_alike(later: Responses, earlier: Responses) -> bool:
    """Whether both years name clusters of the first stage alike and still count as independent, without a word of the
    design: clusters are numbered anew in every stratum, or the years have other stages.
    """
    survey = later.survey
    if survey.overlap or survey.years is not None or not (_named(survey.stages) and _named(earlier.survey.stages)):
        return False
    alike = not set(later.clusters[0].labels).isdisjoint(earlier.clusters[0].labels)
    return alike and _joined(later, earlier) is None


def _overlap_problems(design: Responses, years: tuple[Responses, ...]) -> Iterator[Problem]:
    """Columns of ``overlap`` that are clusters of no stage have to identify people: one row of a year each."""
    overlap = design.survey.overlap
    if not overlap or _stages_named(design):
        return
    for year in years:
        if any(name not in year.categories for name in overlap):  # its own design does not name them
            yield Problem("years_differ", Place(file=year.survey.file), {"key": "overlap"})
            return
        columns = np.stack([year.categories[name].code for name in overlap], axis=1)
        named = columns[(columns >= 0).all(axis=1)]
        again = len(named) - len(np.unique(named, axis=0))
        if again:
            facts = {"columns": list(overlap), "count": again}
            yield Problem("overlap_identifies_nobody", Place(file=year.survey.file), facts)
            return


def _stages_named(responses: Responses) -> set[str]:
    """The clusters that the design says are the same in both years."""
    return {stage.cluster for stage in responses.survey.stages} & set(responses.survey.overlap)


def _of_items(one: Variables, two: Variables, of: Callable[[Item], object]) -> tuple[object, object]:
    """What the items that both years have say."""
    shared = set(one.codes) & set(two.codes)
    first, second = ({item.code: of(item) for item in each.items if item.code in shared} for each in (one, two))
    return first, second


def _as_category(variables: Variables) -> object:
    """What "don't know" counts as, and the codes that have a share of their own."""
    counted = variables.dont_know is DontKnow.CATEGORY
    return variables.dont_know, [item.unknown for item in variables.items if counted]


def _weights(variables: Variables) -> object:
    """The weights of the answers, where the index is made of them."""
    return [item.answer_weights for item in variables.items if variables.mapping is IndexMapping.ANSWERS]


@dataclass(frozen=True, slots=True, eq=False)
class JointYears:
    """What two years have in common: how their differences take it into account, the ``sample`` of both (None: they
    are independent), and how many clusters of the first stage both have.
    """

    method: YearsMethod
    sample: Sample | SharedClusters | None = None
    clusters: int = 0


def joint_of(later: Responses, earlier: Responses) -> JointYears:
    """What both years share, as the design says (``overlap``), or as the names of their clusters do.

    A stage whose column is named there has the same clusters in both years; the other stages were drawn anew. Columns
    that name no stage identify the people of a panel: with stages, people asked again live in clusters asked again, and
    clusters of one name are the same at every stage; without stages, people are the clusters. Where the design says
    nothing, clusters of one name are the same at every stage, unless they are numbered anew in every stratum: such a
    number is no name.
    """
    wanted = later.survey.years
    joined = None if wanted is YearsMethod.INDEPENDENT else _joined(later, earlier)
    if joined is None:
        return JointYears(YearsMethod.INDEPENDENT)
    shared = shared_first_stage(joined, len(earlier))
    if wanted is None and not shared:
        return JointYears(YearsMethod.INDEPENDENT)
    if wanted is YearsMethod.COVARIANCE:
        both = together(earlier.drawn, later.drawn, joined)
        if isinstance(both, SharedClusters):
            return JointYears(YearsMethod.COVARIANCE, both, shared)
    return JointYears(YearsMethod.STACKED, stacked(earlier.drawn, later.drawn, joined), shared)


def _joined(later: Responses, earlier: Responses) -> JoinedColumns | None:
    """The strata and clusters of both years with one code a name; None: nothing tells what is the same."""
    survey = later.survey
    if not survey.overlap:
        unsaid = survey.years is None and (later.drawn.nested or earlier.drawn.nested)
        other = len(survey.stages) != len(earlier.survey.stages) or not _named(earlier.survey.stages)
        if unsaid or other or not _named(survey.stages):
            return None
    named = _stages_named(later)
    clusters = []
    for stage, old, new in zip(survey.stages, earlier.clusters, later.clusters, strict=True):
        if old.labels and new.labels and (not named or stage.cluster in named):
            clusters.append(_same(old, new))
        else:
            offset = int(old.code.max(initial=-1)) + 1
            clusters.append(np.concatenate([old.code, new.code + offset]))
    return JoinedColumns(_same(earlier.strata, later.strata), clusters or [_people(later, earlier)])


def _people(later: Responses, earlier: Responses) -> Codes:
    """One code a respondent, the same for one who was asked in both years; who is not named is nobody else."""
    found = np.zeros(len(earlier) + len(later), np.intp)
    unnamed = np.zeros(len(found), bool)
    for name in later.survey.overlap:
        codes = _same(earlier.categories[name], later.categories[name])
        unnamed |= codes < 0
        found = found * (int(codes.max(initial=-1)) + 1) + codes
    found[unnamed] = int(found.max(initial=-1)) + 1 + np.arange(np.count_nonzero(unnamed))
    return found


def _same(earlier: Category, later: Category) -> Codes:
    return same_codes(earlier.code, earlier.labels, later.code, later.labels)
