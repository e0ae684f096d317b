"""Modules stay small and are called after what they hold; what the domain offers says what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_is_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [path for path in MODULES if path != NAMED_BY_DJANGO], ids=_name)
def test_a_module_is_called_what_it_holds(path: Path) -> None:
    parts = {word for part in path.relative_to(ROOT).with_suffix("").parts for word in part.split("_")}
    assert not parts & FORBIDDEN


@pytest.mark.parametrize("path", DOMAIN, ids=_name)
def test_what_the_domain_offers_has_a_docstring(path: Path) -> None:
    silent = [
        name for name, node in _public(ast.parse(path.read_text(encoding="utf-8"))) if not ast.get_docstring(node)
    ]
    assert silent == []


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    """The module, its public classes and functions, and the public methods of public classes."""
    yield "module", tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize("path", [path for path in DOMAIN if "survey" not in path.parts], ids=_name)
def test_no_float_decides_in_the_domain(path: Path) -> None:
    """Neither a float literal nor `float(…)`, and no NumPy float type; but estimates of surveys are statistics."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    literals = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    calls = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]
    types = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr.startswith("float")
    ]
    assert (literals, calls, types) == ([], [], [])
