"""Units: the tree of a day, one unit, and what changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import ScoreSheet, Unit
from parindex.database.queries.accounts import offices_on, parents_kept
from parindex.database.queries.ended_units import running_sheets
from parindex.database.queries.score_sheets import sheet_facts
from parindex.database.queries.units import versions_on
from parindex.documents.unit_tables.cells import day_of
from parindex.domain.errors import InvalidInput
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Role
from parindex.usecases import unit_corrections as corrections
from parindex.usecases import units as use
from parindex.usecases.read_marks import read_mark
from parindex.web.accounts.managing import MANAGING, OFFERED
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_from, number_or
from parindex.web.units.forms import BETWEEN, FIELDS, TypedUnit, box_id, boxes_of
from parindex.web.units.tree_page import Filters, tree_page
from parindex.web.units.unit_names import UnitNames
from parindex.web.units.unit_page import UnitPage, unit_page
from parindex.wording.language import text
from parindex.wording.moments import day as day_text
from parindex.wording.moments import local_day
from parindex.wording.problems import message, remedy
from parindex.wording.refusals import refusal_text
from parindex.wording.unit_kinds import kind_text, known_kinds

KEEPING = frozenset({Role.ADMINISTRATOR, Role.STANDING_OFFICE})


@require_safe
def units(request: PageRequest) -> HttpResponse:
    """The tree as it stands on a day; today unless another day is asked for."""
    asked, typed_day = request.GET, " ".join(request.GET.get("on", "").split())
    on = day_of(typed_day) if typed_day else None
    filters = Filters(
        on, number_or(asked.get("under"), 0), " ".join(asked.get("search", "").replace("\0", "").split())[:100],
        asked_page(asked.get("page")),
    )  # fmt: skip
    page = tree_page(filters, local_day(timezone.now()))
    context = {
        "page": page, "kind_words": kind_text, "keeps": bool(KEEPING & request.acting.actor.roles),
        "manages": bool(MANAGING & request.acting.actor.roles),
        "room": "accounts",
        "wrong_day": typed_day if typed_day and on is None else "",
    }  # fmt: skip
    return render(request, "units/templates/units.html", context)


@require_safe
def unit(request: PageRequest, unit: int) -> HttpResponse:
    """One unit with its history."""
    page = unit_page(request.acting.actor, get_object_or_404(Unit, pk=unit), local_day(timezone.now()))
    context = {"page": page, "kind_words": kind_text, "room": "accounts"}
    return render(request, "units/templates/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: PageRequest) -> HttpResponse:
    """Found a unit."""
    if not KEEPING & request.acting.actor.roles:
        raise Refusal("only_standing_office_units")

    def do(form: TypedUnit) -> Callable[[], Unit]:
        first = form.day("first")
        code, data, decision = form.code(), form.data(first), form.decision(needed=bool(form.typed["decision"]))
        return lambda: use.create_unit(
            by=request.acting, at=timezone.now(), code=code, data=data, first=first or form.today, decision=decision
        )

    above = get_object_or_404(Unit, pk=number_from(request.GET["under"])) if request.GET.get("under") else None
    start = {"parent": above.code if above else "", "first": day_text(local_day(timezone.now()))}
    return _form(request, "new", text("Thêm đơn vị"), start, do, None, text("Đã thêm đơn vị."))


@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: PageRequest, unit: int) -> HttpResponse:
    """Another name, kind or parent from a day on."""
    page = _kept(request, unit)

    def do(form: TypedUnit) -> Callable[[], Unit]:
        first = form.day("first")
        data, decision = form.data(first), form.decision(needed=bool(form.typed["decision"]))
        return lambda: use.change_unit(
            by=request.acting, at=timezone.now(), code=page.unit.code, data=data, first=first or form.today,
            decision=decision, seen=seen_of(request),
        )  # fmt: skip

    version = page.version
    start = {
        "name": version.name, "short_name": version.short_name, "kind": version.kind,
        "parent": version.parent.code if version.parent else "", "first": day_text(local_day(timezone.now())),
    }  # fmt: skip
    return _form(request, "change", text("Đổi tên, loại hoặc cấp trên"), start, do, page, text("Đã ghi thay đổi."))


@require_http_methods(["GET", "HEAD", "POST"])
def close_unit(request: PageRequest, unit: int) -> HttpResponse:
    """The last day of a unit, by a decision."""
    page = _kept(request, unit)

    def do(form: TypedUnit) -> Callable[[], Unit]:
        last, decision = form.day("last"), form.decision(needed=True)
        said = _said(request, page, form)
        return lambda: use.close_unit(
            by=request.acting, at=timezone.now(), code=page.unit.code, last=last or form.today, decision=decision,
            confirmed=form.confirmed, said=said,
        )  # fmt: skip

    return _form(request, "close", text("Kết thúc đơn vị"), {}, do, page, text("Đã ghi ngày kết thúc."))


@require_http_methods(["GET", "HEAD", "POST"])
def correct_ending(request: PageRequest, unit: int) -> HttpResponse:
    """What was recorded wrongly of the end of a unit: its last day, its decision, who took its place."""
    page = _kept(request, unit)
    picked = [one.other for one in page.followed_by if str(one.other) in request.POST.getlist("taken_back")]
    codes = set(Unit.objects.filter(pk__in=picked).values_list("code", flat=True))

    def do(form: TypedUnit) -> Callable[[], Unit]:
        last, decision = form.day("last", needed=False), form.decision(needed=True)
        return lambda: corrections.correct_ending(
            by=request.acting, at=timezone.now(), code=page.unit.code, last=last, decision=decision,
            reason=request.POST.get("reason", ""), taken_back=codes, said=_said(request, page),
            confirmed=form.confirmed, seen=seen_of(request),
        )  # fmt: skip

    end = page.end
    start = {
        "last": day_text(end.valid_to), "decision": end.ended_number,
        "decision_date": day_text(end.ended_date) if end.ended_date else "",
    } if end is not None and end.valid_to is not None else {}  # fmt: skip
    return _form(request, "correct", text("Sửa ngày kết thúc"), start, do, page, text("Đã sửa ngày kết thúc."))


@require_http_methods(["GET", "HEAD", "POST"])
def succeed_unit(request: PageRequest, unit: int) -> HttpResponse:
    """This unit takes over from others: it takes them in, or it is a part of one that was divided."""
    page = _kept(request, unit)

    def do(form: TypedUnit) -> Callable[[], Unit]:
        first, decision = form.day("first"), form.decision(needed=True)
        predecessors = form.predecessors(first)
        return lambda: use.succeed_units(
            by=request.acting, at=timezone.now(), predecessors=predecessors, successor=page.unit.code, data=None,
            first=first or form.today, decision=decision, overlap=form.typed["overlap"], keep=bool(form.typed["keep"]),
            confirmed=form.confirmed,
        )  # fmt: skip

    return _form(
        request,
        "succeed",
        text("Ghi đơn vị tiền thân"),
        {"overlap": text("nhận sáp nhập")},
        do,
        page,
        text("Đã ghi kế thừa."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge_units(request: PageRequest) -> HttpResponse:
    """A new unit takes over from others."""
    if not KEEPING & request.acting.actor.roles:
        raise Refusal("only_standing_office_units")

    def do(form: TypedUnit) -> Callable[[], Unit]:
        first, decision = form.day("first"), form.decision(needed=True)
        predecessors = form.predecessors(first)
        code, data = form.code(), form.data(first)
        return lambda: use.succeed_units(
            by=request.acting, at=timezone.now(), predecessors=predecessors, successor=code, data=data,
            first=first or form.today, decision=decision, overlap=form.typed["overlap"], keep=bool(form.typed["keep"]),
            confirmed=form.confirmed,
        )  # fmt: skip

    done = text("Đã lập đơn vị mới từ các đơn vị tiền thân.")
    return _form(request, "merge", text("Hợp nhất, chia tách thành đơn vị mới"), {}, do, None, done)


def _said(request: PageRequest, page: UnitPage, form: TypedUnit | None = None) -> dict[str, bool]:
    """What is said of each successor, by code; ``form``: where nothing is said of one, that is missing there."""
    codes = dict(Unit.objects.filter(pk__in=[one.other for one in page.followed_by]).values_list("pk", "code"))
    typed = {one.other: request.POST.get(one.field, "") for one in page.followed_by}
    if form is not None:
        form.problems |= {
            one.field: text("Chọn: {unit} thay thế đơn vị này, hay chỉ nhận một phần việc.", unit=one.name)
            for one in page.followed_by
            if typed[one.other] not in ("1", "0")
        }
    return {codes[other]: words == "1" for other, words in typed.items() if words in ("1", "0")}


def _kept(request: PageRequest, unit: int) -> UnitPage:
    found = get_object_or_404(Unit, pk=unit)
    page = unit_page(request.acting.actor, found, local_day(timezone.now()))
    if page.refused:
        raise page.refused
    return page


def _form(
    request: PageRequest, what: str, title: str, start: dict[str, str], read: Callable[[TypedUnit], Callable[[], Unit]],
    page: UnitPage | None, done: str,
) -> HttpResponse:  # fmt: skip
    """One form of this room: read, refuse with everything that is wrong, or do it."""
    typed = {name: " ".join(request.POST.get(name, start.get(name, "")).replace("\0", "").split()) for name in FIELDS}
    typed["predecessors"] = _predecessors(request)
    problems: list[tuple[str, str]] = []
    stale = False
    owing = running_sheets([page.unit.code]) if page is not None and what == "close" else ()
    confirmed = bool(request.POST.get("despite_sheets"))
    form, more = TypedUnit(typed, local_day(timezone.now()), confirmed), bool(request.POST.get("more"))
    if request.method != "POST" and typed["parent"]:
        typed["parent"] = form.names.label(typed["parent"])
    if request.method == "POST" and not more:
        act = read(form)
        problems = list(form.problems.items())
        if not problems:
            try:
                made = act()
                messages.success(request, done)
                return redirect("unit", unit=made.pk)
            except Refusal as refused:
                stale, owing = is_stale(refused), refused.facts.get("sheets", owing)
                problems = (
                    [] if stale else [(_FIELD_OF.get(refused.code, ""), refusal_text(_named(refused, form.names)))]
                )
            except InvalidInput as wrong:
                named = [form.names.in_problem(one) for one in wrong.problems]
                problems = [("", f"{message(one)} {remedy(one)}") for one in named]
    boxes = boxes_of(typed["predecessors"])
    empty = [""] * max(1 + _BOXES * more, _BOXES - len(boxes))
    context: dict[str, Any] = {
        "what": what, "title": title, "typed": typed, "problems": problems, "page": page, "room": "accounts",
        "kinds": known_kinds(), "offered": _offered(request, what, form), "boxes": [*boxes, *empty], "box_id": box_id,
        "owing": [(one, refusal(_check_can_read, request.acting.actor, one) is None) for one in owing],
        "stale": stale, **_read(request, page, form, start, stale=stale),
        "confirmed": confirmed, "picked": set(request.POST.getlist("taken_back")),
        "said": {one.other: request.POST.get(one.field, one.word if what == "correct" else "")
                 for one in (page.followed_by if page is not None else ())},
    }  # fmt: skip
    status = status_of(problems, stale=stale)
    return render(request, "units/templates/unit_form.html", context, status=status)


def _read(
    request: PageRequest, page: UnitPage | None, form: TypedUnit, start: dict[str, str], *, stale: bool
) -> dict[str, object]:
    """What a form about a unit has shown, and, where somebody has changed it since, both texts (``start``: stored)."""
    if page is None:
        return {"seen": "", "clashes": ()}
    labels = {
        "name": text("Tên"), "short_name": text("Tên ngắn"), "kind": text("Loại"), "parent": text("Cấp trên"),
        "last": text("Ngày cuối còn hiệu lực"), "decision": text("Số, ký hiệu quyết định"),
    }  # fmt: skip
    shown = {name: label for name, label in labels.items() if name in start}
    stored = dict(start)
    if stored.get("parent"):
        stored["parent"] = form.names.label(stored["parent"])
    mark = read_mark(use.unit_texts(page.unit.code))
    both = clashes(shown, stored, form.typed) if stale else ()
    return {"seen": mark if stale else seen_of(request) or mark, "clashes": both}


def _predecessors(request: PageRequest) -> str:
    """What stands in the boxes; one box may hold several units, a semicolon between them."""
    typed = ";".join(request.POST.getlist("predecessors")).replace("\0", "").replace("\n", ";")
    return BETWEEN.join(words for one in typed.split(";") if (words := " ".join(one.split())))


def _named(refused: Refusal, names: UnitNames) -> Refusal:
    """A refusal that says a unit by its name; of a code that is taken the code is meant."""
    if refused.code not in _OF_UNITS or refused.facts["unit"] is None:
        return refused
    return Refusal(refused.code, **{**refused.facts, "unit": names.label(refused.facts["unit"])})


def _check_can_read(actor: Actor, sheet: ScoreSheet) -> None:
    check_can_read_sheet(actor, sheet_facts(sheet, list(sheet.parts.all())))


_FIELD_OF = {
    "unit_code_taken": "code", "decision_incomplete": "decision", "predecessors_missing": "predecessors",
    "work_handed_on": "despite_sheets", "reason_needed": "reason", "comment_too_long": "reason",
}  # fmt: skip


#: Refusals in which a unit is named by its code.
_OF_UNITS = frozenset({"unit_changes_later", "unit_not_valid_on", "unit_path_too_long"})
#: So many boxes for predecessors stand ready, and so many more are given at once.
_BOXES = 3


def _offered(request: PageRequest, what: str, form: TypedUnit) -> list[tuple[str, str]]:
    """Code and label of the units to choose from, where they are few and the form asks for any."""
    if what in ("close", "correct"):
        return []
    day = local_day(timezone.now())
    found = versions_on(day).filter(parents_kept(request.acting.actor, offices_on(day)))
    codes = list(found.order_by("path").values_list("unit__code", flat=True)[: OFFERED + 1])
    return [(code, form.names.label(code)) for code in codes] if len(codes) <= OFFERED else []
