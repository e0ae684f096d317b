"""The way of a table into the database: upload, every error by row or a preview, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from parindex.database.models import ScoreSheet
from parindex.documents.unit_tables.preview import ChangeKind, Preview
from parindex.documents.unit_tables.units_table import InvalidUnits, names_of
from parindex.documents.unit_tables.writers import cell_text
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.review.refusal import Refusal
from parindex.domain.values import exact_number
from parindex.web import kept_tables
from parindex.web.requests import PageRequest
from parindex.web.units.unit_names import UnitNames
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.numbers import exact_figure
from parindex.wording.places import place_text
from parindex.wording.problems import message, remedy
from parindex.wording.problems_of_units import UNIT_COLUMNS
from parindex.wording.refusals import refusal_text
from parindex.wording.unit_kinds import kind_text
from parindex.wording.yaml_paths import without_keys

#: So many rows and errors are shown on one page; the number of all is always told.
SHOWN = 500
#: Columns whose cells are exact numbers.
_NUMBERS = frozenset({"points", "se", "estimate", "answers"})
#: Columns whose cells are codes of units.
_OF_UNITS = frozenset({"parent", "predecessors", "replaced", "parted", "unit"})


@dataclass(frozen=True, slots=True)
class TableImport:
    """One kind of table: how it is read, taken, and called."""

    purpose: str
    template: str
    read: Callable[[PageRequest, Path], Preview[Any]]
    take: Callable[[PageRequest, Preview[Any], kept_tables.KeptTable], HttpResponse]
    context: Mapping[str, Any]
    #: The answer once more, for a form that was sent twice; ``None`` where the table was never taken.
    again: Callable[[PageRequest], HttpResponse | None] = lambda _request: None
    #: The sheets in running cycles whose work the table gives to others: whoever takes it confirms that.
    handed_on: Callable[[Preview[Any]], Sequence[ScoreSheet]] = lambda _preview: ()
    #: Refusals of what the table says, shown where the file is picked.
    refusals: frozenset[str] = frozenset()


def respond(request: PageRequest, table: TableImport) -> HttpResponse:
    """The page for the table, by what was sent: nothing, a file, or the word to take what was shown."""
    if request.method != "POST":
        return _page(request, table, {})
    user = request.user.pk
    try:
        if digest := request.POST.get("digest"):
            return _take_once(request, table, digest)
        upload = request.FILES.get("file")
        if upload is None:
            return _page(request, table, {"missing": text("Chưa chọn tệp. Chọn một tệp XLSX hoặc CSV.")}, wrong=True)
        found = kept_tables.keep(table.purpose, user, upload)
        return _preview(request, table, found, table.read(request, found.path))
    except InvalidInput as problems:
        kept_tables.discard(table.purpose, user)
        errors = _errors(problems.problems, problems.names if isinstance(problems, InvalidUnits) else {})
        return _page(request, table, {"errors": errors, "count": len(problems.problems)}, wrong=True)
    except Refusal as refused:
        if refused.code not in table.refusals:
            raise
        kept_tables.discard(table.purpose, user)
        return _page(request, table, {"missing": refusal_text(refused)}, wrong=True)


def _take_once(request: PageRequest, table: TableImport, digest: str) -> HttpResponse:
    """The answer to the first of two sendings is the answer to both.

    The first may be taken before this one begins, or while it reads: then the table is gone, differs from what is there
    now, or is in its own way.
    """
    if answer := table.again(request):
        return answer
    try:
        answer, is_taken = _take(request, table, digest)
    except InvalidInput:
        if answer := table.again(request):
            return answer
        raise
    return answer if is_taken else table.again(request) or answer


def _take(request: PageRequest, table: TableImport, digest: str) -> tuple[HttpResponse, bool]:
    """The page, and whether the table was taken."""
    found = kept_tables.kept(table.purpose, request.user.pk, digest)
    if found is None:
        gone = {"missing": text("Tệp đã xem không còn nữa. Tải lại tệp.")}
        return _page(request, table, gone, wrong=True), False
    preview = table.read(request, found.path)
    if _mark_of(preview) != request.POST.get("seen"):
        return _preview(request, table, found, preview, changed=True), False
    try:
        response = table.take(request, preview, found)
    except Refusal as refused:
        if refused.code != "work_handed_on":
            raise
        return _preview(request, table, found, preview, unconfirmed=refusal_text(refused)), False
    kept_tables.discard(table.purpose, request.user.pk)
    return response, True


def _preview(
    request: PageRequest,
    table: TableImport,
    found: kept_tables.KeptTable,
    preview: Preview[Any],
    *,
    changed: bool = False,
    unconfirmed: str = "",
) -> HttpResponse:
    moved = [one for one in preview.changes if one.kind is not ChangeKind.UNCHANGED]
    context = {
        "preview": preview, "rows": moved[:SHOWN], "moved": len(moved), "digest": found.digest, "file": found.path.name,
        "seen": _mark_of(preview), "changed": changed, "notes": _errors(preview.notes, names_of(preview)),
        "added": len(preview.of(ChangeKind.ADDED)), "altered": len(preview.of(ChangeKind.CHANGED)),
        "same": len(preview.of(ChangeKind.UNCHANGED)), "cell_words": _cells(preview),
        "owing": table.handed_on(preview), "unconfirmed": unconfirmed,
    }  # fmt: skip
    return _page(request, table, context, wrong=bool(unconfirmed))


def _mark_of(preview: Preview[Any]) -> str:
    """What was shown, so that nothing else is taken than what somebody has seen."""
    found = hashlib.sha256()
    for one in preview.changes:  # row by row: the table of a nation has more than a hundred thousand
        found.update(repr((one.kind, one.row, one.before)).encode())
    return found.hexdigest()


def _errors(problems: Sequence[Problem], added: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Problems that say units by their names and codes; ``added``: what a table calls those that it brings."""
    names = UnitNames(local_day(timezone.now()))
    for code, name in added.items():
        names.add(code, name)
    return errors_of([names.in_problem(one, codes=True) for one in problems[:SHOWN]])


def errors_of(problems: list[Problem]) -> list[tuple[str, str, str]]:
    """Place, what is wrong, how to mend it."""
    shown = problems[:SHOWN]
    return [(place_words(one.place), without_keys(message(one)), without_keys(remedy(one))) for one in shown]


def _page(request: PageRequest, table: TableImport, context: Mapping[str, Any], *, wrong: bool = False) -> HttpResponse:
    empty: dict[str, Any] = {"preview": None, "errors": [], "count": 0, "missing": "", "changed": False}
    words = {"cell_words": cell_words, "column_words": column_words, "place_words": place_words}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, table.template, {**empty, **words, **table.context, **context}, status=status)


def cell_words(column: str, cell: Any) -> str:
    """A cell by its words; exact numbers with a comma and all their decimals."""
    if column in _NUMBERS and cell:
        return exact_figure(exact_number(cell))
    return kind_text(cell) if column == "kind" and cell else cell_text(column, cell)


def _cells(preview: Preview[Any]) -> Callable[[str, Any], str]:
    """Cells by their words, units by their names too; those that the table brings by what it calls them."""
    names = UnitNames(local_day(timezone.now()))
    for code, name in names_of(preview).items():
        names.add(code, name)

    def worded(column: str, cell: Any) -> str:
        if column in _OF_UNITS and cell:
            return "; ".join(map(names.with_code, cell if isinstance(cell, tuple) else [cell]))
        return cell_words(column, cell)

    return worded


def place_words(place: Place) -> str:
    """Where a row stands in its file: by the one number that a spreadsheet shows, the head being the first."""
    if place.sheet is None and place.line is not None:
        place = replace(place, row=place.line, line=None)
    return place_text(place, file=False)


def column_words(column: str) -> str:
    """A column of the tables by its word."""
    more = {"code": text("mã"), "parent": text("cấp trên"), "valid_to": text("hiệu lực đến"), "unit": text("đơn vị")}
    more |= {"item": text("mục"), "title": text("tên"), "level": text("cấp"), "member": text("thành viên")}
    more |= {"unit_group": text("nhóm"), "points": text("điểm"), "se": text("sai số chuẩn"), "source": text("nguồn")}
    more |= {"estimate": text("ước lượng"), "answers": text("số câu trả lời")}
    return more.get(column) or text(UNIT_COLUMNS[column])
