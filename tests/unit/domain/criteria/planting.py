"""Sound criteria sets of any shape, and faults to plant in them: each says which finding it must give, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from parindex.domain.criteria.criteria_set import (
    AreaDeclaration,
    CriteriaSet,
    Declared,
    Grade,
    Node,
    Part,
    RuleData,
    Source,
)

RULE = RuleData({"kind": "given"}, clause="Điều 1")
QUARTER = Fraction(1, 4)

#: A leaf by (quarters of a point, is it surveyed); a group by its children.
Shape = list["Shape"] | tuple[int, bool]

_leaf = st.tuples(st.integers(1, 12), st.booleans())
_criterion = st.one_of(_leaf, st.lists(_leaf, min_size=2, max_size=4))
_area = st.lists(_criterion, min_size=2, max_size=11)
shapes = st.lists(_area, min_size=2, max_size=3)


def _at_depth(made: CriteriaSet, depth: int) -> list[Node]:
    return [node for level, node in made.walk_with_depth() if level == depth]


def sound_set(shape: list[Shape]) -> CriteriaSet:
    """A set without any fault: every sum, count and part is declared and right."""
    areas = tuple(_node(str(number), one) for number, one in enumerate(shape, start=1))
    made = CriteriaSet("thu", "Bộ tiêu chí của các sở", 2024, "department", areas)
    items = list(made.items())
    total = sum((area.max_points or Fraction(0) for area in areas), Fraction(0))
    survey = sum((i.max_points or Fraction(0) for i in items if i.source is Source.OPINION_SURVEY), Fraction(0))
    return replace(
        made,
        parts=(Part("report", "Báo cáo", (Source.REPORT,)), Part("opinion_survey", "ĐTXHH", (Source.OPINION_SURVEY,))),
        declared=Declared(
            areas=len(areas),
            criteria=len(_at_depth(made, 2)),
            subcriteria=len(_at_depth(made, 3)),
            items=len(items),
            max_points=total,
            parts={"report": total - survey, "opinion_survey": survey},
            by_area=tuple(
                AreaDeclaration(area.title, len(area.children), sum(len(one.children) for one in area.children))
                for area in areas
            ),
        ),
        printed_total=total,
        grades=(Grade("Tốt", Fraction(85)), Grade("Kém", Fraction(0))),
    )


def _node(code: str, shape: Shape) -> Node:
    if isinstance(shape, tuple):
        quarters, surveyed = shape
        source = Source.OPINION_SURVEY if surveyed else Source.REPORT
        note = "ĐTXHH" if surveyed else ""
        return Node(code, f"Mục {code}", quarters * QUARTER, source=source, note=note, rule=RULE, evidence=("Báo cáo",))
    children = tuple(_node(f"{code}.{number}", one) for number, one in enumerate(shape, start=1))
    points = sum((child.max_points or Fraction(0) for child in children), Fraction(0))
    return Node(code, f"Nhóm {code}", points, children)


# --- changing one node ---------------------------------------------------------------------------------------------


def changed(made: CriteriaSet, code: str, change: Callable[[Node], Node]) -> CriteriaSet:
    """``made`` with the node ``code`` changed and nothing else."""

    def visit(node: Node) -> Node:
        if node.code == code:
            return change(node)
        return replace(node, children=tuple(visit(child) for child in node.children))

    return replace(made, areas=tuple(visit(area) for area in made.areas))


def with_points(made: CriteriaSet, code: str, points: Fraction | None) -> CriteriaSet:
    """``made`` with other points printed for ``code``."""
    return changed(made, code, lambda node: replace(node, max_points=points))


def with_code(made: CriteriaSet, code: str, printed: str) -> CriteriaSet:
    """``made`` with ``printed`` in the place of ``code``."""
    return changed(made, code, lambda node: replace(node, code=printed))


def groups(made: CriteriaSet) -> Iterator[Node]:
    """Every node with children."""
    return (node for node in made.walk() if node.children)


# --- faults --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planted:
    """A set with one fault, and the finding that it must give: kind and code."""

    made: CriteriaSet
    kind: str
    code: str


T = TypeVar("T")


class Draw(Protocol):
    """Draws an example, as ``st.data().draw``."""

    def __call__(self, strategy: st.SearchStrategy[T], /) -> T:
        """An example of ``strategy``."""


def _leaf_with_siblings(made: CriteriaSet, draw: Draw) -> tuple[Node, int, Node]:
    """An item, its position among its siblings, its parent."""
    places = [
        (node, index, group) for group in groups(made) for index, node in enumerate(group.children) if node.is_item
    ]
    return draw(st.sampled_from(places))


def duplicate_code(made: CriteriaSet, draw: Draw) -> Planted:
    """An item gets the code of the sibling before it."""
    _, _, group = _leaf_with_siblings(made, draw)
    index = draw(st.integers(1, len(group.children) - 1))
    before, node = group.children[index - 1], group.children[index]
    if node.children:
        return missing_dot(made, draw)
    return Planted(with_code(made, node.code, before.code), "duplicate_code", before.code)


def missing_dot(made: CriteriaSet, draw: Draw) -> Planted:
    """A code below the areas loses one of its dots."""
    node = draw(st.sampled_from([node for node in made.walk() if "." in node.code]))
    dots = [at for at, letter in enumerate(node.code) if letter == "."]
    at = draw(st.sampled_from(dots))
    printed = node.code[:at] + node.code[at + 1 :]
    return Planted(with_code(made, node.code, printed), "missing_dot", printed)


def wrong_parent(made: CriteriaSet, draw: Draw) -> Planted:
    """An item of one group gets the prefix of another group of the same level."""
    node, _, group = _leaf_with_siblings(made, draw)
    level = group.code.count(".")
    last = node.code.rpartition(".")[2]
    others = [one.code for one in groups(made) if one.code.count(".") == level and one.code != group.code]
    other = draw(st.sampled_from([*others, f"{group.code}7"]))
    printed = f"{other}.{last}"
    return Planted(with_code(made, node.code, printed), "wrong_parent", printed)


def numbering_gap(made: CriteriaSet, draw: Draw) -> Planted:
    """The last item of a group is numbered too high."""
    lasts = [group.children[-1] for group in groups(made) if group.children[-1].is_item]
    if not lasts:
        return missing_dot(made, draw)
    node = draw(st.sampled_from(lasts))
    head, _, last = node.code.rpartition(".")
    printed = f"{head}.{int(last) + 2}"
    return Planted(with_code(made, node.code, printed), "numbering_gap", printed)


def numbering_order(made: CriteriaSet, draw: Draw) -> Planted:
    """Two neighbouring rows are printed the other way round."""
    group = draw(st.sampled_from(list(groups(made))))
    index = draw(st.integers(1, len(group.children) - 1))
    rows = list(group.children)
    rows[index - 1], rows[index] = rows[index], rows[index - 1]
    code = rows[index].code
    return Planted(changed(made, group.code, lambda n: replace(n, children=tuple(rows))), "numbering_order", code)


def children_sum_of_parent(made: CriteriaSet, draw: Draw) -> Planted:
    """A group prints other points than its children sum to."""
    node = draw(st.sampled_from(list(groups(made))))
    return Planted(with_points(made, node.code, (node.max_points or 0) + QUARTER), "children_sum", node.code)


def children_sum_of_item(made: CriteriaSet, draw: Draw) -> Planted:
    """An item prints other points than its group leaves for it."""
    node, _, group = _leaf_with_siblings(made, draw)
    return Planted(with_points(made, node.code, (node.max_points or 0) + QUARTER), "children_sum", group.code)


def points_missing(made: CriteriaSet, draw: Draw) -> Planted:
    """A row prints no points."""
    node, _, _ = _leaf_with_siblings(made, draw)
    return Planted(with_points(made, node.code, None), "points_missing", node.code)


def points_negative(made: CriteriaSet, draw: Draw) -> Planted:
    """A row prints its points with a minus."""
    node, _, _ = _leaf_with_siblings(made, draw)
    return Planted(with_points(made, node.code, -(node.max_points or Fraction(1))), "points_negative", node.code)


def points_zero(made: CriteriaSet, draw: Draw) -> Planted:
    """A row prints zero."""
    node = draw(st.sampled_from(list(made.walk())))
    return Planted(with_points(made, node.code, Fraction(0)), "points_zero", node.code)


def _with_declared(made: CriteriaSet, **changes: Any) -> CriteriaSet:
    return replace(made, declared=replace(made.declared, **changes))


def total_declared(made: CriteriaSet, draw: Draw) -> Planted:
    """The prose states another total."""
    stated = (made.declared.max_points or 0) + draw(st.sampled_from([1, -1, 10]))
    return Planted(_with_declared(made, max_points=Fraction(stated)), "total_declared", "")


def total_printed(made: CriteriaSet, draw: Draw) -> Planted:
    """The total row prints another total."""
    stated = (made.printed_total or 0) + draw(st.sampled_from([1, -1, 10]))
    return Planted(replace(made, printed_total=Fraction(stated)), "total_printed", "")


def parts_points(made: CriteriaSet, draw: Draw) -> Planted:
    """The prose states a point too many for one part and one too few for the other."""
    parts = made.declared.parts
    if not parts["opinion_survey"]:
        return total_declared(made, draw)
    stated = {"report": parts["report"] - 1, "opinion_survey": parts["opinion_survey"] + 1}
    return Planted(_with_declared(made, parts=stated), "parts_points", "")


def count(made: CriteriaSet, draw: Draw) -> Planted:
    """The prose states another number of areas, criteria, subcriteria or items."""
    what = draw(st.sampled_from(["areas", "criteria", "subcriteria", "items"]))
    stated = getattr(made.declared, what) + 1
    return Planted(_with_declared(made, **{what: stated}), f"count_{what}", "")


def count_in_area(made: CriteriaSet, draw: Draw) -> Planted:
    """The prose states another number of criteria or subcriteria for one area."""
    index = draw(st.integers(0, len(made.areas) - 1))
    what = draw(st.sampled_from(["criteria", "subcriteria"]))
    areas = list(made.declared.by_area)
    wrong = {what: getattr(areas[index], what) + 1}
    areas[index] = replace(areas[index], **wrong)
    return Planted(_with_declared(made, by_area=tuple(areas)), "count_in_area", made.areas[index].code)


def title_repeated(made: CriteriaSet, draw: Draw) -> Planted:
    """A row has the title of its group."""
    node, _, group = _leaf_with_siblings(made, draw)
    return Planted(
        changed(made, node.code, lambda n: replace(n, title=group.title.upper())), "title_repeated", node.code
    )


def sentence_cut(made: CriteriaSet, draw: Draw) -> Planted:
    """A title ends in the middle."""
    node = draw(st.sampled_from([node for node in made.walk() if "." in node.code]))
    ending = draw(st.sampled_from([" và", ",", " (gồm", " mã độc trung"]))
    return Planted(
        changed(made, node.code, lambda n: replace(n, title=f"{n.title}{ending}")), "sentence_cut", node.code
    )


def options_as_subcriteria(made: CriteriaSet, draw: Draw) -> Planted:
    """The options of a criterion are numbered like subcriteria."""
    criteria = [node for node in _at_depth(made, 2) if node.is_item]
    if not criteria:
        return sentence_cut(made, draw)
    node = draw(st.sampled_from(criteria))
    options = (
        Node(f"{node.code}.1", "Đạt yêu cầu", node.max_points),
        Node(f"{node.code}.2", "Không đạt yêu cầu", Fraction(0)),
    )
    return Planted(
        changed(made, node.code, lambda n: replace(n, children=options)), "options_as_subcriteria", node.code
    )


def rule_missing(made: CriteriaSet, draw: Draw) -> Planted:
    """One item has no rule."""
    node = draw(st.sampled_from(list(made.items())))
    return Planted(changed(made, node.code, lambda n: replace(n, rule=None)), "rule_missing", node.code)


def best_option(made: CriteriaSet, draw: Draw) -> Planted:
    """The best option of an item is worth more or less than its maximum."""
    node = draw(st.sampled_from(list(made.items())))
    above = draw(st.booleans())
    best = (node.max_points or Fraction(1)) * (2 if above else Fraction(1, 2))
    data = {"kind": "option", "of": "m", "options": {"yes": {"points": best}, "no": {"points": "0"}}}
    kind = "best_option_above_max" if above else "best_option_below_max"
    return Planted(changed(made, node.code, lambda n: replace(n, rule=RuleData(data))), kind, node.code)


FAULTS: tuple[Callable[[CriteriaSet, Draw], Planted], ...] = (
    duplicate_code, missing_dot, wrong_parent, numbering_gap, numbering_order, children_sum_of_parent,
    children_sum_of_item, points_missing, points_negative, points_zero, total_declared, total_printed, parts_points,
    count, count_in_area, title_repeated, sentence_cut, options_as_subcriteria, rule_missing, best_option,
)  # fmt: skip
