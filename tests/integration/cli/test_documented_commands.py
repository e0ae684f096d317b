"""Every command line that the README and the guides print runs as it is printed, from the root of the repository."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.cli.running import PACKAGE, run

from parindex import cli

ROOT = Path(__file__).parents[3]
#: Commands that serve, or need a database that is served, a file that it has published, or a place for its keys.
OF_THE_APPLICATION = {"serve", "audit-log", "keep-time", "scan-evidence", "verify", "key"}
PAGES = [ROOT / "README.md", ROOT / "README.vi.md", *sorted((ROOT / "docs" / "huong-dan").glob("*.md"))]


def code_lines(page: str) -> Iterator[str]:
    """The lines of indented and fenced code blocks, continued lines joined."""
    fenced, pending = False, ""
    for line in page.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            whole = pending + line.strip()
            pending = whole.removesuffix("\\") if whole.endswith("\\") else ""
            if not pending:
                yield whole


def commands(page: Path) -> list[list[str]]:
    """The arguments of every ``parindex`` command of a page."""
    split = (shlex.split(line, comments=True) for line in code_lines(page.read_text("utf-8")))
    return [words[1:] for words in split if words and words[0].endswith("parindex")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_documented_command_runs_as_printed(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PACKAGE / "data", tmp_path / "src" / "parindex" / "data")
    monkeypatch.chdir(tmp_path)
    for arguments in commands(page):
        if arguments[0] in OF_THE_APPLICATION:
            cli.options_of(arguments)  # tests/integration/web says what they do
            continue
        done = run(*arguments)
        assert done.code in (0, 1), (arguments, done.err)


def test_the_pages_print_commands_at_all() -> None:
    printed = {arguments[0] for page in PAGES for arguments in commands(page)}
    assert printed - OF_THE_APPLICATION == {
        "check",
        "check-text",
        "read",
        "diff",
        "score",
        "explain",
        "compare",
        "survey",
        "dossiers",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_program_is_named_by_its_path_where_it_is_to_be_typed(page: Path) -> None:
    content = page.read_text("utf-8")
    for line in code_lines(content):
        assert not re.match(r"(cd|parindex) ", line), line
    commands = "check|check-text|read|diff|score|explain|compare|demo|survey|dossiers"
    typed = re.findall(rf"`parindex (?:{commands}) [^`]*`", content)
    assert typed == []
