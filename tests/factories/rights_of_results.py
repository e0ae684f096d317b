"""What rows about results need: a cycle that was appraised, finalised, published, each by the chair of the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from parindex.database.models import Entry, GivenPoints, ItemAppraisal, NotAssessedRequest, Opinion
from parindex.database.models.appraisals import GivenBy
from parindex.database.models.entries import RequestState
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.roles import Role
from parindex.usecases.corrections import Basis, Corrected, preview_correction
from parindex.usecases.finalising import computed_finally, finalise
from parindex.usecases.opinions import Said, decide
from parindex.usecases.outside_results import OutsideData, record
from parindex.usecases.publishing import DecidedBy, publish
from tests.factories.rights_of_appraisals import GIVEN as OF_APPRAISALS
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now

DAY = date(2026, 3, 2)


def _appraised(rights: RightsWorld) -> None:
    """Every item decided by the chair, points of the survey given."""
    OF_APPRAISALS["appraising"](rights)
    for stands in ItemAppraisal.objects.filter(entry__state="answered").order_by("pk"):
        said = Said(OpinionKind.ADJUST, points="0.5", reason="Đã đối chiếu", minutes="12/BB-HĐTĐ")
        decide(by=rights.session(Role.CHAIR), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    for entry in Entry.objects.filter(item_code="3.1", sheet__cycle=rights.made.cycle):
        GivenPoints.objects.create(
            entry=entry, given_by=GivenBy.SURVEY, points="2", source="Điều tra", recorded_at=now(),
            recorded_by=rights.people[Role.SURVEY_STAFF, "own"],
        )  # fmt: skip
    other = Entry.objects.get(sheet=rights.made.other_sheet, item_code="2.2")
    opinion = Opinion.objects.filter(entry=other).latest("pk").pk
    rights.places |= {"other_sheet": rights.made.other_sheet.pk, "other_entry": other.pk, "opinion": opinion}
    rights.places["seen"] = computed_finally(rights.made.cycle, ()).fingerprint


def _left_out(rights: RightsWorld) -> None:
    """An item is not assessed, for a reason of the unit that was approved."""
    OF_APPRAISALS["appraising"](rights)
    asked = NotAssessedRequest.objects.create(
        entry_id=rights.places["entry"], reason="Không phát sinh", state=RequestState.APPROVED, requested_at=now(),
        requested_by=rights.people[Role.UNIT_OFFICER, "own"],
    )  # fmt: skip
    rights.places["asked"] = asked.pk


def _finalised(rights: RightsWorld) -> None:
    _appraised(rights)
    made = finalise(
        by=rights.session(Role.CHAIR), at=now(), cycle_id=rights.made.cycle.pk, minutes_number="12/BB-HĐTĐ",
        minutes_date=DAY, minutes="Thống nhất.",
    )  # fmt: skip
    rights.places |= {"number": made.number, "seen": made.snapshot.fingerprint}


def _published(rights: RightsWorld) -> None:
    _finalised(rights)
    publish(
        by=rights.session(Role.CHAIR), at=now(), cycle_id=rights.made.cycle.pk, decision_number="345/QĐ-UBND",
        decision_date=DAY,
    )  # fmt: skip
    basis = Basis("15/BB-HĐTĐ", DAY, "Xem lại.", DecidedBy("400/QĐ-UBND", DAY))
    shown = preview_correction(
        by=rights.session(Role.CHAIR), at=now(), cycle_id=rights.made.cycle.pk, reason="Cộng sai", basis=basis,
        changes=[Corrected(int(rights.places["other_entry"]), "1", "Cộng sai")],
    )  # fmt: skip
    rights.places["seen"] = shown.fingerprint


def _outside(rights: RightsWorld) -> None:
    """A result that somebody else has published about the province."""
    data = OutsideData(2024, "PAR INDEX cấp tỉnh", "Bộ Nội vụ", date(2025, 4, 6), rank=35, of=63)
    by, owner = rights.session(Role.STANDING_OFFICE), rights.made.province.pk
    rights.places["result"] = record(by=by, at=now(), owner_path="tinh", unit_id=owner, data=data).pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "results_appraised": _appraised,
    "left_out": _left_out,
    "results_finalised": _finalised,
    "results_published": _published,
    "outside_result": _outside,
}
