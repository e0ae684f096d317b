"""One row of a set: its properties, its rule as a form and in words, an example to try, what the guidance says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from parindex.database.models import CriteriaSetVersion
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.documents.criteria_sets.to_data import criteria_set_data
from parindex.documents.criteria_sets.yaml_text import write_yaml
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, Node, RuleData
from parindex.domain.criteria.mends import row_at
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import parse_rule
from parindex.usecases.rule_examples import Example, example_of
from parindex.web.criteria_sets.rule_fields import field_of
from parindex.web.criteria_sets.rule_form import Reader, RuleBox, box_of, with_new
from parindex.wording import problems as problem_words
from parindex.wording.rule_words import rule_words

#: A set without a year reads the latest of dated numbers, as the check does.
_LATEST_YEAR = 9999
_ANY_MAXIMUM = Fraction(10**9)
_PLAIN = (
    "max_points", "over", "target", "floor", "each", "mode", "nothing", "nothing_amount", "missing", "places",
)  # fmt: skip


@dataclass
class TypedRow:
    """What a form says: values of the row, its rule, new measures, what is wrong where, and the YAML if that counts."""

    values: dict[str, Any] = field(default_factory=dict)
    rule: Mapping[str, Any] | None = None
    measures: dict[str, Measure] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    yaml: str | None = None


@dataclass(frozen=True, slots=True)
class RulePart:
    """The rule of a row: form, YAML, words, problems by field, and the example."""

    box: RuleBox
    has_form: bool
    yaml: str
    words: str
    errors: Mapping[str, str]
    problems: Sequence[tuple[str, str]]
    example: Example | None
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class RowPage:
    """Everything on the page of one row."""

    version: CriteriaSetVersion
    criteria_set: CriteriaSet
    row: int
    node: Node
    above: Sequence[tuple[int, Node]]
    before: int | None
    after: int | None
    digest: str
    rule: RulePart


def row_page(
    version: CriteriaSetVersion, row: int, figures: Mapping[str, str], typed: TypedRow | None = None
) -> RowPage:
    """The page; ``typed``: what the form says now instead of what is kept; ``figures``: those of the example."""
    made = stored_draft(version.content, version.reading).criteria_set
    node = row_at(made, row)
    shown: Mapping[str, Any] | None = node.rule.data if node.rule is not None else None
    measures = dict(made.measures)
    if typed is not None:
        shown, measures = typed.rule, measures | typed.measures
        node = replace(node, **typed.values)
    rows = sum(1 for _ in made.walk())
    return RowPage(
        version, made, row, node, _above(made, row), row - 1 if row else None, row + 1 if row + 1 < rows else None,
        digest_of(made, row), rule_part(made, node, shown, measures, figures, typed.yaml if typed else None),
    )  # fmt: skip


def rule_part(
    made: CriteriaSet, node: Node, data: Mapping[str, Any] | None, measures: Mapping[str, Measure],
    typed: Mapping[str, str], yaml: str | None = None,
) -> RulePart:  # fmt: skip
    """The rule that ``data`` says, for an item."""
    box = with_new(box_of(data, measures), {key: one for key, one in measures.items() if key not in made.measures})
    read, found = read_data(made, node, data, measures)
    errors: dict[str, str] = {}
    listed = []
    for problem in found:
        name = field_of(problem)
        words = f"{problem_words.message(problem)} {problem_words.remedy(problem)}"
        errors.setdefault(name, words)
        listed.append((name, words))
    written = yaml if yaml is not None else (write_yaml(dict(data)) if data else "")
    example = example_of(made, read, measures, typed) if read is not None and made.year is not None else None
    words = rule_words(read, measures) if read is not None else ""
    return RulePart(box, _has_form(made, node, data, measures), written, words, errors, listed, example, measures)


def read_data(
    made: CriteriaSet, node: Node, data: Mapping[str, Any] | None, measures: Mapping[str, Measure]
) -> tuple[Rule | None, list[Problem]]:
    """The rule as scoring reads it, or why it cannot."""
    if not data:
        return None, []
    maximum = node.max_points if node.max_points is not None and node.max_points >= 0 else _ANY_MAXIMUM
    try:
        return parse_rule(data, max_points=maximum, year=made.year or _LATEST_YEAR, measures=measures), []
    except InvalidInput as error:
        return None, error.problems


def _has_form(made: CriteriaSet, node: Node, data: Mapping[str, Any] | None, measures: Mapping[str, Measure]) -> bool:
    """Whether the form can say the rule: written into its fields and read back, it is the same rule."""
    if not data:
        return True
    again = Reader(fields_of(box_of(data, measures)), measures).rule()
    before, problems = read_data(made, node, data, measures)
    if before is None:
        return again == dict(data) or bool(problems and again and again.get("kind") == data.get("kind"))
    after, _ = read_data(made, node, again, measures)
    return before == after


def fields_of(box: RuleBox) -> dict[str, str]:
    """The fields of a form as a browser would send them."""
    found = {f"{box.name}.kind": box.kind}
    for key in _PLAIN:
        found[f"{box.name}.{key}"] = getattr(box, key)
    for term in (*box.of, *box.to, *(row.term for row in box.rows if row.term is not None)):
        for key in ("measure", "new", "weight", "year"):
            found[f"{term.name}.{key}"] = getattr(term, key)
    for row in box.rows:
        for key in ("gives", "amount", "lower", "lower_kind", "upper", "upper_kind", "key", "label"):
            found[f"{row.name}.{key}"] = getattr(row, key)
    for child in box.children:
        found |= fields_of(child)
    return found


def digest_of(made: CriteriaSet, row: int) -> str:
    """A short digest of one row as it stands: whether somebody else has changed it since."""
    node = row_at(made, row)
    alone = replace(made, areas=(replace(node, children=()),))
    data = criteria_set_data(alone)["areas"]
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _above(made: CriteriaSet, row: int) -> list[tuple[int, Node]]:
    """The rows above one, from the area down."""
    path: list[tuple[int, int, Node]] = []
    for at, (level, node) in enumerate(made.walk_with_depth()):
        while path and path[-1][1] >= level:
            path.pop()
        if at == row:
            return [(position, one) for position, _, one in path]
        path.append((at, level, node))
    return []


def rule_data(data: Mapping[str, Any] | None, clause: str, assumed: bool) -> RuleData | None:
    """A rule with where it comes from; somebody has looked at it, so that it is proposed no more."""
    return None if not data else RuleData(dict(data), clause, assumed)
