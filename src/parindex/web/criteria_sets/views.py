"""The list of sets, handing in papers, one set as a tree, its file."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import refusal
from parindex.usecases import criteria_sets as sets
from parindex.usecases.official_papers import (
    EXTENSIONS,
    job_of,
    paper_bytes,
    problems_of,
    receive_paper,
    start_reading,
)
from parindex.web.criteria_sets.list_page import list_page
from parindex.web.criteria_sets.reading import readable, readable_paper
from parindex.web.criteria_sets.set_page import set_page
from parindex.web.criteria_sets.version_words import frozen_words, origin_words
from parindex.web.evidence.uploads import IncomingFiles, incoming_files
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording import problems
from parindex.wording.language import text

ROOM = "criteria_sets"
#: A paper that was still being read after so many seconds is not read any more.
_READING_ENDS = 330


@csrf_exempt  # the token stands in the form, which must not be read before it is clear what may come in
@require_http_methods(["GET", "HEAD", "POST"])
def criteria_sets(request: PageRequest) -> HttpResponse:
    """The sets, and the form by which a paper is handed in."""
    if request.method != "POST":
        return _list(request, [])
    try:
        with incoming_files(request, most=1) as incoming:
            return _upload(request, incoming)
    except InvalidInput as error:
        return _list(request, error.problems, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _list(request: PageRequest, found: list[Problem], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    page = list_page(request.acting, timezone.now())
    context = {
        "origin_words": origin_words, "frozen_words": frozen_words,
        "page": page, "room": ROOM, "extensions": ",".join(EXTENSIONS),
        "problems": [(problems.placed(one), problems.remedy(one)) for one in found],
    }  # fmt: skip
    return render(request, "criteria_sets/templates/sets.html", context, status=status)


@csrf_protect
def _upload(request: PageRequest, incoming: IncomingFiles) -> HttpResponse:
    owner = number_from(request.POST.get("owner"))  # reads the form, where checking its token has not
    found = incoming.problems or ([] if incoming.arrived else [Problem("file_empty", Place(file=text("tệp")))])
    if found:
        return _list(request, found, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        paper = receive_paper(by=request.acting, at=timezone.now(), owner_id=owner, arrived=incoming.arrived[0])
    except InvalidInput as error:
        return _list(request, error.problems, HTTPStatus.UNPROCESSABLE_ENTITY)
    start_reading(paper)
    return redirect("set_paper", paper=paper.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: PageRequest, paper: int) -> HttpResponse:
    """A paper that is being read, or cannot be; one that was read leads to its check."""
    at = timezone.now()
    found = readable_paper(request, paper, at)
    if request.method == "POST":
        sets.read_again(by=request.acting, at=at, paper_id=paper)
        found = readable_paper(request, paper, at)
    owner: str = found.owner_path or ""  # type: ignore[attr-defined]
    manages = refusal(check_can_manage_sets, request.acting.actor, owner) is None
    if manages and found.read_at is None and job_of(found).answer() is not None:
        made = sets.take_reading(by=request.acting, at=at, paper_id=found.pk)
        found = readable_paper(request, paper, at)
        if made:
            messages.success(request, text("Đã đọc {file}: {count} bảng.", file=found.name, count=len(made)))
    version = found.versions.order_by("table_number", "pk").first()
    if version is not None:
        return redirect("check_set", version=version.pk)
    late = (at - found.uploaded_at).total_seconds() > _READING_ENDS
    context = {
        "paper": found, "room": ROOM, "progress": job_of(found).progress(), "late": late,
        "manages": manages,
        "problems": [(problems.placed(one), problems.remedy(one)) for one in problems_of(found)],
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if found.problems else HTTPStatus.OK
    return render(request, "criteria_sets/templates/paper.html", context, status=status)


@require_safe
def paper_file(request: PageRequest, paper: int) -> HttpResponse:
    """The paper as it came."""
    found = readable_paper(request, paper, timezone.now())
    response = HttpResponse(paper_bytes(found), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return response


@require_POST
def start(request: PageRequest) -> HttpResponse:
    """A draft of a set that comes with the program."""
    made = sets.start_from_shipped(
        by=request.acting, at=timezone.now(), owner_id=number_from(request.POST.get("owner")),
        set_id=request.POST.get("set", ""),
    )  # fmt: skip
    messages.success(request, text("Đã lập bản nháp từ bộ có sẵn {code}.", code=made.criteria_set.code))
    return redirect("check_set", version=made.pk)


@require_safe
def criteria_set(request: PageRequest, version: int) -> HttpResponse:
    """One version: its tree, rules in words, fingerprint, what can be done with it."""
    at = timezone.now()
    found = readable(request, version, at)
    page = set_page(request.acting, found, at)
    context = {"page": page, "room": ROOM, "origin_words": origin_words, "frozen_words": frozen_words}
    return render(request, "criteria_sets/templates/set.html", context)


@require_safe
def export(request: PageRequest, version: int) -> HttpResponse:
    """The set as the YAML file that every command of the program reads."""
    found = readable(request, version, timezone.now())
    if not found.content:
        raise Http404
    response = HttpResponse(found.content, content_type="application/yaml; charset=utf-8")
    name = f"{found.criteria_set.code}-{found.number}.yaml"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
