"""Copying an upload: digest, size, and an end at the limit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO

import pytest

from parindex.documents.evidence_files.store_digest import CHUNK, Copied, copy_limited, pieces
from parindex.domain.errors import InvalidInput, Place, Problem


def test_what_arrives_is_written_and_counted() -> None:
    data = bytes(range(256)) * 4_000
    target = BytesIO()
    assert copy_limited(pieces(BytesIO(data)), target, limit=len(data), name="a.pdf") == Copied(
        hashlib.sha256(data).hexdigest(), len(data)
    )
    assert target.getvalue() == data


def test_two_gigabytes_are_not_read_to_their_end() -> None:
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        for _ in range(2 * 2**30 // CHUNK):
            asked += 1
            yield bytes(CHUNK)

    target = BytesIO()
    with pytest.raises(InvalidInput) as caught:
        copy_limited(endless(), target, limit=5 * CHUNK + 1, name="phim.mp4")
    assert caught.value.problems == [Problem("upload_too_large", Place(file="phim.mp4"), {"limit": 5 * CHUNK + 1})]
    assert asked == 6
    assert len(target.getvalue()) == 5 * CHUNK


def test_one_byte_more_than_the_limit_is_too_much() -> None:
    copy_limited([b"abc"], BytesIO(), limit=3, name="a")
    with pytest.raises(InvalidInput):
        copy_limited([b"abc", b"d"], BytesIO(), limit=3, name="a")


def test_nothing_is_no_file() -> None:
    with pytest.raises(InvalidInput) as caught:
        copy_limited([b"", b""], BytesIO(), limit=10, name="a.pdf")
    assert caught.value.problems == [Problem("file_empty", Place(file="a.pdf"))]
