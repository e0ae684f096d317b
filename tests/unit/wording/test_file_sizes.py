"""Sizes of files in words."""

from __future__ import annotations

import pytest

from parindex.wording.file_sizes import size_text


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (1023, "1023 byte"),
        (1024, "1 KB"),
        (24_166, "23,6 KB"),
        (153_600, "150 KB"),
        (1_048_575, "1 MB"),
        (1_258_291, "1,2 MB"),
        (52_428_800, "50 MB"),
        (2 * 2**30, "2048 MB"),
    ],
)
def test_a_size_is_short(size: int, words: str) -> None:
    assert size_text(size) == words
