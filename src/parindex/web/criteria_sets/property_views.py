"""What a set says of itself, and the measures that it declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import CriteriaSetVersion
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Grade,
    LegalBasis,
    Measure,
    MeasureKind,
    OfResult,
    RoundingSteps,
)
from parindex.domain.criteria.mends import EditMeasure, EditSet, Mend
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.scoring.usable import read_rule
from parindex.domain.units import UnitGroup
from parindex.domain.values import Rounding, number_text
from parindex.usecases import set_drafts
from parindex.usecases.set_drafts import ChangedMeanwhile
from parindex.usecases.typed_values import number_of
from parindex.web.criteria_sets.check_views import who_changed
from parindex.web.criteria_sets.reading import editing, readable
from parindex.web.criteria_sets.rule_form import slug
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text
from parindex.wording.mends import refused_text
from parindex.wording.typed_values import value_text

ROOM = "criteria_sets"
_BLANK = 2
_COUNTS = ("areas", "criteria", "subcriteria", "items")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list in the form."""

    number: int
    values: Mapping[str, str]


# --- the set itself ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def properties(request: PageRequest, version: int) -> HttpResponse:
    """Title, year, legal basis, grades, unit groups, rounding, and what the text declares."""
    found = readable(request, version, timezone.now())
    made = stored_draft(found.content, found.reading).criteria_set
    if request.method != "POST":
        return _properties(request, found, made, {})
    refused = editing(request, found)
    if refused is not None:
        raise refused
    errors: dict[str, str] = {}
    values = _typed_properties(request.POST, made, errors)
    if errors:
        return _properties(request, found, made, errors, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _kept(request, found, [EditSet(values)], "set_properties",
                 lambda wrong, status: _properties(request, found, made, wrong, status))  # fmt: skip


def _kept(request: PageRequest, version: CriteriaSetVersion, steps: Sequence[Mend], back: str, again: Any
          ) -> HttpResponse:  # fmt: skip
    try:
        decision = set_drafts.edit(
            by=request.acting, at=timezone.now(), version_id=version.pk, steps=steps,
            read=number_from(request.POST.get("read")), note=request.POST.get("note", "").strip(),
        )  # fmt: skip
    except ChangedMeanwhile as stale:
        return again({"": who_changed(stale)}, HTTPStatus.CONFLICT)
    except InvalidValue as error:
        return again({"": refused_text(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if decision is None:
        messages.info(request, text("Không có gì thay đổi."))
    else:
        messages.success(request, text("Đã ghi: {change}.", change=decision.change))
    return redirect(back, version=version.pk)


def _properties(
    request: PageRequest,
    version: CriteriaSetVersion,
    made: CriteriaSet,
    errors: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    post = request.POST if request.method == "POST" else None
    bases = [
        {"number": one.number, "date": f"{one.date:%d/%m/%Y}" if one.date else "", "issuer": one.issuer,
         "abstract": one.abstract} for one in made.legal_basis
    ]  # fmt: skip
    grades = [{"title": one.title, "lower": _written(one.lower)} for one in made.grades]
    groups = [{"id": one.id, "title": one.title} for one in made.unit_groups]
    context = {
        "version": version, "made": made, "errors": errors, "stopped": status != HTTPStatus.OK, "room": ROOM,
        "refused": editing(request, version), "post": post,
        "bases": _rows(post, "basis", ("number", "date", "issuer", "abstract"), bases),
        "grades": _rows(post, "grade", ("title", "lower"), grades),
        "groups": _rows(post, "group", ("id", "title"), groups),
        "counts": {name: _plain(post, name, getattr(made.declared, name)) for name in _COUNTS},
        "declared_points": _plain(post, "declared_max", _written(made.declared.max_points)),
        "parts": [
            (one, _plain(post, f"part.{one.id}", _written(made.declared.parts.get(one.id)))) for one in made.parts
        ],
        "places": {
            name: _plain(post, f"round_{name}", step.places if (step := getattr(made.rounding, name)) else "")
            for name in ("item", "index")
        },
    }  # fmt: skip
    return render(request, "criteria_sets/templates/properties.html", context, status=status)


def _written(value: Fraction | None) -> str:
    return "" if value is None else number_text(value).replace(".", ",")


def _plain(post: Mapping[str, str] | None, name: str, kept: object) -> str:
    if post is not None:
        return post.get(name, "")
    return "" if kept is None else str(kept)


def _rows(
    post: Mapping[str, str] | None, name: str, keys: Sequence[str], kept: Sequence[Mapping[str, str]]
) -> list[Row]:
    rows = list(kept) if post is None else _posted(post, name, keys)
    rows += [dict.fromkeys(keys, "")] * _BLANK
    return [Row(number, values) for number, values in enumerate(rows)]


def _posted(post: Mapping[str, str], name: str, keys: Sequence[str]) -> list[dict[str, str]]:
    numbers = sorted({int(key.split(".")[1]) for key in post if key.startswith(f"{name}.") and key.count(".") == 2
                      and key.split(".")[1].isdecimal()})[:60]  # fmt: skip
    rows = [{key: post.get(f"{name}.{at}.{key}", "").strip() for key in keys} for at in numbers]
    return [row for row in rows if any(row.values())]


def _typed_properties(post: Mapping[str, str], made: CriteriaSet, errors: dict[str, str]) -> dict[str, Any]:
    title = " ".join(post.get("title", "").split())
    if not title:
        errors["title"] = refused_text(InvalidValue("title_missing"))
    year = post.get("year", "").strip()
    if year and not (year.isdecimal() and 1900 <= int(year) <= 9999):
        errors["year"] = refused_text(InvalidValue("year_out_of_range", text=year))
        year = ""
    counts: dict[str, Any] = {name: _count(post, name, errors) for name in _COUNTS}
    declared = replace(
        made.declared,
        **counts,
        max_points=_number(post, "declared_max", errors),
        parts={one.id: points for one in made.parts if (points := _number(post, f"part.{one.id}", errors)) is not None},
    )
    return {
        "title": title, "year": int(year) if year else None, "legal_basis": tuple(_bases(post, errors)),
        "grades": tuple(_grades(post, errors)), "unit_groups": tuple(_groups(post)), "declared": declared,
        "rounding": RoundingSteps(*(_rounding(post, name, made, errors) for name in ("item", "index"))),
    }  # fmt: skip


def _count(post: Mapping[str, str], name: str, errors: dict[str, str]) -> int | None:
    value = _number(post, name, errors)
    if value is not None and (value.denominator != 1 or value < 0):
        errors[name] = value_text(InvalidValue("not_whole", text=post.get(name, "")))
        return None
    return None if value is None else int(value)


def _number(post: Mapping[str, str], name: str, errors: dict[str, str]) -> Fraction | None:
    written = post.get(name, "").strip()
    if not written:
        return None
    try:
        return number_of(written)
    except InvalidValue as error:
        errors[name] = value_text(error)
        return None


def _bases(post: Mapping[str, str], errors: dict[str, str]) -> list[LegalBasis]:
    found = []
    for at, row in enumerate(_posted(post, "basis", ("number", "date", "issuer", "abstract"))):
        if not row["number"]:
            errors[f"basis.{at}.number"] = text("Chưa ghi số, ký hiệu văn bản.")
            continue
        day = _day(row["date"])
        if row["date"] and day is None:
            errors[f"basis.{at}.date"] = text("“{text}” không phải là ngày. Ghi ví dụ 13/12/2024.", text=row["date"])
        found.append(LegalBasis(row["number"], day, row["issuer"], row["abstract"]))
    return found


def _day(written: str) -> date | None:
    parts = written.split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(written)
    except (ValueError, IndexError):
        return None


def _grades(post: Mapping[str, str], errors: dict[str, str]) -> list[Grade]:
    found = []
    for at, row in enumerate(_posted(post, "grade", ("title", "lower"))):
        wrong: dict[str, str] = {}
        lower = _number({"lower": row["lower"]}, "lower", wrong)
        if wrong or lower is None or not row["title"]:
            errors[f"grade.{at}.lower"] = wrong.get("lower") or text("Ghi tên xếp loại và cận dưới, ví dụ 80.")
            continue
        found.append(Grade(row["title"], lower))
    return sorted(found, key=lambda one: -one.lower)


def _groups(post: Mapping[str, str]) -> list[UnitGroup]:
    found: list[UnitGroup] = []
    for row in _posted(post, "group", ("id", "title")):
        given = row["id"] or slug(row["title"], [one.id for one in found], 60)
        found.append(UnitGroup(given, row["title"]))
    return found


def _rounding(post: Mapping[str, str], name: str, made: CriteriaSet, errors: dict[str, str]) -> Rounding | None:
    written = post.get(f"round_{name}", "").strip()
    if not written:
        return None
    if not (written.isdecimal() and int(written) <= 12):
        errors[f"round_{name}"] = text("Ghi số chữ số thập phân, từ 0 đến 12.")
        return None
    kept: Rounding | None = getattr(made.rounding, name)
    return Rounding(int(written), kept.mode) if kept is not None else Rounding(int(written))


# --- measures ------------------------------------------------------------------------------------------------------


@require_safe
def measures(request: PageRequest, version: int) -> HttpResponse:
    """Every measure with the items whose rules read it."""
    found = readable(request, version, timezone.now())
    made = stored_draft(found.content, found.reading).criteria_set
    context = {
        "version": found, "measures": made.measures, "uses": uses_of(made), "refused": editing(request, found),
        "room": ROOM,
    }  # fmt: skip
    return render(request, "criteria_sets/templates/measures.html", context)


def uses_of(made: CriteriaSet) -> dict[str, list[str]]:
    """The items that read each measure."""
    found: dict[str, list[str]] = {}
    for node in made.items():
        if node.rule is None:
            continue
        try:
            rule = read_rule(node, node.rule, made)
        except InvalidInput:
            continue
        for measure in dict.fromkeys(name for name, _ in sorted(rule.measures())):
            found.setdefault(measure, []).append(node.code)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: PageRequest, version: int, measure: str) -> HttpResponse:
    """Declare a measure (``new``), edit it, or take it away."""
    found = readable(request, version, timezone.now())
    made = stored_draft(found.content, found.reading).criteria_set
    kept = made.measures.get(measure) if measure != "+" else Measure("", "")
    if kept is None:
        raise Http404
    if request.method != "POST":
        return _measure(request, found, made, kept, {})
    refused = editing(request, found)
    if refused is not None:
        raise refused
    if request.POST.get("act") == "remove":
        step = EditMeasure(kept.id, None)
    else:
        errors: dict[str, str] = {}
        typed = _typed_measure(request.POST, kept, made, errors)
        if errors:
            return _measure(request, found, made, kept, errors, HTTPStatus.UNPROCESSABLE_ENTITY)
        step = EditMeasure(typed.id, typed)
    return _kept(request, found, [step], "set_measures",
                 lambda wrong, status: _measure(request, found, made, kept, wrong, status))  # fmt: skip


def _measure(
    request: PageRequest, version: CriteriaSetVersion, made: CriteriaSet, kept: Measure, errors: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:  # fmt: skip
    shown = {
        "title": kept.title, "kind": kept.kind.value, "unit": kept.unit, "minimum": _written(kept.minimum),
        "maximum": _written(kept.maximum), "integer": "1" if kept.integer else "",
        "sum_of_children": "1" if kept.sum_of_children else "", "provided_by": kept.provided_by,
        "of_result": kept.of_result or "",
        "choices": "\n".join(f"{key}: {label}" for key, label in kept.choices.items()),
    }  # fmt: skip
    if request.method == "POST":
        shown = {name: request.POST.get(name, "") for name in shown}
    context = {
        "version": version, "measure": kept, "shown": shown, "errors": errors, "stopped": status != HTTPStatus.OK,
        "refused": editing(request, version), "uses": uses_of(made).get(kept.id, []), "room": ROOM,
        "kinds": [("number", text("số")), ("choice", text("lựa chọn")), ("list", text("danh sách"))],
        "results": [("", text("không")), ("index", text("chỉ số (%)")), ("points", text("điểm"))],
    }  # fmt: skip
    return render(request, "criteria_sets/templates/measure.html", context, status=status)


def _typed_measure(post: Mapping[str, str], kept: Measure, made: CriteriaSet, errors: dict[str, str]) -> Measure:
    title = " ".join(post.get("title", "").split())
    if not title:
        errors["title"] = refused_text(InvalidValue("title_missing"))
    kind = post.get("kind", "")
    choices: dict[str, str] = {}
    for line in post.get("choices", "").splitlines():
        key, colon, label = line.partition(":")
        key, label = (key.strip(), label.strip()) if colon else ("", line.strip())
        if label:
            choices[key or slug(label, [*choices], 40)] = label
    chosen = MeasureKind(kind) if kind in set(MeasureKind) else MeasureKind.NUMBER
    if chosen is MeasureKind.CHOICE and not choices:
        errors["choices"] = text("Ghi ít nhất một lựa chọn, mỗi dòng một lựa chọn.")
    low, high = _number(post, "minimum", errors), _number(post, "maximum", errors)
    if low is not None and high is not None and low > high:
        errors["maximum"] = text("Giá trị lớn nhất nhỏ hơn giá trị nhỏ nhất.")
    result = post.get("of_result", "")
    return Measure(
        kept.id or slug(title, [*made.measures], 60), title, chosen, " ".join(post.get("unit", "").split()),
        choices if chosen is MeasureKind.CHOICE else {}, post.get("sum_of_children") == "1",
        post.get("integer") == "1", low, high, post.get("provided_by", "").strip(),
        OfResult(result) if result in set(OfResult) else None,
    )  # fmt: skip
