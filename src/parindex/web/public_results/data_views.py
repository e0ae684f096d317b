"""Open data of a publication: files that are made once and handed out as they are; the same result, the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Publication, Snapshot, UnitResult
from parindex.database.queries.opinions_in_order import opinions_in_order
from parindex.database.queries.public_results import owner_name, publications_around, withheld_count
from parindex.database.queries.withheld_texts import Withheld, public_detail, withheld_in, withheld_places
from parindex.documents.results.atomic_files import text_writer, write_all
from parindex.documents.results.open_data import (
    OpenCycle,
    table_names,
    write_csv,
    write_json,
    write_package,
    write_xlsx,
)
from parindex.documents.results.open_data_tables import CRITERIA_COLUMNS, TABLES, OpenSet, OpenUnit
from parindex.documents.results.snapshots import unpacked, without_reasons
from parindex.web.public_results.kept_answers import SECONDS
from parindex.web.public_results.published_sets import groups_of
from parindex.web.public_results.shown_publication import kept, not_yet
from parindex.web.requests import PageRequest
from parindex.wording import public_results as words

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
#: What pages alone need to know of an opinion; in open data no reason is just "".
_NOT_OPEN = ("opinion", "withheld")
XLSX, JSON, PACKAGE, SNAPSHOT = "results.xlsx", "results.json", "datapackage.zip", "snapshot.json"


@login_not_required
@require_safe
def open_data(request: PageRequest, cycle: int) -> HttpResponse:
    """Which files there are, what stands in them, how to recompute the result."""
    around = publications_around(cycle, timezone.now())
    publication = around.current
    if publication is None:
        return not_yet(request, around)
    tables = [*((one.name, one.columns) for one in TABLES), ("criteria", CRITERIA_COLUMNS)]
    return kept(request, around, publication, "data.html", {}, lambda: {"tables": tables, "words": words})


@login_not_required
@require_safe
def data_file(request: PageRequest, cycle: int, file: str) -> HttpResponseBase:
    """One file of the publication that holds now, or of the one that ``?version=`` names."""
    around = publications_around(cycle, timezone.now())
    number = request.GET.get("version", "")
    publication = around.current
    if number:
        publication = next((one for one in around.versions_of(cycle) if str(one.number) == number), None)
    writer = _writer(file)
    if publication is None or writer is None:
        raise Http404
    etag = f'"{_digest(publication)[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = FileResponse(
        _made(publication, file, writer).open("rb"), as_attachment=True,
        filename=f"parindex-{publication.cycle.year}-{cycle}-{publication.number}-{file}",
        content_type=_TYPES[file.rsplit(".", 1)[-1]],
    )  # fmt: skip
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


Writer = Callable[[Path, Publication], None]


def _writer(name: str) -> Writer | None:
    """What writes the file of this name; None for a name that there is not."""
    if name == SNAPSHOT:
        return _write_snapshot
    whole = {XLSX: write_xlsx, JSON: write_json, PACKAGE: write_package}.get(name)
    if whole is not None:
        return lambda path, publication: whole(path, open_cycle(publication))
    table = name.removesuffix(".csv")
    if name.endswith(".csv") and table in table_names():
        return lambda path, publication: write_csv(path, open_cycle(publication), table)
    return None


def _made(publication: Publication, name: str, writer: Writer) -> Path:
    """The file, written where it has not been yet; whole or not at all."""
    folder = Path(default_storage.path("open_data")) / _digest(publication)
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_all({path: lambda to: writer(to, publication)})
    return path


def _digest(publication: Publication) -> str:
    """What the content of every file follows from: the publication, what was kept from the public since, and which
    columns the tables have.
    """
    facts = _facts(publication) | {"tables": [(one.name, [of.name for of in one.columns]) for one in TABLES]}
    if withheld := withheld_count(publication):
        facts["withheld"] = withheld
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _facts(publication: Publication) -> dict[str, Any]:
    return {
        "title": publication.cycle.title, "year": publication.cycle.year, "number": publication.number,
        "decision_number": publication.decision_number, "decision_date": publication.decision_date.isoformat(),
        "public_from": publication.public_from.isoformat(), "reason": publication.reason,
        "fingerprint": publication.finalisation.snapshot.fingerprint,
    }  # fmt: skip


def _write_snapshot(path: Path, publication: Publication) -> None:
    stored = Snapshot.objects.get(pk=publication.finalisation.snapshot_id)
    text = unpacked(bytes(stored.content))
    text_writer(without_reasons(text, withheld_places(publication.finalisation)))(path)


def open_cycle(publication: Publication) -> OpenCycle:
    """A publication as its open data have it."""
    sets = [
        OpenSet(
            one.code, one.title, one.set_version.fingerprint, one.set_version.content,
            frozen_set(one.set_version).criteria_set,
        )
        for one in groups_of(publication.cycle_id)
    ]  # fmt: skip
    return OpenCycle(
        **_facts(publication), owner=owner_name(publication.cycle), sets=sets, units=lambda: _units(publication)
    )


def _units(publication: Publication) -> Iterator[OpenUnit]:
    withheld = withheld_in(publication.cycle_id)
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id)
    for one in rows.order_by("group_code", "position", "pk").iterator(chunk_size=50):
        yield OpenUnit(
            one.group_code, one.unit_code, one.unit_name, one.rank is not None, one.rank, one.index, one.points,
            one.max_points, one.grade, _open_detail(one, withheld),
        )  # fmt: skip


def _open_detail(result: UnitResult, withheld: Withheld) -> dict[str, Any]:
    """The details with every opinion in its order, without the keys by which units find their own reasons."""
    detail = public_detail(result, withheld)
    for item in detail["items"].values():
        said = opinions_in_order(item)
        item["granted"] = [{name: of for name, of in one.items() if name not in _NOT_OPEN} for one in said]
        item.pop("earlier", None)
        if item["not_assessed"] is not None:
            item["not_assessed"] = {name: item["not_assessed"][name] for name in ("reason", "legal_basis")}
    return detail
