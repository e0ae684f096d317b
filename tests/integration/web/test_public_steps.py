"""How a rule is shown step by step, and lines over years; nothing here asks a database but the peers of a group."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from tests.factories.public_rankings import Ranked, ranking
from tests.factories.world import SMALL_SET, frozen_of, world

from parindex.database.models import CriteriaSet
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.scoring.one_unit import figures_of
from parindex.domain.scoring.rule_table import explain_row, parse_rule
from parindex.domain.units import Unit
from parindex.web.public_results.outside_series import outside_series
from parindex.web.public_results.ranking_page import folded
from parindex.web.public_results.rule_steps import Step, digits, steps
from parindex.web.public_results.years_chart import years_chart

NAMES = {"a": "Đúng hạn", "b": "Tiếp nhận", "c": "Vi phạm"}


def shown(rule: dict[str, Any], values: dict[tuple[str, int], str], top: str = "2") -> list[Step]:
    """The steps of a rule on the figures of one unit."""
    made = parse_criteria_set(SMALL_SET.read_text(encoding="utf-8"))
    measures = {key: Measure(key, title) for key, title in NAMES.items()}
    figures = figures_of(values, replace(made, measures=measures), 2025, Unit("1", "Sở"))
    return list(steps(explain_row(parse_rule(rule, max_points=Fraction(top), year=2025), figures, 0), measures, 2025))


def line(step: Step) -> str:
    """A step as one reads it."""
    above, below = (" + ".join(f"{one.value} {one.words}" for one in part) for part in (step.above, step.below))
    return " | ".join([f"{above} / {below}" if below else above, step.share, step.times, step.points])


RATIO = {"kind": "ratio", "of": "a", "to": "b"}
COUNT = {"kind": "count", "of": "c", "each": "0.1", "max_points": 1}
LAST_YEAR = {"kind": "bands", "of": {"measure": "a", "year": -1}}
HALVED = {"kind": "bands", "of": [{"measure": "a", "weight": "0.5"}, {"measure": "b"}]}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (RATIO, ["2 Đúng hạn / 3 Tiếp nhận | 66,66667% | × 2 | 1,333333…"]),
        ({**RATIO, "target": "80%"}, ["2 Đúng hạn / 3 Tiếp nhận | 66,66667% | ÷ 80% × 2 | 1,666666…"]),
        ({"kind": "sum", "parts": [{**RATIO, "max_points": 1}, COUNT]},
         ["2 Đúng hạn / 3 Tiếp nhận | 66,66667% | × 1 | 0,666666…", "4 Vi phạm | 4 |  | 0,4"]),
        ({"kind": "deduction", "classes": [{"of": "c", "points": "0.25"}]}, ["4 Vi phạm | 4 |  | 1"]),
        ({**LAST_YEAR, "bands": [{"from": 5, "points": 2}, {"below": 5, "points": 1}]},
         ["5 Đúng hạn, năm 2024 | 5 |  | 2"]),
        ({**HALVED, "bands": [{"from": 0, "share": "50%"}]},
         ["0,5 × 2 Đúng hạn + 3 Tiếp nhận | 4 |  | 1"]),
        ({"kind": "best", "alternatives": [RATIO, {"kind": "count", "of": "c", "each": "0.4"}]},
         ["4 Vi phạm | 4 |  | 1,6"]),
    ],
)  # fmt: skip
def test_steps(rule: dict[str, Any], said: list[str]) -> None:
    values = {("a", 2025): "2", ("b", 2025): "3", ("c", 2025): "4", ("a", 2024): "5", ("b", 2024): "9"}
    assert [line(one) for one in shown(rule, values)] == said


def test_a_figure_that_is_missing_leaves_a_step_without_points() -> None:
    (step,) = shown(RATIO, {("a", 2025): "2"})
    assert (line(step), step.words) == ("2 Đúng hạn / – Tiếp nhận | – |  | ", "chưa có điểm: thiếu số liệu")


def test_digits_that_do_not_end() -> None:
    assert [digits(Fraction(one)) for one in ("1.264013", "1/3", "0", "2/3")] == [
        "1,264013",
        "0,333333…",
        "0",
        "0,666666…",
    ]


def test_a_line_over_years() -> None:
    chart = years_chart([(2012, Fraction("62.58")), (2013, Fraction("61")), (2016, Fraction("88.23"))])
    assert chart is not None
    assert [value for _, value in chart.grid] == [60, 70, 80, 90]
    assert [(one.year, one.x, float(one.label_y) > float(one.y)) for one in chart.points] == [
        (2012, "66", False), (2013, "306", True), (2016, "1026", False)
    ]  # fmt: skip
    assert years_chart([(2012, Fraction(1))]) is None
    flat = years_chart([(2012, Fraction(80)), (2013, Fraction(80))])
    assert flat is not None
    assert flat.grid == [("180", 80), ("24", 81)]
    assert outside_series([]) == []


def test_names_are_found_without_marks() -> None:
    assert folded("  Sở  Lao ĐỘNG ") == "so lao dong"


def test_a_rule_that_compares_peers_reads_the_figures_of_the_group(db: None) -> None:
    caches["public_pages"].clear()
    small = world()
    text = SMALL_SET.read_text(encoding="utf-8").replace("id: small-set", "id: peers").replace(
        '{code: "1.2", title: Sáng kiến, max_points: 2, source: report}',
        '{code: "1.2", title: Sáng kiến, max_points: 2, source: report, rule: {kind: bands, of: {measure: received, '
        "within_group: rank}, bands: [{up_to: 1, points: 2}, {above: 1, points: 1}]}}",
    )  # fmt: skip
    family = CriteriaSet.objects.create(owner=small.province, code="peers")
    version = frozen_of(family, parse_criteria_set(text), small.people["standing_office"])

    def unit(name: str, received: str, points: str, branch: int) -> Ranked:
        figures = [{"measure": "received", "year": 2025, "value": received}]
        facts = {"origin": "rule", "rule": points, "branch": branch, "figures": figures, "appraised": "", "granted": []}
        return Ranked(name, {"1.2": points}, details={"1.2": facts})

    made = ranking(replace(small, version=version), (unit("Sở A", "900", "2", 0), unit("Sở B", "500", "1", 1)))
    answer = Client().get(f"/results/{made.cycle_id}/don-vi-2/1.2/")
    plain = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
    assert (
        "2 thứ hạng trong nhóm về “Hồ sơ tiếp nhận”, của đơn vị là 500 = 2 → 1 rơi vào khoảng “&gt; 1 → 1 điểm”"
        in plain
    )
