"""The submission to who decides, with everything that is proposed, as a paper."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from parindex.database.models import Commendation, Publication, UnitResult
from parindex.database.models.publications import CommendationKind
from parindex.database.queries.units import versions_on
from parindex.documents.commendations.paper import commendation_pdf
from parindex.documents.official_papers.proof import BundleMark
from parindex.domain.values import exact_number
from parindex.usecases.commendations import log_paper, standing
from parindex.web.commendations.views import opened
from parindex.web.public_results.proof import bundle_mark
from parindex.web.requests import PageRequest
from parindex.wording.commendation_papers import ProposedPerson, ProposedUnit, Submission, commendation_paper
from parindex.wording.language import Language, speaking
from parindex.wording.moments import local_day


@require_POST
def paper(request: PageRequest, cycle: int) -> HttpResponse:
    """The paper as PDF, in Vietnamese whatever the reader's language; who took it along stands in the log."""
    found, publication = opened(request, cycle)
    listed = standing(found)
    office = versions_on(local_day(timezone.now())).filter(unit=request.acting.user.unit_id).first()
    mark = bundle_mark(request, publication)
    with speaking(Language.VIETNAMESE.value):
        made = commendation_pdf(
            commendation_paper(_submission(publication, listed, office.name if office else "", mark))
        )
    log_paper(by=request.acting, at=timezone.now(), cycle_id=found.pk, rows=len(listed))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="to-trinh-khen-thuong-{found.year}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _submission(publication: Publication, listed: list[Commendation], office: str, bundle: BundleMark) -> Submission:
    cycle = publication.cycle
    owner = versions_on(local_day(publication.public_from)).filter(unit=cycle.owner_id).first()
    superior = owner.name if owner else cycle.title
    sheets = [one.sheet_id for one in listed if one.sheet_id is not None]
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id, sheet__in=sheets).defer("detail")
    results = {one.sheet_id: one for one in rows}
    units = [one for one in listed if one.kind == CommendationKind.COLLECTIVE]
    return Submission(
        superior=superior,
        issuer=office or superior,
        place=(owner.short_name or owner.name) if owner else "",
        year=cycle.year,
        cycle=cycle.title,
        decision_number=publication.decision_number,
        decision_date=publication.decision_date,
        units=[_unit(one, results.get(one.sheet_id or 0)) for one in units],
        persons=[
            ProposedPerson(one.name, one.office, one.award, one.reason)
            for one in listed
            if one.kind == CommendationKind.PERSON
        ],
        bundle=bundle,
    )


def _unit(one: Commendation, result: UnitResult | None) -> ProposedUnit:
    index: Fraction | None = exact_number(result.index) if result is not None and result.index else None
    rank, grade = (result.rank, result.grade) if result is not None else (None, "")
    return ProposedUnit(one.name, index, rank, grade, one.award, one.reason)
