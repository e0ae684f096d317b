"""Versions beside each other: comparing, correcting, beginning next year's set; the record of findings."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import PurePath

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.documents.set_records.record_docx import record_docx
from parindex.domain.criteria.comparison import Aspect, Pair, compare_sets
from parindex.domain.review.refusal import Refusal
from parindex.usecases import criteria_sets as sets
from parindex.usecases.set_records import record_of
from parindex.web.criteria_sets.reading import managing, readable
from parindex.web.criteria_sets.version_words import frozen_words, origin_words
from parindex.web.requests import PageRequest
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text
from parindex.wording.set_differences import Sets, difference_words, property_words, summary

ROOM = "criteria_sets"
#: Where a refusal of next year's set is shown.
_FIELD_OF = {"year_not_later": "year", "set_code_taken": "code"}
_CODE = re.compile(r"[a-z][a-z0-9-]{0,119}")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def compare(request: PageRequest, old: int, new: int) -> HttpResponse:
    """What the newer version has otherwise than the older one."""
    at = timezone.now()
    versions = [readable(request, one, at) for one in (old, new)]
    made = [stored_draft(one.content, one.reading).criteria_set for one in versions]
    both: Sets = (made[0], made[1])
    compared = compare_sets(*both)
    context = {
        "old": versions[0], "new": versions[1], "compared": compared, "summary": summary(compared), "room": ROOM,
        "changed": [(pair, _lines(pair, both)) for pair in compared.changed],
        "properties": [property_words(one) for one in compared.set_differences],
        "origin_words": origin_words, "frozen_words": frozen_words,
    }  # fmt: skip
    return render(request, "criteria_sets/templates/compare.html", context)


def _lines(pair: Pair, both: Sets) -> list[str]:
    return [difference_words(one, pair, both) for one in pair.differences if one.aspect is not Aspect.CODE]


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, version: int) -> HttpResponse:
    """A new version of a frozen set, with the reason."""
    found = readable(request, version, timezone.now())
    if request.method == "POST":
        try:
            made = sets.correct(
                by=request.acting, at=timezone.now(), version_id=version, reason=request.POST.get("reason", "")
            )
        except Refusal as refused:
            if refused.code != "reason_needed":
                raise
            return _correct_page(request, version, refusal_text(refused), HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, text("Đã lập phiên bản {number} để đính chính.", number=made.number))
        return redirect("criteria_set", version=made.pk)
    del found
    return _correct_page(request, version, "", HTTPStatus.OK)


def _correct_page(request: PageRequest, version: int, error: str, status: HTTPStatus) -> HttpResponse:
    found = readable(request, version, timezone.now())
    context = {
        "version": found, "error": error, "refused": managing(request, found), "room": ROOM,
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "criteria_sets/templates/correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def next_year(request: PageRequest, version: int) -> HttpResponse:
    """Next year's set begins as this year's."""
    found = readable(request, version, timezone.now())
    code, year = found.criteria_set.code, (found.year or timezone.now().year) + 1
    proposed = code.replace(str(year - 1), str(year)) if str(year - 1) in code else f"{code}-{year}"
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed, written = request.POST.get("code", "").strip(), request.POST.get("year", "").strip()
        if not (written.isdecimal() and len(written) == 4):
            errors["year"] = text("“{text}” không phải là năm. Ghi bốn chữ số, ví dụ 2025.", text=written)
        if not _CODE.fullmatch(typed.lower()):
            errors["code"] = text("Mã của bộ mới bắt đầu bằng chữ, gồm chữ thường, số và gạch nối, tối đa 120 ký tự.")
        if not errors:
            try:
                made = sets.start_next_year(
                    by=request.acting, at=timezone.now(), version_id=version, year=int(written), code=typed.lower()
                )
            except Refusal as refused:
                if refused.code not in _FIELD_OF:
                    raise
                errors[_FIELD_OF[refused.code]] = refusal_text(refused)
            else:
                messages.success(request, text("Đã lập bản nháp bộ tiêu chí năm {year}.", year=made.year))
                return redirect("criteria_set", version=made.pk)
    context = {
        "version": found, "errors": errors, "refused": managing(request, found), "room": ROOM,
        "code": request.POST.get("code", proposed), "year": request.POST.get("year", year),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "criteria_sets/templates/next_year.html", context, status=status)


@require_safe
def record(request: PageRequest, version: int) -> HttpResponse:
    """The record of findings as a page to be printed."""
    at = timezone.now()
    found = readable(request, version, at)
    context = {"record": record_of(found, at), "version": found, "room": ROOM}
    return render(request, "criteria_sets/templates/record.html", context)


@require_safe
def record_word(request: PageRequest, version: int) -> HttpResponse:
    """The record of findings as a Word file."""
    at = timezone.now()
    found = readable(request, version, at)
    made = record_of(found, at)
    response = HttpResponse(record_docx(made), content_type=_DOCX)
    stem = PurePath(found.paper.name).stem if found.paper else found.criteria_set.code
    name = text("bien-ban-doi-chieu-{name}.docx", name=stem)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
