"""The least that a page of this application can cost: what is measured is compared with these, in the same process.

Each is behind the whole middleware and a login. *Floor read*: one query. *Floor table*: a plain table of 160 rows from
the database. *Floor write*: one row updated and one inserted in a transaction.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone

from parindex.database.models import Comment, Entry, Unit

ROWS = 160


def read(request: HttpRequest) -> HttpResponse:
    """A page with one query."""
    return HttpResponse(f"<!doctype html><title>floor</title><p>{Unit.objects.first()}, {request.user}</p>")


def table(request: HttpRequest) -> HttpResponse:
    """A page with a plain table."""
    return render(request, "floor_table.html", {"entries": Entry.objects.order_by("pk")[:ROWS]})


@transaction.atomic
def write(request: HttpRequest, entry: int) -> HttpResponse:
    """One row updated, one inserted."""
    Entry.objects.filter(pk=entry).update(explanation=request.POST["text"], updated_at=timezone.now())
    Comment.objects.create(
        entry_id=entry, audience="unit", author_id=request.user.pk or 0, author_name="floor", author_unit="floor",
        at=timezone.now(), body=request.POST["text"],
    )  # fmt: skip
    return HttpResponse("<p>saved</p>")


urlpatterns = [
    path("floor/read/", read),
    path("floor/table/", table),
    path("floor/write/<int:entry>/", write),
    path("", include("parindex.config.urls")),
]
handler400 = "parindex.web.errors.bad_request"
handler403 = "parindex.web.errors.forbidden"
handler404 = "parindex.web.errors.not_found"
handler500 = "parindex.web.errors.failed"
