"""The page agrees with the engine on every cell, sum, index, grade and rank, and finds what was done to a bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from parindex.documents.bundles import writer
from parindex.documents.bundles.keys import SigningKey, key_fingerprint
from parindex.documents.bundles.manifest_file import manifest_fingerprint
from parindex.documents.bundles.writer import BundleContents, write_bundle
from parindex.domain.index.aggregate import Totals
from parindex.domain.publication.bundle import BundleOwner
from parindex.domain.publication.exact_texts import column_texts
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup
from tests.factories.bundle_tampering import TAMPERINGS, Taken
from tests.factories.bundles import FACTS, SHIPPED, example_group, fed_contents, signing_key, small_group, text_of
from tests.factories.random_cycles import CYCLES, RandomCycle, random_cycle
from tests.factories.taken_bundles import MANIFEST, SIGNATURE, SNAPSHOT, changed_json, packed_again, signed_again
from tests.journeys.verifier_page import PAGE, Report, asked, opened

#: What only a reader of YAML, of the workbook, of the lists beside the result, or of the paper with the key can find.
NOT_FOR_THE_PAGE = {
    "workbook_foreign_part", "workbook_unreadable", "page_changed", "key_other",
    "snapshot_set_changed", "opinion_against_points", "list_unknown_place", "list_field", "opinion_word", "list_order",
    "estimate_against_points", "estimate_off_range", "evidence_of_no_item", "evidence_item_twice",
    "workbook_too_many_parts", "workbook_reaches_outside", "workbook_differs",
    "list_not_a_number", "list_count", "opinion_reason_withheld", "origin_twice",
    "key_name_differs", "manifest_field", "key_days_differ", "estimate_gives_other_points", "estimate_of_too_few",
    "estimate_error_off_range",
    "opinion_missing",
}  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    requests: list[str] = []
    shown = opened(browser, requests)
    yield shown
    shown.close()
    assert requests == [PAGE.as_uri()]


@pytest.fixture
def no_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does not open the workbook; making it takes ten times as long as all the rest."""
    monkeypatch.setattr(writer, "workbook_bytes", lambda _: b"-")


def bundle_of(cycle: RandomCycle, path: Path) -> bytes:
    """A signed bundle of a random cycle."""
    of = cycle.stored.snapshot
    facts = replace(FACTS, title=of.title, year=of.year, owner=BundleOwner(of.owner, of.owner))
    path.unlink(missing_ok=True)
    write_bundle(path, BundleContents(facts, cycle.text), signing_key())
    return path.read_bytes()


def engine(group: FrozenGroup) -> list[dict[str, Any]]:
    """All that the engine computes for the units of a group, in the form in which the page answers."""
    result = recomputed(group)
    outcome = outcome_of(group.code, result)
    found = {f"node {code}": _texts(one) for code, one in result.nodes.items()}
    found |= {f"part {code}": _texts(one) for code, one in result.parts.items()}
    return [
        {
            "items": {code: [one.states[row], one.points[row]] for code, one in outcome.items.items()},
            "sums": {name: [points[row], maxima[row]] for name, (points, maxima) in found.items()},
            "whole": [unit.index, unit.points, unit.max_points, unit.grade, unit.rank],
        }
        for row, unit in enumerate(outcome.units)
    ]


def _texts(totals: Totals) -> tuple[Sequence[str], Sequence[str]]:
    present = np.ones(len(totals.assessed()), dtype=np.bool_)
    return column_texts(totals.points, present), column_texts(totals.max_points, present)


def compared(report: Report, groups: Sequence[FrozenGroup]) -> int:
    """How many values are equal; every one must be. A sum of nothing is no sum for the page, and 0 of 0 here."""
    assert (report.findings, report.differences, report.notes) == ((), (), ())
    assert [one["code"] for one in report.groups] == [one.code for one in groups]
    equal = 0
    for group, answer in zip(groups, report.groups, strict=True):
        for ours, theirs in zip(engine(group), answer["units"], strict=True):
            assert (theirs["items"], theirs["whole"]) == (ours["items"], ours["whole"])
            sums = {name: theirs["sums"].get(name, ["0", "0"]) for name in ours["sums"]}
            assert sums == ours["sums"]
            equal += 2 * len(ours["items"]) + 2 * len(sums) + 5
    return equal


@pytest.mark.parametrize("name", SHIPPED)
def test_every_cell_of_the_shipped_examples(page: Page, name: str, tmp_path: Path) -> None:
    group, path = example_group(name), tmp_path / "x.parindex.zip"
    manifest = write_bundle(path, BundleContents(FACTS, text_of([group])), signing_key())
    report = asked(page, [path.read_bytes()])[0]
    assert compared(report, [group]) > 300
    assert report.fingerprint == manifest_fingerprint(manifest)


@pytest.mark.usefixtures("no_workbook")
def test_every_cell_of_two_hundred_random_cycles(page: Page, tmp_path: Path) -> None:
    equal = 0
    for first in range(0, CYCLES, 50):
        cycles = [random_cycle(seed) for seed in range(first, first + 50)]
        reports = asked(page, [bundle_of(one, tmp_path / "x.zip") for one in cycles])
        for report, one in zip(reports, cycles, strict=True):
            equal += compared(report, one.stored.snapshot.groups)
    assert equal > 20_000


@pytest.mark.usefixtures("no_workbook")
def test_groups_whose_codes_look_like_positions(page: Page, tmp_path: Path) -> None:
    groups = [replace(small_group(), code=code) for code in ("nhom-2", "nhom-1", "Sở, ban")]
    contents = BundleContents(replace(FACTS, year=2025), text_of(groups, 2025))
    write_bundle(tmp_path / "x.zip", contents, signing_key())
    assert compared(asked(page, [(tmp_path / "x.zip").read_bytes()])[0], groups) > 0


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder, key = tmp_path_factory.mktemp("taken"), signing_key()
    write_bundle(folder / "x.zip", fed_contents(folder, key), key)
    return Taken((folder / "x.zip").read_bytes(), key, signing_key("Khóa lạ"))


def test_whatever_is_done_to_a_bundle_is_found(page: Page, taken: Taken) -> None:
    reports = asked(page, [taken.bundle, *(one.done(taken) for one in TAMPERINGS)])
    assert (reports[0].findings, reports[0].differences) == ((), ())
    missed = {
        one.kind
        for one, report in zip(TAMPERINGS, reports[1:], strict=True)
        if not (report.findings or report.differences)
    }
    assert missed <= NOT_FOR_THE_PAGE


#: What is done, and what the page says of it: findings as (part, kind, path), then differences.
SAID: Mapping[str, tuple[set[tuple[str, str, str]], set[tuple[Any, ...]]]] = {
    "đường dẫn ra ngoài": ({("files", "unknown_file", "../../etc/cron.d/x")}, set()),
    "thiếu một tệp": ({("files", "missing_file", "opinions.json"), ("files", "other_list", "")}, set()),
    "đổi một byte nén": ({("files", "other_archive", ""), ("files", "changed", "snapshot.json")}, set()),
    "chữ ký trên bản kê khác": ({("signature", "wrong_signature", "manifest.json")}, set()),
    "sửa chỉ số": (set(), {("a", "", "index", "99")}),
    "đổi hai thứ hạng": (set(), {("a", "", "rank", 1), ("b", "", "rank", 2)}),
    "sửa điểm một mục": (set(), {("a", "1.1", "item", "0.75")}),
}


def test_what_is_found_is_named(page: Page, taken: Taken) -> None:
    done = [one.done(taken) for one in TAMPERINGS if one.what in SAID]
    said = [SAID[one.what] for one in TAMPERINGS if one.what in SAID]
    for report, (findings, differences) in zip(asked(page, done), said, strict=True):
        assert findings <= set(report.findings)
        assert differences <= {one[:4] for one in report.differences}


class _Nobody:
    """Signs with no private key: for the public key 1, a point of order 1, this is a signature over whatever."""

    def sign(self, _: bytes) -> bytes:
        return bytes([1]) + bytes(63)


def _by_nobody() -> SigningKey:
    point = bytes([1]) + bytes(31)
    signer = replace(signing_key().signer, public_key=point.hex(), fingerprint=key_fingerprint(point))
    return SigningKey(cast("Any", _Nobody()), signer)


def _set(path: str, *steps: Any) -> Callable[[Taken], bytes]:
    """What stands at the steps but the last set to the last, by somebody with the key."""

    def change(data: Any) -> None:
        for step in steps[:-2]:
            data = data[step]
        data[steps[-2]] = steps[-1]

    def done(of: Taken) -> bytes:
        if path == MANIFEST:
            return signed_again(of.files, of.key, change)
        return signed_again({**of.files, path: changed_json(of.files[path], change)}, of.key)

    return done


def _without(path: str) -> Callable[[Taken], bytes]:
    return lambda of: signed_again({name: content for name, content in of.files.items() if name != path}, of.key)


def _upper(of: Taken) -> bytes:
    files = of.files
    files[SIGNATURE] = changed_json(files[SIGNATURE], lambda data: data.update(signature=data["signature"].upper()))
    return packed_again(files)


_SET, _UNITS = "criteria_sets/departments.json", ("groups", 0, "units")
#: What only a page that reads every field refuses, and the finding that must name it.
REFUSED: Sequence[tuple[Callable[[Taken], bytes], tuple[str, str, str]]] = (
    (lambda of: signed_again(of.files, _by_nobody()), ("signature", "no_key", MANIFEST)),
    (_upper, ("signature", "other_format", SIGNATURE)),
    (_set(MANIFEST, "note", "x"), ("signature", "other_format", MANIFEST)),
    (_set(MANIFEST, "publication", "decision", {"number": "1"}), ("signature", "other_format", MANIFEST)),
    (
        _set(MANIFEST, "publication", "public_from", "2025-02-30T08:00:00+07:00"),
        ("signature", "other_format", MANIFEST),
    ),
    (_set(MANIFEST, "kind", "sheet"), ("files", "odd_sheet", "")),
    (_without("verify.html"), ("files", "missing_file", "verify.html")),
    (_without("DOC-TRUOC.txt"), ("files", "missing_file", "DOC-TRUOC.txt")),
    (_set(SNAPSHOT, *_UNITS, 0, "ranked", "true"), ("files", "odd_snapshot", SNAPSHOT)),
    (_set(SNAPSHOT, *_UNITS, 0, "code", "b"), ("files", "odd_snapshot", SNAPSHOT)),
    (_set(SNAPSHOT, "groups", 0, "figures", 0, "values", ["1"]), ("files", "odd_snapshot", SNAPSHOT)),
    (_set(SNAPSHOT, "groups", 0, "figures", 0, "values", 0, "1/0"), ("files", "no_number", SNAPSHOT)),
    (_set(SNAPSHOT, "groups", 0, "figures", 0, "values", 0, "1" * 2001), ("files", "no_number", SNAPSHOT)),
    # numbers that no rule of this set reads, and numbers of the yardstick itself
    *(
        (_set(SNAPSHOT, "groups", 0, "figures", 1, "values", 0, text), ("files", "no_number", SNAPSHOT))
        for text in ("=1+1", "abc", "0148", "-0", "1.50", "2/4", "9" * 1_000_000)
    ),
    (_set(SNAPSHOT, "groups", 0, "items", 3, "survey_errors", ["0,05", "", ""]), ("files", "no_number", SNAPSHOT)),
    (_set(SNAPSHOT, "groups", 0, "result", "units", 0, "points", "=1"), ("files", "no_number", SNAPSHOT)),
    (_set(_SET, "grades", 0, "lower", "080"), ("files", "no_number", SNAPSHOT)),
    (_set(_SET, "measures", 0, "minimum", "x"), ("files", "no_number", SNAPSHOT)),
    (_set(MANIFEST, "publication", "level", "commune"), ("files", "other_level", _SET)),
    (_set(_SET, "rounding", "index", {"mode": "half_up", "places": 31}), ("files", "odd_rounding", SNAPSHOT)),
)


def test_what_the_format_does_not_allow_is_refused(page: Page, taken: Taken) -> None:
    reports = asked(page, [done(taken) for done, _ in REFUSED])
    for (_, named), one in zip(REFUSED, reports, strict=True):
        assert named in one.findings


def test_a_bundle_that_nobody_signed_is_computed_and_said(page: Page, tmp_path: Path) -> None:
    group = example_group("2024-districts")
    write_bundle(tmp_path / "x.zip", BundleContents(FACTS, text_of([group])), None)
    report = asked(page, [(tmp_path / "x.zip").read_bytes()])[0]
    assert (report.findings, report.differences, report.notes) == ((), (), ("not_signed",))
