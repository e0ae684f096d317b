"""Items in one batch whose columns differ: choices with other keys, nothing chosen, two items, no points at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.builders import figures, points_of, units

from parindex.domain.scoring.batches import batched, evaluate_batch
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.rule_table import parse_rule

THREE = units("a", "b", "c")


def scored(rules: Sequence[tuple[Mapping[str, Any], int]], of: Figures) -> tuple[list[Fraction | None], list[int]]:
    """The points and branches of one batch of all ``rules``, each with its maximum."""
    parsed = [parse_rule(dict(data), max_points=Fraction(most), year=2024) for data, most in rules]
    (batch,) = batched((str(at), rule) for at, rule in enumerate(parsed))
    assert batch.maxima == tuple(Fraction(most) for _, most in rules)
    outcome = evaluate_batch(batch, of)
    return points_of(outcome), outcome.branch.tolist()


def test_choices_with_other_keys_and_nothing_chosen() -> None:
    data = {"kind": "option", "options": {"co": {"share": "100%"}, "khong": {"share": "0%"}}}
    choices = {
        "x": (("co", "khong"), ("khong", None, "co")),
        "y": (("khong", "cho", "co"), (None, "co", "khong")),
    }
    points, branches = scored([({**data, "of": "x"}, 2), ({**data, "of": "y"}, 4)], figures(THREE, choices=choices))
    assert points == [0, None, 2, None, 4, 0]
    assert [branch for branch, value in zip(branches, points, strict=True) if value is None] == [NoPoints.MISSING] * 2


def test_two_items_and_figures_that_are_missing() -> None:
    numbers = {"x": ("1", None, "0"), "n": ("2", "2", "2"), "y": ("2", "1", None), "m": ("2", "2", "2")}
    rules = [({"kind": "ratio", "of": of, "to": to}, 1) for of, to in (("x", "n"), ("y", "m"))]
    assert scored(rules, figures(THREE, numbers))[0] == [Fraction(1, 2), None, 0, 1, Fraction(1, 2), None]


def test_items_that_are_worth_nothing_earn_nothing() -> None:
    rules = [({"kind": "ratio", "of": of, "to": "n"}, 0) for of in ("x", "y")]
    points, _ = scored(rules, figures(THREE, {"x": ("0", "1", "2"), "y": ("2", "0", None), "n": ("2", "2", "2")}))
    assert points == [0, 0, 0, 0, 0, None]
