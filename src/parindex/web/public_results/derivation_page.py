"""Why an item of a unit has its points: figures, rule, who granted them, on what it rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.cache import caches

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Publication, UnitResult
from parindex.database.queries.figure_origins import origins_at
from parindex.database.queries.opinions_in_order import opinions_in_order, place_of_last
from parindex.database.queries.public_results import details_of_group
from parindex.database.queries.publications import detail_of
from parindex.database.queries.withheld_texts import public_detail, withheld_in
from parindex.domain.criteria.criteria_set import MeasureKind, Node
from parindex.domain.publication.difference import ItemDifference, UnitDifference
from parindex.domain.publication.recomputation import figures_of
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit
from parindex.domain.scoring.rule_table import explain_row
from parindex.domain.scoring.score_sheet import EntryState
from parindex.domain.scoring.trace import RuleTrace
from parindex.domain.values import Rounding, decimal_places, exact_number
from parindex.web.public_results.kept_answers import PAGES
from parindex.web.public_results.rule_steps import Step, digits, steps
from parindex.web.received_bundles.origins import OriginView, origin_views
from parindex.wording.language import text
from parindex.wording.numbers import PLACES, number, points_text
from parindex.wording.reasons import conclusion
from parindex.wording.rule_words import rounding_words, rule_words

#: Texts of one measure and year, a text per unit of the group.
Columns = Mapping[tuple[str, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class UsedFigure:
    """A figure that the rule reads, and the other items that read it too."""

    title: str
    unit: str
    year: int
    value: str
    also: Sequence[str]
    origin: OriginView | None = None


@dataclass(frozen=True, slots=True)
class DerivationPage:
    """Everything on the page; numbers of ``item`` are exact texts. ``total``: of several steps, their sum in words;
    ``counted``: the place in ``opinions`` of the one whose points count; ``simulated``: the figures are made up.
    """

    result: UnitResult
    frozen: FrozenSet
    node: Node
    item: Mapping[str, Any]
    opinions: Sequence[Mapping[str, Any]]
    counted: int
    simulated: bool
    points: Fraction | None
    rule: str
    steps: Sequence[Step]
    total: str
    conclusion: str
    whole: str
    rounding: str
    figures: Sequence[UsedFigure]
    above: Sequence[Node]
    corrected: ItemDifference | None
    before: str
    after: str


def derivation_page(
    publication: Publication, result: UnitResult, frozen: FrozenSet, code: str, changed: UnitDifference | None
) -> DerivationPage | None:
    """The page of an item; None where the unit has no such item."""
    detail = public_detail(result, withheld_in(publication.cycle_id))
    item = detail["items"].get(code)
    if item is None or code not in frozen.items:
        return None
    plan, measures = frozen.items[code], frozen.criteria_set.measures
    points = exact_number(item["points"]) if item["points"] != "" else None
    trace = rule_trace(publication, result, frozen, code, item)
    shown = list(steps(trace, measures, frozen.year)) if trace is not None else []
    said, codes = opinions_in_order(item), list(frozen.items)
    at = codes.index(code)
    return DerivationPage(
        result=result,
        frozen=frozen,
        node=plan.node,
        item=item,
        opinions=said,
        counted=place_of_last(item, said),
        simulated=bool(detail.get("simulated")),
        points=points,
        rule=rule_words(plan.rule, measures) if plan.rule is not None and plan.rule.kind != "given" else "",
        steps=shown,
        total=" + ".join(one.points for one in shown) if trace is not None and trace.kind == "sum" else "",
        conclusion=conclusion(trace, measures) if trace is not None else "",
        whole=digits(exact_number(item["rule"])) if item["rule"] else "",
        rounding=_rounding(frozen, code, item),
        figures=list(_figures(frozen, code, item, _origins(publication, result, frozen, code, item))),
        above=frozen.ancestors.get(code, ()),
        corrected=next((one for one in changed.items if one.code == code), None) if changed is not None else None,
        before=codes[at - 1] if at else "",
        after=codes[at + 1] if at + 1 < len(codes) else "",
    )


def rule_trace(
    publication: Publication, result: UnitResult, frozen: FrozenSet, code: str, item: Mapping[str, Any]
) -> RuleTrace | None:
    """How the rule comes to its points on the figures that were frozen; None where there is no rule, and where it does
    not come to the points and the branch that were published beside them.
    """
    rule = frozen.items[code].rule
    if rule is None or rule.kind == "given" or item["branch"] is None:
        return None
    if rule.compares:
        units, columns = _columns_of_group(publication, result.group_code, code)
    else:
        own = {(one["measure"], one["year"]): (one["value"],) for one in item["figures"]}
        units, columns = (result.unit_code,), own
    if result.unit_code not in units:
        return None
    figures = figures_of(_frozen_figures(frozen, result.group_code, units, columns))
    trace = explain_row(rule, figures, units.index(result.unit_code))
    stated = exact_number(item["rule"]) if item["rule"] else None
    if trace.branch != item["branch"] or (stated is not None and _counted(frozen, code, trace) != stated):
        return None
    return trace


def _counted(frozen: FrozenSet, code: str, trace: RuleTrace) -> Fraction | None:
    """What a trace gives after the rounding that the set declares for items, as it was stored."""
    plan, step = frozen.items[code], frozen.criteria_set.rounding.item
    if trace.points is None or step is None or plan.rule is None or plan.rule.round is not None:
        return trace.points
    return min(step.apply(trace.points), plan.max_points)


def _frozen_figures(frozen: FrozenSet, group: str, units: Sequence[str], columns: Columns) -> FrozenGroup:
    """Figures of some units as a snapshot has them, without their sheets."""
    nothing = FrozenItem((EntryState.NO_ENTRY,) * len(units))
    items = dict.fromkeys((node.code for node in frozen.criteria_set.items()), nothing)
    return FrozenGroup(group, "", frozen.criteria_set, "", tuple(FrozenUnit(one, one) for one in units), columns, items)


def _columns_of_group(publication: Publication, group: str, code: str) -> tuple[tuple[str, ...], Columns]:
    """The figures of an item for all units of a group, where the rule compares them; read once, then kept."""
    name = f"columns-{publication.finalisation_id}-{group}-{code}"
    kept: tuple[tuple[str, ...], Columns] | None = caches[PAGES].get(name)
    if kept is None:
        units: list[str] = []
        found: dict[tuple[str, int], dict[int, str]] = {}
        for at, one in enumerate(details_of_group(publication, group)):
            units.append(one.unit_code)
            for figure in detail_of(one)["items"][code]["figures"]:
                found.setdefault((figure["measure"], figure["year"]), {})[at] = figure["value"]
        columns = {key: tuple(of.get(at, "") for at in range(len(units))) for key, of in found.items()}
        kept = tuple(units), columns
        caches[PAGES].set(name, kept)
    return kept


def _rounding(frozen: FrozenSet, code: str, item: Mapping[str, Any]) -> str:
    """Which rounding the points of the rule went through: the one that the set declares, else only that of printing."""
    if item["rule"] == "":
        return ""
    rule = frozen.items[code].rule
    step = rule.round if rule is not None and rule.round is not None else frozen.criteria_set.rounding.item
    if step is not None:
        return text("Bộ tiêu chí quy định {step}.", step=rounding_words(step))
    places = decimal_places(exact_number(item["rule"]))
    if places is None or places > PLACES:
        return text("Điểm giữ nguyên mọi chữ số khi cộng; chỉ {step} khi in.", step=rounding_words(Rounding(PLACES)))
    return text("Không làm tròn ở bước nào.")


def _origins(
    publication: Publication, result: UnitResult, frozen: FrozenSet, code: str, item: Mapping[str, Any]
) -> dict[str, OriginView]:
    """Of which signed bundles this year's figures had been taken when the result was finalised. One query, none for an
    item without figures.
    """
    values = {one["measure"]: one["value"] for one in item["figures"] if one["year"] == frozen.year}
    if not values:
        return {}
    found = origins_at(result.unit_code, values, frozen.year, publication.finalisation.finalised_at)
    return origin_views(found, frozen.criteria_set.measures, values)


def _figures(
    frozen: FrozenSet, code: str, item: Mapping[str, Any], origins: Mapping[str, OriginView]
) -> Iterator[UsedFigure]:
    """The figures that the rule reads; those of the year that nobody entered are named too."""
    entered = {one["measure"] for one in item["figures"] if one["year"] == frozen.year}
    lacking = [one for one in frozen.measures_of[code] if one not in entered]
    for one in [*item["figures"], *({"measure": name, "year": frozen.year, "value": ""} for name in lacking)]:
        declared = frozen.criteria_set.measures.get(one["measure"])
        if declared is None:
            continue
        value = text("chưa nhập")
        if one["value"] != "" and declared.kind is MeasureKind.CHOICE:
            value = declared.choices.get(one["value"], one["value"])
        elif one["value"] != "":
            value = number(exact_number(one["value"]), places=12)
        also = [other for other in frozen.items_of.get(one["measure"], ()) if other != code]
        origin = origins.get(one["measure"]) if one["year"] == frozen.year else None
        yield UsedFigure(declared.title, declared.unit, one["year"], value, also, origin)


def printed(text_of: str) -> str:
    """Points of a detail as they are printed; "" is no points."""
    return points_text(exact_number(text_of)) if text_of != "" else "–"
