"""Queries that every save asks: their SQL is written once for each connection, afterwards values are only bound.

The ORM takes several times as long to write the SQL of a query as the database to answer it. A prepared query is an
ordinary queryset, made with a :class:`Slot` in the place of each value; so it says the same to every database.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

#: The largest integer that a column holds.
_LARGEST = 2**63 - 1

P = ParamSpec("P")
Row = TypeVar("Row")
Written = TypeVar("Written", bound=Model)


class Slot(Expression):
    """The place of a value that is bound when the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ARG002
        """A placeholder; the slot itself stands among the parameters until it is filled."""
        return "%s", [self]


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """What makes a queryset becomes what answers with its rows; its arguments are values given by name.

    A list is for ``__in``: SQL is written for each length that occurs. Rows can only be locked inside a transaction.
    """

    @wraps(build)
    def ask(*args: P.args, **values: P.kwargs) -> list[Row]:
        if any(isinstance(value, int) and value > _LARGEST for value in values.values()):
            return []  # an address with a number that no column can hold; a queryset finds nothing either
        connection = connections[DEFAULT_DB_ALIAS]
        lengths = tuple((name, len(value)) for name, value in values.items() if isinstance(value, list))
        select = _once(connection, (build, lengths), lambda: _Select.of(build(*args, **_slots(values)), connection))
        return select.rows(_flat(values, connection), connection)

    return ask


class _Write(ABC, Generic[Written]):
    """A statement that writes one row, with the values that the object has."""

    def __init__(self, model: type[Written], *names: str) -> None:
        self.model = model
        self.fields = [one for one in model._meta.concrete_fields if one.name in names]

    def __call__(self, row: Written) -> None:
        """Write ``row``."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, slots = _once(connection, self, lambda: self.statement(connection))
        with connection.cursor() as cursor:
            cursor.execute(sql, [_bound(getattr(row, slot.name), connection) for slot in slots])

    def many(self, rows: Iterable[Written]) -> None:
        """Write many rows by one statement that is asked once for each."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, slots = _once(connection, self, lambda: self.statement(connection))
        names = [slot.name for slot in slots]
        with connection.cursor() as cursor:
            cursor.executemany(sql, [[_bound(getattr(row, name), connection) for name in names] for row in rows])

    @abstractmethod
    def statement(self, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Slot, ...]]:
        """The SQL; a slot has the name of the column's attribute."""


class Update(_Write[Written]):
    """Writes some fields of the row that has the primary key of the object."""

    def statement(self, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Slot, ...]]:
        """UPDATE … WHERE the primary key is the object's."""
        key = self.model._meta.pk
        query: Any = self.model._base_manager.filter(pk=Slot(key.attname)).query.chain(UpdateQuery)
        query.add_update_values({one.name: Slot(one.attname) for one in self.fields})
        return query.get_compiler(connection=connection).as_sql()


class Insert(_Write[Written]):
    """Adds a row; the key that the database gives it is not asked for."""

    def __init__(self, model: type[Written]) -> None:
        given = [one for one in model._meta.concrete_fields if not (one.primary_key and one.remote_field is None)]
        super().__init__(model, *(one.name for one in given))

    def many_values(self, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add many rows given as values of the columns ``names`` (no moments), for which no object is made; the other
        columns have their defaults.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        sql, slots = _once(connection, self, lambda: self.statement(connection))
        defaults = {one.attname: _bound(one.get_default(), connection) for one in self.fields}
        others = tuple(defaults[slot.name] for slot in slots if slot.name not in names)
        columns = [*names, *(slot.name for slot in slots if slot.name not in names)]
        in_order = itemgetter(*(columns.index(slot.name) for slot in slots))
        with connection.cursor() as cursor:
            cursor.executemany(sql, [in_order((*row, *others)) for row in rows])

    def statement(self, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Slot, ...]]:
        """INSERT of all fields but the key."""
        query: Any = InsertQuery(self.model)
        slots = SimpleNamespace(**{one.attname: Slot(one.attname) for one in self.fields})
        query.insert_values(self.fields, [slots], raw=True)
        ((sql, parameters),) = query.get_compiler(connection=connection).as_sql()
        return sql, parameters


@dataclass(frozen=True, slots=True)
class _Select:
    """A query as SQL, and how its rows become values or objects."""

    sql: str
    parameters: tuple[Any, ...]
    locks: bool
    converters: dict[int, Any]
    objects: Callable[[Iterable[Sequence[Any]]], Iterator[Any]]

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> _Select:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        objects = _objects_of(compiler) if queryset._iterable_class is ModelIterable else iter
        return cls(sql, tuple(parameters), queryset.query.select_for_update, converters, objects)

    def rows(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> list[Any]:
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("rows are held until the end of a transaction")
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [values[one.name] if isinstance(one, Slot) else one for one in self.parameters])
            rows = cursor.fetchall()
        return list(self.objects(self._converted(rows, connection)))

    def _converted(self, rows: Sequence[Sequence[Any]], connection: BaseDatabaseWrapper) -> Iterable[Sequence[Any]]:
        """What the database gives as Python values, a column at a time; what stands there often is converted once."""
        if not rows or not self.converters:
            return rows
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, (converters, column) in self.converters.items():
            for convert in converters:
                known = {value: convert(value, column, connection) for value in set(columns[at])}
                columns[at] = [known[value] for value in columns[at]]
        return zip(*columns, strict=True)


def _objects_of(compiler: SQLCompiler) -> Callable[[Iterable[Sequence[Any]]], Iterator[Any]]:
    """How rows become model instances, with those selected beside them, as a queryset makes them."""
    select, info, annotations = compiler.select, compiler.klass_info, compiler.annotation_col_map or {}
    fields = info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column.target.attname for column, *_ in select[start:end]]
    beside = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs of Django 6

    def objects(rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
        for row in rows:
            made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in beside:
                populator.populate(row, made)
            for name, at in annotations.items():
                setattr(made, name, row[at])
            yield made

    return objects


def _once(connection: BaseDatabaseWrapper, key: Hashable, make: Callable[[], Any]) -> Any:
    """What was made for ``key`` on this connection; it stays with the connection, which belongs to one thread."""
    known = vars(connection).setdefault("prepared_queries", {})
    if key not in known:
        known[key] = make()
    return known[key]


def _slots(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [Slot(f"{name}.{at}") for at in range(len(value))] if isinstance(value, list) else Slot(name)
        for name, value in values.items()
    }


def _flat(values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, list):
            flat.update({f"{name}.{at}": one for at, one in enumerate(value)})
        else:
            flat[name] = _bound(value, connection)
    return flat


def _bound(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """A value as the driver takes it: of those that our tables hold, moments alone differ."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
