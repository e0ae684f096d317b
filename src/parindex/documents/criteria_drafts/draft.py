"""A draft: a criteria set whose rows know where they stand in the paper, with what the reader said of the paper.

Its content is the YAML that anybody may read; places, doubts and findings on the paper are kept beside it as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from parindex.documents.checked_papers import ReadSet, not_found_too, with_findings
from parindex.documents.criteria_drafts.stored_findings import finding_data, finding_from_data
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, parse_criteria_set
from parindex.documents.criteria_sets.from_data import criteria_set_from_data
from parindex.documents.criteria_sets.to_data import criteria_set_data
from parindex.documents.sentence_case import display_title, sentence_case
from parindex.documents.stored_facts import problem_data, problem_from_data
from parindex.domain.criteria.coherence import Structure, structure
from parindex.domain.criteria.criteria_set import CriteriaSet, Declared, Node
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import Place, Problem
from parindex.domain.scoring.check import check


@dataclass(frozen=True, slots=True)
class Draft:
    """A set with its places; ``paper_findings`` and ``doubts`` are what reading the paper left."""

    criteria_set: CriteriaSet
    paper_findings: tuple[Finding, ...] = ()
    doubts: tuple[Problem, ...] = ()

    @property
    def content(self) -> str:
        """The YAML text."""
        return dump_criteria_set(self.criteria_set)

    @property
    def reading(self) -> str:
        """What the content does not say, as JSON; "" where there is nothing."""
        declared = self.criteria_set.declared
        places = [node.place.as_data() for node in self.criteria_set.walk()]
        data = {
            "rows": places,
            "declared": {name: place.as_data() for name, place in declared.places.items()},
            "by_area": [area.place.as_data() for area in declared.by_area],
            "findings": [finding_data(one) for one in self.paper_findings],
            "doubts": [problem_data(one) for one in self.doubts],
        }
        return json.dumps(data, ensure_ascii=False) if any(places) or self.doubts else ""

    def findings(self, others: tuple[CriteriaSet, ...] = ()) -> tuple[Finding, ...]:
        """Everything that contradicts itself now, errors first; ``others`` are the other tables of the paper."""
        return with_findings(check(self.criteria_set, others=others), self.paper_findings, self.doubts)

    def open_doubts(self, findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
        """The doubts of the reader that no finding repeats."""
        return not_found_too(self.doubts, findings)

    @property
    def structure(self) -> Structure:
        """The table counted anew."""
        return structure(self.criteria_set)


def draft_of_paper(read: ReadSet) -> Draft:
    """The draft of a table as it was read; what is printed in capitals gets a name to show, which may be mended."""
    read_set = read.criteria_set
    areas = tuple(_with_display_titles(area) for area in read_set.areas)
    shown = replace(read_set, title=sentence_case(read_set.title), areas=areas)
    return Draft(shown, read.findings, read.doubts)


def _with_display_titles(node: Node) -> Node:
    children = tuple(_with_display_titles(child) for child in node.children)
    return replace(node, display_title=node.display_title or display_title(node.title), children=children)


@lru_cache(maxsize=64)
def stored_draft(content: str, reading: str) -> Draft:
    """The draft that is kept as ``content`` and ``reading``; the same texts give the same draft, read once."""
    made = parse_criteria_set(content)
    if not reading:
        return Draft(_placed(made, iter(())))
    data = json.loads(reading)
    made = _placed(made, (Place(**one) for one in data["rows"]))
    declared = made.declared
    areas = [Place(**one) for one in data["by_area"]]
    if len(areas) == len(declared.by_area):
        by_area = tuple(replace(area, place=place) for area, place in zip(declared.by_area, areas, strict=True))
        declared = replace(declared, by_area=by_area)
    declared = replace(declared, places={name: Place(**one) for name, one in data["declared"].items()})
    return Draft(
        replace(made, declared=declared),
        tuple(finding_from_data(one) for one in data["findings"]),
        tuple(problem_from_data(one) for one in data["doubts"]),
    )


@lru_cache(maxsize=64)
def stored_findings(content: str, reading: str, *others: tuple[str, str]) -> tuple[Finding, ...]:
    """The findings of a stored draft beside the other tables of its paper; the same texts are checked once."""
    return stored_draft(content, reading).findings(tuple(stored_draft(*one).criteria_set for one in others))


# --- as data, for patches ------------------------------------------------------------------------------------------


def draft_data(draft: Draft) -> dict[str, Any]:
    """The set as data, each row with its place."""
    data = criteria_set_data(draft.criteria_set)
    rows = (node.place.as_data() for node in draft.criteria_set.walk())
    for row in _rows(data["areas"]):
        place = next(rows)
        if place:
            row["place"] = place
    return data


def draft_from_data(data: Mapping[str, Any], draft: Draft) -> Draft:
    """The draft whose data is ``data``; what the reader said is that of ``draft``."""
    made = criteria_set_from_data(data)
    places = (Place(**row.get("place", {})) for row in _rows(data["areas"]))
    made = _placed(made, places)
    kept = draft.criteria_set.declared
    return replace(draft, criteria_set=replace(made, declared=_with_places(made.declared, kept)))


def _with_places(declared: Declared, kept: Declared) -> Declared:
    by_area = declared.by_area
    if len(by_area) == len(kept.by_area):
        by_area = tuple(replace(one, place=old.place) for one, old in zip(by_area, kept.by_area, strict=True))
    return replace(declared, places=kept.places, by_area=by_area)


def _rows(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _rows(node.get("children", []))


def _placed(made: CriteriaSet, places: Iterator[Place]) -> CriteriaSet:
    """The set with the places of the paper in reading order; a row beyond them stands in no paper."""

    def visit(node: Node) -> Node:
        place = next(places, Place())
        return replace(node, place=place, children=tuple(visit(child) for child in node.children))

    return replace(made, areas=tuple(visit(area) for area in made.areas))
