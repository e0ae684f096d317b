"""No page says anything in the other language: what comes from the database is data, the rest is ours.

In English a page has no Vietnamese letter outside of data; in Vietnamese it has no sentence of the English catalogue.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from tests.factories.rights_given import rights_after
from tests.factories.rights_world import RightsWorld
from tests.integration.web.rights import VISITOR, Row, rows
from tests.integration.web.test_rights_matrix import ask, logged_in

import parindex
from parindex.domain.review.roles import Role
from parindex.web.requests import LANGUAGE_COOKIE
from parindex.wording.language import LOCALE_DIR

#: Criteria that an office writes for itself are data, too.
COMMENDATIONS = Path(parindex.__file__).parent / "data" / "commendations" / "criteria.yaml"
PAGES = [row for row in rows() if row.method == "GET" and row.may]
PREFERRED = (Role.UNIT_OFFICER, Role.STANDING_OFFICE, Role.UNIT_LEADER, Role.ADMINISTRATOR, *Role)
_VOID = {"meta", "link", "input", "br", "hr", "img", "source", "wbr", "col"}
_SAID = ("title", "aria-label", "placeholder", "alt", "data-l")
#: Words that are the same in both languages, or that name a thing of the outside.
_NAMES = {"parindex", "Menu", "Excel", "Word", "YAML", "PDF"}


class Said(HTMLParser):
    """Every text of a page, but for elements that are marked as being in the other language."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language, self.found, self._open = language, [], []  # type: ignore[var-annotated]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are read out count as text."""
        given = dict(attrs)
        if tag in _VOID:
            self._said(given)
            return
        is_silent = tag in ("script", "style") or given.get("lang", self.language) != self.language
        self._open.append(is_silent)
        self._silent += is_silent
        self._said(given)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in _VOID and self._open:
            self._silent -= self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if data.strip() and not self._silent:
            self.found.append(" ".join(data.split()))

    def _said(self, given: dict[str, str | None]) -> None:
        if not self._silent:
            self.found += [" ".join(value.split()) for name in _SAID if (value := given.get(name))]


def viewer(row: Row) -> tuple[str, str]:
    """Somebody who may see the page; not the visitor, where somebody else may."""
    return next(((str(role), "own") for role in PREFERRED if (str(role), "own") in row.may), VISITOR)


def shown(rights: RightsWorld, row: Row, language: str) -> list[str]:
    """What a page says; nothing where it is a file."""
    client = logged_in(rights, viewer(row))
    client.cookies[LANGUAGE_COOKIE] = language
    answer = ask(rights, client, row)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        list(answer.streaming_content if answer.streaming else ())
        return []
    reader = Said(language)
    reader.feed(answer.text)
    return reader.found


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_a_page_says_nothing_in_the_other_language(row: Row) -> None:
    rights = rights_after(*row.given)
    known = data()
    left = [text for text in shown(rights, row, "en") if _is_vietnamese(_without(text, known))]
    unpaired = [text for text in left if text in catalogue() and not catalogue()[text]]
    assert unpaired == [], "no English pair in the catalogue"
    assert left == [], "not through text(), or without an English pair"
    texts = shown(rights, row, "vi")
    whole = "\n".join(texts)
    sentences = [one for one in english() if one in whole]
    assert [text for text in texts if any(one in text for one in sentences)] == []


def data() -> list[str]:
    """Every text in the database, the longest first; criteria sets in pieces."""
    found: set[str] = set()
    for model in apps.get_app_config("parindex").get_models():
        names = [one.name for one in model._meta.fields if isinstance(one, models.CharField | models.TextField)]
        for values in model._default_manager.values_list(*names) if names else ():
            found.update(_pieces(value) for value in values if value)
    for (content,) in apps.get_model("parindex", "CriteriaSetVersion").objects.values_list("content"):
        found |= _written(content)
    found |= _written(COMMENDATIONS.read_text(encoding="utf-8"))
    for (detail,) in apps.get_model("parindex", "UnitResult").objects.values_list("detail"):
        found.update(_scalars(json.loads(zlib.decompress(bytes(detail)))))
    return sorted((one for one in found if len(one) > 1), key=len, reverse=True)


@cache
def _written(content: str) -> frozenset[str]:
    return frozenset(_scalars(yaml.safe_load(content)))


def _pieces(value: object) -> str:
    return " ".join(str(value).split()).casefold()


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield _pieces(key)
            yield from _scalars(one)
    elif isinstance(value, list):
        for one in value:
            yield from _scalars(one)
    else:
        yield _pieces(value)


def _without(text: str, known: list[str]) -> str:
    left = text.casefold()
    for one in known:
        if one in left:
            left = left.replace(one, " ")
    return left


def _is_vietnamese(text: str) -> bool:
    return any(letter.isalpha() and ord(letter) > 127 and letter not in "µºª" for letter in text)


@cache
def catalogue() -> dict[str, str]:
    """The English catalogue."""
    path = Path(LOCALE_DIR) / "en" / "LC_MESSAGES" / "parindex.po"
    with path.open(encoding="utf-8") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


@cache
def english() -> frozenset[str]:
    """Pieces of English sentences between their places: of two words at least, and none that is also Vietnamese."""
    vietnamese = " ".join(catalogue())
    pieces = {piece.strip(" .,;:·") for one in catalogue().values() for piece in re.split(r"\{[^}]*\}|<[^>]*>", one)}
    return frozenset(one for one in pieces if one.count(" ") >= 1 and len(one) > 6 and one not in vietnamese) - _NAMES
