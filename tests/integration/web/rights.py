"""The table of rights (``rights*.yaml``) as data: who may do what at which address.

A row names an address, a method and who may; everybody else is refused. ``may`` is a list of

- ``visitors`` (nobody is logged in), ``everybody`` (whoever is logged in, in whatever relation),
- a role or a group of roles (``unit``, ``council``): the person whose object it is, and the colleague,
- ``role:own``, ``role:stranger``, ``role:any``: that person alone; the stranger alone; all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from parindex.domain.review.roles import Role

TABLES = sorted(Path(__file__).parent.glob("rights*.yaml"))
RELATIONS = ("own", "colleague", "stranger")
VISITOR = ("visitor", "")
GROUPS: dict[str, tuple[Role, ...]] = {
    **{str(role): (role,) for role in Role},
    "unit": (Role.UNIT_OFFICER, Role.UNIT_LEADER),
    "council": (Role.CHAIR, Role.SECRETARY, Role.APPRAISER),
}
REACHES = {"own": RELATIONS[:1], "": RELATIONS[:2], "any": RELATIONS, "stranger": RELATIONS[2:]}

Who = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One act: ``places`` gives parameters of the address another object, ``given`` says what has happened before.

    ``logs``: the act is done exactly where the log has a new line of this action, whatever the page then says.
    ``files`` are sent under these names: a criteria set or a PDF.
    """

    url: str
    method: str
    does: str
    may: frozenset[Who]
    form: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    logs: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How a test calls the row."""
        return f"{self.url} {self.method} ({self.does})"


def everyone() -> list[Who]:
    """Every person that every row is asked for."""
    return [VISITOR, *((str(role), relation) for role in Role for relation in RELATIONS)]


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the table."""
    return tuple(_row(one) for path in TABLES for one in yaml.safe_load(path.read_text(encoding="utf-8")))


def _row(data: dict[str, Any]) -> Row:
    known = {"url", "method", "does", "may", "form", "query", "places", "given", "logs", "files"}
    if set(data) - known:
        raise ValueError(f"{data['url']}: {sorted(set(data) - known)}")
    return Row(
        url=data["url"],
        method=data.get("method", "GET"),
        does=data["does"],
        may=frozenset(who for name in data["may"] for who in _people(name)),
        form=data.get("form", {}),
        query=data.get("query", ""),
        places=data.get("places", {}),
        given=tuple(data.get("given", ())),
        logs=data.get("logs", ""),
        files=data.get("files", {}),
    )


def _people(name: str) -> Iterator[Who]:
    if name in ("visitors", "everybody"):
        yield from (who for who in everyone() if (who == VISITOR) == (name == "visitors"))
        return
    group, _, reach = name.partition(":")
    yield from ((str(role), relation) for role in GROUPS[group] for relation in REACHES[reach])


def markdown() -> str:
    """The table as a page: a row an act, a column a role, a letter for each relation that may."""
    columns = [str(role) for role in Role]
    head = ["| Address | | Act | visitor | " + " | ".join(f"`{role}`" for role in columns) + " |"]
    head.append("|---|---|---|---|" + "---|" * len(columns))
    return "\n".join([*head, *(_line(row, columns) for row in rows())])


def _line(row: Row, columns: list[str]) -> str:
    cells = ["yes" if VISITOR in row.may else "–"]
    for role in columns:
        letters = [relation[0] for relation in RELATIONS if (role, relation) in row.may]
        cells.append(" ".join(letters) or "–")
    return f"| `{row.url}` | {row.method} | {row.does} | " + " | ".join(cells) + " |"
