"""Worlds of tests are built once, by the use cases, and then written back as rows, which is many times quicker.

What comes back is what was built: the same rows, and new objects for each test. It is built anew after a minute, so
that "now" is now, and wherever the database is not empty. Only rows are kept: a world that stores files is not.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

P = ParamSpec("P")
Made = TypeVar("Made")
#: A world is not older than this, and of today.
FRESH = timedelta(minutes=1)
#: What migrations fill.
_OF_DJANGO = frozenset({"django_content_type", "auth_permission"})

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class _Kept:
    """A world as it was built: its rows, its objects, and the mails that were sent meanwhile."""

    at: datetime
    rows: Rows
    statements: tuple[tuple[str, list[tuple[Any, ...]]], ...]
    objects: bytes

    def is_fresh(self, longest: timedelta) -> bool:
        """Whether times in it are still those of somebody who builds it now."""
        at = timezone.now()
        days = {timezone.localdate(one) for one in (at, self.at)}
        return at - self.at < longest and len(days) == 1


def kept(make: Callable[P, Made], *, fresh: timedelta = FRESH) -> Callable[P, Made]:
    """``make`` fills an empty database; asked again with the same arguments, its rows are written back."""
    known: dict[Any, _Kept] = {}

    @wraps(make)
    def given(*args: P.args, **options: P.kwargs) -> Made:
        if not _is_empty():
            return make(*args, **options)
        # Outside of a transaction mails are sent at once.
        key = (args, tuple(sorted(options.items())), connection.in_atomic_block)
        found = known.get(key)
        if found is None or not found.is_fresh(fresh):
            return _built(known, key, lambda: make(*args, **options))
        _write(found)
        made, mails = pickle.loads(found.objects)
        mail.outbox.extend(mails)
        return made

    return given


def _built(known: dict[Any, _Kept], key: Any, make: Callable[[], Made]) -> Made:
    at, before = timezone.now(), len(mail.outbox)
    made = make()
    rows = stored_rows()
    known[key] = _Kept(at, rows, _statements(rows), pickle.dumps((made, mail.outbox[before:])))
    return made


@cache
def _tables() -> tuple[str, ...]:
    models = apps.get_models(include_auto_created=True)
    return tuple(sorted({one._meta.db_table for one in models if one._meta.managed} - _OF_DJANGO))


def _is_empty() -> bool:
    asked = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 WHERE {asked}")
        return cursor.fetchone() is None


def stored_rows() -> Rows:
    """Every row of every table that has some, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            if rows := cursor.fetchall():
                found[table] = rows
    return found


def _statements(rows: Rows) -> tuple[tuple[str, list[tuple[Any, ...]]], ...]:
    """How the rows are written: a statement a table; PostgreSQL takes all of them as one text."""
    inserts = []
    for table, lines in rows.items():
        places = ", ".join(["%s"] * len(lines[0]))
        inserts.append((f'INSERT INTO "{table}" VALUES ({places})', lines))
    if connection.vendor != "postgresql":
        return tuple(inserts)
    composed = [connection.ops.compose_sql(sql, line) for sql, lines in inserts for line in lines]
    return ((";\n".join(composed), []),)


def _write(found: _Kept) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, lines in found.statements:
            if lines:
                cursor.executemany(sql, lines)
            else:
                cursor.execute(sql)
