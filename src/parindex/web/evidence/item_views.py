"""Evidence on an item: files, links, documents that the unit has, taken off and put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Attachment, Document, Entry, ScoreSheet, SheetPart
from parindex.database.queries.evidence import attachable, documents, searched
from parindex.database.queries.score_sheets import part_facts, sheet_facts, sheets
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.permissions import check_can_edit_part, check_can_read_sheet
from parindex.domain.review.refusal import Refusal
from parindex.usecases.asked_items import require_asked
from parindex.usecases.entries import require_same_item
from parindex.usecases.evidence import Added, add_link, attach_document, point_at, put_back, take_off, upload_evidence
from parindex.usecases.evidence_files import check_file
from parindex.usecases.read_marks import CHANGED
from parindex.web import errors
from parindex.web.evidence.item_evidence import ItemEvidence, item_evidence
from parindex.web.evidence.uploads import IncomingFiles, incoming_files
from parindex.web.read_marks import is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.shown_items import require_shown, shown_entry
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text
from parindex.wording.problems import message, remedy
from parindex.wording.refusals import refusal_text

PICKED = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an upload, in words: what is there now, what to look at, what was refused."""

    done: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What was refused, for the summary of errors; there is no single field to go to."""
        return [("", words) for words in self.refused]


def brings_files(request: PageRequest) -> bool:
    """Whether a form brings files: it is not read before it is clear that they may come in."""
    return str(request.content_type).startswith("multipart/")


def find_item(request: PageRequest, sheet: int, code: str) -> tuple[ScoreSheet, Entry]:
    """An item of a sheet that this person may read. Unknown: 404; of others: the refusal."""
    found = get_object_or_404(sheets(), pk=sheet)
    check_can_read_sheet(request.acting.actor, sheet_facts(found, list(SheetPart.objects.filter(sheet=found))))
    entry = Entry.objects.select_related("part").filter(sheet=sheet, item_code=code).first()
    if entry is None:
        if not brings_files(request):
            require_same_item(sheet, code, shown_entry(request), None)
        raise Http404
    return found, entry


@csrf_exempt  # the token stands in the form, which must not be read before it is clear what may come in
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """The evidence of an item by itself; a POST brings files."""
    found, entry = find_item(request, sheet, code)
    if request.method != "POST":
        return show(request, found, entry)
    try:
        check_can_edit_part(request.acting.actor, part_facts(entry.part, found), timezone.now())
        require_asked(found, code)
        with incoming_files(request) as incoming:
            return _received(request, found, entry, incoming)
    except Refusal as error:
        if not wants_data(request):
            raise
        return JsonResponse({"refused": [refusal_text(error)]}, status=HTTPStatus.FORBIDDEN)
    except InvalidInput as error:
        return answer(request, found, entry, Taken(refused=said(error.problems)), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@csrf_protect
def _received(request: PageRequest, sheet: ScoreSheet, entry: Entry, incoming: IncomingFiles) -> HttpResponse:
    require_shown(request, sheet.pk, entry.item_code, entry.pk)  # reads the form, where checking its token has not
    taken = Taken(refused=said(incoming.problems))
    for one in incoming.arrived:
        try:
            checked = check_file(one)
            added = upload_evidence(
                by=request.acting, at=timezone.now(), sheet_id=sheet.pk, item_code=entry.item_code, checked=checked
            )
        except InvalidInput as error:
            taken.refused.extend(said(error.problems))
            continue
        taken.done.append(_added(added, checked.name))
        taken.doubts.extend(said(checked.doubts))
    if not (incoming.arrived or incoming.problems):
        taken.refused.append(text("Chưa chọn tệp nào. Chọn tệp rồi bấm Tải lên."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if taken.refused else HTTPStatus.OK
    return answer(request, sheet, entry, taken, status)


def _added(added: Added, name: str) -> str:
    if added.was_there:
        return text("“{name}” đã có ở mục này; không thêm lần nữa.", name=name)
    if added.document.link:
        if added.was_known:
            return text("“{name}” đơn vị đã thêm trước đây; đã dùng lại cho mục này.", name=name)
        return text("Đã thêm đường liên kết “{name}”.", name=name)
    if added.was_known:
        return text("“{name}” đơn vị đã tải lên trước đây; đã dùng lại cho mục này.", name=name)
    return text("Đã tải lên “{name}”.", name=name)


def said(problems: Sequence[Problem]) -> list[str]:
    """Problems as sentences: what happened, what to do."""
    return [f"{message(one)} {remedy(one)}" for one in problems]


def wants_data(request: PageRequest) -> bool:
    """Whether the script of the page asks, which sends file by file and shows the progress."""
    return request.headers.get("Accept", "").startswith("application/json")


def answer(request: PageRequest, sheet: ScoreSheet, entry: Entry, taken: Taken, status: HTTPStatus) -> HttpResponse:
    """What became of a form: to the script as data, to a page in place, else on the page of the item."""
    if wants_data(request):
        data = {"done": taken.done, "doubts": taken.doubts, "refused": taken.refused}
        return JsonResponse(data, status=status)
    if taken.refused or request.headers.get("HX-Request"):
        return show(request, sheet, entry, taken, status)
    for words in taken.done:
        messages.success(request, words)
    for words in taken.doubts:
        messages.warning(request, words)
    return redirect(f"{reverse('item', kwargs={'sheet': sheet.pk, 'code': entry.item_code})}#evidence")


def show(
    request: PageRequest, sheet: ScoreSheet, entry: Entry, taken: Taken | None = None,
    status: HTTPStatus = HTTPStatus.OK, typed: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The evidence of an item as a page of its own, or as the part that a page asks for."""
    found: ItemEvidence = item_evidence(
        request.acting, sheet, entry, entry.part, frozen_set(sheet.group.set_version), timezone.now()
    )
    is_part = bool(request.headers.get("HX-Request"))
    template = "item_evidence_part.html" if is_part else "item_evidence_page.html"
    context = {"evidence": found, "taken": taken or Taken(), "typed": typed or {}, "room": "score_sheets"}
    response = render(request, f"evidence/templates/{template}", context, status=status)
    response["Vary"] = "HX-Request, Accept"
    return response


def done(
    request: PageRequest, sheet: ScoreSheet, entry: Entry, act: Callable[[], str], *, of_the_form: Sequence[str] = (),
    typed: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Do something and say it. A refusal that the form can mend, and any in a part of a page, is said in its place;
    what was meant for another item is refused with a page of its own.
    """
    try:
        require_shown(request, sheet.pk, entry.item_code, entry.pk)
    except Refusal as error:
        return _in_place_of_all(errors.refused(request, error))
    try:
        words = act()
    except Refusal as error:
        if error.code not in of_the_form and not request.headers.get("HX-Request"):
            raise
        taken = Taken(refused=[refusal_text(error)])
        return show(request, sheet, entry, taken, status_of(taken.refused, stale=is_stale(error)), typed)
    return answer(request, sheet, entry, Taken([words]), HTTPStatus.OK)


def _in_place_of_all(response: HttpResponse) -> HttpResponse:
    """A page that takes the place of the whole page that a part of it asks from."""
    response.status_code = HTTPStatus.CONFLICT
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


@require_POST
def link(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Attach a page of the web."""
    found, entry = find_item(request, sheet, code)
    given = {"link": request.POST.get("link", ""), "title": request.POST.get("title", "")}

    def act() -> str:
        added = add_link(by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, **given)
        return _added(added, added.document.title)

    return done(request, found, entry, act, of_the_form=("not_a_link", "comment_too_long"), typed=given)


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Choose a document that the unit has; a POST attaches it."""
    found, entry = find_item(request, sheet, code)
    if request.method == "POST":
        chosen = number_from(request.POST.get("document"))

        def act() -> str:
            added = attach_document(
                by=request.acting, at=timezone.now(), sheet_id=sheet, item_code=code, document_id=chosen,
                page=request.POST.get("page", ""), section=request.POST.get("section", ""),
            )  # fmt: skip
            return _added(added, added.document.title)

        return done(request, found, entry, act, of_the_form=("comment_too_long",))
    check_can_edit_part(request.acting.actor, part_facts(entry.part, found), timezone.now())
    require_asked(found, code)
    words = request.GET.get("q", "")[:200]
    there = Attachment.objects.filter(entry=entry, removed_at=None).values("document")
    rows: QuerySet[Document] = searched(attachable(entry.part, found).exclude(pk__in=there), words)
    shown = documents().filter(pk__in=rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[:PICKED])
    context = {
        "sheet": found, "entry": entry, "words": words, "found": shown.order_by("-created_at", "-pk"), "most": PICKED,
        "room": "score_sheets",
    }  # fmt: skip
    return render(request, "evidence/templates/pick.html", context)


@require_POST
def change(request: PageRequest, attachment: int, act: str) -> HttpResponse:
    """Take a document off an item, put it back, or say where in it the proof stands."""
    row = get_object_or_404(Attachment.objects.select_related("entry", "document"), pk=attachment)
    found, entry = find_item(request, row.entry.sheet_id, row.entry.item_code)
    now, name = timezone.now(), row.document.title
    typed = {name: request.POST.get(name.removeprefix("place_"), "") for name in ("place_page", "place_section")}
    typed["place"] = str(attachment) if act == "place" else ""

    def off() -> str:
        take_off(by=request.acting, at=now, attachment_id=attachment)
        return text("Đã bỏ “{name}” khỏi mục {code}; tài liệu vẫn còn ở đơn vị.", name=name, code=entry.item_code)

    def back() -> str:
        put_back(by=request.acting, at=now, attachment_id=attachment)
        return text("Đã đưa “{name}” trở lại mục {code}.", name=name, code=entry.item_code)

    def place() -> str:
        point_at(
            by=request.acting, at=now, attachment_id=attachment, page=typed["place_page"],
            section=typed["place_section"], seen=seen_of(request),
        )  # fmt: skip
        return text("Đã ghi chỗ trong “{name}”.", name=name)

    acts = {"take-off": off, "put-back": back, "place": place}
    if act not in acts:
        raise Http404
    return done(request, found, entry, acts[act], of_the_form=("comment_too_long", CHANGED), typed=typed)
