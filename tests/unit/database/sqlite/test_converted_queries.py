"""The SQL that SQLite is asked is the one that Django's own backend would ask; it is only written once."""

from __future__ import annotations

import sqlite3

import pytest
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from parindex.database.sqlite.base import Cursor

QUERIES = (
    "SELECT 1",
    'SELECT "a" FROM "t" WHERE "b" = %s AND "c" IN (%s, %s)',
    "SELECT '100%%' || %s",
    "SELECT '%%s' || %s",
    "SELECT %s LIKE 'ă%%' ESCAPE '\\'",
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_converted_as_django_does_each_time_it_is_asked(query: str) -> None:
    ours, theirs = (made(sqlite3.connect(":memory:")) for made in (Cursor, SQLiteCursorWrapper))
    assert [ours.convert_query(query), ours.convert_query(query)] == [theirs.convert_query(query)] * 2


def test_values_stand_where_the_query_has_them_by_place_or_by_name() -> None:
    cursor = Cursor(sqlite3.connect(":memory:"))
    assert cursor.execute("SELECT '5%%' || %s, %s", ["a", "b"]).fetchall() == [("5%a", "b")]
    assert cursor.execute("SELECT '5%%' || %(x)s, %(y)s", {"y": "b", "x": "a"}).fetchall() == [("5%a", "b")]
    assert cursor.execute("SELECT '5%s'").fetchall() == [("5%s",)]  # without values nothing is a place
