"""Archives that want memory, time, or a place outside: refused in bounded time, with a word."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.bundle_tampering import Taken
from tests.factories.bundles import small_contents
from tests.factories.taken_bundles import files_of, joined, made_ready, signed_again

from parindex.documents import canonical_json
from parindex.documents.bundles.archive import DEFLATED, Packed, packed
from parindex.documents.bundles.archive_reading import MOST_FILES, read_archive
from parindex.documents.bundles.verification import verified
from parindex.documents.bundles.writer import write_bundle
from parindex.documents.canonical_json import size_of
from parindex.domain.errors import InvalidInput

MB = 2**20


def zeros(size: int) -> bytes:
    """So many zero bytes, deflated as tightly as can be."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [deflate.compress(bytes(MB)) for _ in range(size // MB)]
    return b"".join([*pieces, deflate.flush()])


def bomb(declared: int, size: int, name: str = "snapshot.json") -> Packed:
    """A file that unpacks to ``size`` and says ``declared``."""
    return Packed(name, DEFLATED, 0, declared, zeros(size))


def written_by_python(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """An archive as other programs write it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return target.getvalue()


def nested() -> bytes:
    """An archive of archives."""
    inner = joined([bomb(20 * MB, 20 * MB)])
    for _ in range(3):
        inner = joined([packed("snapshot.json", inner)])
    return inner


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "declares gigabytes": (lambda: joined([bomb(2**31, MB)]), "bundle_unpacks_too_large"),
    "many that are large together": (
        lambda: joined([bomb(100 * MB, MB, f"criteria_sets/a{at}.json") for at in range(3)]),
        "bundle_unpacks_too_large",
    ),
    "too many files": (
        lambda: joined([packed(f"criteria_sets/a{at}.json", b"{}") for at in range(MOST_FILES + 1)]),
        "bundle_too_many_files",
    ),
    "no archive": (lambda: b"%PDF-1.7 " * 100, "not_a_bundle"),
    "empty": (lambda: b"", "file_empty"),
}


@pytest.mark.parametrize(("made", "kind"), REFUSED.values(), ids=list(REFUSED))
def test_refused_before_anything_is_unpacked(tmp_path: Path, made: Callable[[], bytes], kind: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(made())
    with pytest.raises(InvalidInput) as error:
        read_archive(path)
    assert [one.kind for one in error.value.problems] == [kind]


def _with_link(archive: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("snapshot.json", (1980, 1, 1, 0, 0, 0))
    link.create_system, link.external_attr = 3, 0o120777 << 16
    archive.writestr(link, "/etc/passwd")


def _with_extra(archive: zipfile.ZipFile) -> None:
    one = zipfile.ZipInfo("snapshot.json", (1980, 1, 1, 0, 0, 0))
    one.extra = b"\xfe\xca\x04\x00abcd"
    archive.writestr(one, "{}")


def _with_comment(archive: zipfile.ZipFile) -> None:
    one = zipfile.ZipInfo("snapshot.json", (1980, 1, 1, 0, 0, 0))
    one.comment = b"xin chao"
    archive.writestr(one, "{}")


def _with_lzma(archive: zipfile.ZipFile) -> None:
    archive.writestr(zipfile.ZipInfo("snapshot.json", (1980, 1, 1, 0, 0, 0)), "{}", zipfile.ZIP_LZMA)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_with_link, "entry_link"),
        (_with_extra, "entry_header"),
        (_with_comment, "entry_comment"),
        (_with_lzma, "entry_compression"),
        (lambda archive: archive.mkdir("criteria_sets"), "entry_is_folder"),
        (lambda archive: archive.writestr("snapshot.json", "{}"), "entry_header"),  # a time of its own
    ],
    ids=["link", "extra", "comment", "lzma", "folder", "time"],
)
def test_what_other_programs_write(tmp_path: Path, change: Callable[[zipfile.ZipFile], None], kind: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(written_by_python(change))
    assert kind in {one.kind for one in read_archive(path).problems}


def test_overlapping_files_are_not_read_twice(tmp_path: Path) -> None:
    """A directory that names one file a thousand times: what stands there is read once."""
    ready = [bomb(MB, MB)]
    one = joined(ready)
    directory = one[one.index(b"PK\x01\x02") : one.index(b"PK\x05\x06")]
    path = tmp_path / "x.zip"
    path.write_bytes(one[: one.index(b"PK\x01\x02")] + directory * 1000 + one[-22:])
    found = read_archive(path)
    assert {one.kind for one in found.problems} == {"entry_checksum", "directory_other_file"}


def test_a_file_that_lies_about_its_size_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(joined([bomb(1000, 40 * MB)]))
    tracemalloc.start()
    try:
        found = read_archive(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "entry_size_lies" in {one.kind for one in found.problems}
    assert peak < 8 * MB


def test_archives_in_archives_are_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(nested())
    started = time.process_time()
    assert "json_not_utf8" in {one.kind for one in verified(path).findings}
    assert time.process_time() - started < 2


def test_a_million_marks_are_no_million_files(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04" + b"PK\x05\x06x" * 1_000_000)
    started = time.process_time()
    assert not verified(path).holds
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "json_too_deep"),
        (b'{"format":' + b"7" * 1_000_000 + b"}", "json_no_exact_number"),
        (b'{"a":"\\ud800"}', "json_not_canonical"),
        (b'{"a":1e9}', "json_no_exact_number"),
        (b'{"a":-Infinity}', "json_no_exact_number"),
        (b'\xef\xbb\xbf{"a":1}', "json_not_readable"),
        (b'{"a":"\xff"}', "json_not_utf8"),
    ],
    ids=["deep", "digits", "half a character", "exponent", "infinity", "mark of utf-8", "latin"],
)
def test_json_that_wants_too_much(taken: Taken, tmp_path: Path, content: bytes, kind: str) -> None:
    files = files_of(taken.bundle)
    path = tmp_path / "x.zip"
    path.write_bytes(signed_again({**files, "opinions.json": content}, taken.key))
    started = time.process_time()
    assert kind in {one.kind for one in verified(path).findings}
    assert time.process_time() - started < 3


def test_two_sorts_of_wrong_come_together(taken: Taken, tmp_path: Path) -> None:
    """Everything is said at once: a file that is damaged does not hide another that is missing."""
    files = files_of(taken.bundle)
    del files["estimates.json"]
    ready = made_ready(files)
    ready[2] = replace(ready[2], content=ready[2].content[:-1])
    path = tmp_path / "x.zip"
    path.write_bytes(b"x" + joined(ready))
    found = {one.kind for one in verified(path).findings}
    assert {"bundle_leading_bytes", "entry_damaged", "file_missing", "bundle_packing_changed"} <= found


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"[" + b"[]," * 1_100_000 + b"[]]", "lists"),
        (b"[" + b"1," * 8_000_000 + b"1]", "values"),
        (('["' + "a" * 60_000_000 + '\U0001f600"]').encode(), "room"),
    ],
    ids=["lists", "values", "wide characters"],
)
def test_what_would_take_too_much_memory_is_refused_before_it_is_read(
    taken: Taken, tmp_path: Path, content: bytes, field: str
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(signed_again({**files_of(taken.bundle), "opinions.json": content}, taken.key))
    tracemalloc.start()
    with pytest.raises(InvalidInput) as error:
        verified(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    (problem,) = error.value.problems
    assert (problem.kind, problem.facts["field"]) == ("bundle_too_large_to_read", field)
    assert peak < 2.5 * len(content) + 5_000_000  # unpacked, in pieces and as a whole; nothing was made of it


def test_the_bound_is_over_all_files_together(taken: Taken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what would not be read is not written."""
    path = tmp_path / "x.zip"
    path.write_bytes(taken.bundle)
    sizes = [size_of(content) for name, content in files_of(taken.bundle).items() if name.endswith(".json")]
    most = max(one.values for one in sizes)
    assert most < sum(one.values for one in sizes)
    monkeypatch.setattr(canonical_json, "MOST_VALUES", most)
    with pytest.raises(InvalidInput, match="bundle_too_large_to_read"):
        verified(path)
    monkeypatch.setattr(canonical_json, "MOST_VALUES", size_of(small_contents().snapshot.encode()).values)
    with pytest.raises(InvalidInput, match="bundle_too_large_to_read"):
        write_bundle(tmp_path / "y.zip", small_contents(), taken.key)
    assert not (tmp_path / "y.zip").exists()


def test_shared_values_are_not_counted_and_none_hides_in_a_text() -> None:
    assert size_of(b'["x","",true,null,false,"y"]').values == 2
    assert size_of(b'["x","y,true,true","z"]').values == 3
    assert (size_of(b'"a"').room, size_of('"ạ"'.encode()).room, size_of('"\U0001f600"'.encode()).room) == (3, 10, 24)
