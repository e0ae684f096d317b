"""Triggers that refuse what never changes, as migrations make them for the database that they meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations

#: Name, what it stops, of which table.
Guard = tuple[str, str, str]


def for_sqlite(guards: Sequence[Guard]) -> list[str]:
    """The statements that make them in SQLite."""
    return [
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} never changes'); END"
        for name, what, table in guards
    ]


def for_postgresql(guards: Sequence[Guard]) -> list[str]:
    """The statements that make them in PostgreSQL; the function is that of 0002."""
    return [
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION parindex_refuse()"
        for name, what, table in guards
    ]


def made(guards: Sequence[Guard]) -> migrations.RunPython:
    """The step of a migration that makes them, and takes them away again."""

    def add(_: Any, schema_editor: Any) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in for_sqlite(guards) if is_sqlite else for_postgresql(guards):
            schema_editor.execute(statement, params=None)

    def remove(_: Any, schema_editor: Any) -> None:
        for name, _what, table in guards:
            of = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER {name}{of}", params=None)

    return migrations.RunPython(add, remove)
