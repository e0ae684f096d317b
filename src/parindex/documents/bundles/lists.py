"""The lists of a bundle as data and back: opinions without names, estimates of surveys, evidence of a signed sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any, TypeVar

from parindex.domain.errors import InvalidValue
from parindex.domain.publication.bundle import BundleEstimate, BundleOpinion, EvidenceDocument, ItemEvidence

OPINIONS_FORMAT = "parindex/opinions/1"
ESTIMATES_FORMAT = "parindex/estimates/1"
EVIDENCE_FORMAT = "parindex/evidence/1"

_Row = TypeVar("_Row", BundleOpinion, BundleEstimate)


def opinions_data(opinions: Iterable[BundleOpinion]) -> dict[str, Any]:
    """The opinions as columns, ordered by group, unit, item, level and round."""
    rows = sorted(opinions, key=attrgetter("group", "unit", "item", "level", "round"))
    return {"format": OPINIONS_FORMAT, "opinions": _columns(rows, BundleOpinion)}


def estimates_data(estimates: Iterable[BundleEstimate]) -> dict[str, Any]:
    """The estimates as columns, ordered by group, unit and item."""
    rows = sorted(estimates, key=attrgetter("group", "unit", "item"))
    return {"format": ESTIMATES_FORMAT, "estimates": _columns(rows, BundleEstimate)}


def _columns(rows: Sequence[object], of: type[_Row]) -> dict[str, list[Any]]:
    """A list for each field: a nation has hundreds of thousands of rows."""
    return {one.name: list(map(attrgetter(one.name), rows)) for one in fields(of)}


def evidence_data(evidence: Sequence[ItemEvidence]) -> dict[str, Any]:
    """The evidence in the order given."""
    return {
        "format": EVIDENCE_FORMAT,
        "items": [
            {"item": one.item, "documents": [asdict(paper) | {"digests": [*paper.digests]} for paper in one.documents]}
            for one in evidence
        ],
    }


def opinions_of(data: Any) -> tuple[BundleOpinion, ...]:
    """What :func:`opinions_data` wrote. Raises :class:`InvalidValue` (``list_field``: ``field``)."""
    return _rows(data, OPINIONS_FORMAT, "opinions", BundleOpinion)


def estimates_of(data: Any) -> tuple[BundleEstimate, ...]:
    """What :func:`estimates_data` wrote; raises as :func:`opinions_of`."""
    return _rows(data, ESTIMATES_FORMAT, "estimates", BundleEstimate)


def evidence_of(data: Any) -> tuple[ItemEvidence, ...]:
    """What :func:`evidence_data` wrote; raises as :func:`opinions_of`."""
    found = []
    for at, one in enumerate(_listed(data, EVIDENCE_FORMAT, "items")):
        if set(one) != {"item", "documents"} or type(one["item"]) is not str or type(one["documents"]) is not list:
            raise InvalidValue("list_field", field=f"items/{at}")
        papers = [_paper(paper, f"items/{at}/documents/{number}") for number, paper in enumerate(one["documents"])]
        found.append(ItemEvidence(one["item"], tuple(papers)))
    return tuple(found)


def _paper(data: Any, at: str) -> EvidenceDocument:
    texts = ("title", "number", "date", "link")
    if not isinstance(data, dict) or set(data) != {*texts, "digests"} or type(data["digests"]) is not list:
        raise InvalidValue("list_field", field=at)
    if not all(type(one) is str for one in (*(data[name] for name in texts), *data["digests"])):
        raise InvalidValue("list_field", field=at)
    return EvidenceDocument(**{**data, "digests": tuple(data["digests"])})


def _listed(data: Any, kind: str, name: str) -> list[Mapping[str, Any]]:
    if not isinstance(data, dict) or data.get("format") != kind or set(data) != {"format", name}:
        raise InvalidValue("list_field", field="format")
    rows = data[name]
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise InvalidValue("list_field", field=name)
    return rows


def _rows(data: Any, kind: str, name: str, of: type[_Row]) -> tuple[_Row, ...]:
    if not isinstance(data, dict) or data.get("format") != kind or set(data) != {"format", name}:
        raise InvalidValue("list_field", field="format")
    columns, types = data[name], {one.name: _TYPES[str(one.type)] for one in fields(of)}
    if not isinstance(columns, dict) or set(columns) != set(types):
        raise InvalidValue("list_field", field=name)
    length = len(columns["unit"]) if isinstance(columns["unit"], list) else -1
    for key, allowed in types.items():
        column = columns[key]
        if not isinstance(column, list) or len(column) != length or not {type(one) for one in column} <= allowed:
            raise InvalidValue("list_field", field=f"{name}/{key}")
    return tuple(map(of, *(columns[key] for key in types)))


_TYPES: Mapping[str, frozenset[type]] = {
    "str": frozenset({str}),
    "int": frozenset({int}),
    "bool": frozenset({bool}),
    "int | None": frozenset({int, type(None)}),
}
