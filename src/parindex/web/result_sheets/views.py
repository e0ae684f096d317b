"""Sheets of results: whoever reads results sees all of them; a unit sees its own once the results are public."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from parindex.database.models import Cycle, Publication, UnitResult
from parindex.database.queries.publications import latest_publication, public_publication
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.domain.review.appraisal_permissions import check_can_read_result_sheet, check_can_read_results
from parindex.domain.review.refusal import Refusal, refusal
from parindex.web.public_results.proof import bundle_mark
from parindex.web.public_results.ranking_page import folded
from parindex.web.requests import PageRequest
from parindex.web.result_sheets.sheet_contents import AllSheets, all_sheets, paper_of, sheet_of
from parindex.web.result_sheets.zipped_papers import zipped
from parindex.web.results.views import read_by
from parindex.web.typed_numbers import asked_page
from parindex.wording.result_sheet_papers import decided_words, left_out_words, rank_words

#: Units on a page of the list, and in one ZIP, which takes some fifteen seconds (75 ms for a sheet with 70 lost items).
PER_PAGE, PER_ZIP = 100, 200


@require_safe
def sheets_of_units(request: PageRequest, cycle: int) -> HttpResponse:
    """All units with their sheets, by group and rank, and the ZIPs of their papers."""
    found = read_by(request, cycle)
    around = _published(request, found)
    name, page = request.GET.get("q", "").strip()[:100], asked_page(request.GET.get("page"))
    wanted = [one for one in around.results if folded(name) in folded(one.unit_name)]
    first = (page - 1) * PER_PAGE
    if page > 1 and first >= len(wanted):
        raise Http404
    context = {
        "cycle": found, "room": "cycles", "around": around, "name": name, "page": page, "found": len(wanted),
        "rows": wanted[first : first + PER_PAGE], "pages": -(-len(wanted) // PER_PAGE),
        "zips": list(enumerate(_slices(len(around.results)), start=1)), "per_zip": PER_ZIP,
    }  # fmt: skip
    return render(request, "result_sheets/templates/sheets.html", context)


@require_safe
def papers(request: PageRequest, cycle: int, number: int) -> HttpResponseBase:
    """The papers of one slice of the list as a ZIP."""
    found = read_by(request, cycle)
    around = _published(request, found, marked=True)
    slices = _slices(len(around.results))
    if not 1 <= number <= len(slices):
        raise Http404
    first, last = slices[number - 1]
    keys = [one.pk for one in around.results[first - 1 : last]]
    response = StreamingHttpResponse(zipped(_papers(around, keys)), content_type="application/zip")
    name = f"phieu-ket-qua-{found.year}-{first}-{last}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def one(request: PageRequest, cycle: int, sheet: int) -> HttpResponse:
    """The sheet of one unit."""
    publication, result, reads_all = _opened(request, cycle, sheet)
    around = all_sheets(publication, timezone.now(), only=result)
    context = {
        "cycle": publication.cycle, "room": "cycles" if reads_all else "score_sheets", "reads_all": reads_all,
        "publication": publication, "sheet": sheet_of(around, result), "sheet_id": sheet, "rank_words": rank_words,
        "decided_words": decided_words, "left_out_words": left_out_words,
        "is_public": publication.public_from <= timezone.now(), "result": result,
    }  # fmt: skip
    return render(request, "result_sheets/templates/sheet.html", context)


@require_safe
def paper(request: PageRequest, cycle: int, sheet: int) -> HttpResponse:
    """The sheet of one unit as PDF."""
    publication, result, _ = _opened(request, cycle, sheet)
    mark = bundle_mark(request, publication)
    made = paper_of(all_sheets(publication, timezone.now(), only=result, bundle=mark), result)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"phieu-ket-qua-{publication.cycle.year}-{result.unit_code}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _published(request: PageRequest, cycle: Cycle, *, marked: bool = False) -> AllSheets:
    """``marked``: with what papers print so that anybody can check them."""
    publication = latest_publication(cycle.pk)
    if publication is None:
        raise Refusal("not_published_yet")
    return all_sheets(publication, timezone.now(), bundle=bundle_mark(request, publication) if marked else None)


def _opened(request: PageRequest, cycle: int, sheet: int) -> tuple[Publication, UnitResult, bool]:
    """The publication that this person sees, what it gave the unit, whether the person reads those of all units.

    Those who run the cycle see the last one, also under embargo; the unit sees what is public.
    """
    found = get_object_or_404(sheets(), pk=sheet, cycle=cycle)
    facts, actor = sheet_facts(found), request.acting.actor
    public = public_publication(cycle, timezone.now())
    check_can_read_result_sheet(actor, facts, is_public=public is not None)
    reads_all = refusal(check_can_read_results, actor, facts.cycle) is None
    publication = latest_publication(cycle) if reads_all else public
    if publication is None:
        raise Refusal("not_published_yet")
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id, sheet=found).select_related("sheet")
    result = rows.first()
    if result is None:
        raise Http404
    return publication, result, reads_all


def _slices(count: int) -> list[tuple[int, int]]:
    """The first and the last unit of each ZIP, by their places in the list."""
    return [(first + 1, min(first + PER_ZIP, count)) for first in range(0, count, PER_ZIP)]


def _papers(around: AllSheets, keys: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each paper; the details of a unit are read when its paper is made."""
    for key in keys:
        result = UnitResult.objects.select_related("sheet").get(pk=key)
        folder = slugify(result.group_code) or "nhom"  # a code is typed by who writes the set: no way out of the folder
        yield f"{folder}/{result.unit_code}.pdf", paper_of(around, result)
