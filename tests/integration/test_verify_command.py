"""``parindex verify`` of a snapshot alone: says the same or names every difference, in words and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.small_snapshot import group, text_of

from parindex.cli import main
from parindex.documents.results.snapshots import snapshot_fingerprint, without_reasons


def written(folder: Path, text: str) -> Path:
    path = folder / "ket-qua.json"
    path.write_bytes(text.encode())
    return path


def test_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = text_of(group())
    code = snapshot_fingerprint(text)
    assert main(["verify", str(written(tmp_path, text)), "--fingerprint", f"{code[:32]} {code[32:].upper()}"]) == 0
    said = capsys.readouterr().out
    assert said == (
        f"Kỳ, năm 2025\nMã của tệp này: {code}\n  ✓ đúng mã đã công bố\n"
        "  Không có chữ ký: đây chỉ là dữ liệu đóng băng. Gói kết quả (*.parindex.zip) mới có chữ ký.\n"
        f"Sở: 2 đơn vị, 5 mục, bộ tiêu chí {group().set_fingerprint[:16]}…\n"
        "Tính lại từ dữ liệu đóng băng: mọi điểm, chỉ số, xếp loại, thứ hạng đều khớp.\n"
    )


def test_a_file_without_some_reasons_gives_the_same_result_and_proves_no_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, why = group(), "Bà A nghỉ sinh con"
    code = next(iter(one.items))
    one = replace(one, items={**one.items, code: replace(one.items[code], reasons=(why, "Không phát sinh"))})
    text = text_of(one)
    short = without_reasons(text, {(one.code, one.units[0].code, code, why)})
    assert (without_reasons(text, ()), why in text, why in short, "Không phát sinh" in short) == (
        text, True, False, True
    )  # fmt: skip
    path = written(tmp_path, short)
    assert main(["verify", str(path), "--fingerprint", snapshot_fingerprint(text)]) == 1
    said = capsys.readouterr().out
    for words in ("lược 1 lý do không công khai", "khác mã đã công bố", "đều khớp", "bản đầy đủ có mã đó"):
        assert words in said
    assert main(["verify", str(path)]) == 0


def test_every_difference_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody has changed points of an item, and an index that was stored."""
    columns = '"appraised_points":["{}","0.5"],"code":"1.1"'
    text = text_of(group()).replace(columns.format("0.5"), columns.format("1"), 1)
    path = written(tmp_path, text)
    assert main(["verify", str(path), "--fingerprint", "0" * 64]) == 1
    said = capsys.readouterr().out
    assert "  ✗ khác mã đã công bố" in said
    assert "  ✗ Sở A\n    chỉ số: tệp ghi 25, tính lại 30\n    điểm: tệp ghi 2,5, tính lại 3\n" in said
    assert "    mục 1.1: tệp ghi 0,5, tính lại 1\n" in said
    assert "  ✗ Sở B\n    thứ hạng: tệp ghi 1, tính lại 2\n" in said
    assert said.endswith("Tính lại khác ở 2 đơn vị.\n")
    assert main(["verify", str(path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in found["differences"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (b"{}", "Tệp không phải dữ liệu đóng băng"),
        (b"[1]", "Tệp không phải dữ liệu đóng băng"),
        (b"{", "Tệp không phải JSON"),
        (b'{"format":NaN}', "không phải số nguyên"),
        (b"[" * 100_000, "lồng sâu"),
        (b'{"format":' + b"9" * 1_000_000 + b"}", "không phải số nguyên"),
        (b"\xff\xfe", "không phải gói kết quả"),
    ],
    ids=range(8),
)
def test_what_is_no_snapshot_is_said(
    tmp_path: Path, content: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    assert words in capsys.readouterr().err


def test_a_figure_that_is_no_number_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = text_of(group()).replace('"values":["10","20"]', '"values":["=1+1","20"]')
    assert main(["verify", str(written(tmp_path, text))]) == 1
    assert "“=1+1” ở received 2025 của Sở A không phải số" in capsys.readouterr().out


def test_a_key_that_nothing_was_signed_by_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(written(tmp_path, text_of(group()))), "--key", "ab" * 32]) == 1
    assert "chưa ai ký" in capsys.readouterr().out
