"""A snapshot of two units by the small set, and its text."""

from __future__ import annotations

from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
from parindex.documents.results.snapshots import snapshot_text
from parindex.domain.publication.recomputation import GroupOutcome, outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot
from parindex.domain.scoring.score_sheet import EntryState, Origin
from tests.factories.world import SMALL_SET

SET = load_criteria_set(SMALL_SET)
ITEMS = [node.code for node in SET.items()]
NO, LEFT = EntryState.NO_ENTRY, EntryState.NOT_ASSESSED


def group(points: tuple[tuple[str, str], ...] = (), *, states: tuple[EntryState, ...] = (NO, NO)) -> FrozenGroup:
    """Two units; ``points`` of the council for the first items."""
    given_points = {**dict(zip(ITEMS, points, strict=False))}
    items = {
        code: FrozenItem(
            states if code == "1.2" else (NO, NO),
            {Origin.APPRAISED: given_points.get(code, ("0.5", "0.5"))},
            reasons=("Không phát sinh", "") if code == "1.2" and states[0] is LEFT else (),
        )
        for code in ITEMS
    }
    units = (FrozenUnit("a", "Sở A"), FrozenUnit("b", "Sở B"))
    figures = {("received", 2025): ("10", "20"), ("plan", 2025): ("timely", "")}
    return FrozenGroup("departments", "Sở", SET, fingerprint(SET), units, figures, items)


def outcome(of: FrozenGroup) -> GroupOutcome:
    """What comes out for it."""
    return outcome_of(of.code, recomputed(of))


def text_of(of: FrozenGroup) -> str:
    """The canonical text of the snapshot with it alone."""
    return snapshot_text(Snapshot("Kỳ", 2025, "tinh", (of,)), [dump_criteria_set(SET)], [outcome(of)])
