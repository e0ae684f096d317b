"""A signed sheet as a bundle that the level above receives."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from parindex.database.models import Submission
from parindex.domain.review.refusal import Refusal
from parindex.usecases.sheet_bundles import export_sheet_bundle, sheet_bundle_name
from parindex.web.requests import PageRequest
from parindex.wording.refusals import refusal_text

#: Refusals that the receipt itself shows: it may be read, there is only nothing to take along.
_TOLD = ("part_signed_alone", "signature_taken_back", "no_key_to_sign")


@require_safe
def download(request: PageRequest, submission: int) -> HttpResponse:
    """The bundle of a signature."""
    found = get_object_or_404(Submission.objects.select_related("sheet__unit", "sheet__cycle"), pk=submission)
    try:
        data = export_sheet_bundle(by=request.acting, at=timezone.now(), submission_id=submission)
    except Refusal as refused:
        if refused.code not in _TOLD:
            raise
        messages.warning(request, refusal_text(refused))
        return redirect("receipt", submission=submission)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, sheet_bundle_name(found)) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
