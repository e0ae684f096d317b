"""Settings that every test shares."""

from __future__ import annotations

import fcntl
import gc
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
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
    """What runs on the second database."""
    config.addinivalue_line("markers", "both: what a database decides; on SQLite, and on PostgreSQL again")
    config.addinivalue_line("markers", "waiting: one writer waits for another's row; SQLite locks the whole database")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Modules and tests stay to the end: to look for garbage among them took a third of collecting, and time of every
    test.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where no writer can wait for a row, what is about waiting is no test."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("waiting")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("waiting")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """No test is skipped for a missing part: what it proves is then unknown."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, and nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with every table and no row: made once for all workers, because migrations take seconds."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made, making = folder / "empty.sqlite3", folder / "making.sqlite3"
    with (folder / "empty.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{making}"}
            command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--settings=tests.settings"]
            subprocess.run(command, env=environment, check=True)
            making.rename(made)
    return made


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> None:  # noqa: ARG001
    """A database in memory begins as a copy of the empty one: there is nothing left to migrate."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    if connection.vendor == "postgresql":
        return
    empty = request.getfixturevalue("empty_database")

    def begin(connection: Any, **_: Any) -> None:
        connection_created.disconnect(begin)
        with closing(sqlite3.connect(empty)) as source:
            source.backup(connection.connection)

    connection_created.connect(begin, weak=False)


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
