"""Bundles of a district over its two communes, without a database: what a level above receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from parindex.documents.bundles.keys import SigningKey, new_key
from parindex.documents.bundles.writer import BundleContents, write_bundle
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
from parindex.documents.results.snapshots import snapshot_text
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, RuleData
from parindex.domain.criteria.form_declarations import Feed
from parindex.domain.publication.bundle import BundleKind, BundleOwner, PublicationFacts
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import UnitGroup

SET = load_criteria_set(Path(__file__).parent / "small_set.yaml")
#: What the two communes reported: dossiers received, and those on time.
FIGURES: Mapping[str, tuple[str, ...]] = {"received": ("700", "500"), "on_time": ("600", "300")}
COMMUNES = (FrozenUnit("xa-a", "Xã A"), FrozenUnit("xa-b", "Xã B"))


def asking_set() -> CriteriaSet:
    """The small set as the province has it: sums over child units, and how many communes were rated."""
    measures = {name: replace(one, sum_of_children=name in FIGURES) for name, one in SET.measures.items()}
    measures["rated"] = Measure("rated", "Số xã xếp loại Khá trở lên", unit="xã", integer=True)
    first, *others = SET.areas
    plan, idea = first.children
    idea = replace(idea, rule=RuleData({"kind": "count", "of": "rated", "each": "0.5"}))
    return replace(SET, measures=measures, areas=(replace(first, children=(plan, idea)), *others))


def district_key(name: str = "UBND huyện") -> SigningKey:
    """A new key of the district, valid on the days of its publications."""
    return new_key(name, "2025-01-01", "2027-12-31")


def bundle_facts(**changes: object) -> PublicationFacts:
    """The first publication of the district, with some of it changed."""
    facts = PublicationFacts(
        title="Cấp xã năm 2025", year=2025, owner=BundleOwner("huyen", "UBND huyện"), level="district", number=1,
        published_at="2026-02-10T08:30:00+07:00", decision_number="12/QĐ-UBND", decision_date="2026-02-09",
        public_from="2026-02-10T08:30:00+07:00",
    )  # fmt: skip
    return replace(facts, **changes)  # type: ignore[arg-type]


def frozen_communes(
    figures: Mapping[str, tuple[str, ...]] = FIGURES, units: tuple[FrozenUnit, ...] = COMMUNES
) -> FrozenGroup:
    """The communes with their figures and points of the council for every item."""
    groups = (UnitGroup("communes", "Cấp xã"),)
    made = replace(SET, unit_groups=groups, feeds=(Feed("rated", "communes", "Khá"),))
    size = len(units)
    items = {
        node.code: FrozenItem((EntryState.NO_ENTRY,) * size, {Origin.APPRAISED: ("1",) * size}) for node in made.items()
    }
    columns = {(name, 2025): column for name, column in sorted(figures.items())}
    return FrozenGroup("communes", "Cấp xã", made, fingerprint(made), units, columns, items)


def contents_of_group(group: FrozenGroup, facts: PublicationFacts, **more: object) -> BundleContents:
    """What a bundle of one group holds."""
    final = more.get("kind", BundleKind.RESULT) is BundleKind.RESULT
    outcome = outcome_of(group.code, recomputed(group, final=final))
    snapshot = Snapshot(facts.title, facts.year, facts.owner.code, (group,))
    text = snapshot_text(snapshot, [dump_criteria_set(group.criteria_set)], [outcome])
    return BundleContents(facts, text, **more)  # type: ignore[arg-type]


def district_bundle(folder: Path, key: SigningKey | None, group: FrozenGroup | None = None, **changes: object) -> Path:
    """A bundle of the district; ``changes`` of what it says of itself."""
    path = folder / f"huyen-{len(list(folder.iterdir()))}.parindex.zip"
    write_bundle(path, contents_of_group(group or frozen_communes(), bundle_facts(**changes)), key)
    return path
