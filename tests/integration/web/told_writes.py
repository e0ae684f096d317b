"""What is written into the tables of the application without a record of the log beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from parindex.database.models import AuditChain, AuditRecord, LaterDecision

_WRITE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(parindex_\w+)"(.*)', re.DOTALL)
_RECORD, _CHAIN = AuditRecord._meta.db_table, AuditChain._meta.db_table
#: In which order somebody goes through the own queue: nothing is said by it.
_OWN_QUEUE = LaterDecision._meta.db_table
#: What is no act of a person on anything but their own session.
_OF_NO_ACT = re.compile(r'\s*SET "last_login" = ')


class Writes:
    """The tables that were written, in the order of their first write, and how many records the log got."""

    def __init__(self) -> None:
        self.tables: dict[str, str] = {}
        self.records = 0

    @property
    def untold(self) -> list[str]:
        """What was written though the log got nothing."""
        return [] if self.records else list(self.tables.values())

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        found = _WRITE.match(sql)
        if found is None:
            return done
        verb, table, rest = found.groups()
        if table == _RECORD:
            self.records += 1
        elif (
            table not in (_CHAIN, _OWN_QUEUE)
            and not _OF_NO_ACT.match(rest)
            and (verb == "INSERT INTO" or context["cursor"].rowcount)
        ):
            self.tables.setdefault(f"{verb} {table}", f"{verb.partition(' ')[0]} {table}")
        return done


@contextmanager
def watched() -> Iterator[Writes]:
    """Watch what is written on the connection of this thread."""
    found = Writes()
    with connection.execute_wrapper(found):
        yield found
