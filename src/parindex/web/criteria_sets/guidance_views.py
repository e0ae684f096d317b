"""Guidance: handing in the paper, writing item by item, publishing, giving its rules to a draft."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import CriteriaSetVersion, Guidance, GuidanceNote, OfficialPaper
from parindex.database.models.criteria_sets import PaperPurpose, SetState
from parindex.database.queries.criteria_sets import set_versions
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.errors import InvalidInput
from parindex.domain.review.permissions import check_can_manage_sets, check_can_read_drafts, check_can_read_sets
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import guidance as guidances
from parindex.usecases.guidance import NoteTexts, current_version
from parindex.usecases.official_papers import EXTENSIONS, job_of, problems_of, receive_paper, start_reading
from parindex.usecases.read_marks import read_mark
from parindex.web.criteria_sets.reading import managing, readable
from parindex.web.evidence.uploads import IncomingFiles, incoming_files
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.wording import problems
from parindex.wording.language import text
from parindex.wording.moments import local_day

ROOM = "criteria_sets"


@dataclass(frozen=True, slots=True)
class GuidanceRow:
    """One item with what the guidance says of it; ``offers``: it states a rule or evidence that the draft lacks."""

    node: Node
    level: int
    note: GuidanceNote | None
    offers: bool


@csrf_exempt  # as for papers of sets
@require_http_methods(["GET", "HEAD", "POST"])
def new_guidance(request: PageRequest, version: int) -> HttpResponse:
    """A new version of the guidance, from a paper or written here."""
    found = readable(request, version, timezone.now())
    if request.method != "POST":
        return _form(request, found, [], "", HTTPStatus.OK)
    refused = managing(request, found)
    if refused is not None:
        raise refused
    try:
        with incoming_files(request, most=1) as incoming:
            return _made(request, found, incoming)
    except InvalidInput as error:
        errors = [("paper", f"{problems.message(one)} {problems.remedy(one)}") for one in error.problems]
        return _form(request, found, errors, "", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _form(
    request: PageRequest, version: CriteriaSetVersion, errors: list[tuple[str, str]], title: str, status: HTTPStatus
) -> HttpResponse:
    context = {
        "version": version, "refused": managing(request, version), "errors": errors, "room": ROOM, "title": title,
        "extensions": ",".join(EXTENSIONS),
    }  # fmt: skip
    return render(request, "criteria_sets/templates/new_guidance.html", context, status=status)


@csrf_protect
def _made(request: PageRequest, version: CriteriaSetVersion, incoming: IncomingFiles) -> HttpResponse:
    title = request.POST.get("title", "").strip()
    errors = [("paper", f"{problems.message(one)} {problems.remedy(one)}") for one in incoming.problems]
    if not title:
        errors.append(("title", text("Chưa ghi tên hướng dẫn, ví dụ số và ngày của văn bản.")))
    if errors:
        return _form(request, version, errors, title, HTTPStatus.UNPROCESSABLE_ENTITY)
    paper: OfficialPaper | None = None
    if incoming.arrived:
        try:
            paper = receive_paper(
                by=request.acting, at=timezone.now(), owner_id=version.criteria_set.owner_id,
                arrived=incoming.arrived[0], purpose=PaperPurpose.GUIDANCE,
            )  # fmt: skip
        except InvalidInput as error:
            errors = [("paper", f"{problems.message(one)} {problems.remedy(one)}") for one in error.problems]
            return _form(request, version, errors, title, HTTPStatus.UNPROCESSABLE_ENTITY)
    made = guidances.make_guidance(
        by=request.acting, at=timezone.now(), version_id=version.pk, title=title, paper=paper
    )
    if paper is not None:
        start_reading(paper)
    return redirect("guidance", guidance=made.pk)


@require_http_methods(["GET", "HEAD"])
def guidance(request: PageRequest, guidance: int) -> HttpResponse:
    """A version of the guidance, item by item; takes in what was read of its paper once that is there."""
    found, version, owner = _readable(request, guidance)
    manages = refusal(check_can_manage_sets, request.acting.actor, owner) is None
    waiting = found.paper is not None and found.paper.read_at is None
    if waiting and found.paper is not None and manages and job_of(found.paper).answer() is not None:
        count = guidances.take_guidance(by=request.acting, at=timezone.now(), guidance_id=found.pk)
        found, version, owner = _readable(request, guidance)
        waiting = False
        if found.paper is not None and not found.paper.problems:
            words = text("Đã đọc {file}: gắn được cho {count} mục.", file=found.paper.name, count=count)
            messages.success(request, words)
    rows = _rows(found, version)
    context = {
        "guidance": found, "version": version, "rows": rows, "manages": manages, "waiting": waiting, "room": ROOM,
        "noted": sum(1 for one in rows if one.note is not None), "offers": sum(1 for one in rows if one.offers),
        "items": sum(1 for one in rows if one.node.is_item),
        "problems": [f"{problems.message(one)} {problems.remedy(one)}" for one in problems_of(found.paper)]
        if found.paper
        else [],
    }  # fmt: skip
    return render(request, "criteria_sets/templates/guidance.html", context)


def _rows(found: Guidance, version: CriteriaSetVersion) -> list[GuidanceRow]:
    made = stored_draft(version.content, version.reading).criteria_set
    notes = {one.item_code: one for one in GuidanceNote.objects.filter(guidance=found)}
    is_draft = version.state == SetState.DRAFT
    rows = []
    for level, node in made.walk_with_depth():
        note = notes.get(node.code) if node.is_item else None
        offers = (
            note is not None
            and is_draft
            and bool((note.rule and node.rule is None) or (note.evidence_text and not node.evidence))
        )
        rows.append(GuidanceRow(node, level, note, offers))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def guidance_item(request: PageRequest, guidance: int, code: str) -> HttpResponse:
    """What the guidance says of one item."""
    found, version, owner = _readable(request, guidance)
    made = stored_draft(version.content, version.reading).criteria_set
    node = next((one for one in made.items() if one.code == code), None)
    if node is None:
        raise Http404
    note = GuidanceNote.objects.filter(guidance=found, item_code=code).first()
    texts = NoteTexts(note.rule_text, note.evidence_text, note.example_text) if note else NoteTexts()
    stored = guidances.note_texts(note or GuidanceNote())
    too_long, stale, seen = None, False, seen_of(request) or read_mark(stored)
    if request.method == "POST":
        texts = NoteTexts(*(request.POST.get(name, "") for name in ("rule", "evidence", "example")))
        try:
            guidances.write_note(
                by=request.acting, at=timezone.now(), guidance_id=guidance, item_code=code, texts=texts,
                seen=seen_of(request),
            )  # fmt: skip
        except Refusal as reason:
            stale = is_stale(reason)
            if not stale and reason.code != "comment_too_long":
                raise
            too_long = None if stale else reason
        else:
            messages.success(request, text("Đã ghi hướng dẫn của mục {code}.", code=code))
            return redirect("guidance", guidance=guidance)
    if stale:
        stored = guidances.note_texts(GuidanceNote.objects.get(guidance=found, item_code=code))
        seen = read_mark(stored)
    refused = refusal(check_can_manage_sets, request.acting.actor, owner)
    if found.published_at is not None:
        refused = Refusal("guidance_published")
    labels = {"rule": text("Cách tính"), "evidence": text("Tài liệu kiểm chứng"), "example": text("Ví dụ")}
    typed = {"rule": texts.rule, "evidence": texts.evidence, "example": texts.example}
    context = {
        "seen": seen, "stale": stale, "clashes": clashes(labels, stored, typed) if stale else (),
        "guidance": found, "node": node, "version": version, "refused": refused, "room": ROOM,
        "texts": texts, "too_long": too_long, "lengthy": _longest(texts),
    }  # fmt: skip
    status = status_of(too_long, stale=stale)
    return render(request, "criteria_sets/templates/guidance_item.html", context, status=status)


def _longest(texts: NoteTexts) -> str:
    """The field with most in it."""
    return max(("rule", "evidence", "example"), key=lambda name: len(getattr(texts, name)))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: PageRequest, guidance: int) -> HttpResponse:
    """Publishing, after asking."""
    found, version, owner = _readable(request, guidance)
    if request.method == "POST":
        guidances.publish_guidance(by=request.acting, at=timezone.now(), guidance_id=guidance)
        messages.success(request, text("Đã công bố hướng dẫn; nó hiện cạnh từng mục của phiếu."))
        return redirect("guidance", guidance=guidance)
    refused = refusal(check_can_manage_sets, request.acting.actor, owner)
    if found.published_at is not None:
        refused = Refusal("guidance_published")
    notes = GuidanceNote.objects.filter(guidance=found).count()
    if not notes and refused is None:
        refused = Refusal("guidance_empty")
    context = {"guidance": found, "version": version, "refused": refused, "notes": notes, "room": ROOM}
    return render(request, "criteria_sets/templates/publish_guidance.html", context)


@require_POST
def attach(request: PageRequest, guidance: int) -> HttpResponse:
    """Give the rules and evidence of the guidance to the draft in work."""
    _, version, _ = _readable(request, guidance)
    codes = request.POST.getlist("item")
    count = guidances.attach_rules(by=request.acting, at=timezone.now(), guidance_id=guidance, item_codes=codes)
    messages.success(request, text("Đã gắn cách tính và tài liệu cho {count} mục của bản nháp.", count=count))
    return redirect("criteria_set", version=version.pk)


def _readable(request: PageRequest, guidance: int) -> tuple[Guidance, CriteriaSetVersion, str]:
    """The guidance, the version that it speaks of, and the path of the owner; drafts are for who writes them."""
    found = get_object_or_404(Guidance.objects.select_related("criteria_set", "paper", "created_by"), pk=guidance)
    at = timezone.now()
    latest = current_version(found.criteria_set_id)
    if latest is None:
        raise Http404
    version = get_object_or_404(set_versions(local_day(at)), pk=latest.pk)
    owner: str = version.owner_path or ""  # type: ignore[attr-defined]
    check = check_can_read_sets if found.published_at is not None else check_can_read_drafts
    check(request.acting.actor, owner)
    if version.state != SetState.FROZEN and refusal(check_can_read_drafts, request.acting.actor, owner) is not None:
        frozen = set_versions(local_day(at)).filter(criteria_set=found.criteria_set_id, state=SetState.FROZEN)
        version = frozen.order_by("-number").first() or version
    return found, version, owner
