"""The register of findings during the year: reading, recording, remedying, withdrawing."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parindex.database.models import MonitoringNote
from parindex.database.queries.monitoring import note_facts, overdue, owners_to_record_for, readable_notes
from parindex.database.queries.units import names_and_paths, unit_named
from parindex.domain.review.monitoring_permissions import check_can_change_note, check_can_read_note
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import monitoring as acts
from parindex.usecases.monitoring import NoteData
from parindex.web.councils.typed_days import day_in
from parindex.web.evidence.pages import Pages
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_in
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text

ROOM = "monitoring"
_FIELDS = ("owner", "unit", "year", "item", "observed_on", "finding", "paper", "remedy_due")
#: The field that mends a refusal; all others concern the form as a whole.
_FIELD_OF = {
    "note_unknown_unit": "unit", "note_outside_owner": "unit", "note_on_own_unit": "unit", "note_year_wrong": "year",
    "note_item_unknown": "item",
    "note_in_the_future": "observed_on", "note_finding_needed": "finding", "note_due_too_early": "remedy_due",
}  # fmt: skip


@require_safe
def notes(request: PageRequest) -> HttpResponse:
    """The findings that this person may read; ``open`` shows those that are not remedied."""
    actor, today = request.acting.actor, local_day(timezone.now())
    found = readable_notes(actor)
    unit, year = request.GET.get("unit", "").strip()[:200], number_in(request.GET.get("year", ""))
    if unit:
        found = found.filter(unit_name__icontains=unit)
    if year:
        found = found.filter(year=year)
    only_open = request.GET.get("open") == "1"
    if only_open:
        found = found.filter(remedied_on=None)
    pages = Pages.of(found.count(), asked_page(request.GET.get("page")))
    shown = list(found[pages.start : pages.end])
    context = {
        "notes": shown, "overdue": overdue(shown, today), "wanted": {"unit": unit, "year": year},
        "only_open": only_open, "pages": pages,
        "records": bool(owners_to_record_for(actor)), "room": ROOM,
    }  # fmt: skip
    return render(request, "monitoring/templates/notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PageRequest) -> HttpResponse:
    """The form of a finding; what was typed stays where it is refused."""
    owners = owners_to_record_for(request.acting.actor)
    if not owners:
        raise Refusal("notes_by_lead_units")
    given = request.POST if request.method == "POST" else request.GET
    words = {name: given.get(name, "") for name in _FIELDS}
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            owner, data = _data(words, owners)
            made = acts.record_note(by=request.acting, at=timezone.now(), owner_id=owner, data=data)
            messages.success(request, text("Đã ghi theo dõi, kiểm tra."))
            return redirect("monitoring_note", note=made.pk)
        except Refusal as refused:
            field = str(refused.facts.get("field", "")) or _FIELD_OF.get(refused.code, "")
            problems = [(field, refusal_text(refused))]
    names = names_and_paths({owner for owner, _ in owners}, local_day(timezone.now()))
    context = {
        "words": words, "problems": problems, "wrong": dict(problems), "room": ROOM,
        "owners": {owner: names[owner][0] for owner, _ in owners if owner in names},
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "monitoring/templates/new.html", context, status=status)


def _data(words: dict[str, str], owners: list[tuple[int, str]]) -> tuple[int, NoteData]:
    owner = number_in(words["owner"]) if words["owner"] else owners[0][0]
    if owner not in {key for key, _ in owners}:
        raise Refusal("notes_by_lead_units")
    unit = unit_named(words["unit"], local_day(timezone.now()))
    if unit is None:
        raise Refusal("note_unknown_unit")
    data = NoteData(
        unit=unit.unit_id,
        year=number_in(words["year"]) or 0,
        observed_on=_day(words, "observed_on"),
        finding=words["finding"],
        item_code=words["item"].strip(),
        paper=words["paper"],
        remedy_due=_day(words, "remedy_due") if words["remedy_due"].strip() else None,
    )
    return owner, data


def _day(words: dict[str, str], name: str) -> date:
    """The day in a field; its refusal names the field."""
    try:
        return day_in(words[name])
    except Refusal as refused:
        raise Refusal(refused.code, **{**refused.facts, "field": name}) from None


@require_safe
def one(request: PageRequest, note: int) -> HttpResponse:
    """A finding with its remedy, and what may be done about it."""
    return _shown(request, _read(request, note), [])


def _read(request: PageRequest, note: int) -> MonitoringNote:
    found = get_object_or_404(MonitoringNote.objects.select_related("recorded_by"), pk=note)
    check_can_read_note(request.acting.actor, note_facts(found))
    return found


def _shown(request: PageRequest, note: MonitoringNote, problems: list[tuple[str, str]]) -> HttpResponse:
    context = {
        "note": note, "problems": problems, "wrong": dict(problems), "room": ROOM,
        "refused": refusal(check_can_change_note, request.acting.actor, note_facts(note)),
        "typed": {name: request.POST.get(name, "") for name in ("remedied_on", "remedy", "reason")},
        "is_overdue": bool(overdue([note], local_day(timezone.now()))),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "monitoring/templates/note.html", context, status=status)


@require_POST
def remedy(request: PageRequest, note: int) -> HttpResponse:
    """Saying that a finding was remedied."""
    found, given = _read(request, note), {"remedied_on": request.POST.get("remedied_on", "")}
    check_can_change_note(request.acting.actor, note_facts(found))
    try:
        acts.remedy_note(
            by=request.acting, at=timezone.now(), note_id=note, remedied_on=_day(given, "remedied_on"),
            remedy=request.POST.get("remedy", ""),
        )  # fmt: skip
    except Refusal as refused:
        return _shown(request, found, [("remedied_on", refusal_text(refused))])
    messages.success(request, text("Đã ghi việc khắc phục."))
    return redirect("monitoring_note", note=note)


@require_POST
def withdraw(request: PageRequest, note: int) -> HttpResponse:
    """Withdrawing a finding that was recorded by mistake."""
    found = _read(request, note)
    check_can_change_note(request.acting.actor, note_facts(found))
    try:
        acts.withdraw_note(by=request.acting, at=timezone.now(), note_id=note, reason=request.POST.get("reason", ""))
    except Refusal as refused:
        return _shown(request, found, [("reason", refusal_text(refused))])
    messages.success(request, text("Đã rút ghi theo dõi, kiểm tra."))
    return redirect("monitoring_notes")
