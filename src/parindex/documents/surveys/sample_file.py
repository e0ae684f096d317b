"""A drawn sample as a table, and the record of a draw, from which anybody can draw the same sample again.

A row of the table is a unit of the last stage that was drawn: ``respondent`` (its path), strata and ids, for each stage
how many there were (``n_districts``), how many were taken (``taken_districts``) and with which probability inside the
parent (``p_district``, exact), the inclusion probability and the design weight (its inverse), the stratum and cluster
by which a variance counts it, and ``reserve``: 0 for the sample itself, else the place in the list of replacements of
``reserve_list`` (the cluster that has the list). The probabilities of a replacement are those of the unit that it would
stand for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from importlib.metadata import version
from math import prod
from pathlib import Path
from typing import Any

from parindex.documents.criteria_sets.yaml_text import YamlText, read_yaml_file
from parindex.documents.results.result_files import ResultTable, csv_text, table
from parindex.documents.surveys.sampling_design_file import sampling_design, sampling_design_data
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.sampling.estimation_design import estimation_design
from parindex.domain.survey.sampling.frame import Frame
from parindex.domain.survey.sampling.frame_rows import escaped
from parindex.domain.survey.sampling.sampling_design import SamplingDesign, SamplingStage
from parindex.domain.survey.sampling.selection import Draw, Drawn, draw, variance_units
from parindex.domain.values import number_text

FORMAT = "parindex-sample-record/1"


def sample_table(drawn: Draw) -> ResultTable:
    """The sample as a table, in the order of strata and ids."""
    stages = drawn.design.stages[: len(drawn.stages)]
    heads = ["respondent", *drawn.design.strata, *(stage.id for stage in stages)]
    for stage in stages:
        heads.extend((stage.population_column, f"taken_{stage.id}s", f"p_{stage.id}"))
    heads.extend(("inclusion_probability", "weight", "variance_stratum", "variance_cluster", "reserve"))
    if any(stage.reserve for stage in stages):
        heads.append("reserve_list")
    return table("sample", heads, [_row(drawn, unit) for unit in drawn.stages[-1]])


def _row(drawn: Draw, unit: Drawn) -> list[str | int | Fraction]:
    way = drawn.ancestors(unit)
    labels = drawn.frame.strata[way[0].parent]
    row: list[str | int | Fraction] = [respondent_id(unit.path), *labels, *(one.id for one in way)]
    for one in way:
        row.extend((one.listed, one.taken, number_text(one.probability)))
    chance = prod((one.probability for one in way), start=Fraction(1))
    stratum, cluster = variance_units(drawn, unit)
    row.extend((number_text(chance), 1 / chance, respondent_id(stratum), respondent_id(cluster), unit.reserve))
    listed = [number for number, stage in enumerate(drawn.design.stages[: len(way)]) if stage.reserve]
    if listed:
        row.append(respondent_id(way[listed[0] - 1].path if listed[0] else escaped(*labels)))
    return row


def respondent_id(path: str) -> str:
    """The path of a unit as it stands in tables; a path without a part (no strata) is ``all``."""
    return path or "all"


# --- record --------------------------------------------------------------------------------------------------------


def sample_record(drawn: Draw, seed_from: str) -> dict[str, Any]:
    """All that a redraw needs, and what it must give: design, seed, fingerprints, counts, probabilities, the SHA-256 of
    the sample as CSV; and how estimates from it are to count strata and clusters.

    ``seed_from`` says who chose the seed: ``option``, ``design`` or ``default``. There is no date in it.
    """
    return {
        "format": FORMAT,
        "software": {"name": "parindex", "version": version("parindex")},
        "design": sampling_design_data(drawn.design),
        "seed": drawn.seed,
        "seed_from": seed_from,
        "frame": [
            {"stages": list(one.stages), "rows": str(one.rows), "sha256": one.fingerprint} for one in drawn.frame.tables
        ],
        "stages": [
            _stage_data(drawn, number, stage) for number, stage in enumerate(drawn.design.stages[: len(drawn.stages)])
        ],
        "estimation": _estimation_data(drawn),
        "sample": {
            "rows": str(sum(1 for unit in drawn.stages[-1] if not unit.reserve)),
            "reserves": str(sum(1 for unit in drawn.stages[-1] if unit.reserve)),
            "sha256": sample_fingerprint(drawn),
        },
    }


def _estimation_data(drawn: Draw) -> dict[str, Any]:
    """What a survey design for estimates from this sample says of strata, stages and weight."""
    design = estimation_design(drawn.design, len(drawn.stages))
    stages = [
        {"cluster": one.cluster} | ({"population": one.population} if one.population else {}) for one in design.stages
    ]
    strata = {"strata": list(design.strata)} if design.strata else {}
    return {**strata, "stages": stages, "weight": design.weight, "lonely": design.lonely.value}


def _stage_data(drawn: Draw, number: int, stage: SamplingStage) -> dict[str, Any]:
    """Counts and inclusion probabilities of one stage; those of the last are in the sample."""
    units = [unit for unit in drawn.stages[number] if not unit.reserve]
    chances = [unit.probability for unit in units]
    data: dict[str, Any] = {
        "id": stage.id,
        "drawn": str(len(units)),
        "certain": str(sum(unit.certain for unit in units)),
        "reserves": str(len(drawn.stages[number]) - len(units)),
        "probability": {"lowest": number_text(min(chances)), "highest": number_text(max(chances))},
    }
    if number < len(drawn.stages) - 1:
        data["units"] = {unit.path: number_text(unit.probability) for unit in units}
    return data


def sample_data(drawn: Draw, record: dict[str, Any]) -> dict[str, Any]:
    """The record with the sample itself (``rows``), numbers as text; it serves as a record too."""
    rows = sample_table(drawn).frame.iter_rows(named=True)
    return {**record, "rows": [{name: str(value) for name, value in row.items()} for row in rows]}


def sample_fingerprint(drawn: Draw) -> str:
    """SHA-256 of the sample as CSV."""
    return hashlib.sha256(csv_text(sample_table(drawn)).encode()).hexdigest()


def record_text(record: dict[str, Any]) -> str:
    """The record as JSON, which is YAML too."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


class Record:
    """A record of a draw that was read from its file."""

    def __init__(self, path: Path) -> None:
        """Read the record at ``path``.

        Raises :class:`InvalidInput`: ``sample_record_unknown`` (facts ``key``) for what is no such record, and the
        problems of the design in it.
        """
        self.file = str(path)
        content = read_yaml_file(path)
        data = content.data
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InvalidInput([Problem("sample_record_unknown", Place(file=self.file), {"key": "format"})])
        kinds = {"seed": str, "seed_from": str, "frame": list, "sample": dict, "design": dict, "software": dict}
        missing = [key for key, kind in kinds.items() if not isinstance(data.get(key), kind)]
        if missing:
            raise InvalidInput(
                [Problem("sample_record_unknown", Place(file=self.file, path=key), {"key": key}) for key in missing]
            )
        self.data: dict[str, Any] = data
        self.design: SamplingDesign = _design_of(content, self.file)
        self.seed: str = data["seed"]

    def redraw(self, frame: Frame) -> Draw:
        """Draw again from ``frame``, and require the same sample.

        Raises :class:`InvalidInput`: ``redraw_frame_differs`` (facts ``stages``, ``recorded``, ``value``) and
        ``redraw_sample_differs`` (``recorded``, ``value``); and for the same sample with another account of it
        (counts, probabilities, rows) ``redraw_record_differs`` (``key``).
        """
        found = [{"stages": list(one.stages), "sha256": one.fingerprint} for one in frame.tables]
        recorded = [{"stages": one.get("stages"), "sha256": one.get("sha256")} for one in self.data["frame"]]
        if found != recorded:
            raise InvalidInput(_frame_problems(self.file, recorded, found))
        drawn = draw(self.design, frame, self.seed)
        fingerprint = sample_fingerprint(drawn)
        if fingerprint != self.data["sample"].get("sha256"):
            facts = {"recorded": self.data["sample"].get("sha256"), "value": fingerprint}
            raise InvalidInput([Problem("redraw_sample_differs", Place(file=self.file), facts)])
        again = sample_data(drawn, sample_record(drawn, self.data["seed_from"]))
        said = [key for key in ("frame", "stages", "estimation", "sample", "rows") if key in self.data]
        changed = [key for key in said if self.data[key] != again[key]]
        if changed:
            places = ((Place(file=self.file, path=key), {"key": key}) for key in changed)
            raise InvalidInput([Problem("redraw_record_differs", place, facts) for place, facts in places])
        return drawn


def _design_of(content: YamlText, file: str) -> SamplingDesign:
    return sampling_design(content, file, ("design",))


def _frame_problems(file: str, recorded: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> list[Problem]:
    """One problem for each table that is missing, too many or another."""
    problems = []
    for number in range(max(len(recorded), len(found))):
        one = recorded[number] if number < len(recorded) else {}
        other = found[number] if number < len(found) else {}
        if one != other:
            facts = {
                "stages": (other or one).get("stages"),
                "recorded": one.get("sha256") or "–",
                "value": other.get("sha256") or "–",
            }
            problems.append(Problem("redraw_frame_differs", Place(file=file), facts))
    return problems
