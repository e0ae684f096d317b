"""The signed sheet of a district for the demonstration: simulated figures and claims, as another installation sends it.

The set is the shipped one of the districts; figures and claims are those of ``data/examples/dien-bien-2024/districts``,
which are simulated, and the bundle says so.
"""

from __future__ import annotations

from pathlib import Path

from parindex.documents.bundles.keys import SigningKey
from parindex.documents.bundles.writer import BundleContents, write_bundle
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.documents.results.snapshots import snapshot_text
from parindex.domain.publication.bundle import BundleKind, BundleOwner, PublicationFacts, SimulatedUnit
from parindex.domain.publication.freezing import GroupTitle, frozen_group
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, Snapshot
from parindex.domain.scoring.score_sheet import Origin

#: The district whose sheet it is: one that the demonstration has accounts of.
DISTRICT = "huyen-dien-bien"
_TITLE = "Phiếu tự chấm năm 2024 (mô phỏng)"
_GROUP = GroupTitle("districts", "UBND cấp huyện")
_SET = "dien-bien-2024-districts"
_FOLDER = Path(__file__).resolve().parents[2] / "data" / "examples" / "dien-bien-2024" / "districts"


def write_demonstration_bundle(path: Path, key: SigningKey, signed_at: str) -> None:
    """Write the bundle to ``path``, signed at a moment (ISO, in the time of Vietnam) on which ``key`` is valid."""
    group = _of_one(DISTRICT)
    (unit,) = group.units
    facts = PublicationFacts(
        title=_TITLE, year=2024, owner=BundleOwner(unit.code, unit.name), level="district", number=1,
        published_at=signed_at,
    )  # fmt: skip
    snapshot = Snapshot(facts.title, facts.year, unit.code, (group,))
    outcome = outcome_of(group.code, recomputed(group, final=False))
    contents = BundleContents(
        facts,
        snapshot_text(snapshot, [dump_criteria_set(group.criteria_set)], [outcome]),
        kind=BundleKind.SHEET,
        simulated=[SimulatedUnit(group.code, unit.code)],
    )
    write_bundle(path, contents, key)


def _of_one(code: str) -> FrozenGroup:
    """The figures and claims of one of the districts: nothing else stands on its sheet."""
    found = shipped_set_path(_SET)
    if found is None:
        raise LookupError(_SET)
    made = load_criteria_set(found)
    tables = {name: _FOLDER / f"{name}.csv" for name in ("units", "figures", "entries")}
    read = read_cycle(made, CycleFiles(**tables))
    every = frozen_group(_GROUP, made, fingerprint(made), read.figures, read.sheets)
    at = next(at for at, unit in enumerate(every.units) if unit.code == code)
    return FrozenGroup(
        code=every.code,
        title=every.title,
        criteria_set=made,
        set_fingerprint=every.set_fingerprint,
        units=(every.units[at],),
        figures={key: (column[at],) for key, column in every.figures.items() if column[at]},
        items={item: _claim(one, at) for item, one in every.items.items()},
    )


def _claim(item: FrozenItem, at: int) -> FrozenItem:
    column = item.typed.get(Origin.SELF, ())
    points = column[at] if column else ""
    return FrozenItem((item.states[at],), {Origin.SELF: (points,)} if points else {})
