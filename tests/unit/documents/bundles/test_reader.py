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
from parindex.documents.bundles import workbook_checks
from parindex.documents.bundles.keys import PublicKey
from parindex.documents.bundles.manifest_file import manifest_fingerprint
from parindex.documents.bundles.reader import read_bundle
from parindex.documents.bundles.verification import verified
from parindex.documents.bundles.writer import BundleContents, OriginFiles, write_bundle
from parindex.documents.results.snapshots import parse_snapshot
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.publication.bundle import (
    BundleKind,
    BundleOwner,
    BundlePart,
    EvidenceDocument,
    ItemEvidence,
    SimulatedUnit,
)
from parindex.domain.publication.bundle import (
    Origin as FedBy,
)
from parindex.wording.problems import message


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


@pytest.mark.parametrize(
    ("said", "kind"),
    [({"version": "0.0.1"}, "workbook_of_other_version"), ({"workbook": "XlsxWriter 0.1"}, "workbook_of_other_writer")],
)
def test_a_workbook_of_another_release_is_said_to_be_unchecked_and_why(
    taken: Taken, tmp_path: Path, said: dict[str, str], kind: str
) -> None:
    """Also where its bytes are others: they may come of the other release."""
    path, other = tmp_path / "x.zip", tmp_path / "other.zip"
    write_bundle(other, BundleContents(FACTS, text_of([example_group("2020")])), taken.key)
    files = {**taken.files, "results.xlsx": Taken(other.read_bytes(), taken.key, taken.other).files["results.xlsx"]}
    path.write_bytes(signed_again(files, taken.key, lambda data: data["software"].update(said)))
    found = verified(path)
    assert found.holds
    assert dict(found.parts.not_compared)[BundlePart.WORKBOOK].kind == kind
    assert BundlePart.WORKBOOK not in found.parts.compared
    lines = list(bundle_words(found, ""))
    assert "bảng tính results.xlsx" in lines[-1]
    assert "bảng tính results.xlsx" not in lines[-2]
    assert (lines[-2].startswith("Đã so và khớp: "), lines[-1].startswith("Chưa so, vì ")) == (True, True)


def test_a_workbook_that_is_too_large_is_said_to_be_unchecked(
    taken: Taken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_checks, "MOST_CELLS", 14)
    path = tmp_path / "x.zip"
    path.write_bytes(taken.bundle)
    (note,) = [one for one in verified(path).notes if one.kind == "workbook_too_large"]
    assert note.facts == {"count": 15, "limit": 14}


def test_a_fingerprint_alone_does_not_prove_the_days_of_a_key(taken: Taken, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(taken.bundle)
    signer = taken.key.signer
    assert [one.kind for one in verified(path, PublicKey(signer.fingerprint)).notes] == ["key_days_unproved"]
    assert verified(path, PublicKey(signer.fingerprint, signer)).notes == ()
    of_paper = PublicKey(signer.fingerprint, None, (signer.valid_from, signer.valid_until))
    assert verified(path, of_paper).notes == ()


@pytest.mark.parametrize(
    ("stated", "known", "kinds"),
    [
        (("2025-01-01", "2099-01-01"), ("2024-01-01", "2025-06-11"), {"key_days_differ", "key_expired"}),
        (("2020-01-01", "2027-12-31"), ("2025-06-13", "2027-12-31"), {"key_days_differ", "key_not_yet_valid"}),
        (("2025-01-01", "2099-01-01"), ("2025-01-01", "2027-12-31"), {"key_days_differ"}),
        (("2025-01-01", "2025-06-11"), None, {"key_expired"}),
        (("2025-06-13", "2027-12-31"), None, {"key_not_yet_valid"}),
    ],
)
def test_a_key_out_of_its_days_is_refused_however_it_was_given(
    taken: Taken, tmp_path: Path, stated: tuple[str, str], known: tuple[str, str] | None, kinds: set[str]
) -> None:
    """``stated``: by the bundle, which the holder of the key writes; ``known``: by the file, or on paper."""
    path, signer = tmp_path / "x.zip", taken.key.signer
    days = dict(zip(("valid_from", "valid_until"), stated, strict=True))
    path.write_bytes(signed_again(taken.files, taken.key, lambda data: data["signer"].update(days)))
    keys = [PublicKey(signer.fingerprint, None, known)]
    if known is not None:
        keys.append(PublicKey(signer.fingerprint, replace(signer, valid_from=known[0], valid_until=known[1])))
    for key in keys:
        found = verified(path, key)
        assert {one.kind for one in found.findings} == kinds
        assert not found.holds


def test_simulated_figures_are_said_to_be_so(taken: Taken, tmp_path: Path) -> None:
    """Those of the bundle itself, and those of one that fed it; the same contents give the same bytes."""
    path, again = tmp_path / "x.zip", tmp_path / "y.zip"
    units = [SimulatedUnit("departments", "b"), SimulatedUnit("departments", "a")]
    contents = small_contents(simulated=units)
    manifest = write_bundle(path, contents, taken.key)
    write_bundle(again, small_contents(simulated=units[::-1]), taken.key)
    assert path.read_bytes() == again.read_bytes()
    found = verified(path)
    assert (found.holds, manifest.simulated) == (True, tuple(sorted(units)))
    (note,) = [one for one in found.notes if one.kind == "simulated_units"]
    assert note.facts == {"count": 2, "all": 3, "names": ["Sở A", "Sở B"]}
    assert any("SỐ LIỆU MÔ PHỎNG, không phải kết quả thật: 2 trên 3" in one for one in bundle_words(found, ""))
    of = manifest.publication
    fed = FedBy(
        manifest_fingerprint(manifest), taken.key.signer.fingerprint, manifest.kind, of.owner, of.title, of.year,
        of.number, of.published_at,
    )  # fmt: skip
    files = Taken(path.read_bytes(), taken.key, taken.other).files
    proof = {fed.fingerprint: OriginFiles(files["manifest.json"], files["signature.json"])}
    upper = small_contents(origins=(fed,), origin_files=proof)
    write_bundle(tmp_path / "z.zip", upper, taken.other)
    assert "simulated_origin" in {one.kind for one in verified(tmp_path / "z.zip").notes}


def test_points_without_an_estimate_or_a_way_are_said_to_be_unfollowed(taken: Taken, tmp_path: Path) -> None:
    path, contents = tmp_path / "x.zip", small_contents()
    bare = [replace(one, estimate="") for one in contents.estimates]
    write_bundle(path, replace(contents, estimates=[*bare[:1], list(contents.estimates)[1]]), taken.key)
    (note,) = [one for one in verified(path).notes if one.kind == "estimates_not_followed"]
    assert note.facts == {"followed": 1, "count": 1, "all": 2}
    assert "Tính lại 1 trên 2 điểm khảo sát từ ước lượng; 1 điểm không kèm ước lượng" in message(note)
