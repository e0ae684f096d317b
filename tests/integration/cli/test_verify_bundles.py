"""``parindex verify`` of a bundle and ``parindex key``: words, JSON, exit codes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from tests.factories.bundle_tampering import TAMPERINGS, Taken
from tests.factories.bundles import fed_contents, signing_key, small_contents
from tests.integration.cli.running import ENGLISH, run

from parindex.documents.bundles.keys import load_key, save_key
from parindex.documents.bundles.writer import write_bundle
from parindex.documents.results.snapshots import snapshot_fingerprint
from parindex.wording.public_results import grouped


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key, another one, a bundle, and the same without a signature."""
    made = tmp_path_factory.mktemp("verify")
    key, other = signing_key(), signing_key("UBND huyện")
    save_key(key, made / "tinh.pem")
    save_key(other, made / "huyen.pem")
    write_bundle(made / "x.zip", fed_contents(made, other), key)
    write_bundle(made / "unsigned.zip", small_contents(), None)
    return made


def done(folder: Path, what: str) -> str:
    """The bundle after a tampering of the table."""
    tampering = next(one for one in TAMPERINGS if one.what == what)
    taken = Taken((folder / "x.zip").read_bytes(), load_key(folder / "tinh.pem"), load_key(folder / "huyen.pem"))
    path = folder / "tampered.zip"
    path.write_bytes(tampering.done(taken))
    return str(path)


def test_a_sound_bundle_in_words(folder: Path) -> None:
    found = run("verify", str(folder / "x.zip"), "--key", str(folder / "tinh.public.json"))
    assert found.code == 0, found.out
    assert "Chỉ số cải cách hành chính, năm 2025 (công bố lần 1)\nUBND tỉnh, 12/QĐ-UBND ngày 11/06/2025\n" in found.out
    assert "Lấy số liệu từ gói của UBND huyện, năm 2025" in found.out
    assert (
        "tính lại 15 ô điểm của 3 đơn vị: mọi điểm, chỉ số, xếp loại, thứ hạng trong snapshot.json đều khớp."
        in found.out
    )
    assert "Tính lại cả 2 điểm khảo sát từ ước lượng: đều khớp." in found.out
    assert "Đã so và khớp: từng tệp so với bản kê; " in found.out
    assert "Chưa so" not in found.out
    assert "✗" not in found.out
    assert "!" not in found.out


def test_the_fingerprint_that_was_published_is_held_against_it(folder: Path) -> None:
    data = run("verify", str(folder / "x.zip"), "--format", "json").data
    code = data["fingerprint"]
    assert "✓ đúng mã đã công bố" in run("verify", str(folder / "x.zip"), "--fingerprint", code.upper()).out
    snapshot = snapshot_fingerprint(small_contents().snapshot)
    assert run("verify", str(folder / "x.zip"), "--fingerprint", snapshot).code == 0
    assert run("verify", str(folder / "x.zip"), "--fingerprint", "0" * 64).code == 1
    assert (data["signed"], data["findings"], data["differences"]) == (True, [], [])
    assert [one["kind"] for one in data["notes"]] == ["key_not_known"]
    assert data["checked"] == {
        "files": 11, "units": 3, "items": 5, "cells": 15, "surveyed": 2, "surveyed_followed": 2,
    }  # fmt: skip
    assert data["manifest"]["publication"]["owner"] == {"code": "tinh", "name": "UBND tỉnh"}


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        (lambda folder: folder / "huyen.public.json", 1, "không phải khóa đã nêu"),
        (lambda folder: load_key(folder / "tinh.pem").signer.fingerprint, 0, "đều khớp"),
        (lambda folder: load_key(folder / "tinh.pem").signer.public_key, 0, "đều khớp"),
    ],
    ids=["other", "fingerprint", "bytes"],
)
def test_whom_the_reader_trusts(folder: Path, key: Callable[[Path], object], code: int, words: str) -> None:
    found = run("verify", str(folder / "x.zip"), "--key", str(key(folder)))
    assert (found.code, words in found.out) == (code, True)


def test_the_days_of_a_key_are_typed_from_paper(folder: Path) -> None:
    code = load_key(folder / "tinh.pem").signer.fingerprint
    command = ("verify", str(folder / "x.zip"), "--key", code)
    alone = run(*command)
    assert (alone.code, "Chưa so, vì lý do ở các dòng có dấu ! trên đây: ngày công bố" in alone.out) == (0, True)
    right = run(*command, "--key-days", "1/1/2025", "31/12/2027")
    assert (right.code, "Chưa so" in right.out, "!" in right.out) == (0, False, False)
    wrong = run(*command, "--key-days", "2024-01-01", "2025-06-11")
    assert (wrong.code, "Khóa hết hạn ngày 11/06/2025, gói công bố ngày 12/06/2025." in wrong.out) == (1, True)
    assert run(*command, "--key-days", "31/12/2027", "hôm nay").code == 2
    assert run("verify", str(folder / "x.zip"), "--key-days", "2025-01-01", "2027-12-31").code == 2
    of_file = ("--key", str(folder / "tinh.public.json"), "--key-days", "2025-01-01", "2027-12-31")
    assert run("verify", str(folder / "x.zip"), *of_file).code == 2


def test_a_bundle_that_nobody_signed_proves_nothing_about_who_made_it(folder: Path) -> None:
    found = run("verify", str(folder / "unsigned.zip"))
    assert (found.code, "Gói chưa ai ký" in found.out, "đều khớp" in found.out) == (0, True, True)
    assert run("verify", str(folder / "unsigned.zip"), "--key", str(folder / "tinh.public.json")).code == 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("sửa chỉ số", "  ✗ Sở A\n    chỉ số: tệp ghi 99, tính lại "),
        ("đổi số liệu, không ký lại", "Nội dung snapshot.json đã đổi: không cho ra mã băm ghi trong bản kê."),
        ("công thức ở chỗ số liệu", "“=1+1” ở on_time 2025 của Sở A không phải số"),
        ("đổi điểm của ý kiến", "các ý kiến cho 0.25 điểm"),
        ("đường dẫn ra ngoài", "Tên tệp “../../etc/cron.d/x” dẫn ra ngoài gói"),
        ("đổi dạng chuẩn của bộ tiêu chí", "“nodes/2.2/rule/target”: ghi “0.4”, đúng ra là “0.5”"),
        ("nâng xếp loại", "xếp loại: tệp ghi Xuất sắc, tính lại "),
    ],
)
def test_what_is_wrong_is_said_with_its_place(folder: Path, what: str, words: str) -> None:
    found = run("verify", done(folder, what))
    assert found.code == 1
    assert words in found.out
    assert "Không dùng gói này" in found.out


def test_all_findings_for_machines(folder: Path) -> None:
    found = run("verify", done(folder, "thiếu bản kê"), "--format", "json")
    assert found.code == 1
    assert {"file_missing"} <= {one["kind"] for one in found.data["findings"]}
    assert all(one["message"] and one["remedy"] for one in found.data["findings"])


def test_what_is_no_bundle_is_unusable(folder: Path) -> None:
    path = folder / "x.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert run("verify", str(path)).code == 2
    assert run("verify", str(folder / "gone.zip")).code == 2


def test_a_key_is_made_once_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "tinh.pem"
    made = run("key", "new", str(path), "--name", "UBND tỉnh", "--from", "2024-02-29")
    assert (made.code, stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0, 0o600, 0o700)
    assert "Hiệu lực: 29/02/2024 đến 27/02/2029" in made.out
    shown = run("key", "show", str(path), "--format", "json").data
    assert shown == run("key", "show", str(tmp_path / "keys" / "tinh.public.json"), "--format", "json").data
    assert grouped(shown["fingerprint"]) in made.out
    again = run("key", "new", str(path), "--name", "UBND tỉnh")
    assert (again.code, "không bao giờ bị ghi đè" in again.err) == (2, True)
    assert run("key", "new", str(tmp_path / "y.pem")).code == 2


def test_a_password_is_never_left_out_in_silence(tmp_path: Path) -> None:
    path = str(tmp_path / "x.pem")
    refused = run("key", "new", path, "--name", "A", "--password", environment=ENGLISH)
    assert (refused.code, Path(path).exists()) == (2, False)
    with mock.patch.dict(os.environ, {"PARINDEX_KEY_PASSWORD": "bí mật"}):
        short = run("key", "new", path, "--name", "A", "--password")
    assert (short.code, "từ 12 ký tự" in short.err, Path(path).exists()) == (2, True, False)
    with mock.patch.dict(os.environ, {"PARINDEX_KEY_PASSWORD": "bí mật của kho khóa"}):
        assert run("key", "new", path, "--name", "A", "--password").code == 0
        assert "Tên: A" in run("key", "show", path).out
    assert load_key(Path(path), "bí mật của kho khóa").signer.name == "A"
    unseen = run("key", "show", path)
    assert (unseen.code, "Khóa riêng x.pem có mật khẩu" in unseen.err) == (2, True)


def test_a_key_of_somebody_else_beside_a_private_one_is_not_shown(tmp_path: Path) -> None:
    for name in ("a", "b"):
        made = run("key", "new", str(tmp_path / f"{name}.pem"), "--name", name, "--from", "1/2/2025")
        assert "Hiệu lực: 01/02/2025 đến 31/01/2030" in made.out
    (tmp_path / "b.public.json").replace(tmp_path / "a.public.json")
    shown = run("key", "show", str(tmp_path / "a.pem"))
    assert (shown.code, shown.out) == (2, "")
    assert "không cùng một cặp" in shown.err


def test_a_new_folder_is_told_and_days_and_folders_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("key", "new", str(tmp_path / "new" / "k.pem"), "--name", "A")
    assert (made.code, f"Chưa có thư mục {tmp_path / 'new'}: đã tạo." in made.err) == (0, True)
    assert "“hôm nay” không phải ngày" in run("key", "new", str(tmp_path / "k.pem"), "--from", "hôm nay").err
    monkeypatch.chdir(tmp_path)
    assert ". là thư mục" in run("verify", ".").err
