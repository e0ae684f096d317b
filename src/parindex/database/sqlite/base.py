"""SQLite as Django speaks it, but the SQL of a query is put into the words of the driver once.

Django writes ``%s`` for a value and the driver of SQLite reads ``?``, so Django's backend goes through the text of
every query each time it is asked; of a small query that takes as long as the answer. The same few hundred texts come
again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that knows what it has converted."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """The SQL with the placeholders of the driver."""
        return _converted(query) if param_names is None else super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose cursors are these."""

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002
        """A new cursor; SQLite has none with names."""
        return self.connection.cursor(factory=Cursor)


@lru_cache(maxsize=2048)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))
