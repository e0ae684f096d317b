"""The samples of the coverage run are laid out as their files would be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench.drawn_samples import laid_out
from tests.unit.domain.survey.frames import HOUSEHOLDS, SIMPLE, household_frame

from parindex.documents.results.result_files import csv_text
from parindex.documents.surveys.design_file import StageColumns, SurveyDesign
from parindex.documents.surveys.responses import read_responses
from parindex.documents.surveys.sample_file import sample_table
from parindex.domain.survey.questionnaire.variables import Variables
from parindex.domain.survey.sample.design import Sample
from parindex.domain.survey.sampling.estimation_design import estimation_design
from parindex.domain.survey.sampling.sampling_design import SamplingDesign
from parindex.domain.survey.sampling.selection import Draw, draw


def from_file(drawn: Draw, folder: Path) -> Sample:
    """The sample out of its table, without the replacements, read under the design that belongs to it."""
    head, *lines = csv_text(sample_table(drawn)).splitlines()
    at = head.split(",").index("reserve")
    path = folder / "sample.csv"
    path.write_text("\n".join([head, *(line for line in lines if line.split(",")[at] == "0")]) + "\n", "utf-8")
    design = estimation_design(drawn.design, len(drawn.stages))
    stages = tuple(StageColumns(one.cluster, one.population) for one in design.stages)
    survey = SurveyDesign("", Variables(()), design.strata, stages, design.weight, design.lonely)
    return read_responses(path, survey).sample


@pytest.mark.parametrize("design", [HOUSEHOLDS, SIMPLE], ids=["unequal", "equal"])
def test_a_sample_is_the_same_as_out_of_its_file(design: SamplingDesign, tmp_path: Path) -> None:
    drawn = draw(design, household_frame(design=design), "1")
    units, sample = laid_out(drawn)
    read = from_file(drawn, tmp_path)
    assert len(units) == len(sample) == len(read) == 16
    np.testing.assert_allclose(sample.weight, read.weight)
    assert (sample.strata, sample.lonely) == (read.strata, read.lonely)
    assert sample.cluster.tolist() == read.cluster.tolist()
    for level, other in zip(sample.levels, read.levels, strict=True):
        assert level.parent.tolist() == other.parent.tolist()
        assert level.sampled.tolist() == other.sampled.tolist()
        assert level.population.tolist() == other.population.tolist()


def test_the_weights_estimate_the_population() -> None:
    truth = 2 * 4 * 3 * sum(1 + home % 3 for home in range(5))
    for design in (HOUSEHOLDS, SIMPLE):
        frame = household_frame(design=design)
        totals = [laid_out(draw(design, frame, str(seed)))[1].weight.sum() for seed in range(400)]
        assert abs(np.mean(totals) - truth) < 3 * np.std(totals) / 20
