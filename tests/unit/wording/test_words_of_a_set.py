"""The file format of sets in words: readers of a page have no file before them and meet none of its names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from parindex.wording.finding_sentences import SENTENCES
from parindex.wording.findings_of_measured import SENTENCES as MEASURED
from parindex.wording.yaml_paths import KEYS, path_words, without_keys


def properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        named = schema.get("properties")
        yield from named if isinstance(named, dict) else ()
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from properties(one)


def test_every_key_of_the_format_has_a_word() -> None:
    schema = json.loads((files("parindex") / "data/schemas/criteria-set.schema.json").read_text("utf-8"))
    assert set(properties(schema)) <= set(KEYS)


@pytest.mark.parametrize("kind", sorted({**SENTENCES, **MEASURED}))
def test_no_finding_of_a_page_names_a_key(kind: str) -> None:
    for sentence in {**SENTENCES, **MEASURED}[kind]:
        assert "`" not in without_keys(sentence)


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("Sửa “mức sàn” (`floor`).", "Sửa “mức sàn”."),
        ("Ghi nguồn điểm (khóa `source`) cho các mục.", "Ghi nguồn điểm cho các mục."),
        ("State the source (key `source`) of the items.", "State the source of the items."),
        ("đứng ngay dưới `areas`", "đứng ngay dưới “lĩnh vực”"),
        ("ghi khóa `outside: penalty` và", "ghi khóa “ngoài thang điểm: điểm trừ” và"),
        ("đổi “loại” (`kind: choice`)", "đổi “loại” (“loại: lựa chọn”)"),
        ("số liệu `ho_so`", "số liệu `ho_so`"),  # a name that somebody has given
    ],
)
def test_keys_are_left_out_or_said(sentence: str, plain: str) -> None:
    assert without_keys(sentence) == plain


def test_a_source_of_points_is_said_by_its_word() -> None:
    words = without_keys(path_words("declared/parts/satisfaction_index"))
    assert words == "“văn bản nêu”, “các phần điểm”, “chỉ số hài lòng”"
    assert path_words("measures/ho_so") == "“số liệu” (`measures`), “ho_so”"


def test_a_place_below_thousands_of_brackets_is_cut() -> None:
    words = path_words("/".join(["areas", *["0"] * 3000]))
    assert len(words) < 300
    assert words.endswith("…")
    assert "…" not in path_words("areas/0/criteria/1/components/2/rule/bands/0/points")
