"""What an autosave answers about the rule is what the page says when it is asked for: the rule is evaluated once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.world import World, now

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.domain.scoring.rule import Rule
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.sheet_scoring import trace_of
from parindex.usecases.typed_values import Typed, digest
from parindex.web.score_sheets.rule_view import computed

#: Points, the whole, more than the whole, nothing arose, one missing.
PAIRS = (("60", "100"), ("100", "100"), ("101", "100"), ("0", "0"), ("5", "0"), ("", "100"))


@pytest.mark.parametrize(("on_time", "received"), PAIRS)
def test_the_calculation_of_a_save_is_that_of_the_page(made: World, on_time: str, received: str) -> None:
    figures = {"on_time": Typed(on_time, digest("")), "received": Typed(received, digest(""))}
    saved = save_entry(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=Change(figures=figures)
    )
    frozen, reading = frozen_set(made.version), saved.points.reading
    assert reading.outcome is not None
    anew = replace(reading, outcome=None)
    assert trace_of(frozen, "2.1", reading) == trace_of(frozen, "2.1", anew)
    assert computed(frozen, saved.entry, reading) == computed(frozen, saved.entry, anew)


def test_a_save_evaluates_the_rule_of_its_item_once(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    by, at = made.session("owner"), now()
    figures = {"on_time": Typed("100", digest("")), "received": Typed("100", digest(""))}
    saved = save_entry(by=by, at=at, sheet_id=made.sheet.pk, item_code="2.1", change=Change(figures=figures))
    evaluated = []
    monkeypatch.setattr(Rule, "evaluate", lambda *_: evaluated.append("again"))
    computed(frozen_set(made.version), saved.entry, saved.points.reading)
    assert evaluated == []
