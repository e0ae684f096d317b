"""Snapshots and bundles without a database: the shipped examples, and small cycles that are drawn."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import parindex
from parindex.documents.bundles.keys import SigningKey, new_key
from parindex.documents.bundles.manifest_file import manifest_fingerprint
from parindex.documents.bundles.writer import BundleContents, OriginFiles, write_bundle
from parindex.documents.criteria_sets.criteria_set_file import (
    dump_criteria_set,
    fingerprint,
    load_criteria_set,
    parse_criteria_set,
)
from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.documents.results.snapshots import StoredSnapshot, parse_snapshot, snapshot_text
from parindex.domain.publication.bundle import (
    BundleEstimate,
    BundleOpinion,
    BundleOwner,
    LogHead,
    PublicationFacts,
)
from parindex.domain.publication.bundle import (
    Origin as FedBy,
)
from parindex.domain.publication.freezing import GroupTitle, frozen_group
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot, Texts
from parindex.domain.scoring.score_sheet import EntryState, Origin

DATA = Path(parindex.__file__).parent / "data"
EXAMPLES, SETS = DATA / "examples", DATA / "criteria_sets"
#: Name of an example: the set, the folder of its tables, its group.
SHIPPED = {
    "2020": ("dien-bien-2020-province", "dien-bien-2020", "provinces"),
    "2024-departments": ("dien-bien-2024-departments", "dien-bien-2024/departments", "departments"),
    "2024-districts": ("dien-bien-2024-districts", "dien-bien-2024/districts", "districts"),
}
FACTS = PublicationFacts(
    title="Chỉ số cải cách hành chính",
    year=2024,
    owner=BundleOwner("tinh", "UBND tỉnh"),
    level="province",
    number=1,
    published_at="2025-06-12T08:30:00+07:00",
    decision_number="12/QĐ-UBND",
    decision_date="2025-06-11",
    public_from="2025-06-12T08:30:00+07:00",
)


def signing_key(name: str = "UBND tỉnh") -> SigningKey:
    """A new key, valid when the bundles of the tests are published."""
    return new_key(name, "2025-01-01", "2027-12-31")


def example_group(name: str) -> FrozenGroup:
    """An example as a group: ``2020``, ``2024-departments``, ``2024-districts``."""
    of_set, folder, code = SHIPPED[name]
    made = load_criteria_set(SETS / f"{of_set}.yaml")
    tables = {table: EXAMPLES / folder / f"{table}.csv" for table in ("figures", "entries", "points", "units")}
    files = CycleFiles(**{table: path if path.exists() else None for table, path in tables.items()})
    cycle = read_cycle(made, files)
    return frozen_group(GroupTitle(code, code), made, fingerprint(made), cycle.figures, cycle.sheets)


def text_of(groups: Sequence[FrozenGroup], year: int = 2024, owner: str = FACTS.owner.code) -> str:
    """The snapshot of ``groups`` with what comes out of it."""
    outcomes = [outcome_of(one.code, recomputed(one, final=False)) for one in groups]
    snapshot = Snapshot(FACTS.title, year, owner, tuple(groups))
    return snapshot_text(snapshot, [dump_criteria_set(one.criteria_set) for one in groups], outcomes)


def stored(groups: Sequence[FrozenGroup], year: int = 2024) -> StoredSnapshot:
    """The same as it is read from a bundle."""
    return parse_snapshot(text_of(groups, year))


def contents(groups: Sequence[FrozenGroup], year: int = 2024) -> BundleContents:
    """A publication of ``groups`` alone."""
    return BundleContents(replace(FACTS, year=year), text_of(groups, year))


# --- a small publication with everything in it ---------------------------------------------------------------------

SMALL_SET = Path(__file__).parent / "small_set.yaml"
_SURVEYED = '{code: "3.1", title: Điều tra lãnh đạo, max_points: 3, source: opinion_survey}'
_NO, _LEFT = EntryState.NO_ENTRY, EntryState.NOT_ASSESSED


def small_group() -> FrozenGroup:
    """Three units by the small set: figures, a choice, points of the council and of a survey whose way from estimates
    to points is declared, an item left out.
    """
    words = SMALL_SET.read_text(encoding="utf-8")
    made = parse_criteria_set(words.replace(_SURVEYED, f"{_SURVEYED[:-1]}, survey: {{of: [all], minimum: 30}}}}"))
    units = (FrozenUnit("a", "Sở A"), FrozenUnit("b", "Sở B"), FrozenUnit("c", "Ban C", ranked=False))
    figures: dict[tuple[str, int], Texts] = {
        ("on_time", 2025): ("28", "9", "20"),
        ("online", 2025): ("3", "4", "20"),
        ("plan", 2025): ("timely", "late", ""),
        ("received", 2025): ("30", "10", "20"),
    }
    items = {one.code: FrozenItem((_NO, _NO, _NO)) for one in made.items()}
    items["1.1"] = FrozenItem((_NO, _NO, _NO), {Origin.SELF: ("1", "1", "0.5"), Origin.APPRAISED: ("1", "0.5", "")})
    items["1.2"] = FrozenItem((_NO, _NO, _LEFT), {Origin.APPRAISED: ("1.5", "2", "")}, (), ("", "", "Không phát sinh"))
    survey = {Origin.SURVEY: ("2.4", "2.4135", "")}
    items["3.1"] = FrozenItem((_NO, _NO, EntryState.UNANSWERED), survey, ("0.05", "0.061", ""))
    return FrozenGroup("departments", "Sở, ban", made, fingerprint(made), units, figures, items)


def small_opinions() -> tuple[BundleOpinion, ...]:
    """What the council said: a claim accepted after a question, one lowered, one by the chair."""
    words = (
        ("a", "1.1", 1, "member", "ask", "", "Gửi thêm kế hoạch", False),
        ("a", "1.1", 2, "member", "accept", "1", "", True),
        ("b", "1.1", 1, "member", "adjust", "0.5", "Ban hành chậm", True),
        ("a", "1.2", 1, "chair", "adjust", "1.5", "Một sáng kiến trùng", True),
    )
    return tuple(
        BundleOpinion("departments", unit, item, 1, number, capacity, verdict, points, reason, stands)
        for unit, item, number, capacity, verdict, points, reason, stands in words
    )


def small_contents(**more: Any) -> BundleContents:
    """A publication of the small group with opinions, estimates and heads of the log."""
    estimates = (
        BundleEstimate("departments", "a", "3.1", "2.4", "0.8", "0.05", 120, "Khảo sát 2025"),
        BundleEstimate("departments", "b", "3.1", "2.4135", "0.8045", "0.061", 98, "Khảo sát 2025"),
    )
    logs = (LogHead("cycle-1", 96, "ab" * 32), LogHead("installation", 12, "cd" * 32))
    facts = replace(FACTS, year=2025)
    return BundleContents(facts, text_of([small_group()], 2025), small_opinions(), estimates, logs, **more)


def fed_contents(folder: Path, key: SigningKey) -> BundleContents:
    """The same, fed by the bundle of a district that another key has signed (written to ``folder``)."""
    path = folder / "huyen.parindex.zip"
    facts = replace(FACTS, year=2025, owner=BundleOwner("huyen", "UBND huyện"), level="district")
    text = text_of([small_group()], 2025, owner="huyen")
    manifest = write_bundle(path, BundleContents(facts, text), key)
    with zipfile.ZipFile(path) as archive:
        files = OriginFiles(archive.read("manifest.json"), archive.read("signature.json"))
    found = manifest_fingerprint(manifest)
    of = FedBy(
        found, key.signer.fingerprint, manifest.kind, facts.owner, facts.title, facts.year, facts.number,
        facts.published_at,
    )  # fmt: skip
    return small_contents(origins=(of,), origin_files={found: files})
