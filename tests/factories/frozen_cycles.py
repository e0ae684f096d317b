"""Cycles that were read from tables as frozen results: the shipped examples, without a database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from parindex.documents.criteria_sets.criteria_set_file import criteria_set_data, fingerprint, load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.documents.results.snapshots import StoredSnapshot, snapshot_fingerprint, snapshot_text
from parindex.domain.publication.freezing import GroupTitle, frozen_group
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, Snapshot

EXAMPLES = Path(str(files("parindex"))) / "data" / "examples"
#: The groups of the examples: set, folder, tables.
_EXAMPLES = {
    2020: (("dien-bien-2020-province", "dien-bien-2020", ("figures", "entries", "points")),),
    2024: tuple(
        (f"dien-bien-2024-{group}", f"dien-bien-2024/{group}", ("figures", "entries", "points", "units"))
        for group in ("departments", "districts")
    ),
}


def stored_result(title: str, groups: Sequence[FrozenGroup], *, final: bool = True) -> StoredSnapshot:
    """Groups with what comes out of them; not ``final``: what is open may stay so."""
    outcomes = tuple(outcome_of(one.code, recomputed(one, final=final)) for one in groups)
    contents = [json.dumps(criteria_set_data(one.criteria_set), ensure_ascii=False) for one in groups]
    snapshot = Snapshot(title, groups[0].criteria_set.year or 0, "dien-bien", tuple(groups))
    return StoredSnapshot(snapshot, outcomes, snapshot_fingerprint(snapshot_text(snapshot, contents, outcomes)))


def example(year: int) -> StoredSnapshot:
    """The example of 2020 (the province) or of 2024 (departments and districts)."""
    groups = []
    for set_id, folder, tables in _EXAMPLES[year]:
        path = shipped_set_path(set_id)
        assert path is not None
        made = load_criteria_set(path)
        cycle = read_cycle(made, CycleFiles(**{name: EXAMPLES / folder / f"{name}.csv" for name in tables}))
        title = GroupTitle(set_id.rpartition("-")[2], made.title)
        groups.append(frozen_group(title, made, fingerprint(made), cycle.figures, cycle.sheets))
    return stored_result(f"Ví dụ năm {year}", groups, final=False)
