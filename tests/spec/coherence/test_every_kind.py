"""Every kind of finding has a page of this manual, a sentence and a remedy."""

from __future__ import annotations

import ast
from pathlib import Path

from parindex.domain.criteria.coherence.kinds import KINDS
from parindex.wording.finding_sentences import SENTENCES


def test_every_kind_has_a_spec_with_its_rule_in_words() -> None:
    documented = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and ast.get_docstring(function):
                documented.add(function.name.removeprefix("test_"))
    assert set(KINDS) - documented == set()


def test_every_kind_has_a_sentence_and_a_remedy() -> None:
    assert {name.partition("/")[0] for name in SENTENCES} == set(KINDS)
    assert all(message and remedy for message, remedy in SENTENCES.values())
