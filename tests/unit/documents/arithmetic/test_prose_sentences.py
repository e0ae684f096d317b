"""Example sentences of reports: what is wrong in them is found, and nothing is found in the right ones."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from parindex.documents.arithmetic.passages import passages
from parindex.documents.arithmetic.prose import find
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

HERE = Path(__file__).parent
SENTENCES = [
    (path.stem.removeprefix("sentences_"), number, example)
    for path in sorted(HERE.glob("sentences_*.yaml"))
    for number, example in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1)
]


def _found(text: str) -> list[dict[str, str]]:
    lines = [Paragraph(line, Place(line=number)) for number, line in enumerate(text.strip().split("\n"), start=1)]
    findings, _ = find(passages(lines))
    return [{"kind": each.kind.value, "stated": each.stated, "found": each.found} for each in findings]


@pytest.mark.parametrize(("topic", "number", "example"), SENTENCES, ids=lambda value: str(value)[:20])
def test_what_a_sentence_gets_wrong_is_found_and_nothing_else(topic: str, number: int, example: dict[str, Any]) -> None:
    assert _found(example["text"]) == example.get("wrong", []), (topic, number)
