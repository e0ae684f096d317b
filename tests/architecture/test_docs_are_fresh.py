"""``docs/reference`` says what the code does: each page is what ``make docs`` writes now."""

from __future__ import annotations

import pytest
from docs.generate import REFERENCE, pages

from parindex.cli import COMMANDS
from parindex.domain.criteria.coherence.kinds import KINDS
from parindex.domain.scoring.rule_table import KINDS as RULE_KINDS

PAGES = pages()
#: Written by `make mutation`, which takes too long to be repeated here.
BY_MUTATION = "mutation-survivors.md"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_fresh(name: str) -> None:
    """Else: ``make docs``."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name]


def test_there_is_no_page_that_nobody_writes() -> None:
    assert {path.name for path in REFERENCE.iterdir()} - {BY_MUTATION} == set(PAGES)


def test_every_command_kind_and_finding_has_its_section() -> None:
    """A command, rule kind or finding without words would leave a page that is fresh and empty."""
    for page, titles in (
        ("commands.md", [f"## `parindex {name}`" for name in COMMANDS]),
        ("rules.md", [f"## `{kind}`" for kind in RULE_KINDS]),
        ("findings.md", [f"## `{kind}`" for kind in KINDS]),
    ):
        sections = PAGES[page].split("\n## ")[1:]
        assert [f"## {section.splitlines()[0]}" for section in sections] == titles
        assert all(len(section.splitlines()) > 2 for section in sections)
