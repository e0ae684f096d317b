"""Keys of bundles: written once, readable by their owner alone, told apart from every other file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from parindex.documents.bundles import keys
from parindex.documents.bundles.keys import (
    PublicKey,
    is_signed,
    load_key,
    load_public_key,
    new_key,
    public_key_bytes,
    public_path,
    save_key,
    signer_data,
    signer_from_data,
)
from parindex.domain.errors import InvalidInput, InvalidValue

DAYS = ("2026-01-01", "2030-12-31")


def kind(error: pytest.ExceptionInfo[InvalidInput]) -> str:
    return error.value.problems[0].kind


@pytest.mark.parametrize("password", ["", "mật khẩu"])
def test_a_key_comes_back_with_what_everybody_may_know(tmp_path: Path, password: str) -> None:
    made, path = new_key(" UBND  tỉnh ", *DAYS), tmp_path / "tinh.pem"
    beside = save_key(made, path, password)
    assert (beside.name, stat.S_IMODE(path.stat().st_mode)) == ("tinh.public.json", 0o600)
    found = load_key(path, password)
    assert (found.signer, found.signer.name) == (made.signer, "UBND tỉnh")
    assert found.sign(b"x") == made.sign(b"x")
    assert is_signed(b"x", found.sign(b"x"), found.signer.public_key)
    assert not is_signed(b"y", found.sign(b"x"), found.signer.public_key)
    assert not is_signed(b"x", "no hex", "nor this")
    assert load_public_key(beside) == PublicKey(made.signer.fingerprint, made.signer)
    spaced = " ".join(made.signer.fingerprint[at : at + 4] for at in range(0, 64, 4)).upper()
    assert load_public_key(spaced) == PublicKey(made.signer.fingerprint)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "x.pem"
    save_key(new_key("A", *DAYS), path)
    before = path.read_bytes()
    with pytest.raises(InvalidInput) as error:
        save_key(new_key("B", *DAYS), path)
    assert (kind(error), path.read_bytes()) == ("key_file_exists", before)


def test_a_public_key_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pem"
    made = public_path(path)
    monkeypatch.setattr(keys, "public_key_bytes", lambda key: made.write_bytes(b"theirs") and public_key_bytes(key))
    with pytest.raises(InvalidInput) as error:
        save_key(new_key("A", *DAYS), path)
    assert (kind(error), made.read_bytes(), path.exists()) == ("key_file_exists", b"theirs", False)


def test_a_large_file_is_not_read_as_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"x" * 20_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    with pytest.raises(InvalidInput) as error:
        load_public_key(path)
    assert kind(error) == "file_too_large"


@pytest.mark.parametrize(
    ("name", "days", "expected"),
    [
        ("  ", DAYS, "key_without_name"),
        ("x" * 301, DAYS, "key_name_too_long"),
        ("A", ("2026-02-30", "2030-01-01"), "key_days"),
        ("A", ("2026-01-02", "2026-01-01"), "key_days"),
        ("A", ("1/1/2026", "2030-01-01"), "key_days"),
    ],
)
def test_a_key_needs_a_name_and_days(name: str, days: tuple[str, str], expected: str) -> None:
    with pytest.raises(InvalidInput) as error:
        new_key(name, *days)
    assert kind(error) == expected


@pytest.mark.parametrize("name", ["", "x" * 301, "A\0"])
def test_a_name_that_no_key_is_given_is_not_read_either(name: str) -> None:
    data = {**signer_data(new_key("A", *DAYS).signer), "name": name}
    with pytest.raises(InvalidValue, match="not_a_key"):
        signer_from_data(data)


def test_a_wrong_password_and_a_wrong_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.pem"
    save_key(new_key("A", *DAYS), path, "đúng")
    for password in ("", "sai"):
        with pytest.raises(InvalidInput) as error:
            load_key(path, password)
        assert kind(error) == "key_password"
    for content in (b"x", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        path.write_bytes(content)
        with pytest.raises(InvalidInput) as error:
            load_key(path)
        assert kind(error) == "not_a_private_key"


def test_two_halves_of_different_keys_are_no_key(tmp_path: Path) -> None:
    one, two = tmp_path / "1.pem", tmp_path / "2.pem"
    save_key(new_key("A", *DAYS), one)
    save_key(new_key("B", *DAYS), two).replace(tmp_path / "1.public.json")
    with pytest.raises(InvalidInput) as error:
        load_key(one)
    assert kind(error) == "key_files_differ"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("name", "Người khác", "key_signature_wrong"),
        ("valid_until", "2099-12-31", "key_signature_wrong"),
        ("fingerprint", "0" * 64, "not_a_public_key"),
        ("public_key", "x", "not_a_public_key"),
        ("valid_from", "hôm nay", "not_a_public_key"),
        ("format", "parindex/key/2", "not_a_public_key"),
        ("more", "x", "not_a_public_key"),
        ("signature", 1, "key_signature_wrong"),
    ],
)
def test_a_public_key_that_was_changed_is_found(tmp_path: Path, field: str, value: object, expected: str) -> None:
    data = json.loads(public_key_bytes(new_key("A", *DAYS))) | {field: value}
    path = tmp_path / "x.public.json"
    path.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")
    with pytest.raises(InvalidInput) as error:
        load_public_key(path)
    assert kind(error) == expected


@pytest.mark.parametrize("first", ["00", "01", "ec"])
def test_a_signature_that_nobody_made_is_none(first: str) -> None:
    """Keys of small order: S = 0 and R of small order verify any message by the bare equation."""
    key = {"00": "00" * 32, "01": "01" + "00" * 31, "ec": "ec" + "ff" * 30 + "7f"}[first]
    forged = "01" + "00" * 63
    assert not any(is_signed(content, forged, key) for content in (b"a", b"b", b"c", b"d"))
    assert not any(is_signed(content, forged, key[:62] + "80") for content in (b"a", b"b", b"c", b"d"))
