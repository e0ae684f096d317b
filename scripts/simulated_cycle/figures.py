"""Simulated figures of one unit: measures drawn so that they fit together (what is on time was received, and so on)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class _Whole:
    """A measure drawn between two numbers."""

    measure: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A measure that is a share of another: ``least`` to ``most`` per mille, nearer to ``most`` in a good unit."""

    measure: str
    of: str
    least: int
    most: int


# In this order: a part is drawn after what it is part of.
_DRAWS: tuple[_Whole | _Part, ...] = (
    _Whole("plan_tasks", 20, 45),
    _Part("plan_tasks_done", "plan_tasks", 850, 1000),
    _Whole("propaganda_tasks", 6, 15),
    _Part("propaganda_tasks_done", "propaganda_tasks", 850, 1000),
    _Whole("inspection_issues", 4, 20),
    _Part("inspection_issues_resolved", "inspection_issues", 600, 1000),
    _Whole("procedures", 40, 180),
    _Part("procedures_at_one_stop_shop", "procedures", 950, 1000),
    _Whole("communes", 9, 21),
    _Part("communes_publishing", "communes", 900, 1000),
    _Whole("dossiers_received", 900, 60_000),
    _Part("dossiers_on_time", "dossiers_received", 940, 1000),
    _Part("dossiers_received_online", "dossiers_received", 350, 950),
    _Part("dossiers_digitised", "dossiers_received", 500, 980),
    _Part("dossiers_reusing_data", "dossiers_received", 200, 800),
    _Part("dossiers_resolved", "dossiers_received", 960, 1000),
    _Part("dossiers_resolved_in_system", "dossiers_resolved", 900, 1000),
    _Part("dossiers_with_electronic_result", "dossiers_resolved", 400, 950),
    _Part("results_returned", "dossiers_resolved", 990, 1000),
    _Part("results_returned_by_post", "results_returned", 50, 400),
    _Part("dossiers_with_fees", "dossiers_resolved", 300, 700),
    _Part("dossiers_paid_online", "dossiers_with_fees", 300, 900),
    _Whole("dossiers_received_communes", 8_000, 60_000),
    _Part("dossiers_on_time_communes", "dossiers_received_communes", 970, 1000),
    _Whole("staff_posts", 30, 90),
    _Part("staff_present", "staff_posts", 900, 1000),
    _Whole("public_service_posts", 100, 2_500),
    _Part("public_service_present", "public_service_posts", 900, 1000),
    _Whole("agencies", 4, 14),
    _Part("agencies_with_proper_positions", "agencies", 900, 1000),
    _Whole("service_units", 2, 40),
    _Part("service_units_with_proper_positions", "service_units", 900, 1000),
    _Whole("self_financing_units_added", 0, 1),
    _Whole("partly_self_financing_units_added", 0, 2),
    _Whole("commune_cadres", 90, 200),
    _Part("commune_cadres_qualified", "commune_cadres", 985, 1004),
    _Whole("commune_civil_servants", 90, 220),
    _Part("commune_civil_servants_qualified", "commune_civil_servants", 990, 1008),
    _Whole("audit_amount", 50, 4_000),
    _Part("audit_amount_paid", "audit_amount", 600, 1000),
    _Whole("asset_rules_due", 3, 45),
    _Part("asset_rules_issued", "asset_rules_due", 850, 1000),
    _Whole("revenue_assigned", 500, 90_000),
    _Part("revenue_collected", "revenue_assigned", 900, 1150),
    _Whole("workstations", 40, 150),
    _Part("workstations_protected", "workstations", 700, 1000),
    _Whole("documents_sent", 2_000, 20_000),
    _Part("documents_sent_digitally_signed", "documents_sent", 850, 1000),
    _Whole("online_services", 30, 150),
    _Part("online_services_used", "online_services", 300, 800),
    _Whole("procedures_payable_online", 15, 80),
    _Part("procedures_paid_online", "procedures_payable_online", 300, 900),
    _Whole("smart_app_target_users", 60, 3_000),
    _Part("smart_app_users", "smart_app_target_users", 400, 950),
    _Whole("field_reports", 10, 120),
    _Part("field_reports_resolved", "field_reports", 850, 1000),
    _Whole("service_quality_score", 70, 95),
    _Whole("development_targets", 20, 30),
    _Part("development_targets_exceeded", "development_targets", 250, 500),
)
# What the whole leaves over after another part of it.
_RESTS = {
    "inspection_issues_in_progress": ("inspection_issues", "inspection_issues_resolved"),
    "development_targets_met": ("development_targets", "development_targets_exceeded"),
}
# Only the revenue may exceed what it is a share of.
_MAY_EXCEED = frozenset({"revenue_collected"})


def figures_of_unit(draw: Random, quality: int, measures: Collection[str]) -> dict[str, str]:
    """The figures of one unit for ``measures``, as text, in the order of the draws.

    ``quality`` (0 to 1000) moves every share towards its upper end. Every draw is made for every unit, so that leaving
    a measure out does not change the others. Raises ``KeyError`` for a measure that nothing here can draw.
    """
    drawn: dict[str, int] = {}
    for one in _DRAWS:
        if isinstance(one, _Whole):
            drawn[one.measure] = draw.randint(one.least, one.most)
        else:
            drawn[one.measure] = _share(draw, quality, one, drawn[one.of])
    for measure, (whole, part) in _RESTS.items():
        drawn[measure] = draw.randint(0, drawn[whole] - drawn[part])
    return {measure: str(drawn[measure]) for measure in measures}


def _share(draw: Random, quality: int, part: _Part, whole: int) -> int:
    reach = part.most - part.least
    per_mille = part.least + (reach * quality // 1000 + draw.randint(0, reach)) // 2
    count = (whole * per_mille + 500) // 1000
    return count if part.measure in _MAY_EXCEED else min(count, whole)
