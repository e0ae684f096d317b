"""The check page speaks no name of the file format, and its last link leads to what is still to be done."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from django.test import Client
from tests.factories.world import SMALL_SET, World, now

from parindex.database.models import CriteriaSetVersion
from parindex.database.models.criteria_sets import SetState
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, load_criteria_set
from parindex.domain.criteria.criteria_set import CriteriaSet, Part, Source

Person = Callable[[str], Client]


def _draft(made: World, content: CriteriaSet) -> CriteriaSetVersion:
    return CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=2, state=SetState.DRAFT, title=content.title, year=content.year,
        content=dump_criteria_set(content), created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip


def _page(as_person: Person, draft: CriteriaSetVersion) -> str:
    return as_person("standing_office").get(f"/sets/versions/{draft.pk}/check/").text


def _confirmed(as_person: Person, draft: CriteriaSetVersion) -> str:
    """The page after each matter has been confirmed in the first way that asks for nothing."""
    client, address = as_person("standing_office"), f"/sets/versions/{draft.pk}/check/"
    page = client.get(address).text
    while found := re.search(r'name="key" value="([^"]+)"><input type="hidden" name="read" value="(\d+)"', page):
        ways = re.findall(r'name="way" value="([^"]+)"', page[found.start() :])
        form = {"table": draft.pk, "key": html.unescape(found[1]), "read": found[2], "way": ways[0]}
        done = client.post(address, form, follow=True)
        assert done.status_code == 200
        page = client.get(address).text
    return page


def _last_link(page: str) -> str:
    found = re.search(r'id="why-\d+">.*?href="([^"]*)"', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_a_part_of_the_hundred_is_said_in_words(made: World, as_person: Person) -> None:
    old = load_criteria_set(SMALL_SET)
    parts = (Part("report", "", (Source.REPORT,)), Part("opinion_survey", "", (Source.OPINION_SURVEY,)))
    stated = {"report": Fraction(1), "opinion_survey": Fraction(30)}
    content = replace(old, parts=parts, declared=replace(old.declared, parts=stated))
    page = _page(as_person, _draft(made, content))
    shown = re.sub(r"<[^>]+>", "", page.split("<main")[1].split("</main>")[0])
    assert "điều tra xã hội học" in shown
    assert "opinion_survey" not in shown
    assert "`" not in shown


@pytest.mark.parametrize("has_warning", [True, False])
def test_the_last_link_leads_to_something_that_is_there(made: World, as_person: Person, has_warning: bool) -> None:
    content = replace(load_criteria_set(SMALL_SET), legal_basis=())
    if has_warning:
        grades = content.grades[:-1]
        content = replace(content, grades=grades, declared=replace(content.declared, areas=9))
    draft = _draft(made, content)
    page = _page(as_person, draft) if has_warning else _confirmed(as_person, draft)
    link = _last_link(page)
    if has_warning:
        assert re.fullmatch(r"#f\d+", link)
        assert f'id="{link[1:]}"' in page
    else:
        assert link == f"/sets/versions/{draft.pk}/properties/"
        assert "Chưa ghi căn cứ pháp lý" in page
        assert as_person("standing_office").get(link).status_code == 200
