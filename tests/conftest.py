"""Settings that every test shares."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# `ci` draws the same examples on every machine, so that a failure is a failure for everybody; `explore` looks for new
# ones: make test HYPOTHESIS_PROFILE=explore
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """What does not run again on the second database."""
    config.addinivalue_line("markers", "looks: how pages look, and in which language they speak")
    config.addinivalue_line("markers", "once: files, processes and requests; the database does not matter")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:  # noqa: ARG001 (runs first)
    """Tests of a running server are cleaned up by emptying tables, which log and sets refuse."""
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE parindex_auditrecord DISABLE TRIGGER audit_no_truncate")
                cursor.execute("ALTER TABLE parindex_criteriasetversion DISABLE TRIGGER frozen_no_truncate")
        operations = type(connection.ops)  # of every connection: a browser's loop makes Django open another one
        adapted = _only_filled if connection.vendor == "postgresql" else _without_triggers
        operations.sql_flush = adapted(operations.sql_flush)  # type: ignore[method-assign]


def _only_filled(_: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """PostgreSQL makes new files for every table that it truncates: what is in tables is deleted instead."""

    def statements(operations: Any, _style: Any, tables: Sequence[str], **_options: Any) -> list[str]:
        asked = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)
        with operations.connection.cursor() as cursor:
            cursor.execute(asked)
            filled = [one for (one,) in cursor.fetchall()]
        # Until the end of the transaction: without the triggers that refuse it, and in any order.
        return ["SET LOCAL session_replication_role = replica", *(f'DELETE FROM "{one}"' for one in filled)]

    return statements


def _without_triggers(flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """SQLite empties tables with DELETE: the triggers that refuse it are dropped before and made again after."""

    def statements(operations: Any, *names: Any, **options: Any) -> list[str]:
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            triggers = cursor.fetchall()
        dropped = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*dropped, *flush(operations, *names, **options), *(made for _, made in triggers)]

    return statements
