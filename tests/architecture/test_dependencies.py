"""What is imported is declared, what is declared is imported, and pip gets what the lock pins."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
#: What Django loads by its name in the settings or in DATABASE_URL.
LOADED_BY_DJANGO = {"argon2-cffi", "django-axes", "django-storages", "psycopg", "whitenoise"}
GROUPS = ("build", "test", "check", "bench")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared(requirements: list[Any]) -> set[str]:
    return {_plain(re.split(r"[<>=!~ \[;]", one)[0]) for one in requirements if isinstance(one, str)}


def test_every_import_of_the_product_is_declared_and_every_declaration_is_imported() -> None:
    imported: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"parindex"}
    installed = packages_distributions()  # reads every distribution that is installed
    distributions = {_plain(name) for package in outside for name in installed[package]}
    assert distributions | LOADED_BY_DJANGO == _declared(PROJECT["project"]["dependencies"])


# --- requirements/*.txt against uv.lock -----------------------------------------------------------------------------


def _locked(name: str) -> list[dict[str, Any]]:
    return [package for package in LOCK["package"] if package["name"] == name]


def _with_extras(requirements: list[Any]) -> set[tuple[str, str]]:
    """Each requirement without an extra and with each one that it asks for (``psycopg[binary]``)."""
    found = set()
    for one in requirements:
        if isinstance(one, str):
            extras = re.search(r"\[([^\]]*)\]", one)
            (name,) = _declared([one])
            found |= {(name, _plain(extra)) for extra in ("", *(extras[1].split(",") if extras else ()))}
    return found


def _closure(wanted: set[tuple[str, str]]) -> set[str]:
    """The names and all that they need, on any platform; of extras those that are asked for."""
    found: set[tuple[str, str]] = set()
    waiting = set(wanted)
    while waiting:
        name, extra = waiting.pop()
        found.add((name, extra))
        for package in _locked(name):
            optional = package.get("optional-dependencies", {})
            needs = [*package.get("dependencies", []), *optional.get(extra, [])]
            if name == "coverage":  # pytest-cov asks for one of its extras, which is empty on newer Pythons
                needs += [one for some in optional.values() for one in some]
            waiting |= {(one["name"], wanted) for one in needs for wanted in ("", *one.get("extra", []))} - found
    return {name for name, _ in found}


def _pinned(group: str) -> dict[tuple[str, str], set[str]]:
    """Name and version of each requirement with its hashes."""
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    pins: dict[tuple[str, str], set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            found = re.match(r"([\w.-]+)==(\S+)", line)
            assert found, line
            pins[found[1], found[2]] = set(re.findall(r"--hash=(sha256:\w+)", line))
    return pins


@pytest.mark.parametrize("group", ["run", *GROUPS])
def test_requirements_are_what_the_lock_pins(group: str) -> None:
    """In step with ``uv.lock``; else run ``make lock``."""
    asked = PROJECT["project"]["dependencies"] if group == "run" else PROJECT["dependency-groups"][group]
    pins = _pinned(group)
    assert {name for name, _ in pins} == _closure(_with_extras(asked))
    for (name, version), hashes in pins.items():
        (package,) = [one for one in _locked(name) if one["version"] == version]
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert hashes == {file["hash"] for file in files}
    locked = {(name, one["version"]) for name in {name for name, _ in pins} for one in _locked(name)}
    assert set(pins) == locked


def test_the_lock_is_for_this_project() -> None:
    """A dependency changed in ``pyproject.toml`` without ``make lock`` is found here."""
    (project,) = _locked("parindex")
    locked = {_requirement(one) for one in project["metadata"]["requires-dist"]}
    assert locked == {one.lower() for one in PROJECT["project"]["dependencies"]}


def _requirement(one: dict[str, Any]) -> str:
    """A requirement of the lock as ``pyproject.toml`` writes it."""
    extras = f"[{','.join(one['extras'])}]" if one.get("extras") else ""
    return _plain(one["name"]) + extras + ",".join(sorted(one.get("specifier", "").split(","), reverse=True))
