"""Rules evaluated together give what each gives alone, row by row, branch included."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from tests.builders import evaluate, points_of
from tests.property import strategies
from tests.property.test_rules_against_fractions import LARGE, MAXIMUM, figures_of

from parindex.domain.scoring.batches import batched, evaluate_batch
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import parse_rule

#: The measures of a rule, one further on each time: four items with the same rule over other measures.
NEXT = dict(zip(strategies.MEASURES, (*strategies.MEASURES[1:], strategies.MEASURES[0]), strict=True))


def over_others(data: Any) -> Any:
    """The same rule over the next measures."""
    if isinstance(data, dict):
        return {key: over_others(value) for key, value in data.items()}
    if isinstance(data, list):
        return [over_others(one) for one in data]
    return NEXT.get(data, data) if isinstance(data, str) else data


def parsed(data: dict[str, Any]) -> Rule:
    return parse_rule(data, max_points=MAXIMUM, year=strategies.CYCLE)


@settings(max_examples=150, deadline=None, suppress_health_check=LARGE)
@given(strategies.rules, strategies.rules, strategies.reports())
def test_together_as_alone(one: dict[str, Any], other: dict[str, Any], report: dict[str, Any]) -> None:
    rules = {"1": parsed(one), "2": parsed(other), "3": parsed(over_others(one)), "4": parsed(one)}
    figures = figures_of(report)
    rows = len(figures.units)
    batches = batched(rules.items())
    assert sorted(code for batch in batches for code in batch.codes) == ["1", "2", "3", "4"]
    for batch in batches:
        outcome = evaluate_batch(batch, figures)
        for position, code in enumerate(batch.codes):
            piece = slice(position * rows, (position + 1) * rows)
            alone = evaluate(rules[code], figures)
            cut = Outcome(outcome.points.cut(piece), outcome.branch[piece])
            assert points_of(cut) == points_of(alone)
            assert cut.branch.tolist() == alone.branch.tolist()


def test_items_that_differ_only_in_their_measures_share_a_batch_and_peers_are_never_mixed() -> None:
    alike = [parsed({"kind": "ratio", "of": of, "to": to}) for of, to in (("a", "b"), ("c", "d"))]
    crossed = parsed({"kind": "ratio", "of": "a", "to": ["a", "b"]})
    peers = [parsed({"kind": "ratio", "of": of, "to": {"measure": of, "within_group": "best"}}) for of in ("a", "b")]
    batches = batched(zip("12345", [*alike, crossed, *peers], strict=True))
    assert [batch.codes for batch in batches] == [("1", "2"), ("3",), ("4",), ("5",)]
    assert [set(named) for named in batches[0].measures] == [{"a", "b"}, {"c", "d"}]
