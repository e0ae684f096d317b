"""Ways to settle a finding: what may be offered for each kind, and what each way would do to the set.

A way may ask for something first (another code, a title, points). Its reason is said in words from the facts of the
finding (``wording/mends.py``).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import CriteriaSet, Node, RuleData, Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.criteria.mends import AddGroup, EditMeasure, EditRow, EditSet, FoldOptions, Mend, position_of
from parindex.domain.errors import InvalidValue, Place


class Ask(StrEnum):
    """What has to be typed before a way can be taken."""

    CODE = "code"
    TITLE = "title"
    POINTS = "points"
    YEAR = "year"
    ITEM = "item"


#: What was typed, by what was asked; points as exact numbers, a year as a whole one.
Typed = Mapping[Ask, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way: ``id`` names its sentence; ``facts`` fill it; ``asks`` with what is proposed there ("" for nothing)."""

    id: str
    build: Callable[[Typed], tuple[Mend, ...]]
    facts: Mapping[str, Any]
    asks: tuple[tuple[Ask, Any], ...] = ()

    def mends(self, typed: Typed) -> tuple[Mend, ...]:
        """What this way does; raises :class:`InvalidValue` (``answer_needed``) where something asked is missing."""
        for ask, _ in self.asks:
            if typed.get(ask) in (None, ""):
                raise InvalidValue("answer_needed", ask=ask)
        return self.build(typed)


def proposals(finding: Finding, criteria_set: CriteriaSet, *, of_paper: bool = False) -> tuple[Proposal, ...]:
    """The ways for ``finding``, the best first. To keep what stands is a way for what is no error, and for what only
    the paper contradicts (``of_paper``): the set cannot mend that.
    """
    offered = list(_WAYS.get(finding.kind, _none)(finding, criteria_set))
    if of_paper:
        offered.append(_fixed("accept"))
    elif finding.severity is not Severity.ERROR:
        keep = _fixed("keep")
        offered = [keep, *offered] if finding.kind in _KEEP_FIRST else [*offered, keep]
    return tuple(offered)


def _none(_finding: Finding, _criteria_set: CriteriaSet) -> Iterator[Proposal]:
    return iter(())


def _fixed(way: str, *mends: Mend, **facts: Any) -> Proposal:
    return Proposal(way, lambda _typed: mends, facts)


def _row(finding: Finding, criteria_set: CriteriaSet, place: Place | None = None) -> int | None:
    return position_of(criteria_set, place or finding.place)


# --- codes ---------------------------------------------------------------------------------------------------------


def _codes(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    row = _row(finding, criteria_set, finding.facts.get("wrong"))
    if row is None:
        return
    proposal = finding.facts.get("proposal")
    if proposal:
        yield _fixed("rename", EditRow(row, {"code": proposal}), row=row, code=proposal)
    yield Proposal(
        "other_code", lambda typed: (EditRow(row, {"code": typed[Ask.CODE]}),), {"row": row}, ((Ask.CODE, ""),)
    )


def _add_group(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    first = _row(finding, criteria_set)
    named = finding.facts.get("missing") or ()
    missing = named if isinstance(named, str) else next(iter(named), "")
    if first is None or not missing or any(node.code == missing for node in criteria_set.walk()):
        return
    nodes = list(criteria_set.walk())
    below = list(_while_below(_siblings_from(criteria_set, nodes[first]), missing))
    count = len(below)
    points = [node.max_points for node in below]
    found = sum((one for one in points if one is not None), Fraction(0)) if None not in points else ""

    def build(typed: Typed) -> tuple[Mend, ...]:
        return (AddGroup(first, max(count, 1), missing, typed[Ask.TITLE], typed[Ask.POINTS]),)

    yield Proposal("add_group", build, {"code": missing, "count": count}, ((Ask.TITLE, ""), (Ask.POINTS, found)))


def _siblings_from(criteria_set: CriteriaSet, node: Node) -> Iterator[Node]:
    """``node`` and the rows after it on its level of the same group."""
    groups = (criteria_set.areas, *(one.children for one in criteria_set.walk()))
    group = next(group for group in groups if any(one is node for one in group))
    return itertools.dropwhile(lambda one: one is not node, group)


def _while_below(siblings: Iterator[Node], missing: str) -> Iterator[Node]:
    return itertools.takewhile(lambda one: one.code.startswith(missing + "."), siblings)


def _fold(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    row = _row(finding, criteria_set)
    if row is not None:
        yield _fixed("fold_options", FoldOptions(row))


# --- points --------------------------------------------------------------------------------------------------------


def _points(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    row = _row(finding, criteria_set)
    if row is None:
        return
    proposal = finding.facts.get("proposal")
    if proposal is None and finding.kind == "children_sum" and finding.found is not None:
        proposal = Fraction(finding.found)
    if proposal is not None:
        yield _fixed("points", EditRow(row, {"max_points": proposal}), points=proposal, code=finding.code)
    yield Proposal(
        "other_points",
        lambda typed: (EditRow(row, {"max_points": typed[Ask.POINTS]}),),
        {"code": finding.code},
        ((Ask.POINTS, ""),),
    )


def _total(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    found = Fraction(finding.found or 0)
    if finding.kind == "total_printed":
        yield _fixed("as_table", EditSet({"printed_total": found}), points=found)
        return
    yield _fixed("as_table", EditSet({"declared": replace(criteria_set.declared, max_points=found)}), points=found)


def _parts(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    declared = criteria_set.declared
    found = {one["part"]: one["found"] for one in finding.facts["parts"]}
    yield _fixed("parts_as_table", EditSet({"declared": replace(declared, parts=found)}), found=tuple(found.values()))
    part = next((one for one in criteria_set.parts if one.id == finding.facts["part"]), None)
    source = part.sources[0] if part is not None and part.sources else None
    if source is not None and source is not Source.REPORT:

        def build(typed: Typed) -> tuple[Mend, ...]:
            row = next((at for at, node in enumerate(criteria_set.walk()) if node.code == typed[Ask.ITEM]), None)
            if row is None:
                raise InvalidValue("unknown_code", code=typed[Ask.ITEM], near=[])
            return (EditRow(row, {"source": source}),)

        yield Proposal("move_item", build, {"source": source}, ((Ask.ITEM, ""),))


# --- counts --------------------------------------------------------------------------------------------------------


def _count(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    what = finding.kind.removeprefix("count_")
    found = int(finding.found or 0)
    changed: dict[str, Any] = {what: found}
    yield _fixed("as_table", EditSet({"declared": replace(criteria_set.declared, **changed)}), points=found)


def _area(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    declared = criteria_set.declared
    is_count = finding.kind == "count_in_area"
    name = finding.facts["what"] if is_count else "max_points"
    title = finding.facts["title"]
    at = next((at for at, area in enumerate(declared.by_area) if area.place == finding.place), None)
    if at is None:
        at = next((at for at, area in enumerate(declared.by_area) if area.title == title), None)
    if at is None:
        return
    found = Fraction(finding.found or 0)
    changed: dict[str, Any] = {name: int(found) if is_count else found}
    area = replace(declared.by_area[at], **changed)
    areas = (*declared.by_area[:at], area, *declared.by_area[at + 1 :])
    yield _fixed("as_table", EditSet({"declared": replace(declared, by_area=areas)}), points=found)


# --- sources, titles, rules, measures, the set itself --------------------------------------------------------------


def _sources(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    source = Source(finding.facts["proposal"])
    rows = [_row(finding, criteria_set, place) for place in finding.facts["places"]]
    edits = tuple(EditRow(row, {"source": source}) for row in rows if row is not None)
    yield _fixed("source", *edits, source=source, count=len(edits))


def _title(finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    row = _row(finding, criteria_set)
    if row is None:
        return
    name = "title" if finding.kind == "title_missing" else "display_title"
    yield Proposal(
        name,
        lambda typed: (EditRow(row, {name: typed[Ask.TITLE]}),),
        {"code": finding.code},
        ((Ask.TITLE, finding.facts.get("title", "")),),
    )


def _confirm_rules(_finding: Finding, criteria_set: CriteriaSet) -> Iterator[Proposal]:
    edits = tuple(
        EditRow(at, {"rule": replace(node.rule, proposed=False)})
        for at, node in enumerate(criteria_set.walk())
        if isinstance(node.rule, RuleData) and node.rule.proposed
    )
    yield _fixed("confirm_rules", *edits, count=len(edits))


def _unused(finding: Finding, _criteria_set: CriteriaSet) -> Iterator[Proposal]:
    measures = finding.facts["measures"]
    yield _fixed("drop_measures", *(EditMeasure(one, None) for one in measures), count=len(measures))


def _year(_finding: Finding, _criteria_set: CriteriaSet) -> Iterator[Proposal]:
    yield Proposal("year", lambda typed: (EditSet({"year": typed[Ask.YEAR]}),), {}, ((Ask.YEAR, ""),))


#: Findings whose first proposal is to leave the text as the paper prints it.
_KEEP_FIRST = frozenset({"title_repeated", "title_copied", "rule_missing", "evidence_missing", "numbering_gap"})
_WAYS: dict[str, Callable[[Finding, CriteriaSet], Iterator[Proposal]]] = {
    **dict.fromkeys(
        ("duplicate_code", "missing_dot", "wrong_parent", "numbering_gap", "numbering_order", "code_as_number"), _codes
    ),
    "parent_missing": _add_group,
    "options_as_subcriteria": _fold,
    **dict.fromkeys(("points_missing", "points_negative", "points_zero", "children_sum"), _points),
    **dict.fromkeys(("total_declared", "total_printed"), _total),
    "parts_points": _parts,
    **dict.fromkeys(("count_areas", "count_criteria", "count_subcriteria", "count_items"), _count),
    **dict.fromkeys(("count_in_area", "points_in_area"), _area),
    "source_heading": _sources,
    **dict.fromkeys(("sentence_cut", "title_missing", "title_repeated", "title_copied"), _title),
    "rule_proposed": _confirm_rules,
    "unused_measure": _unused,
    "set_without_year": _year,
}
