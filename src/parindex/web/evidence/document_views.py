"""Documents of a unit: the list, one of them with its versions, its pages as pictures, the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parindex.database.models import Document, DocumentVersion, StoredFile
from parindex.database.queries.evidence import documents as all_documents
from parindex.database.queries.evidence import evidence_facts
from parindex.domain.errors import InvalidInput
from parindex.domain.review.evidence_permissions import check_can_read_evidence
from parindex.domain.review.refusal import Refusal
from parindex.usecases import evidence as keeping
from parindex.usecases.citations import cited_day
from parindex.usecases.document_facts import LENGTHS, DocumentFacts, document_texts, mend_document
from parindex.usecases.evidence_files import check_file, opened
from parindex.usecases.evidence_reading import WIDTHS, check_can_open, download, page_of, page_with, version_of
from parindex.usecases.read_marks import read_mark
from parindex.web.evidence.documents_page import KINDS, DocumentFilters, document_page, documents_page
from parindex.web.evidence.item_evidence import VersionLine
from parindex.web.evidence.item_views import said
from parindex.web.evidence.uploads import IncomingFiles, incoming_files
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page
from parindex.web.typed_texts import too_long
from parindex.wording.language import text
from parindex.wording.moments import local_day

_FIELDS = ("title", "number", "date", "issuer", "kind", "abstract", "effective_on")


@require_safe
def documents(request: PageRequest) -> HttpResponse:
    """The documents that this person may read, with where they are used."""
    kind = request.GET.get("kind", "")
    filters = DocumentFilters(
        kind if kind in KINDS else "", request.GET.get("q", "")[:200], asked_page(request.GET.get("page", ""))
    )
    page = documents_page(request.acting, filters, timezone.now())
    return render(request, "evidence/templates/documents.html", {"page": page, "room": "evidence"})


def _document(request: PageRequest, document: int) -> Document:
    found = get_object_or_404(all_documents(), pk=document)
    check_can_read_evidence(request.acting.actor, evidence_facts(found, local_day(timezone.now())))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: PageRequest, document: int) -> HttpResponse:
    """One document; a POST confirms or mends what is said of it."""
    found = _document(request, document)
    if request.method != "POST":
        return _shown(request, found, {}, {})
    typed = {name: request.POST.get(name, "") for name in _FIELDS}
    days = {name: _day(typed[name]) for name in ("date", "effective_on")}
    wrong = {
        name: text("“{typed}” không phải là ngày có thật. Ghi dạng 08/12/2020.", typed=typed[name][:40])
        for name, day in days.items()
        if typed[name].strip() and day is None
    }
    if not typed["title"].strip():
        wrong["title"] = text("Chưa ghi tên tài liệu. Ghi tên rồi lưu lại.")
    for name, most in LENGTHS.items():
        if problem := too_long(typed[name], most):
            wrong[name] = problem
    if wrong:
        return _shown(request, found, typed, wrong)
    facts = DocumentFacts(
        title=typed["title"], number=typed["number"], date=days["date"], issuer=typed["issuer"], kind=typed["kind"],
        abstract=typed["abstract"], effective_on=days["effective_on"],
    )  # fmt: skip
    try:
        mend_document(by=request.acting, at=timezone.now(), document_id=document, facts=facts, seen=seen_of(request))
    except Refusal as refused:
        if not is_stale(refused):
            raise
        return _shown(request, _document(request, document), typed, {}, stale=True)
    messages.success(request, text("Đã xác nhận thông tin của tài liệu. Các viện dẫn số này được nối lại."))
    return redirect("document", document=document)


def _day(typed: str) -> date | None:
    cited = cited_day(typed)
    return cited.day if cited else None


def _labels() -> dict[str, str]:
    """The fields of the data of a document, as the form names them."""
    return {
        "title": text("Tên tài liệu"), "number": text("Số, ký hiệu"), "date": text("Ngày văn bản"),
        "effective_on": text("Ngày có hiệu lực"), "issuer": text("Cơ quan ban hành"), "kind": text("Loại văn bản"),
        "abstract": text("Trích yếu"),
    }  # fmt: skip


def _shown(
    request: PageRequest, found: Document, typed: dict[str, str], wrong: dict[str, str], refused: tuple[str, ...] = (),
    status: HTTPStatus = HTTPStatus.OK, *, stale: bool = False,
) -> HttpResponse:  # fmt: skip
    page, stored = document_page(request.acting, found, timezone.now()), document_texts(found)
    context = {
        "page": page, "typed": typed, "wrong": wrong, "refused": refused, "room": "evidence", "stale": stale,
        "seen": read_mark(stored) if stale else (seen_of(request) if wrong else None) or read_mark(stored),
        "clashes": clashes(_labels(), stored, typed) if stale else (),
    }  # fmt: skip
    status = status_of(wrong, stale=stale) if wrong or stale else status
    return render(request, "evidence/templates/document.html", context, status=status)


@csrf_exempt  # as for uploads to an item
@require_POST
def add_version(request: PageRequest, document: int) -> HttpResponse:
    """A new version of a document."""
    found = _document(request, document)
    keeping.check_can_change(request.acting, found, timezone.now())
    try:
        with incoming_files(request, most=1) as incoming:
            return _received(request, found, incoming)
    except InvalidInput as error:
        return _shown(request, found, {}, {}, tuple(said(error.problems)), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@csrf_protect
def _received(request: PageRequest, found: Document, incoming: IncomingFiles) -> HttpResponse:
    request.POST.get("")
    refused = said(incoming.problems)
    for one in incoming.arrived:
        try:
            checked = check_file(one)
            made = keeping.add_version(by=request.acting, at=timezone.now(), document_id=found.pk, checked=checked)
        except InvalidInput as error:
            refused.extend(said(error.problems))
            continue
        messages.success(request, text("Bản {number} của tài liệu đã lưu; các bản trước vẫn còn.", number=made.number))
        for words in said(checked.doubts):
            messages.warning(request, words)
    if not (incoming.arrived or incoming.problems):
        refused.append(text("Chưa chọn tệp nào. Chọn tệp rồi bấm Tải lên."))
    if refused:
        return _shown(request, found, {}, {}, tuple(refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("document", document=found.pk)


def _version(document: int, number: int) -> DocumentVersion:
    try:
        return version_of(document, number)
    except DocumentVersion.DoesNotExist:
        raise Http404 from None


@require_safe
def file(request: PageRequest, document: int, number: int) -> StreamingHttpResponse:
    """The file of a version: always as a download, never shown by the browser as what it says it is."""
    version = _version(document, number)
    stored = download(by=request.acting, at=timezone.now(), version=version)
    response = StreamingHttpResponse(_pieces(stored), content_type=stored.content_type)
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = content_disposition_header(True, version.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _pieces(stored: StoredFile) -> Iterator[bytes]:
    """The bytes of a file, which is opened when the first of them are wanted and closed after the last."""
    with opened(stored) as kept:
        yield from kept.chunks()


@require_safe
def version(request: PageRequest, document: int, number: int) -> HttpResponse:
    """A version page by page; ``q`` goes to the next page on which these words stand."""
    found = _version(document, number)
    now, asked, words = timezone.now(), asked_page(request.GET.get("page", "")), request.GET.get("q", "")[:200].strip()
    check_can_open(request.acting, found, now)
    line = VersionLine(found)
    pages = found.file.pages or 1
    hit, trouble = None, ""
    if words and line.can_be_shown:
        after = asked if request.GET.get("next") else asked - 1
        try:
            hit = page_with(by=request.acting, at=now, version=found, words=words, after=after)
        except InvalidInput as error:
            trouble = " ".join(said(error.problems))
        asked = (hit.page if hit else None) or asked
    context = {
        "version": found, "line": line, "at": min(max(asked, 1), pages), "pages": pages, "words": words, "hit": hit,
        "trouble": trouble, "is_large": request.GET.get("size") == "large", "room": "evidence",
    }  # fmt: skip
    return render(request, "evidence/templates/version.html", context)


@require_safe
def page(request: PageRequest, document: int, number: int, page: int) -> HttpResponse:
    """A page as a picture. The browser asks each time whether it may still show it."""
    found = _version(document, number)
    width = next((one for one in WIDTHS if str(one) == request.GET.get("width")), WIDTHS[0])
    tag = f'"{found.file.sha256[:32]}-{page}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        check_can_open(request.acting, found, timezone.now())
        response: HttpResponse = HttpResponseNotModified()
    else:
        try:
            drawn = page_of(by=request.acting, at=timezone.now(), version=found, page=page, width=width)
        except InvalidInput as error:
            return HttpResponse(" ".join(said(error.problems)), status=HTTPStatus.NOT_FOUND, content_type="text/plain")
        response = HttpResponse(drawn.data, content_type=drawn.media_type)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response
