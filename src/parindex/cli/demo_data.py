"""The demonstration for machines: the figures that it computes, without the pages of words around them."""

from __future__ import annotations

from typing import Any

from parindex.cli.demo_facts import PUBLISHED_INDEX, Demo, RuledItem, ScoredSheet, ranked_views
from parindex.cli.demo_measured import measured_figures
from parindex.cli.demo_words import is_assumed
from parindex.cli.exact_data import exact_data
from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.domain.criteria.findings import Severity
from parindex.domain.index.result import Result


def demo_data(demo: Demo) -> dict[str, Any]:
    """The index of 2020 with its published value, the items scored from figures, the findings on 2270 and the
    simulated cycle; decimals are strings with a point.
    """
    view = demo.province.view
    return {
        "province": {
            **_sheet_data(demo.province),
            **exact_data(self_points=demo.province.claimed, published=PUBLISHED_INDEX),
            **exact_data(points=view.points, max_points=view.max_points, index=view.index),
            "parts": [
                {"part": part, **exact_data(points=of.points, max_points=of.max_points)}
                for part, of in view.parts.items()
            ],
        },
        "extract": _sheet_data(demo.extract),
        "checked": [
            {
                "set": one.criteria_set.id,
                "areas": one.structure.areas,
                "criteria": one.structure.criteria,
                "subcriteria": one.structure.subcriteria,
                "items": one.structure.items,
                "findings": {
                    severity.value: sum(finding.severity is severity for finding in one.findings)
                    for severity in Severity
                },
            }
            for one in demo.checked
        ],
        "simulated": [_cycle_data(result) for result in demo.simulated],
        **measured_figures(demo.satisfaction, demo.evaluation),
    }


def _sheet_data(sheet: ScoredSheet) -> dict[str, Any]:
    made = sheet.result.criteria_set
    return {
        "set": made.id,
        "fingerprint": fingerprint(made),
        "items": len(sheet.view.items),
        "typed_by_hand": sheet.typed,
        "from_surveys": sheet.surveyed,
        "scored_from_figures": [_item_data(item) for item in sheet.ruled],
        "refused_by_the_rule": [derived.node.code for derived in sheet.refused],
        "flagged": [item.derivation.node.code for item in sheet.flagged],
    }


def _item_data(item: RuledItem) -> dict[str, Any]:
    points = exact_data(points=item.rule_points, self_points=item.claimed, appraised_points=item.granted)
    return {"item": item.derivation.node.code, **points, "verdict": item.verdict, "assumed": is_assumed(item)}


def _cycle_data(result: Result) -> dict[str, Any]:
    return {
        "set": result.criteria_set.id,
        "simulated": True,
        "units": [
            {
                "unit": view.unit.id,
                "title": view.unit.title,
                **exact_data(points=view.points, max_points=view.max_points, index=view.index),
                "grade": view.grade,
                "rank": view.rank,
            }
            for view in ranked_views(result)
        ],
    }
