"""What is wrong with a deadline stands at its field; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.world import World, now

from parindex.database.models import Extension, ScoreSheet
from parindex.usecases.cycle_running import ask_for_extension, extend

Person = Callable[[str], Client]
LATER = f"{now() + timedelta(days=60):%d/%m/%Y}"
WRONG = [
    ({"until": "", "reason": "Mất điện"}, {"until": "Chưa ghi ngày"}),
    ({"until": "31/02/2026", "reason": "Mất điện"}, {"until": "“31/02/2026” không phải là ngày"}),
    ({"until": "01/01/2020", "reason": "Mất điện"}, {"until": "đã qua"}),
    ({"until": f"{now() + timedelta(days=3):%d/%m/%Y}", "reason": "Mất điện"}, {"until": "sớm hơn hạn hiện nay"}),
    ({"until": "01/01/9999", "reason": "Mất điện"}, {"until": "quá xa"}),
    ({"until": LATER, "reason": " "}, {"reason": "Chưa nêu lý do"}),
    ({"until": LATER, "reason": "x" * 2001}, {"reason": "2001"}),
    ({"until": "hôm qua", "reason": ""}, {"until": "“hôm qua” không phải là ngày", "reason": "Chưa nêu lý do"}),
]


def _check(page: str, problems: dict[str, str], typed: dict[str, str]) -> None:
    for field, words in problems.items():
        assert f'<li><a href="#{field}">' in page
        at_field = page.split(f'id="{field}-error">')[1].split("</span>")[0]
        assert words in at_field
        control = page.split(f'id="{field}" name="{field}"')[1].split(">")[0]
        assert f'aria-describedby="{field}-hint {field}-error"' in control
        assert 'aria-invalid="true"' in control
    for field in {"until", "reason"} - problems.keys():
        assert f'id="{field}-error"' not in page
    assert f'value="{typed["until"]}"' in page
    assert f">{typed['reason']}</textarea>" in page


@pytest.mark.parametrize(("typed", "problems"), WRONG)
def test_extending(made: World, as_person: Person, typed: dict[str, str], problems: dict[str, str]) -> None:
    form = {"act": "extend", "sheet": made.sheet.pk, "confirmed": "1", **typed}
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/act/", form)
    assert answer.status_code == 422
    _check(answer.text, problems, typed)
    assert ScoreSheet.objects.get(pk=made.sheet.pk).extended_until is None


@pytest.mark.parametrize(("typed", "problems"), WRONG)
def test_asking(made: World, as_person: Person, typed: dict[str, str], problems: dict[str, str]) -> None:
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/extension/", typed)
    assert answer.status_code == 422
    _check(answer.text, problems, typed)
    assert not Extension.objects.exists()


def test_unlocking_asks_for_its_reason_at_the_field(made: World, as_person: Person) -> None:
    form = {"act": "unlock", "sheet": made.sheet.pk, "confirmed": "1", "reason": ""}
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/act/", form)
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text


def test_what_concerns_no_field_stands_above_the_form(made: World, as_person: Person) -> None:
    form = {"act": "extend", "every": "1", "count": "7", "confirmed": "1", "until": LATER, "reason": "Mất điện"}
    page = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/act/", form).text
    assert "<li>Danh sách đã đổi" in page
    assert "field__error" not in page


def test_answering(made: World, as_person: Person) -> None:
    until = now() + timedelta(days=20)
    owner, chief = made.session("owner"), made.session("standing_office")
    asked = ask_for_extension(by=owner, at=now(), sheet_id=made.sheet.pk, until=until, reason="Chờ số liệu")
    office, address = as_person("standing_office"), f"/extensions/{asked.pk}/"
    page = office.post(address, {"reason": ""})
    assert page.status_code == 422
    assert '<li><a href="#approve">Chưa chọn đồng ý' in page.text
    assert '<fieldset aria-describedby="approve-error">' in page.text
    assert '<li><a href="#reason">Chưa nêu lý do' in page.text
    asked.refresh_from_db()
    assert asked.approved is None  # no answer is none, not a refusal
    extend(by=chief, at=now(), sheet_ids=[made.sheet.pk], until=until + timedelta(days=9), reason="Cho mọi đơn vị")
    page = office.post(address, {"answer": "approve", "reason": "Khách quan"})
    assert page.status_code == 422
    assert '<li><a href="#approve">Hạn mới sớm hơn hạn hiện nay' in page.text
    assert 'value="approve" required checked' in page.text
    assert ">Khách quan</textarea>" in page.text
