"""Taking rows out of their tables with everything that refers to them, as data: nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Model

from parindex.database.queries.key_pieces import pieces

Rows = dict[str, list[dict[str, Any]]]


def plain(row: Model) -> dict[str, Any]:
    """Every column of a row, those that cannot be edited too."""
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def taken_off(rows: Sequence[Model], stays: Collection[str] = ()) -> dict[int, Rows]:
    """Everything that refers to rows of one table, by the key of the row, taken out of its tables: the deepest first.

    ``stays``: the tables that keep what refers to the rows. A few queries for each table.
    """
    found: dict[int, Rows] = {row.pk: {} for row in rows}
    for relation in _relations(type(rows[0])) if rows else ():
        other, name = relation.related_model, relation.field.name
        if other.__name__ in stays:
            continue
        below: list[Model] = []
        for keys in pieces(found):
            below += other._default_manager.filter(**{f"{name}__in": keys}).order_by("pk")
        deeper = taken_off(below)
        for one in below:
            of = found[getattr(one, relation.field.attname)]
            of.setdefault(other.__name__, []).append({**plain(one), **deeper[one.pk]})
        delete(below)
    return found


def _relations(model: type[Model]) -> list[Any]:
    """Every way in which rows of other tables refer to those of one, also those that have no name."""
    return [
        one for one in model._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    ]  # fmt: skip


def delete(rows: Sequence[Model]) -> None:
    """Delete rows that nothing refers to any more."""
    for keys in pieces(row.pk for row in rows):
        type(rows[0])._default_manager.filter(pk__in=keys).delete()
