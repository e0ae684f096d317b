"""A change of the timetable that takes time away is made by who has seen whom it hits; what it locked opens again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.factories.world import World, now, self_scoring

from parindex.database.models import AuditRecord, Cycle, Phase, ScoreSheet, SheetPart
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.recorded_signatures import not_as_signed
from parindex.usecases.submissions import lock_overdue
from parindex.usecases.timetables import Confirmed, NewPhase, effects_of, set_timetable
from parindex.wording.moments import day

Person = Callable[[str], Client]


def _form(made: World, **changes: str) -> dict[str, object]:
    """The form of the only phase as the page shows it, with ``changes``."""
    own = Phase.objects.get(cycle=made.cycle, kind=PhaseKind.SELF_SCORING)
    assert own.starts_at
    assert own.ends_at
    line = {
        "phase": own.pk,
        "kind": own.kind,
        "title": own.title,
        "starts": day(own.starts_at),
        "ends": day(own.ends_at),
    }
    return {**{name: [value] for name, value in line.items()}, "reason": "Đổi mốc", **changes}


def _mark(page: str) -> str:
    return re.findall(r'name="confirmed" value="([0-9a-f]+)"', page)[0]


def _ago(days: int) -> str:
    return day(now() - timedelta(days=days))


def _ends(made: World) -> datetime | None:
    return Phase.objects.get(cycle=made.cycle).ends_at


def test_a_deadline_in_the_past_locks_nobody_until_it_is_ticked(made: World, as_person: Person) -> None:
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    before = _ends(made)
    form = _form(made, ends=_ago(3))
    page = client.post(address, form)
    assert "2 phiếu chưa nộp bị khóa trong vòng một phút" in page.text
    assert "Sở Y tế" in page.text
    assert "0 trên 4 mục đã xong" in page.text
    unticked = client.post(address, {**form, "confirmed": _mark(page.text)})
    assert unticked.status_code == 422
    assert "Gõ nhầm thì bấm Sửa lại" in unticked.text
    assert _ends(made) == before
    assert lock_overdue(at=now()) == 0
    back = client.post(address, {**form, "confirmed": _mark(page.text), "back": "1"})
    assert f'value="{_ago(3)}"' in back.text
    done = client.post(address, {**form, "confirmed": _mark(page.text), "locking": "1"}, follow=True)
    assert "Đã ghi mốc thời gian." in done.text
    assert lock_overdue(at=now()) == 2


def test_the_deadline_put_back_opens_what_it_had_locked_in_the_same_act(made: World, as_person: Person) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(days=1))
    ScoreSheet.objects.filter(pk=made.other_sheet.pk).update(extended_until=now() - timedelta(hours=2))
    assert lock_overdue(at=now()) == 2
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    form = _form(made, ends=day(now() + timedelta(days=10)))
    page = client.post(address, form).text
    assert "1 phiếu đang khóa chỉ vì hạn cũ đã qua" in page
    assert "Sở Tư pháp" not in page  # its own deadline has passed
    reasonless = client.post(address, {**form, "confirmed": _mark(page), "unlocking": "1", "reason": ""})
    assert reasonless.status_code == 422
    assert "Chưa nêu lý do" in reasonless.text
    done = client.post(address, {**form, "confirmed": _mark(page), "unlocking": "1"}, follow=True)
    assert "Đã mở khóa 1 phiếu." in done.text
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "open"
    assert SheetPart.objects.get(sheet=made.sheet).state == "open"
    assert ScoreSheet.objects.get(pk=made.other_sheet.pk).state == "locked"
    assert AuditRecord.objects.get(action="unlock").reason == "Đổi mốc"
    assert not list(not_as_signed(made.cycle.pk, AuditRecord.objects.filter(chain__key=f"cycle-{made.cycle.pk}")))


def test_unticked_it_stays_locked(made: World, as_person: Person) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(days=1))
    lock_overdue(at=now())
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    form = _form(made, ends=day(now() + timedelta(days=10)))
    page = client.post(address, form).text
    assert client.post(address, {**form, "confirmed": _mark(page)}).status_code == 302
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "locked"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ends": ""}, "không còn ngày cuối"),
        ({"ends": day(now() + timedelta(days=2))}, "2 đơn vị chưa nộp có ít thời gian hơn"),
        ({"starts": day(now() + timedelta(days=2))}, "bắt đầu muộn hơn"),
    ],
)
def test_what_takes_time_away_is_confirmed(made: World, as_person: Person, changes: dict[str, str], told: str) -> None:
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    before = Phase.objects.filter(cycle=made.cycle).values_list("starts_at", "ends_at").get()
    form = _form(made, **changes)
    page = client.post(address, form).text
    assert told in page
    assert Phase.objects.filter(cycle=made.cycle).values_list("starts_at", "ends_at").get() == before
    assert client.post(address, {**form, "confirmed": _mark(page)}).status_code == 302
    assert Phase.objects.filter(cycle=made.cycle).values_list("starts_at", "ends_at").get() != before


def test_a_phase_that_is_not_spoken_of_stays_and_one_without_a_title_goes(made: World, as_person: Person) -> None:
    other = Phase.objects.create(cycle=made.cycle, kind=PhaseKind.SURVEY, title="Điều tra")
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    own = Phase.objects.get(cycle=made.cycle, kind=PhaseKind.SELF_SCORING)
    assert client.post(address, _form(made, title="Tự chấm")).status_code == 302
    assert set(Phase.objects.filter(cycle=made.cycle).values_list("pk", "title", "ends_at")) == {
        (own.pk, "Tự chấm", own.ends_at), (other.pk, "Điều tra", None),
    }  # fmt: skip
    form = {"phase": [other.pk], "kind": ["survey"], "title": [""], "starts": [""], "ends": [""], "reason": "Bỏ"}
    page = client.post(address, form).text
    assert "Giai đoạn “Điều tra” bị xóa" in page
    assert client.post(address, {**form, "confirmed": _mark(page)}).status_code == 302
    assert [one.pk for one in Phase.objects.filter(cycle=made.cycle)] == [own.pk]


def test_more_time_and_other_words_need_no_confirmation(made: World, as_person: Person) -> None:
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    later = day(now() + timedelta(days=30))
    assert client.post(address, _form(made, ends=later, title="Tự chấm điểm")).status_code == 302
    phase = Phase.objects.get(cycle=made.cycle)
    assert phase.ends_at is not None
    assert (phase.title, day(phase.ends_at)) == ("Tự chấm điểm", later)


def test_who_confirms_has_seen_who_is_hit_now(made: World, as_person: Person) -> None:
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    form = _form(made, ends=_ago(3))
    mark = _mark(client.post(address, form).text)
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(extended_until=now() + timedelta(days=30))
    answer = client.post(address, {**form, "confirmed": mark, "locking": "1"})
    assert answer.status_code == 409
    assert "1 phiếu chưa nộp bị khóa" in answer.text
    assert Phase.objects.get(cycle=made.cycle).ends_at > now()  # type: ignore[operator]


def test_a_timetable_that_somebody_else_has_changed_is_not_written_over(made: World, as_person: Person) -> None:
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', client.get(address).text)[0]
    mine = {**_form(made, title="Tôi đặt"), "seen": seen}
    later = day(now() + timedelta(days=40))
    assert client.post(address, {**_form(made, ends=later), "seen": seen}).status_code == 302
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert "Tôi đặt" in answer.text
    assert later in answer.text
    assert Phase.objects.get(cycle=made.cycle).title == "Tự đánh giá"
    again = re.findall(r'name="seen" value="([0-9a-f]+)"', answer.text)[0]
    asked = client.post(address, {**mine, "seen": again}).text  # both were read: it is less time than stored now
    assert client.post(address, {**mine, "seen": again, "confirmed": _mark(asked)}).status_code == 302
    assert Phase.objects.get(cycle=made.cycle).title == "Tôi đặt"


def test_a_phase_that_somebody_took_off_is_a_new_one_where_it_was_kept(made: World, as_person: Person) -> None:
    other = Phase.objects.create(cycle=made.cycle, kind=PhaseKind.SURVEY, title="Điều tra")
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/timetable/"
    form = {"phase": [other.pk], "kind": ["survey"], "title": ["Điều tra"], "starts": [""], "ends": [""], "reason": "x"}
    other.delete()
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert 'name="phase" value=""' in answer.text
    assert 'value="Điều tra"' in answer.text
    assert 'value="Tự đánh giá"' in answer.text


def test_self_scoring_does_not_become_another_phase_unseen(made: World) -> None:
    extra = Phase.objects.create(
        cycle=made.cycle, kind=PhaseKind.SELF_SCORING, title="Đợt hai", ends_at=now() + timedelta(days=90)
    )
    office = made.session("standing_office")
    phases = [NewPhase(PhaseKind.SURVEY, "Đợt hai", None, extra.ends_at, extra.pk)]
    with pytest.raises(Refusal, match="timetable_unconfirmed"):
        set_timetable(by=office, at=now(), cycle_id=made.cycle.pk, phases=phases, reason="x")
    effects = effects_of(by=office, at=now(), cycle=made.cycle, phases=phases, removed=())
    assert [one.loss for one in effects.cuts] == ["removed"]
    assert len(effects.shortened) == 2
    confirmed = Confirmed(effects.mark)
    set_timetable(by=office, at=now(), cycle_id=made.cycle.pk, phases=phases, reason="x", confirmed=confirmed)
    assert Phase.objects.get(pk=extra.pk).kind == PhaseKind.SURVEY


def test_the_sheet_of_the_own_unit_is_left_to_the_chair(made: World, as_person: Person) -> None:
    office = made.session("standing_office")
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ khác", year=2025, created_by=made.people["chair"],
        created_at=now(),
    )  # fmt: skip
    group = NewGroup("offices", "Sở", made.version.pk, (made.office.pk, made.department.pk))
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=group)
    phase = self_scoring(cycle)
    open_cycle(by=office, at=now(), cycle_id=cycle.pk)
    Phase.objects.filter(pk=phase.pk).update(ends_at=now() - timedelta(days=1))
    own = ScoreSheet.objects.get(cycle=cycle, unit=made.office)
    ScoreSheet.objects.filter(cycle=cycle).update(state="locked")
    SheetPart.objects.filter(sheet__cycle=cycle).update(state="locked")
    later = {"phase": [phase.pk], "kind": ["self_scoring"], "title": ["Tự chấm"], "starts": [""]}
    form = {**later, "ends": [day(now() + timedelta(days=9))], "reason": "Gõ nhầm hạn"}
    client, address = as_person("standing_office"), f"/cycles/{cycle.pk}/timetable/"
    page = client.post(address, form).text
    assert "Không mở khóa phiếu của Sở Nội vụ." in page
    assert "1 phiếu đang khóa chỉ vì hạn cũ đã qua" in page
    assert client.post(address, {**form, "confirmed": _mark(page), "unlocking": "1"}).status_code == 302
    states = dict(ScoreSheet.objects.filter(cycle=cycle).values_list("unit", "state"))
    assert states == {made.department.pk: "open", made.office.pk: "locked"}
    own.refresh_from_db()
    assert own.last_act != "unlock"


def prepared_too_late(made: World) -> tuple[Cycle, Phase]:
    """A prepared cycle whose only self-scoring ended an hour ago."""
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ khác", year=made.cycle.year,
        created_by=made.people["chair"], created_at=now(),
    )  # fmt: skip
    group = NewGroup("g", "Sở", made.version.pk, (made.department.pk,))
    add_group(by=made.session("standing_office"), at=now(), cycle_id=cycle.pk, group=group)
    phase = self_scoring(cycle)
    Phase.objects.filter(pk=phase.pk).update(starts_at=None, ends_at=now() - timedelta(hours=1))
    return cycle, phase


def test_a_cycle_whose_deadline_has_passed_does_not_open(made: World, as_person: Person) -> None:
    cycle, phase = prepared_too_late(made)
    page = as_person("standing_office").post(f"/cycles/{cycle.pk}/open/", {"despite_years": "1"})
    assert page.status_code == 422
    assert "mở kỳ thì mọi phiếu khóa ngay" in page.text
    cycle.refresh_from_db()
    assert cycle.state == "draft"
    Phase.objects.filter(pk=phase.pk).update(ends_at=now() + timedelta(hours=1))
    assert as_person("standing_office").post(f"/cycles/{cycle.pk}/open/", {"despite_years": "1"}).status_code == 302


def test_a_new_first_day_leaves_the_minute_of_the_end(made: World) -> None:
    office, phase = made.session("standing_office"), Phase.objects.get(cycle=made.cycle, kind=PhaseKind.SELF_SCORING)
    end = (now() + timedelta(days=5)).replace(hour=16, minute=59, second=0, microsecond=0)  # 23:59 in Việt Nam
    Phase.objects.filter(pk=phase.pk).update(ends_at=end, starts_at=now() - timedelta(days=9))
    shown = end.replace(hour=10, minute=0)  # as a form sends the same day: 17:00
    earlier = [NewPhase(PhaseKind.SELF_SCORING, phase.title, now() - timedelta(days=12), shown, phase.pk)]
    set_timetable(by=office, at=now(), cycle_id=made.cycle.pk, phases=earlier, reason="x")
    phase.refresh_from_db()
    assert phase.ends_at == end


def test_one_phase_without_an_end_does_not_hide_that_the_other_is_over(made: World) -> None:
    cycle, _ = prepared_too_late(made)
    Phase.objects.create(cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Đợt hai")
    with pytest.raises(Refusal, match="self_scoring_already_over"):
        open_cycle(by=made.session("standing_office"), at=now(), cycle_id=cycle.pk, despite_years=True)
