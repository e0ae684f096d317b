"""What the log calls the fields of before and after."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import parindex
from parindex.wording.log_fields import field_text

USE_CASES = Path(parindex.__file__).parent / "usecases"


def named() -> set[str]:
    """Every field that a use case writes out as ``before={…}`` or ``after={…}``."""
    found: set[str] = set()
    for file in USE_CASES.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.keyword) or call.arg not in ("before", "after"):
                continue
            if isinstance(call.value, ast.Dict):
                found |= {key.value for key in call.value.keys if isinstance(key, ast.Constant)}
    return found


def test_every_field_that_is_written_has_its_words() -> None:
    assert len(named()) > 20
    assert [name for name in sorted(named()) if field_text(name) == name] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("explanation", "giải trình"),
        ("declared/parts/opinion_survey", "“văn bản nêu”, “các phần điểm”, “điều tra xã hội học”"),
        ("figure.received", "số liệu received"),
        ("gì đó", "gì đó"),
    ],
)
def test_fields(name: str, words: str) -> None:
    assert field_text(name) == words
