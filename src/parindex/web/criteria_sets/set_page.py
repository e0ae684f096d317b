"""One version of a set: identity, tree with rules in words, history, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import CriteriaSetVersion, CycleGroup, Guidance
from parindex.database.queries.criteria_sets import set_versions
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.wording.moments import local_day
from parindex.wording.rule_words import rule_data_words
from parindex.wording.terms import source


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row of the tree; ``rule`` in words, "" where points are typed by hand."""

    row: int
    level: int
    node: Node
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class SetPage:
    """Everything on the page."""

    version: CriteriaSetVersion
    criteria_set: CriteriaSet
    rows: Sequence[TreeRow]
    versions: Sequence[CriteriaSetVersion]
    guidances: Sequence[Guidance]
    groups: Sequence[CycleGroup]
    refused: Refusal | None

    @property
    def is_draft(self) -> bool:
        """Whether it can still be mended."""
        return self.version.state == "draft"

    @property
    def previous(self) -> CriteriaSetVersion | None:
        """The version before, or the set of the year before."""
        earlier = [one for one in self.versions if one.number < self.version.number]
        return earlier[0] if earlier else self.version.criteria_set.started_from

    @property
    def ruled(self) -> int:
        """How many items have a rule."""
        return sum(1 for one in self.rows if one.node.is_item and one.node.rule is not None)

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(1 for one in self.rows if one.node.is_item)


def set_page(session: Session, version: CriteriaSetVersion, at: datetime) -> SetPage:
    """The page of a version: four queries."""
    made = stored_draft(version.content, version.reading).criteria_set
    rows = [
        TreeRow(at_row, level, node, rule_of(made, node), source(node.source) if node.is_item else "")
        for at_row, (level, node) in enumerate(made.walk_with_depth())
    ]
    family = version.criteria_set_id
    return SetPage(
        version,
        made,
        rows,
        list(set_versions(local_day(at)).filter(criteria_set=family).order_by("-number")),
        list(Guidance.objects.filter(criteria_set=family).order_by("-number")),
        list(
            CycleGroup.objects.filter(set_version__criteria_set=family)
            .select_related("cycle", "set_version")
            .order_by("pk")
        ),
        refusal(check_can_manage_sets, session.actor, version.owner_path or ""),  # type: ignore[attr-defined]
    )


def rule_of(made: CriteriaSet, node: Node) -> str:
    """The rule of an item in words; "" where it has none that can be read."""
    if node.rule is None or node.max_points is None:
        return ""
    return rule_data_words(node.rule.data, node.max_points, made.year or 9999, made.measures)
