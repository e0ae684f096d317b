"""Help stands beside what it explains; every word that a template names is in the glossary; no script is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from tests.factories.rights_given import rights_after
from tests.factories.rights_world import RightsWorld, rights_world
from tests.integration.web.rights import rows
from tests.integration.web.test_rights_matrix import ask, logged_in

import parindex.web
from parindex.domain.review.roles import Role
from parindex.domain.scoring.rule_table import KINDS
from parindex.web.help.glossary import glossary, meaning, word

WEB = Path(parindex.web.__file__).parent
_NAMED = re.compile(r"""(?:\bhelp(?:_link)?\(|\bterm=)"(\w+)"(?!\s*~)""")


def named_in(path: Path) -> set[str]:
    return set(_NAMED.findall(path.read_text(encoding="utf-8")))


TEMPLATES = sorted(path for path in WEB.rglob("*.html") if named_in(path))


def test_some_templates_have_help() -> None:
    assert {path.name for path in TEMPLATES} >= {"item_fields.html", "row.html", "timetable.html", "measure.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_word_that_a_template_explains_is_in_the_glossary(path: Path) -> None:
    assert named_in(path) - {key for key, _, _ in glossary()} == set()


def test_every_kind_of_rule_is_explained() -> None:
    assert [word(f"kind_{kind}") for kind in KINDS if not meaning(f"kind_{kind}")] == []


def test_a_word_that_is_not_in_the_glossary_is_an_error() -> None:
    template = engines["jinja2"].from_string(
        '{% import "components/components.html" as c with context %}{{ c.help("no_such_word") }}'
    )
    with pytest.raises(KeyError, match="no_such_word"):
        template.render()


@pytest.fixture
def rights(db: None) -> RightsWorld:
    """The world whose pages are read."""
    return rights_world()


def links_to_help(page: str) -> list[str]:
    return re.findall(rf'<a class="help" href="{reverse("help")}#(\w+)"', page)


def explained(page: str) -> list[str]:
    """Meanings that a page carries in something that opens."""
    return re.findall(r'<details class="help"><summary>.*?</summary><p>(.*?)</p></details>', page)


def test_an_item_leads_to_the_words_beside_its_fields(rights: RightsWorld) -> None:
    client = logged_in(rights, (str(Role.UNIT_OFFICER), "own"))
    sheet = rights.made.sheet.pk
    counted = client.get(reverse("item", kwargs={"sheet": sheet, "code": "2.1"})).text
    assert links_to_help(counted) == ["measure", "explanation", "citation", "evidence", "not_assessed"]
    typed = client.get(reverse("item", kwargs={"sheet": sheet, "code": "1.1"})).text
    assert "evidence" in links_to_help(typed)
    anchors = re.findall(r'<dt id="(\w+)">', Client().get(reverse("help")).text)
    assert set(links_to_help(counted)) <= set(anchors)
    assert 'target="help"' in counted  # what was typed stays where it is


#: Where an official meets a word for the first time: name of the page, who looks, words in the order of the page.
BESIDE = [
    ("new_cycle", ["cycle", "parent_cycle"]),
    ("prepare_cycle", ["unit_group", "phase", "proposal"]),
    ("cycle_timetable", ["phase"]),
    ("cycle_proposals", ["not_assessed"]),
    ("criteria_sets", ["criteria_set"]),
    ("set_properties", ["legal_basis", "declared", "grade", "unit_group", "rounding"]),
    ("set_measures", ["measure"]),
    ("set_measure", ["measure_kind", "sum_of_children", "provided_by"]),
    ("sheet_parts", ["sheet_part"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "terms"), BESIDE)
def test_pages_explain_their_words(name: str, terms: list[str]) -> None:
    row = next(one for one in rows() if one.url == name and one.method == "GET")
    rights = rights_after(*row.given)
    page = ask(rights, logged_in(rights, (str(Role.STANDING_OFFICE), "own")), row).text
    assert explained(page) == [meaning(term) for term in terms]


@pytest.mark.django_db
def test_the_editor_explains_the_rule_that_is_shown() -> None:
    row = next(one for one in rows() if one.url == "set_row" and one.method == "GET")
    rights = rights_after(*row.given)
    page = ask(rights, logged_in(rights, (str(Role.STANDING_OFFICE), "own")), row).text
    assert {meaning(term) for term in ("max_points", "display_title", "source", "bonus", "evidence", "rule")} <= set(
        explained(page)
    )
