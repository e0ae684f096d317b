"""The table of accounts: taken in, and given out empty to be filled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.queries.accounts import kept_units, offices_on
from parindex.database.queries.units import versions_on
from parindex.documents.unit_tables.accounts_table import read_accounts
from parindex.documents.unit_tables.preview import Change, Preview
from parindex.documents.unit_tables.rows import AccountRow
from parindex.documents.unit_tables.writers import write_accounts
from parindex.domain.errors import Problem
from parindex.domain.review.refusal import Refusal
from parindex.usecases import account_import as use
from parindex.usecases.invitations import VALID
from parindex.web.accounts.fresh_links import FreshLink, keep_links, kept_links
from parindex.web.accounts.managing import MANAGING
from parindex.web.kept_tables import KeptTable
from parindex.web.requests import PageRequest
from parindex.web.table_import import TableImport, respond
from parindex.wording.moments import local_day


def _manager(request: PageRequest) -> None:
    if not MANAGING & request.acting.actor.roles:
        raise Refusal("accounts_of_other_unit")


def _read(request: PageRequest, path: Path) -> Preview[AccountRow]:
    by, at = request.acting, timezone.now()
    day = local_day(at)
    units = versions_on(day).filter(kept_units(by.actor, offices_on(day)))
    names = dict(units.values_list("unit__code", "name"))

    def check(rows: Sequence[Change[AccountRow]]) -> list[Problem]:
        return use.problems_of_rows(by=by, at=at, rows=rows)

    return read_accounts(path, use.stored_accounts(by=by, at=at), units=names, check=check)


def _take(request: PageRequest, preview: Preview[AccountRow], table: KeptTable) -> HttpResponse:
    def address_of(token: str) -> str:
        return request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))

    file = table.path.name
    with transaction.atomic():
        made = use.import_accounts(
            by=request.acting, at=timezone.now(), preview=preview, file=file, address_of=address_of
        )
        links = [FreshLink(user.pk, user.full_name, user.email, link) for user, link in made]
        keep_links(request, file, links)
    return _taken(request, file, links)


def _again(request: PageRequest) -> HttpResponse | None:
    kept = kept_links(request)
    return _taken(request, *kept) if kept else None


def _taken(request: PageRequest, file: str, links: list[FreshLink]) -> HttpResponse:
    context = {"links": links, "file": file, "days": VALID.days, "room": "accounts"}
    return render(request, "accounts/templates/imported.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_accounts(request: PageRequest) -> HttpResponse:
    """Upload, preview, take."""
    _manager(request)
    name = "accounts/templates/import_accounts.html"
    return respond(request, TableImport("accounts", name, _read, _take, {"room": "accounts"}, _again))


@require_POST
def account_form(request: PageRequest) -> HttpResponse:
    """The table without rows, to be filled in; it says nothing about anybody."""
    _manager(request)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tai-khoan.xlsx"
        write_accounts(path, [])
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(path.read_bytes(), content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="tai-khoan.xlsx"'
    return response
