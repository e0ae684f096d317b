"""One item of one sheet in three panes; what is said of it is recorded here, and leads to the next one."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import ItemAppraisal, Opinion
from parindex.database.queries.appraisal_pages import appraised_sheet, entry_key, last_own_opinion
from parindex.domain.publication.personal_data import personal_data
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.review.refusal import Refusal, reasons_of
from parindex.usecases.entries import require_standing
from parindex.usecases.opinions import Said, decide, give_opinion, put_off, take_back
from parindex.web.appraisals.appraisal_page import AppraisalPage, appraisal_page
from parindex.web.appraisals.opened_item import Asked, queue_page
from parindex.web.appraisals.said_form import FIELDS, STALE, SaidForm, said_form
from parindex.web.requests import PageRequest
from parindex.web.shown_items import require_shown
from parindex.web.typed_numbers import number_or
from parindex.wording.appraisals import opinion_kind
from parindex.wording.language import text
from parindex.wording.results import personal_words

ROOM = "appraisals"
#: Refusals after which the page comes back with everything that was typed.
_MENDED = frozenset(FIELDS) | {STALE}


class SeeOther(HttpResponseRedirect):
    """Where to go on after a form: the browser asks with GET, whatever it asked with before."""

    status_code = HTTPStatus.SEE_OTHER


@require_http_methods(["GET", "HEAD", "POST"])
def appraisal(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """One item: read it, and say something of it."""
    if request.method == "POST":
        return _recorded(request, sheet, code, Capacity.MEMBER)
    match request.headers.get("HX-Target"):
        case "queue":
            response = _queue_anew(request, sheet, code)
        case "paper":
            response = _rendered(request, "appraisal_papers", found_page(request, sheet, code))
        case _:
            response = _rendered(request, "appraisal", found_page(request, sheet, code))
    response["Vary"] = "HX-Request, HX-Target, X-Leaving"
    return response


def _rendered(request: PageRequest, name: str, page: AppraisalPage) -> HttpResponse:
    return render(request, f"appraisals/templates/{name}.html", context_of(page))


def _queue_anew(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """The queue alone: a page that was read ahead is brought up to date with it."""
    rows = appraised_sheet(sheet=sheet)
    page = queue_page(request.acting, rows[0], code, asked_of(request)) if rows else None
    if page is None:
        raise Http404
    return render(request, "appraisals/templates/appraisal_queue_anew.html", {"page": page})


@require_POST
def decision(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """The decision of the chair, with minutes."""
    return _recorded(request, sheet, code, Capacity.CHAIR)


def _recorded(request: PageRequest, sheet: int, code: str, capacity: Capacity) -> HttpResponse:
    form = said_form(request.POST)
    entry = entry_of(request, sheet, code)
    act = decide if capacity is Capacity.CHAIR else partial(give_opinion, known=form.typed("known"))
    try:
        stands = act(by=request.acting, at=timezone.now(), entry_id=entry, said=form.said(), seen=form.seen)
    except ItemAppraisal.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        if not any(one.code in _MENDED for one in reasons_of(refused)):
            raise
        return _again(request, sheet, code, SaidForm(form.texts, reasons_of(refused)), capacity)
    opinion = opinion_kind(OpinionKind(form.kind)).lower()
    words = text("Đã ghi mục {code}: {opinion}.", code=code, opinion=opinion)
    if _by_item(request):
        unit = stands.sheet.unit_name
        words = text("Đã ghi mục {code} của {unit}: {opinion}.", code=code, unit=unit, opinion=opinion)
    words = " ".join(filter(None, (words, _hint(form.said()))))
    if request.headers.get("HX-Target") == "item":  # the next page has been read already
        context = {"words": words, "undo": _undo_address(request, sheet, code) + query_of(request)}
        return render(request, "appraisals/templates/appraisal_recorded.html", context)
    messages.success(request, words, extra_tags=_undo_address(request, sheet, code))
    return SeeOther(_next_address(request, sheet, code))


def _hint(said: Said) -> str:
    """That a reason which will be public holds personal data; "" where it does not."""
    found = personal_data(said.reason) if said.is_public else ()
    if not found:
        return ""
    return text(
        "Lý do sẽ công khai có {found}. Rút lại rồi bỏ dữ liệu đó, hoặc đánh dấu “Không công khai lý do”.",
        found=personal_words(found),
    )


def _again(request: PageRequest, sheet: int, code: str, form: SaidForm, capacity: Capacity) -> HttpResponse:
    """The page with what was typed: 409 where somebody has said something meanwhile, 422 where something is missing."""
    page = found_page(request, sheet, code, form, as_chair=capacity is Capacity.CHAIR)
    status = HTTPStatus.CONFLICT if form.is_stale else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "appraisals/templates/appraisal.html", context_of(page), status=status)


def _next_address(request: PageRequest, sheet: int, here: str) -> str:
    """Where the button leads: to the item that the form names; without one to the summary of what was gone through, the
    sheet or the item ``here`` over all units.
    """
    query = query_of(request)
    goal = str(request.POST.get("next", ""))
    to, _, code = goal.partition("/")
    if to.isdecimal() and code:
        return reverse("appraisal", args=[int(to), code]) + query + "#item"
    if _by_item(request):
        return reverse("item_appraisals", args=[appraised_sheet(sheet=sheet)[0].group_id, here])
    return reverse("appraisal_sheet", args=[sheet])


def _by_item(request: PageRequest) -> bool:
    """Whether one item is gone through over all units."""
    return request.GET.get("by") == "item"


@require_POST
def later(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Put an item off: it goes to the end of the own queue."""
    try:
        put_off(by=request.acting, at=timezone.now(), entry_id=entry_of(request, sheet, code))
    except ItemAppraisal.DoesNotExist:
        raise Http404 from None
    messages.info(request, text("Mục {code} để sau, xếp cuối danh sách chờ.", code=code))
    return SeeOther(_next_address(request, sheet, code))


def _undo_address(request: PageRequest, sheet: int, code: str) -> str:
    """Where what was just recorded is taken back; "" where somebody has just done so."""
    found = next(iter(last_own_opinion(sheet=sheet, code=code, user=request.user.pk)), None)
    return reverse("undo_opinion", args=[sheet, code, found[0]]) if found else ""


@require_POST
def undo(request: PageRequest, sheet: int, code: str, opinion: int) -> HttpResponse:
    """Take back an opinion of one's own: this one, however often the button is pressed."""
    found = Opinion.objects.select_related("entry").filter(pk=opinion, entry__sheet=sheet, author=request.user).first()
    if found is None:
        raise Http404
    require_standing(found.entry)
    if found.entry.item_code != code:
        raise Http404
    take_back(by=request.acting, at=timezone.now(), opinion_id=opinion)
    messages.success(request, text("Đã hoàn tác ý kiến về mục {code}; bản cũ vẫn còn trong lịch sử.", code=code))
    return SeeOther(reverse("appraisal", args=[sheet, code]) + query_of(request) + "#item")


# --- steps -----------------------------------------------------------------------------------------------------------


def asked_of(request: PageRequest, *, as_chair: bool = False) -> Asked:
    """What the address asks for."""
    asked = request.GET
    return Asked(
        asked.get("only", "")[:20], _by_item(request), asked.get("doc", ""), asked.get("page", ""),
        asked.get("size", ""), as_chair or asked.get("as") == "chair", asked.get("again", "") == "1",
        number_or(request.headers.get("X-Leaving"), 0),
    )  # fmt: skip


def query_of(request: PageRequest) -> str:
    """How the queue is gone through, as the address says; what follows an act carries it along."""
    kept = {name: request.GET[name][:20] for name in ("by", "only") if name in request.GET}
    return "?" + "&".join(f"{name}={value}" for name, value in kept.items() if value.isalpha()) if kept else ""


def found_page(
    request: PageRequest, sheet: int, code: str, form: SaidForm | None = None, *, as_chair: bool = False
) -> AppraisalPage:
    """The page of an item; 404 where nothing of it is appraised."""
    rows = appraised_sheet(sheet=sheet)
    page = None
    if rows:
        page = appraisal_page(request.acting, rows[0], code, asked_of(request, as_chair=as_chair), form)
    if page is None:
        raise Http404
    return page


def context_of(page: AppraisalPage) -> dict[str, object]:
    """What the templates of an item take."""
    return {"page": page, "room": ROOM, "failed": None}


def entry_of(request: PageRequest, sheet: int, code: str) -> int:
    """The key of an entry; 404 for none. Refused where the form was made for another one (:func:`require_shown`)."""
    return require_shown(request, sheet, code, next((key for (key,) in entry_key(sheet=sheet, code=code)), None))


def back_to(request: PageRequest, sheet: int, code: str, place: str = "item") -> SeeOther:
    """Back to the item after one of its small acts, where the reader was."""
    return SeeOther(f"{reverse('appraisal', args=[sheet, code])}{query_of(request)}#{place}")
