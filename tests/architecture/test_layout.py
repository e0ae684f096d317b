"""Modules stay small and are called after what they hold; what the domain offers says what it does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).parents[2]
CODE = ("src", "tests", "bench", "docs", "scripts")
#: Migrations are written by Django.
MODULES = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py") if path.parent.name != "migrations")
DOMAIN = sorted((ROOT / "src/parindex/domain").rglob("*.py"))

#: Names of drawers: what is in them could be anything.
FORBIDDEN = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
#: Django loads a backend of databases from a module of this name.
NAMED_BY_DJANGO = ROOT / "src/parindex/database/sqlite/base.py"
MOST_LINES = 400


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_code_to_look_at() -> None:
    assert len(DOMAIN) > 20
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(CODE)


def test_a_module_is_one_thing() -> None:
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_module_is_called_what_it_holds() -> None:
    named = [_name(path) for path in MODULES if path != NAMED_BY_DJANGO]
    assert [name for name in named if FORBIDDEN & set(re.split(r"[_/]", name.removesuffix(".py")))] == []


def test_what_the_domain_offers_has_a_docstring() -> None:
    offered = ((path, name, node) for path in DOMAIN for name, node in _public(_tree(path)))
    assert [f"{_name(path)}: {name}" for path, name, node in offered if not ast.get_docstring(node)] == []


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    """The module, its public classes and functions, and the public methods of public classes."""
    yield "module", tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def test_no_float_decides_in_the_domain() -> None:
    """Neither a float literal nor `float(…)`, and no NumPy float type; but estimates of surveys are statistics."""
    exact = [path for path in DOMAIN if "survey" not in path.parts]
    found = [f"{_name(path)}:{node.lineno}" for path in exact for node in ast.walk(_tree(path)) if _is_float(node)]
    assert found == []


def _is_float(node: ast.AST) -> TypeGuard[ast.expr]:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    if isinstance(node, ast.Attribute):
        return node.attr.startswith("float")
    return isinstance(node, ast.Name) and node.id == "float"
