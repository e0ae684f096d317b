"""Deadlines of a cycle that has moved on: nothing is extended, unlocked or asked for, and the page says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.world import World, now, world
from tests.integration.web.test_concurrent_signatures import together

from parindex.database.models import AuditRecord, Cycle, Extension, Phase, ScoreSheet
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases import submissions
from parindex.usecases.cycle_running import ask_for_extension, decide_extension, extend
from parindex.usecases.timetables import NewPhase, set_timetable
from parindex.wording.moments import day

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
OVER = ("finalised", "published", "corrected")


def _moved_on(made: World, state: str, sheet: str = "locked") -> None:
    Cycle.objects.filter(pk=made.cycle.pk).update(state=state)
    ScoreSheet.objects.filter(cycle=made.cycle).update(state=sheet)
    made.sheet.parts.update(state=sheet)


def _day(days: int) -> str:
    return f"{now() + timedelta(days=days):%d/%m/%Y}"


@pytest.mark.parametrize("state", OVER)
def test_no_deadline_moves(made: World, state: str) -> None:
    _moved_on(made, state)
    office, sheet = made.session("standing_office"), made.sheet.pk
    later = now() + timedelta(days=30)
    acts: list[Callable[[], object]] = [
        lambda: extend(by=office, at=now(), sheet_ids=[sheet], until=later, reason="Mất điện"),
        lambda: extend(by=office, at=now(), sheet_ids=[sheet], until=later, reason="Mất điện", unlocking=True),
        lambda: submissions.unlock_all(by=office, at=now(), sheet_ids=[sheet], reason="Mất điện"),
        lambda: ask_for_extension(by=made.session("owner"), at=now(), sheet_id=sheet, until=later, reason="Chờ"),
    ]
    known = AuditRecord.objects.count()
    for act in acts:
        with pytest.raises(Refusal, match="cycle_closed"):
            act()
    stored = ScoreSheet.objects.get(pk=sheet)
    assert (stored.state, stored.extended_until) == ("locked", None)
    assert (Extension.objects.count(), AuditRecord.objects.count()) == (0, known)


@pytest.mark.parametrize("state", OVER)
def test_the_timetable_of_a_finished_cycle_stays(made: World, state: str) -> None:
    _moved_on(made, state)
    office = made.session("standing_office")
    phases = [NewPhase(PhaseKind.SELF_SCORING, "Tự đánh giá", None, now() + timedelta(days=90))]
    with pytest.raises(Refusal, match="cycle_over"):
        set_timetable(by=office, at=now(), cycle_id=made.cycle.pk, phases=phases, reason="Lùi hạn")


def test_the_pages_say_why(made: World, as_person: Person) -> None:
    _moved_on(made, "published")
    office, owner = as_person("standing_office"), as_person("owner")
    words = "Kết quả kỳ đánh giá đã chốt nên phiếu chỉ để xem."
    for act in ("extend", "unlock"):
        form = {"act": act, "sheet": made.sheet.pk, "until": _day(20), "reason": "Mất điện", "confirmed": "1"}
        answer = office.post(f"/cycles/{made.cycle.pk}/act/", form)
        assert answer.status_code == 403
        assert words in answer.text
    form = {"until": _day(20), "reason": "Chờ số liệu"}
    assert words in owner.post(f"/sheets/{made.sheet.pk}/extension/", form).text
    line = {"kind": "self_scoring", "title": "Tự đánh giá", "starts": "", "ends": _day(90), "reason": "Lùi hạn"}
    answer = office.post(f"/cycles/{made.cycle.pk}/timetable/", line)
    assert answer.status_code == 422
    assert "nên việc này không làm được nữa" in answer.text


def test_who_answers_while_the_council_appraises_gets_more_time(made: World) -> None:
    _moved_on(made, "appraisal", "returned")
    until = now() + timedelta(days=20)
    asked = ask_for_extension(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=until, reason="Chờ số liệu"
    )
    decide_extension(by=made.session("standing_office"), at=now(), extension_id=asked.pk, approve=True, reason="Đồng ý")
    assert ScoreSheet.objects.get(pk=made.sheet.pk).extended_until == until


def test_what_was_asked_in_time_is_refused_but_not_granted_later(made: World) -> None:
    office = made.session("standing_office")
    until = now() + timedelta(days=20)
    asked = ask_for_extension(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=until, reason="Chờ số liệu"
    )
    _moved_on(made, "finalised")
    with pytest.raises(Refusal, match="cycle_closed"):
        decide_extension(by=office, at=now(), extension_id=asked.pk, approve=True, reason="Đồng ý")
    decide_extension(by=office, at=now(), extension_id=asked.pk, approve=False, reason="Kỳ đã chốt")
    assert Extension.objects.get().approved is False


def test_who_has_submitted_does_not_ask(made: World) -> None:
    _moved_on(made, "open", "submitted")
    with pytest.raises(Refusal, match="sheet_signed"):
        ask_for_extension(
            by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=now() + timedelta(days=20), reason="Chờ"
        )


def test_while_the_council_appraises_only_later_phases_move(made: World, as_person: Person) -> None:
    _moved_on(made, "appraisal", "submitted")
    entering = Phase.objects.get(cycle=made.cycle)
    office = as_person("standing_office")
    address = f"/cycles/{made.cycle.pk}/timetable/"

    def sent(*lines: tuple[str, ...]) -> int:
        names = ("phase", "kind", "title", "starts", "ends")
        form = {name: [line[at] for line in lines] for at, name in enumerate(names)}
        return office.post(address, form | {"reason": "Hội đồng họp muộn"}).status_code

    assert sent(*_days(entering), ("", "appraisal", "Thẩm định", "", _day(40))) == 302
    stored = {one.kind: one for one in Phase.objects.filter(cycle=made.cycle)}
    assert (stored["self_scoring"].pk, stored["self_scoring"].ends_at) == (entering.pk, entering.ends_at)
    assert stored["appraisal"].title == "Thẩm định"
    again = (str(stored["appraisal"].pk), "appraisal", "Thẩm định lần hai", "", _day(50))
    assert sent(*_days(entering), again) == 302
    assert Phase.objects.filter(cycle=made.cycle).count() == 2
    [own] = _days(entering)
    assert sent((*own[:4], _day(60))) == 422
    assert sent(*_days(entering), ("", "self_scoring", "Đợt hai", "", _day(60))) == 422
    assert Phase.objects.get(pk=entering.pk).ends_at == entering.ends_at


def _days(phase: Phase) -> list[tuple[str, ...]]:
    """A phase as the form of the timetable has it."""
    assert phase.starts_at
    assert phase.ends_at
    return [(str(phase.pk), phase.kind, phase.title, day(phase.starts_at), day(phase.ends_at))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.waiting
def test_of_two_who_ask_at_once_one_has_asked_already() -> None:
    made = world()
    until = now() + timedelta(days=20)

    def asking(name: str) -> Callable[[], object]:
        session = made.session(name)
        return lambda: ask_for_extension(by=session, at=now(), sheet_id=made.sheet.pk, until=until, reason="Chờ").pk

    told = together(*(asking(name) for name in ("owner", "colleague", "leader")))
    assert told.count("extension_already_asked") == 2
    assert Extension.objects.count() == 1
