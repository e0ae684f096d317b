"""Two years of one survey side by side: what has to agree, and which clusters were drawn in both."""

from __future__ import annotations

import numpy as np

from parindex.documents.surveys.responses import Category, Responses
from parindex.domain.errors import Place, Problem
from parindex.domain.survey.design import Codes, Sample
from parindex.domain.survey.differences import Joined, joint_sample, same_codes


def comparison_problems(later: Responses, earlier: Responses) -> list[Problem]:
    """What keeps two years from being compared: other questions, groups, parts or another roll-up."""
    one, two = later.survey.variables, earlier.survey.variables
    place = Place(file=earlier.survey.file)
    pairs = {
        "items": (one.codes, two.codes),
        "groups": (one.groups, two.groups),
        "parts": (one.parts, two.parts),
        "wishes": (
            {choice.code: tuple(choice.options) for choice in one.choices},
            {choice.code: tuple(choice.options) for choice in two.choices},
        ),
        "numbers": (one.numbers, two.numbers),
        "ratios": (one.ratios, two.ratios),
        "rollup": (one.rollup, two.rollup),
        "index": (one.mapping, two.mapping),
    }
    found = [Problem("years_differ", place, {"key": key}) for key, (new, old) in pairs.items() if new != old]
    if later.survey.overlap and len(later.survey.stages) != len(earlier.survey.stages):
        found.append(Problem("years_differ", place, {"key": "stages"}))
    return found


def joint_of(later: Responses, earlier: Responses) -> Sample | None:
    """The sample of both years where the design says what they share (``overlap``); None: drawn independently.

    A stage whose column is named there has the same clusters in both years; the other stages were drawn anew. Without
    stages the columns named identify the respondents of a panel.
    """
    shared = later.survey.overlap
    if not shared:
        return None
    strata = _same(earlier.strata, later.strata)
    clusters = []
    for stage, old, new in zip(later.survey.stages, earlier.clusters, later.clusters, strict=True):
        if stage.cluster in shared:
            clusters.append(_same(old, new))
        else:
            offset = int(old.code.max(initial=-1)) + 1
            clusters.append(np.concatenate([old.code, new.code + offset]))
    if not clusters:
        for name in shared:
            codes = _same(earlier.categories[name], later.categories[name])
            clusters.append(codes if not clusters else clusters[0] * (int(codes.max(initial=-1)) + 1) + codes)
        clusters = clusters[-1:]
    return joint_sample(earlier.drawn, later.drawn, Joined(strata, clusters))


def _same(earlier: Category, later: Category) -> Codes:
    return same_codes(earlier.code, earlier.labels, later.code, later.labels)
