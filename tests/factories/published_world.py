"""A small world whose cycle was appraised, finalised and published: two departments, one of them adjusted by the
council, with points from a survey.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parindex.database.models import Entry, Finalisation, GivenPoints, Publication
from parindex.database.models.appraisals import GivenBy
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases.finalising import finalise
from parindex.usecases.opinions import Said
from parindex.usecases.publishing import publish
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.kept import kept
from tests.factories.world import World, now

MINUTES = "Hội đồng thống nhất kết quả thẩm định."
#: What the council granted the second department for 2.2 in the place of its claim, and why.
ADJUSTED, WHY = "0.75", "Trừ hồ sơ nộp trực tiếp được nhập lại"


@dataclass
class PublishedWorld:
    """A world with what was finalised and published; ``appraisal`` is the world of its council."""

    made: World
    finalisation: Finalisation
    publication: Publication
    appraisal: AppraisalWorld


@kept
def appraised_world() -> AppraisalWorld:
    """Everything appraised: accepted, 2.2 of the second department adjusted, points of the survey given."""
    found = appraisal_world()
    found.accept_all(but=("2.2",))
    found.say("second_appraiser", "2.2", Said(OpinionKind.ACCEPT, reason="Đã đối chiếu"))
    found.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points=ADJUSTED, reason=WHY), found.made.other_sheet)
    for sheet, points in ((found.made.sheet, "2.4"), (found.made.other_sheet, "1.95")):
        GivenPoints.objects.create(
            entry=Entry.objects.get(sheet=sheet, item_code="3.1"), given_by=GivenBy.SURVEY, points=points,
            standard_error="0.05", source="Điều tra năm 2025", recorded_by=found.people["survey_staff"],
            recorded_at=now(),
        )  # fmt: skip
    found.made.cycle.refresh_from_db()
    return found


def finalised(made: World) -> Finalisation:
    """The chair finalises what was appraised."""
    found = finalise(
        by=made.session("chair"), at=now(), cycle_id=made.cycle.pk, minutes_number="12/BB-HĐTĐ",
        minutes_date=date(2026, 3, 2), minutes=MINUTES,
    )  # fmt: skip
    made.cycle.refresh_from_db()
    return found


def published(made: World, public_from: datetime | None = None) -> Publication:
    """The chair publishes what was finalised."""
    found = publish(
        by=made.session("chair"), at=now(), cycle_id=made.cycle.pk, decision_number="345/QĐ-UBND",
        decision_date=date(2026, 3, 5), public_from=public_from,
    )  # fmt: skip
    made.cycle.refresh_from_db()
    return found


@kept
def published_world(*, embargo_days: int = 0) -> PublishedWorld:
    """The world with its cycle published; ``embargo_days``: public only then."""
    found = appraised_world()
    finalisation = finalised(found.made)
    ends = now() + timedelta(days=embargo_days) if embargo_days else None
    return PublishedWorld(found.made, finalisation, published(found.made, ends), found)
