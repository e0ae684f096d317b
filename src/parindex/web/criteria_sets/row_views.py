"""Editing one row of a draft; reading it where it is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import CriteriaSetVersion
from parindex.database.queries.guidance import guidance_notes
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.documents.criteria_sets.yaml_text import parse_yaml
from parindex.domain.criteria.codes import CODE, next_sibling
from parindex.domain.criteria.criteria_set import CriteriaSet, Node, Outside, Source
from parindex.domain.criteria.mends import AddRow, EditMeasure, EditRow, Mend, MoveRow, RemoveRow, row_at
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.scoring.rule_table import KINDS
from parindex.usecases import set_drafts
from parindex.usecases.set_drafts import ChangedMeanwhile
from parindex.usecases.typed_values import number_of
from parindex.web.criteria_sets.check_views import who_changed
from parindex.web.criteria_sets.reading import editing, readable
from parindex.web.criteria_sets.row_page import RowPage, TypedRow, digest_of, row_page, rule_data
from parindex.web.criteria_sets.rule_form import INNER_KINDS, Reader
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording import places, problems, terms
from parindex.wording.language import text
from parindex.wording.mends import refused_text
from parindex.wording.rule_kinds import kind_text
from parindex.wording.typed_values import value_text

ROOM = "criteria_sets"
#: Acts on the place of a row, beside those on what it says.
STRUCTURE = frozenset({"add_after", "add_below", "remove", "up", "down"})


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: PageRequest, version: int, row: int) -> HttpResponse:
    """The page of a row; ``act`` says whether to keep what was typed, or to show what it would give."""
    found = readable(request, version, timezone.now())
    try:
        made = stored_draft(found.content, found.reading).criteria_set
        node = row_at(made, row)
    except InvalidValue:
        raise Http404 from None
    if request.method != "POST":
        return _shown(request, found, row_page(found, row, request.GET), {}, None)
    refused = editing(request, found)
    if refused is not None:
        raise refused
    act = request.POST.get("act", "")
    if act in STRUCTURE:
        return _restructured(request, found, made, row, act)
    typed = _typed(request, made, node)
    page = row_page(found, row, request.POST, typed)
    if act not in ("save", "save-next"):
        return _shown(request, found, page, typed.errors if act == "example" else None, typed)
    errors = {**typed.errors, **_rule_errors(page, typed)}
    if errors:
        return _shown(request, found, page, errors, typed, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _saved(request, found, page, typed, made)


def _restructured(
    request: PageRequest, version: CriteriaSetVersion, made: CriteriaSet, row: int, act: str
) -> HttpResponse:
    """A row more, a row less, or the row in another place."""
    seen = request.POST.get("digest", "")
    new = Node(next_code(made, row, act == "add_below"), " ".join(request.POST.get("new_title", "").split()), None)
    steps: dict[str, Mend] = {
        "add_after": AddRow(row, new), "add_below": AddRow(row, new, inside=True), "remove": RemoveRow(row),
        "up": MoveRow(row, -1), "down": MoveRow(row, 1),
    }  # fmt: skip
    try:
        if act in ("add_after", "add_below") and not new.title:
            raise InvalidValue("title_missing")
        set_drafts.edit(
            by=request.acting, at=timezone.now(), version_id=version.pk, steps=[steps[act]],
            read=number_from(request.POST.get("read")), unchanged=lambda current: digest_of(current, row) == seen,
        )  # fmt: skip
    except ChangedMeanwhile as stale:
        page = row_page(version, row, request.GET)
        return _shown(request, version, page, {"": who_changed(stale)}, None, HTTPStatus.CONFLICT)
    except InvalidValue as error:
        page = row_page(version, row, request.GET)
        errors = {"new_title" if error.kind == "title_missing" else "": refused_text(error)}
        return _shown(request, version, page, errors, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, text("Đã ghi. Hoàn tác được ở trang đối chiếu."))
    if act in ("add_after", "add_below"):
        current = readable(request, version.pk, timezone.now())
        rows = list(stored_draft(current.content, current.reading).criteria_set.walk())
        at = max(at for at, node in enumerate(rows) if (node.code, node.title) == (new.code, new.title))
        return redirect("set_row", version=version.pk, row=at)
    return redirect("criteria_set", version=version.pk)


def next_code(made: CriteriaSet, row: int, inside: bool) -> str:
    """The next free code after a row, or below it."""
    node = row_at(made, row)
    taken = {one.code for one in made.walk()}
    code = f"{node.code}.1" if inside else next_sibling(node.code) or f"{node.code}a"
    while code in taken:
        code = next_sibling(code) or f"{code}a"
    return code


def _rule_errors(page: RowPage, typed: TypedRow) -> dict[str, str]:
    """The problems of the rule at their fields; those of a rule in YAML at its text."""
    if typed.yaml is None:
        return dict(page.rule.errors)
    return {"yaml": " ".join(words for _, words in page.rule.problems)} if page.rule.problems else {}


def _saved(
    request: PageRequest, version: CriteriaSetVersion, page: RowPage, typed: TypedRow, made: CriteriaSet
) -> HttpResponse:
    steps: list[Mend] = [EditMeasure(one.id, one) for one in typed.measures.values()]
    steps.append(EditRow(page.row, typed.values))
    seen = request.POST.get("digest", "")
    try:
        decision = set_drafts.edit(
            by=request.acting, at=timezone.now(), version_id=version.pk, steps=steps,
            read=number_from(request.POST.get("read")), note=request.POST.get("note", "").strip(),
            unchanged=lambda current: digest_of(current, page.row) == seen,
        )  # fmt: skip
    except ChangedMeanwhile as stale:
        errors = {"": who_changed(stale)}
        return _shown(request, version, page, errors, typed, HTTPStatus.CONFLICT)
    except InvalidValue as error:
        return _shown(request, version, page, {"": refused_text(error)}, typed, HTTPStatus.UNPROCESSABLE_ENTITY)
    if decision is None:
        messages.info(request, text("Không có gì thay đổi."))
    else:
        messages.success(request, text("Đã ghi: {change}.", change=decision.change))
    onward = request.POST.get("act") == "save-next" and page.after is not None
    goal = page.after if onward else page.row
    return redirect("set_row", version=version.pk, row=goal)


def _shown(
    request: PageRequest,
    version: CriteriaSetVersion,
    page: RowPage,
    errors: Mapping[str, str] | None,
    typed: TypedRow | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """``errors`` None: the form has only just changed, and nothing of it is wrong yet."""
    shown = {**(_rule_errors(page, typed) if typed and errors is not None else {}), **(errors or {})}
    context = {
        "page": page, "version": version, "errors": shown,
        "stopped": status != HTTPStatus.OK, "post": request.POST, "typed": typed, "room": ROOM,
        "refused": editing(request, version), "kinds": {kind: kind_text(kind) for kind in KINDS},
        "inner_kinds": {kind: kind_text(kind) for kind in INNER_KINDS},
        "sources": {one.value: terms.source(one) for one in Source},
        "outsides": {one.value: terms.outside(one) for one in Outside},
        "parts": [("", text("theo nguồn điểm")), *((one.id, one.title or one.id) for one in page.criteria_set.parts)],
        "place": places.place_text(page.node.place, file=False),
        "guidance": guidance_notes(version.criteria_set_id, page.node.code),
    }  # fmt: skip
    return render(request, "criteria_sets/templates/row.html", context, status=status)


# --- the form ------------------------------------------------------------------------------------------------------


def _typed(request: PageRequest, made: CriteriaSet, node: Node) -> TypedRow:
    post = request.POST
    found = TypedRow()
    _texts(post, node, found)
    _points(post, found)
    if node.is_item:
        _choices(post, made, found)
        _rule(post, made, node, found)
    return found


def _texts(post: Mapping[str, str], node: Node, found: TypedRow) -> None:
    code, title = post.get("code", "").strip(), " ".join(post.get("title", "").split())
    if not CODE.match(code):
        found.errors["code"] = refused_text(InvalidValue("code_malformed", text=code))
    if not title:
        found.errors["title"] = refused_text(InvalidValue("title_missing"))
    found.values |= {"code": code, "title": title, "display_title": " ".join(post.get("display_title", "").split())}
    if not node.is_item:
        return
    lines = [" ".join(line.split()) for line in post.get("evidence", "").splitlines()]
    found.values["evidence"] = tuple(line for line in lines if line)


def _points(post: Mapping[str, str], found: TypedRow) -> None:
    written = post.get("max_points", "").strip()
    if not written:
        found.values["max_points"] = None
        return
    try:
        points = number_of(written)
        if points < 0:
            raise InvalidValue("below_zero")
        found.values["max_points"] = points
    except InvalidValue as error:
        found.errors["max_points"] = value_text(error) if error.kind == "not_a_number" else refused_text(error)


def _choices(post: Mapping[str, str], made: CriteriaSet, found: TypedRow) -> None:
    source, outside, part = post.get("source", ""), post.get("outside", ""), post.get("part", "")
    found.values["source"] = Source(source) if source in set(Source) else None
    found.values["outside"] = Outside(outside) if outside in set(Outside) else None
    found.values["part"] = part if part in {one.id for one in made.parts} else ""
    found.values["bonus"] = post.get("bonus") == "1"


def _rule(post: Mapping[str, str], made: CriteriaSet, node: Node, found: TypedRow) -> None:
    if post.get("mode") == "yaml":
        found.yaml = post.get("yaml", "")
        found.rule = _from_yaml(found)
    else:
        reader = Reader(post, made.measures)
        found.rule = reader.rule()
        found.measures = reader.declared
    clause, assumed = post.get("clause", "").strip(), post.get("assumed") == "1"
    data = {key: value for key, value in (found.rule or {}).items() if key not in ("clause", "assumed", "proposed")}
    found.rule = data
    found.values["rule"] = rule_data(data, clause, assumed)


def _from_yaml(found: TypedRow) -> Mapping[str, Any] | None:
    if not (found.yaml or "").strip():
        return None
    try:
        data = parse_yaml(found.yaml or "").data
    except InvalidInput as error:
        found.errors["yaml"] = " ".join(
            f"{text('Dòng {line}:', line=one.place.line or 1)} {problems.message(one)}" for one in error.problems
        )
        return None
    if not isinstance(data, Mapping):
        found.errors["yaml"] = text("Ghi các khóa của quy tắc, ví dụ kind: ratio.")
        return None
    return data
