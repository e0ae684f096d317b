"""What the page that verifies a bundle shows: opened from the disk, used with a mouse, a keyboard, on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from parindex.documents.bundles.keys import SigningKey, public_key_bytes
from parindex.documents.bundles.manifest_file import manifest_fingerprint
from parindex.documents.bundles.writer import write_bundle
from parindex.documents.canonical_json import canonical_bytes
from parindex.domain.publication.bundle import SimulatedUnit
from tests.factories.bundles import fed_contents, signing_key, small_contents
from tests.factories.taken_bundles import SNAPSHOT, files_of, signed_again
from tests.journeys import axe, looks
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.verifier_page import PAGE, opened

KEY = signing_key()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    requests: list[str] = []
    shown = opened(browser, requests)
    yield shown
    shown.close()
    assert set(requests) == {PAGE.as_uri()}


def sound(folder: Path, key: SigningKey | None = KEY) -> tuple[Path, str]:
    """A bundle and its fingerprint."""
    path = folder / "so.parindex.zip"
    contents = fed_contents(folder, key) if key else small_contents()
    return path, manifest_fingerprint(write_bundle(path, contents, key))


def lying(folder: Path) -> Path:
    """A bundle of somebody who has the key and raises an index and a rank."""
    path, contents = folder / "sai.parindex.zip", small_contents()
    data = json.loads(contents.snapshot)
    units = data["groups"][0]["result"]["units"]
    units[0]["index"], units[0]["rank"], units[1]["rank"] = "99.5", units[1]["rank"], units[0]["rank"]
    write_bundle(path, replace(contents, snapshot=canonical_bytes(data).decode()), KEY)
    return path


def opens(page: Page, path: Path) -> None:
    """Choose a file and wait for the verdict."""
    page.set_input_files("#file", path)
    expect(page.locator("#verdict h2")).to_be_visible()


def test_a_sound_bundle(page: Page, tmp_path: Path) -> None:
    path, fingerprint = sound(tmp_path)
    opens(page, path)
    expect(page.locator("#verdict h2")).to_have_text("Khớp")
    expect(page.locator("#verdict")).to_be_focused()
    expect(page.locator("#checks li.ok b")).to_have_text(["Tệp trong gói", "Chữ ký", "Gói nguồn", "Tính lại"])
    assert "".join(page.locator("#codes ol").nth(0).locator("li").all_inner_texts()) == fingerprint
    assert "".join(page.locator("#codes ol").nth(1).locator("li").all_inner_texts()) == KEY.signer.fingerprint
    page.locator("#groups summary").click()
    expect(page.locator("#groups tbody tr").first).to_contain_text("Sở A")


def test_codes_are_compared_with_paper(page: Page, tmp_path: Path) -> None:
    path, fingerprint = sound(tmp_path)
    opens(page, path)
    paper = page.locator("#checks li", has_text="So với giấy")
    expect(paper).to_have_class("warn")
    fours = " ".join(fingerprint[at : at + 4] for at in range(0, 16, 4)).upper()
    for known in (fingerprint, fours, KEY.signer.public_key, public_key_bytes(KEY).decode()):
        page.fill("#known", known)
        expect(paper).to_have_class("ok")
    for unknown in ("0" * 64, fingerprint[:15], fingerprint[1:], "x"):
        page.fill("#known", unknown)
        expect(paper).to_have_class("bad")
        expect(page.locator("#verdict h2")).to_have_text("Không khớp")


def test_the_days_of_a_pasted_key_are_held_against_the_publication(page: Page, tmp_path: Path) -> None:
    path, _ = sound(tmp_path)
    opens(page, path)
    paper = page.locator("#checks li", has_text="So với giấy")
    page.fill("#known", public_key_bytes(KEY).decode())
    expect(paper).to_have_class("ok")
    ended = SigningKey(KEY.private, replace(KEY.signer, valid_until="2025-06-11"))
    page.fill("#known", public_key_bytes(ended).decode())
    expect(paper).to_have_class("bad")
    expect(paper).to_contain_text("nằm ngoài hạn của khóa đã dán: từ 01/01/2025 đến 11/06/2025")


def test_a_pasted_key_file_must_be_whole_and_say_what_the_bundle_says(page: Page, tmp_path: Path) -> None:
    path, _ = sound(tmp_path)
    opens(page, path)
    paper = page.locator("#checks li", has_text="So với giấy")
    other = {"name": "UBND khác", "valid_until": "2028-01-01"}
    for field, words in (("name", "tệp khóa đã dán ghi của UBND khác"), ("valid_until", "đến 01/01/2028")):
        said = SigningKey(KEY.private, replace(KEY.signer, **{field: other[field]}))
        page.fill("#known", public_key_bytes(said).decode())
        expect(paper).to_contain_text(words)
        expect(paper).to_have_class("bad")
        page.fill("#known", public_key_bytes(KEY).decode())
        expect(paper).to_have_class("ok")
    forged = {**json.loads(public_key_bytes(KEY)), "name": "UBND khác"}
    for broken in (json.dumps(forged), json.dumps({"fingerprint": KEY.signer.fingerprint}), "{"):
        page.fill("#known", broken)
        expect(paper).to_contain_text("chữ ký của chính tệp sai")
        expect(page.locator("#verdict h2")).to_have_text("Không khớp")


def test_simulated_figures_are_marked(page: Page, tmp_path: Path) -> None:
    path, contents = tmp_path / "x.parindex.zip", small_contents(simulated=[SimulatedUnit("departments", "a")])
    write_bundle(path, contents, KEY)
    opens(page, path)
    expect(page.locator("#checks li.warn").first).to_contain_text("Số liệu của 1 trên 3 đơn vị là mô phỏng")


def test_what_differs_stands_in_a_table(page: Page, tmp_path: Path) -> None:
    opens(page, lying(tmp_path))
    expect(page.locator("#verdict h2")).to_have_text("Không khớp")
    rows = [" ".join(one.split()) for one in page.locator("#differing tbody tr").all_inner_texts()]
    assert rows[0].startswith("Sở A – chỉ số (%) 99,5 ")
    assert [one.split("thứ hạng")[0].strip() for one in rows[1:]] == ["Sở A –", "Sở B –"]
    page.locator("#language").click()
    expect(page.locator("#verdict h2")).to_have_text("It does not agree")
    expect(page.locator("#differing thead th").nth(4)).to_have_text("Recomputed")


def test_what_is_no_bundle_is_said(page: Page, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"GIF89a")
    opens(page, tmp_path / "x.zip")
    expect(page.locator("#verdict h2")).to_have_text("Không khớp")
    expect(page.locator("#checks li").first).to_contain_text("không phải ZIP")
    path, _ = sound(tmp_path, None)
    opens(page, path)
    expect(page.locator("#verdict h2")).to_have_text("Khớp, chưa kiểm được hết")
    expect(page.locator("#checks li.warn").first).to_contain_text("chưa được ký")


def test_no_bundle_is_shown_the_verdict_of_the_one_before(page: Page, tmp_path: Path) -> None:
    """A figure that no fraction is, a file that goes away, a page that stumbles: each time there is a verdict of it."""
    path, odd = sound(tmp_path)[0], tmp_path / "1.parindex.zip"
    files = files_of(path.read_bytes())
    data = json.loads(files[SNAPSHOT])
    data["groups"][0]["figures"][0]["values"][0] = data["groups"][0]["result"]["units"][0]["index"] = "1/0"
    odd.write_bytes(signed_again({**files, SNAPSHOT: canonical_bytes(data)}, KEY))
    verdict, why = page.locator("#verdict h2"), page.locator("#checks li.bad").first
    opens(page, path)
    expect(verdict).to_have_text("Khớp")
    opens(page, odd)
    expect(verdict).to_have_text("Không khớp")
    expect(why).to_contain_text("“1/0” không phải số")
    for broken in (
        "Blob.prototype.arrayBuffer = async () => { throw new Error('The file is gone'); }",
        "const add = DOMTokenList.prototype.add; DOMTokenList.prototype.add = function () {"
        " DOMTokenList.prototype.add = add; throw new Error('Once'); }",
    ):
        page.reload()
        opens(page, path)
        page.evaluate(f"() => {{ {broken} }}")
        opens(page, path)
        expect(verdict).to_have_text("Không khớp")
        expect(why).to_contain_text("so.parindex.zip: không đọc được, không đúng định dạng.")
        expect(page.locator("#codes li")).to_have_count(0)


def test_a_browser_that_cannot_check_says_so(page: Page, tmp_path: Path) -> None:
    path, _ = sound(tmp_path)
    verdict, why = page.locator("#verdict h2"), page.locator("#checks li.warn")
    page.evaluate(
        "() => { crypto.subtle.importKey = async () => { throw new DOMException('', 'NotSupportedError'); } }"
    )
    opens(page, path)
    expect(verdict).to_have_text("Khớp, chưa kiểm được hết")
    expect(why.first).to_contain_text("chưa kiểm tra được chữ ký Ed25519")
    page.evaluate("Object.defineProperty(crypto, 'subtle', {value: undefined})")  # as on an address without TLS
    page.set_input_files("#file", path)
    expect(verdict).to_have_text("Chưa kiểm được gì")
    expect(why.nth(1)).to_contain_text("tải trang này về máy")


def test_a_file_can_be_dropped(page: Page, tmp_path: Path) -> None:
    path, _ = sound(tmp_path)
    page.evaluate(
        """(content) => { const data = new DataTransfer(), bytes = Uint8Array.from(content);
        data.items.add(new File([bytes], "so.parindex.zip"));
        document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})); }""",
        list(path.read_bytes()),
    )
    expect(page.locator("#verdict h2")).to_have_text("Khớp")


def test_looks(page: Page, tmp_path: Path) -> None:
    """At the sizes of a desk and of a phone, before and after, with nothing that reaches over the edge."""
    assert looks.faults(page) == []
    for path in (sound(tmp_path)[0], lying(tmp_path)):
        opens(page, path)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for width, height in (DESKTOP, PHONE):
            looks.resize(page, width, height)
            assert axe.findings(page) == []
            assert looks.small_targets(page) == []
        assert looks.sideways(page) == []
        assert looks.tables_without_caption(page) == []
