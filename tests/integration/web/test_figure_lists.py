"""List measures: what is listed is kept, how many lines count is the figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.test import Client
from tests.factories.world import SMALL_SET, World, frozen_version, now

from parindex.database.models import Entry, Figure, FigureLine
from parindex.usecases.typed_values import digest

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


@pytest.fixture
def listed(made: World, tmp_path: Path) -> World:
    """The item 1.2 counts initiatives, one point each."""
    data = yaml.safe_load(SMALL_SET.read_text(encoding="utf-8"))
    data["id"] = "set-with-list"
    data["measures"]["initiatives"] = {"title": "Sáng kiến được công nhận", "kind": "list"}
    data["areas"][0]["children"][1]["rule"] = {"kind": "count", "of": "initiatives", "each": "0.5"}
    path = tmp_path / "set.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    version = frozen_version(made.province, made.people["standing_office"], path)
    type(made.sheet.group).objects.filter(pk=made.sheet.group_id).update(set_version=version)
    return made


def item(made: World, code: str = "1.2") -> str:
    return f"/sheets/{made.sheet.pk}/items/{code}/"


def value() -> str:
    return Figure.objects.get(measure="initiatives").value


def points(made: World) -> str:
    return Entry.objects.get(sheet=made.sheet, item_code="1.2").points


def add(client: Client, made: World, title: str) -> int:
    return client.post(item(made) + "lines/", {"measure": "initiatives", "title": title}).status_code


def test_lines_are_added_counted_and_taken_off(listed: World, as_person: Person) -> None:
    client = as_person("owner")
    assert add(client, listed, "Sổ tay một cửa") == 302
    assert add(client, listed, "  Trả kết quả   qua Zalo ") == 302
    assert (value(), points(listed)) == ("2", "1")
    page = client.get(item(listed)).text
    assert "Trả kết quả qua Zalo" in page
    assert 'name="figure.initiatives"' not in page  # the number follows from the lines
    first, second = FigureLine.objects.order_by("position")
    assert client.post(item(listed) + "lines/", {"leave": first.pk}).status_code == 302
    assert (value(), points(listed)) == ("1", "0.5")
    assert client.post(item(listed) + "lines/", {"remove": second.pk}).status_code == 302
    assert (value(), points(listed)) == ("0", "0")  # listed and not counted: zero
    assert client.post(item(listed) + "lines/", {"remove": first.pk}).status_code == 302
    assert (value(), points(listed)) == ("", "")  # nothing listed: not entered


def test_a_number_beside_lines_is_refused(listed: World, as_person: Person) -> None:
    client = as_person("owner")
    add(client, listed, "Sổ tay")
    form = {"figure.initiatives": "7", "read.figure.initiatives": digest("1")}
    answer = client.post(item(listed), form)
    assert answer.status_code == 422
    assert "Số này đếm từ danh sách bên dưới, đang là 1" in answer.text
    assert value() == "1"


def test_lines_of_others_and_of_other_items(listed: World, as_person: Person) -> None:
    owner = as_person("owner")
    add(owner, listed, "Sổ tay")
    line = FigureLine.objects.get()
    assert as_person("stranger").post(item(listed) + "lines/", {"remove": line.pk}).status_code == 403
    assert owner.post(item(listed, "1.1") + "lines/", {"remove": line.pk}).status_code == 403
    assert owner.post(item(listed) + "lines/", {"remove": "999999"}).status_code == 404
    assert owner.post(item(listed) + "lines/", {"remove": "x"}).status_code == 404
    theirs = Figure.objects.create(unit=listed.other_department, measure="initiatives", year=2025, updated_at=now())
    foreign = FigureLine.objects.create(figure=theirs, position=1, title="Của sở khác")
    assert owner.post(item(listed) + "lines/", {"leave": foreign.pk}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.accepted


@pytest.mark.parametrize("title", ["", "   ", "x" * 501])
def test_a_line_says_something(listed: World, as_person: Person, title: str) -> None:
    assert add(as_person("owner"), listed, title) == 422
    assert not FigureLine.objects.exists()
