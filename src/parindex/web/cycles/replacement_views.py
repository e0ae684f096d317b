"""A set that was replaced inside the year: what was entered and where it went, for a cycle and for one sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parindex.database.models import ScoreSheet, SetReplacement
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.domain.review.permissions import check_can_read_sheet, works_for
from parindex.usecases.replaced_entries import counted, replaced_of
from parindex.usecases.replacement_plans import Fate
from parindex.web.criteria_sets.replace_views import fates
from parindex.web.cycles.views import overseen
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page

PAGE = 100


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows of how many are shown."""

    number: int
    found: int

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.number - 1) * PAGE + 1 if self.found else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * PAGE, self.found)


@require_safe
def cycle_replacements(request: PageRequest, cycle: int) -> HttpResponse:
    """Every replacement of the cycle, and how much was set aside on each sheet."""
    found = overseen(request, cycle)
    made = list(
        SetReplacement.objects.filter(group__cycle=found)
        .select_related("group", "old_version", "new_version", "replaced_by")
        .defer("old_version__content", "new_version__content")
        .order_by("-pk")
    )
    reached = ScoreSheet.objects.filter(group__in={one.group_id for one in made}).select_related("group")
    pages = Pages(asked_page(request.GET.get("page")), reached.count())
    shown = list(
        reached.order_by("group__position", "position", "pk")[pages.first - 1 if pages.found else 0 : pages.last]
    )
    context = {"cycle": found, "made": made, "rows": counted(shown), "pages": pages, "room": "cycles"}
    return render(request, "cycles/templates/replacements.html", context)


@require_safe
def replaced_entries(request: PageRequest, sheet: int) -> HttpResponse:
    """What one unit had entered, and where each item went."""
    found = get_object_or_404(sheets(), pk=sheet)
    parts = list(found.parts.order_by("pk"))
    actor = request.acting.actor
    check_can_read_sheet(actor, sheet_facts(found, parts))
    context = {
        "sheet": found, "made": replaced_of(found, parts, actor), "Fate": Fate,
        "fate_words": {fate: (words, what) for fate, words, what in fates()},
        "appraised_words": {fate: (words, what) for fate, words, what in fates(appraised=True)},
        "is_own": works_for(actor, found.unit_path), "room": "score_sheets",
    }  # fmt: skip
    return render(request, "cycles/templates/replaced_entries.html", context)
