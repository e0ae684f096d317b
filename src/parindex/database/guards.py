"""Whether the triggers stand by which the database itself refuses to change what may never change."""

from __future__ import annotations

import re
from importlib import import_module

from django.db import connection

_MIGRATIONS = (
    "0002_append_only", "0004_no_replacement", "0009_results_never_change", "0010_withheld_texts",
    "0011_publication_bundles", "0012_received_bundles",
)  # fmt: skip
_NAME = re.compile(r"CREATE TRIGGER (\w+)")


def missing_guards() -> list[str]:
    """The triggers that are gone, turned off, or do something else now; [] where all stand as they were made."""
    migrations = [import_module(f"parindex.database.migrations.{name}") for name in _MIGRATIONS]
    if connection.vendor == "sqlite":
        return _missing_in_sqlite([made for migration in migrations for made in migration.SQLITE])
    return _missing_in_postgresql([made for migration in migrations for made in migration.POSTGRESQL])


def _missing_in_sqlite(made: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        stands = {name: " ".join(sql.replace('"', "").split()) for name, sql in cursor.fetchall()}
    return [name for statement in made for name in _NAME.findall(statement) if stands.get(name) != statement]


def _missing_in_postgresql(made: list[str]) -> list[str]:
    """A trigger stands where it is enabled, on its table, and calls the function that refuses, as it was written."""
    (body,) = (one for one in made if one.startswith("CREATE FUNCTION"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        )
        stands = {name: (table, source) for name, table, source in cursor.fetchall()}
    missing = []
    for statement in made:
        for name in _NAME.findall(statement):
            table, source = stands.get(name, ("", ""))
            if not table or f" ON {table} " not in statement or f"$${source}$$" not in body:
                missing.append(name)
    return missing
