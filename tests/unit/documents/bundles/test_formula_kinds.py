"""Every rule kind has its formula in the workbook."""

from __future__ import annotations

from parindex.documents.bundles.live_workbook.rule_formulas import RuleFormulas
from parindex.domain.scoring.rule_table import KINDS


def test_every_kind_of_rule_has_a_formula() -> None:
    formulas = {kind.__name__ for kind in vars(RuleFormulas)["_kind"].dispatcher.registry if kind is not object}
    assert {name.capitalize() for name in KINDS} == formulas
