"""Write ``docs/reference`` from the code, so that no page can say something else than the program does: ``make docs``.

``rules.md`` comes from the docstrings of the rule kinds, ``examples.md`` from the spec tests, ``findings.md`` and
``problems.md`` from the sentences, ``statements.md`` from those of ``check-text``, ``readers.md`` from its modules,
``tampering.md`` from the tests of bundles, ``commands.md`` from the arguments of the commands, ``stages.md`` from the
table of transitions. (``make mutation`` writes ``mutation-survivors.md``.)
``tests/architecture/test_docs_are_fresh.py`` fails where a page is not what this module would write.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.factories.bundle_tampering import TAMPERINGS
from tests.integration.web import rights

from parindex import cli
from parindex.domain.criteria.coherence.kinds import KINDS as FINDINGS
from parindex.domain.review.stages import CYCLE_TRANSITIONS, TRANSITIONS
from parindex.domain.scoring.rule_table import KINDS as RULE_KINDS
from parindex.wording import problems, roles, statements
from parindex.wording.finding_sentences import SENTENCES
from parindex.wording.language import Language, text, use

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SPEC = ROOT / "tests" / "spec"
READERS = ROOT / "src" / "parindex" / "documents" / "arithmetic"
MADE_FROM = "*Written by `make docs` from {source}; do not edit.*"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    use(Language.VIETNAMESE)
    made = {
        "rules.md": _rules(),
        "examples.md": _examples(),
        "findings.md": _findings(),
        "problems.md": _problems(),
        "statements.md": _statements(),
        "readers.md": _readers(),
        "tampering.md": _tampering(),
        "commands.md": _commands(),
        "rights.md": _rights(),
        "stages.md": _stages(),
    }
    return {name: re.sub(r"\n{3,}", "\n\n", page).strip() + "\n" for name, page in made.items()}


def main() -> None:
    """Write them all."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (REFERENCE / name).write_text(page, encoding="utf-8")


# --- rules ----------------------------------------------------------------------------------------------------------


def _rules() -> str:
    head = ["# Rule kinds", MADE_FROM.format(source="`src/parindex/domain/scoring/rules`")]
    intro = (
        "How reported figures become points. M is the maximum that a rule works with. Quantities, what every kind "
        "takes besides its own parameters and the order of checks on a row are in "
        "[ARCHITECTURE.md](../../ARCHITECTURE.md); every row of the catalogue is in [examples.md](examples.md)."
    )
    sections = [_section(f"`{kind}`", reader.__module__) for kind, reader in RULE_KINDS.items()]
    return "\n\n".join([*head, intro, *sections])


def _section(title: str, module: str) -> str:
    return f"## {title}\n\n{_markdown(importlib.import_module(module).__doc__ or '')}"


def _markdown(docstring: str) -> str:
    """A docstring as Markdown: one backtick instead of two, names instead of roles, formulas as they are."""
    plain = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", textwrap.dedent(docstring).strip())
    return plain.replace("``", "`")


# --- examples -------------------------------------------------------------------------------------------------------


def _examples() -> str:
    head = ["# Rules and index by example", MADE_FROM.format(source="`tests/spec`")]
    intro = (
        "Each example is a test: it runs with every change. `answers(rule, M, figures)` gives the points of each unit, "
        "or the reason why there are none; a figure of `None` has not been entered."
    )
    chapters = [_chapter(path) for part in ("rules", "index") for path in sorted((SPEC / part).glob("test_*.py"))]
    return "\n\n".join([*head, intro, *chapters])


def _chapter(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    module = ast.parse(source)
    sections = [_example(node, source) for node in _tests(module)]
    return "\n\n".join([f"## {_markdown(ast.get_docstring(module) or path.stem)}", *sections])


def _tests(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _example(node: ast.FunctionDef, source: str) -> str:
    """Title, what the docstring says, and the test itself."""
    title = node.name.removeprefix("test_").replace("_", " ")
    said = ast.get_docstring(node)
    body = node.body[1:] if said else node.body
    first = min([body[0].lineno, *(one.lineno for one in node.decorator_list)])
    lines = source.splitlines()
    decorators = lines[first - 1 : node.lineno - 1] if node.decorator_list else []
    code = [*decorators, *textwrap.dedent("\n".join(lines[body[0].lineno - 1 : node.end_lineno])).splitlines()]
    parts = [f"### {title[0].upper()}{title[1:]}", _markdown(said or ""), "```python\n" + "\n".join(code) + "\n```"]
    return "\n\n".join(part for part in parts if part)


# --- stages ---------------------------------------------------------------------------------------------------------


def _stages() -> str:
    made_from = MADE_FROM.format(source="`src/parindex/domain/review/stages.py`")
    head = ["# Stages of a cycle and of a score sheet", made_from]
    intro = (
        "A sheet, and each of its parts, stands in one of these stages. A sheet that its unit alone fills is one part: "
        "both move together. A sheet in parts is compiled by the standing office of the body once every part is "
        "signed, and submitted by the body's head; while it is compiled or submitted, no part moves. "
        "*Again* is the way of what had been returned before: it is signed as an answer. While the council appraises, "
        "only the items that it asks about can be changed."
    )
    states = dict.fromkeys(state for one in TRANSITIONS for state in (one.before, one.after))
    names = [f'    state "{roles.sheet_state(state)}" as {state}' for state in states]
    arrows = [f"    {one.before} --> {one.after}: {one.act}{' (again)' if one.again else ''}" for one in TRANSITIONS]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> open", *names, *arrows, "```"])
    rows = [
        f"| `{one.act}` | `{one.before}` | `{one.after}` | "
        f"{', '.join(f'`{role}`' for role in one.roles) or 'nobody: the deadline'} | "
        f"{'yes' if one.reason else ''} | {'yes' if one.again else ''} |"
        for one in TRANSITIONS
    ]
    table = ["| Act | From | To | By | Reason due | Again |", "|---|---|---|---|---|---|", *rows]
    return "\n\n".join([*head, *_cycle_stages(), "## Score sheet", intro, diagram, "\n".join(table)])


def _cycle_stages() -> list[str]:
    """The diagram and the table of a cycle."""
    states = dict.fromkeys(state for one in CYCLE_TRANSITIONS for state in (one.before, one.after))
    names = [f'    state "{roles.cycle_state(state)}" as {state}' for state in states]
    arrows = [f"    {one.before} --> {one.after}: {one.act}" for one in CYCLE_TRANSITIONS]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> draft", *names, *arrows, "```"])
    rows = [
        f"| `{one.act}` | `{one.before}` | `{one.after}` | {', '.join(f'`{role}`' for role in one.roles)} | "
        f"{'yes' if one.reason else ''} |"
        for one in CYCLE_TRANSITIONS
    ]
    table = ["| Act | From | To | By | Reason due |", "|---|---|---|---|---|", *rows]
    return ["## Cycle", diagram, "\n".join(table)]


# --- findings and problems ------------------------------------------------------------------------------------------


def _findings() -> str:
    head = ["# Findings of `check`", MADE_FROM.format(source="the kinds, the sentences and `tests/spec/coherence`")]
    intro = (
        "Every contradiction and doubt that `parindex check` finds: what it means, what it says and what it advises."
    )
    examples = _examples_of_findings()
    sections = [_finding(kind, meaning, examples.get(kind, [])) for kind, meaning in FINDINGS.items()]
    return "\n\n".join([*head, intro, *sections])


def _finding(kind: str, meaning: str, examples: list[str]) -> str:
    variants = [pair for name, pair in SENTENCES.items() if name.partition("/")[0] == kind]
    said = [f"> {text(message)}\n> → {text(remedy)}" for message, remedy in variants]
    return "\n\n".join([f"## `{kind}`", meaning, *said, "\n".join(f"- {one}" for one in examples)])


def _examples_of_findings() -> dict[str, list[str]]:
    """What the spec tests say of each kind; the longest kind that the name of a test begins with is the one meant."""
    found: dict[str, list[str]] = {}
    for path in sorted((SPEC / "coherence").glob("test_*.py")):
        for node in _tests(ast.parse(path.read_text(encoding="utf-8"))):
            name, said = node.name.removeprefix("test_"), ast.get_docstring(node)
            kinds = [kind for kind in FINDINGS if name.startswith(kind)]
            if kinds and said:
                found.setdefault(max(kinds, key=len), []).append(" ".join(_markdown(said).split()))
    return found


def _problems() -> str:
    head = ["# Problems of input", MADE_FROM.format(source="`src/parindex/wording`")]
    intro = (
        "Why a file or a table cannot be used (exit code 2), or what keeps a result from being final. "
        "Each is told with its place."
    )
    return "\n\n".join([*head, intro, *_said(problems.SENTENCES)])


def _said(sentences: Mapping[str, tuple[str, str]]) -> list[str]:
    """A section for each message with its remedy."""
    return [f"## `{kind}`\n\n> {text(message)}\n> → {text(remedy)}" for kind, (message, remedy) in sentences.items()]


def _statements() -> str:
    head = ["# Findings of `check-text`", MADE_FROM.format(source="`src/parindex/wording/statements_of_*.py`")]
    intro = (
        "Every way in which a statement of a paper does not add up: what is said of it and what is advised. How "
        "statements are read is in [phuong-phap.md](../phuong-phap.md)."
    )
    return "\n\n".join([*head, intro, *_said(dict(sorted(statements.SENTENCES.items())))])


def _readers() -> str:
    head = ["# Readers of `check-text`", MADE_FROM.format(source="`src/parindex/documents/arithmetic`")]
    intro = (
        "Which module reads which statements of a paper, by folder, and which findings it names "
        "([statements.md](statements.md))."
    )
    rooms: dict[Path, list[str]] = {}
    for path in sorted(READERS.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        said = _markdown(ast.get_docstring(module) or "").split("\n\n")[0].replace("\n", " ")
        strings = {
            node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and type(node.value) is str
        }
        told = ", ".join(f"`{why}`" for why in sorted(strings & statements.SENTENCES.keys()))
        if path.name != "__init__.py":
            rooms.setdefault(path.parent, []).append(f"| `{path.name}` | {_cell(said)} | {told} |")
    chapters = [
        "\n".join([f"## `{room.relative_to(READERS.parent)}`\n", "| module | reads | names |", "|---|---|---|", *rows])
        for room, rows in rooms.items()
    ]
    return "\n\n".join([*head, intro, *chapters])


def _tampering() -> str:
    head = ["# Tampering with bundles", MADE_FROM.format(source="`tests/factories/bundle_tampering.py`")]
    intro = (
        "What somebody may do to a bundle, and the finding by which `parindex verify` names it. Every row is a test; "
        "what each finding says is in [problems.md](problems.md)."
    )
    rows = [f"| {number} | {_cell(one.what)} | `{one.kind}` |" for number, one in enumerate(TAMPERINGS, start=1)]
    return "\n\n".join([*head, intro, "\n".join(["| | done | found as |", "|---|---|---|", *rows])])


# --- rights ---------------------------------------------------------------------------------------------------------


def _rights() -> str:
    head = ["# Rights", MADE_FROM.format(source="`tests/integration/web/rights*.yaml`")]
    intro = (
        "Who may do what in the application: an address, a method, a role. `o`: the person whose object it is; `c`: a "
        "colleague with the same role at the same place; `s`: a stranger with the same role in another department, or "
        "at another province where the role is one of the owner's. Every letter and every dash is a request that "
        "`make test` makes; an address of the application without a row fails it."
    )
    return "\n\n".join([*head, intro, rights.markdown()])


# --- commands -------------------------------------------------------------------------------------------------------


def _commands() -> str:
    head = ["# Commands", MADE_FROM.format(source="`src/parindex/cli`")]
    intro = (
        "Sentences are Vietnamese unless the locale is English (`PARINDEX_LANGUAGE=en`). Exit code 0: fine; "
        "1: findings of severity `error`; 2: input that cannot be used. Decimals in JSON are strings with a point."
    )
    return "\n\n".join([*head, intro, *(_command(name, words) for name, words in cli.COMMANDS.items())])


def _command(name: str, words: str) -> str:
    module = importlib.import_module(f"parindex.cli.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"parindex {name}", add_help=False)
    module.add_arguments(parser)
    actions = list(_actions(parser))
    usage = " ".join([parser.prog, *(_usage(action) for action in actions)])
    rows = [f"| `{_cell(_call(action))}` | {_cell(action.help or '')} |" for action in actions]
    table = ["| | |", "|---|---|", *rows] if rows else []
    said = text(words)
    return "\n\n".join([f"## `parindex {name}`", f"{said[0].upper()}{said[1:]}.", f"    {usage}", "\n".join(table)])


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Positional arguments first, as they are called."""
    yield from sorted(parser._actions, key=lambda action: bool(action.option_strings))


def _usage(action: argparse.Action) -> str:
    call = _call(action)
    return call if action.required and action.nargs != "*" else f"[{call}]"


def _call(action: argparse.Action) -> str:
    """``--set BỘ``, ``--format text|json``, ``TỆP``."""
    value = "|".join(map(str, action.choices)) if action.choices else str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return f"{value}…" if action.nargs in ("*", "+") else value
    return action.option_strings[-1] if action.nargs == 0 else f"{action.option_strings[-1]} {value}"


def _cell(words: str) -> str:
    """In a Markdown table a bar ends the cell, even inside code; argparse doubles its per cent signs."""
    return words.replace("|", "\\|").replace("%%", "%")


if __name__ == "__main__":
    main()
