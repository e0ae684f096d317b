"""Reading bundles to be used: whole ones alone, with everything that was put in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.bundle_tampering import TAMPERINGS, Taken
from tests.factories.bundles import FACTS, example_group, signing_key, small_contents, small_group, text_of
from tests.factories.random_cycles import random_cycle
from tests.factories.taken_bundles import signed_again

from parindex.cli.verified_words import bundle_words
from parindex.documents.bundles.keys import PublicKey
from parindex.documents.bundles.manifest_file import manifest_fingerprint
from parindex.documents.bundles.reader import read_bundle
from parindex.documents.bundles.verification import verified
from parindex.documents.bundles.writer import BundleContents, write_bundle
from parindex.documents.results.snapshots import parse_snapshot
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.publication.bundle import BundleKind, BundleOwner, EvidenceDocument, ItemEvidence


def test_everything_that_was_put_in_comes_out(taken: Taken, tmp_path: Path) -> None:
    path, contents = tmp_path / "x.zip", small_contents()
    manifest = write_bundle(path, contents, taken.key)
    found = read_bundle(path)
    assert (found.manifest, found.fingerprint) == (manifest, manifest_fingerprint(manifest))
    assert (found.stored.snapshot.groups[0], found.manifest.logs) == (small_group(), tuple(contents.logs))
    made = verified(path).bundle
    assert (made.archive.content("snapshot.json"), made.stored) == (contents.snapshot.encode(), found.stored)
    assert set(made.opinions or ()) == set(contents.opinions)
    assert list(made.estimates or ()) == list(contents.estimates)


def test_origins_are_handed_on(taken: Taken, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(taken.bundle)
    found = read_bundle(path)
    of = found.manifest.origins[0]
    assert (of.owner.code, of.key_fingerprint) == ("huyen", taken.other.signer.fingerprint)
    files = found.origin_files[of.fingerprint]
    assert files.manifest.startswith(b'{"files":')
    assert files.signature.startswith(b'{"algorithm":"Ed25519"')


def test_the_sheet_of_one_unit_with_its_evidence(taken: Taken, tmp_path: Path) -> None:
    group = small_group()
    alone = replace(
        group,
        units=group.units[:1],
        figures={key: column[:1] for key, column in group.figures.items()},
        items={
            code: replace(
                one, states=one.states[:1], typed={origin: column[:1] for origin, column in one.typed.items()},
                errors=one.errors[:1], reasons=one.reasons[:1],
            )
            for code, one in group.items.items()
        },
    )  # fmt: skip
    paper = EvidenceDocument("Kế hoạch", "1/KH-UBND", "2025-01-02", "", ("ab" * 32,))
    facts = replace(
        FACTS, year=2025, owner=BundleOwner("a", "Sở A"), decision_number="", decision_date="", public_from=""
    )
    contents = BundleContents(
        facts, text_of([alone], 2025), kind=BundleKind.SHEET, evidence=(ItemEvidence("1.1", (paper,)),)
    )
    write_bundle(tmp_path / "x.zip", contents, taken.key)
    found = verified(tmp_path / "x.zip")
    assert (found.holds, found.bundle.evidence) == (True, (ItemEvidence("1.1", (paper,)),))


@pytest.mark.parametrize("what", ["đổi một byte nén", "chữ ký trên bản kê khác", "bỏ gói nguồn", "đổi năm"])
def test_what_is_not_whole_is_not_given_out(taken: Taken, tmp_path: Path, what: str) -> None:
    tampering = next(one for one in TAMPERINGS if one.what == what)
    path = tmp_path / "x.zip"
    path.write_bytes(tampering.done(taken))
    with pytest.raises(InvalidInput) as error:
        read_bundle(path)
    assert tampering.kind in {one.kind for one in error.value.problems}


def test_a_key_that_is_not_valid_on_the_day_signs_nothing(tmp_path: Path) -> None:
    contents = small_contents()
    late = replace(contents, facts=replace(contents.facts, published_at="2031-01-01T00:00:00+07:00"))
    with pytest.raises(InvalidInput) as error:
        write_bundle(tmp_path / "x.zip", late, signing_key())
    assert [one.kind for one in error.value.problems] == ["key_not_valid_on"]
    assert list(tmp_path.iterdir()) == []


def test_random_cycles_hold(taken: Taken, tmp_path: Path) -> None:
    texts = [random_cycle(seed).text for seed in range(3)]
    for text in texts:
        cycle = parse_snapshot(text).snapshot
        facts = replace(FACTS, title=cycle.title, year=cycle.year, owner=BundleOwner(cycle.owner, "UBND tỉnh"))
        write_bundle(tmp_path / "x.zip", BundleContents(facts, text), taken.key)
        found = verified(tmp_path / "x.zip")
        assert (found.findings, found.differences) == ((), ()), cycle.title
        assert [one.kind for one in found.notes] == ["key_not_known"], cycle.title


def test_what_we_would_not_read_we_do_not_write(tmp_path: Path) -> None:
    contents = small_contents()
    with pytest.raises(InvalidValue, match="manifest_field"):
        write_bundle(
            tmp_path / "x.zip", replace(contents, facts=replace(contents.facts, public_from="hôm nay")), signing_key()
        )


def test_a_workbook_that_tells_another_story_is_found(taken: Taken, tmp_path: Path) -> None:
    """By somebody with the key, whose workbook is one, but of another result."""
    other = tmp_path / "other.zip"
    write_bundle(other, BundleContents(FACTS, text_of([example_group("2020")])), taken.key)
    files = {**taken.files, "results.xlsx": Taken(other.read_bytes(), taken.key, taken.other).files["results.xlsx"]}
    path = tmp_path / "x.zip"
    path.write_bytes(signed_again(files, taken.key))
    found = verified(path)
    assert [one.kind for one in found.findings] == ["workbook_differs"]
    assert found.findings[0].facts["part"] == "xl/worksheets/sheet1.xml"


def test_a_workbook_of_another_version_is_said_to_be_unchecked(taken: Taken, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(signed_again(taken.files, taken.key, lambda data: data["software"].update(version="0.0.1")))
    found = verified(path)
    assert found.holds
    assert "workbook_not_compared" in {one.kind for one in found.notes}
    said = list(bundle_words(found, ""))[-1]
    assert "bảng tính results.xlsx thì chưa được kiểm tra" in said


def test_a_fingerprint_alone_does_not_prove_the_days_of_a_key(taken: Taken, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(taken.bundle)
    signer = taken.key.signer
    assert [one.kind for one in verified(path, PublicKey(signer.fingerprint)).notes] == ["key_days_unproved"]
    assert verified(path, PublicKey(signer.fingerprint, signer)).notes == ()
