"""The form of a correction: no unit is picked for anybody, and what is wrong stands at its field."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.published_world import PublishedWorld, published_world

from parindex.database.models import Publication

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WORDS = {
    "minutes_number": "12/BB-HĐTĐ", "minutes_date": "02/03/2026", "minutes": "Thống nhất.", "public_from": "",
    "decision_number": "345/QĐ-UBND", "decision_date": "05/03/2026", "reason": "Cộng sai",
}  # fmt: skip


def sent(world: PublishedWorld, **lines: list[str]) -> str:
    """The page that answers some lines."""
    client = Client()
    client.force_login(world.made.people["chair"])
    answer = client.post(f"/cycles/{world.made.cycle.pk}/results/correct/", {**WORDS, **lines})
    assert (answer.status_code, Publication.objects.count()) == (422, 1)
    return answer.content.decode()


def test_no_unit_is_picked_before_somebody_picks_it() -> None:
    world = published_world()
    client = Client()
    client.force_login(world.made.people["chair"])
    page = client.get(f"/cycles/{world.made.cycle.pk}/results/correct/").content.decode()
    picks = re.findall(r"<select[^>]*name=\"sheet\"[^>]*>(<option[^>]*>)", page)
    assert (len(picks), set(picks), "selected" in page) == (8, {'<option value="">'}, False)


@pytest.mark.parametrize(
    ("lines", "field", "words"),
    [
        ({"sheet": ["{unit}", ""], "item": ["1.1", "2.2"]}, "sheet-2", "Dòng 2: chưa chọn đơn vị"),
        ({"item": ["{code}", "9.9"]}, "item-2", "không có mục 9.9"),
        ({"item": ["2.2", "2.2"]}, "item-2", "Một mục ghi hai lần"),
        ({"points": ["1", "7"]}, "points-2", "Điểm 7 của mục 2.2"),
        ({"points": ["=1+1", "1"]}, "points-1", "“=1+1” không phải là số điểm"),
        ({"why": ["Nhầm", " "]}, "why-2", "Chưa nêu lý do"),
    ],
)
def test_what_is_wrong_stands_at_its_field(lines: dict[str, list[str]], field: str, words: str) -> None:
    world = published_world()
    unit = str(world.made.other_sheet.pk)
    whole = {"sheet": [unit] * 2, "item": ["1.1", "2.2"], "points": ["0,5", "1"], "why": ["Nhầm", "Nhầm"], **lines}
    filled = {name: [one.format(unit=unit, code="1.1") for one in column] for name, column in whole.items()}
    page = sent(world, **filled)
    control = re.search(rf'<(?:input|select)[^>]* id="{field}"[^>]*>', page)
    assert control is not None
    assert f'aria-describedby="{field}-error" aria-invalid="true"' in control[0]
    error = re.search(rf'id="{field}-error">.*?</svg>\s*([^<]*)<', page, re.DOTALL)
    assert error is not None
    assert words in error[1]
    assert f'<a href="#{field}">' in page
    assert page.count('aria-invalid="true"') == 1


def test_a_unit_alone_is_no_line_to_be_forgotten() -> None:
    world = published_world()
    page = sent(world, sheet=[str(world.made.other_sheet.pk)], item=[""], points=[""], why=[""])
    assert '<a href="#item-1">' in page
