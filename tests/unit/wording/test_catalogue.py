"""Every sentence has an English translation, and the compiled catalogues are those of the sources."""

from __future__ import annotations

import gettext
import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import parindex
from parindex.wording.language import LOCALE_DIR

PACKAGE = Path(parindex.__file__).parent
_PLACE = re.compile(r"\{(\w*)\}")


@cache
def extracted() -> frozenset[tuple[str, str]]:
    """Every sentence marked in the package, with the context in which it is meant."""
    jinja = {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": "jinja2.ext.do"}
    meant = ((1, "c"), 2)
    keywords = {"text": None, "mark": None, "rich": None, "_": None, "text_in": meant, "mark_in": meant}
    marked = re.compile(rf"\b(?:{'|'.join(keywords)})\s*\(")  # to take a file apart that has none takes as long
    found = set()
    for suffix, method, options in ((".py", "python", {}), (".j2", "jinja2", jinja), (".html", "jinja2", jinja)):
        for path in PACKAGE.rglob(f"*{suffix}"):
            if marked.search(path.read_text("utf-8")):
                messages = extract_from_file(method, path, keywords=keywords, options=options)
                found |= {(context or "", str(message)) for _, message, _, context in messages if message}
    return frozenset(found)


def catalogue(language: str, domain: str) -> Catalog:
    return read_po(BytesIO((LOCALE_DIR / language / "LC_MESSAGES" / f"{domain}.po").read_bytes()))


def test_every_sentence_is_translated_and_none_is_left_over() -> None:
    known = {
        (message.context or "", message.id) for message in catalogue("en", "parindex") if message.id and message.string
    }
    assert extracted() - known == set()
    assert known - extracted() == set()


def test_translations_keep_the_facts() -> None:
    for message in catalogue("en", "parindex"):
        assert sorted(_PLACE.findall(message.id)) == sorted(_PLACE.findall(message.string)), message.id


@pytest.mark.parametrize(("language", "domain"), [("en", "parindex"), ("vi", "argparse")])
def test_compiled_catalogues_are_those_of_the_sources(language: str, domain: str) -> None:
    compiled = gettext.translation(domain, LOCALE_DIR, [language])
    for message in catalogue(language, domain):
        if message.id:
            found = compiled.pgettext(message.context, message.id) if message.context else compiled.gettext(message.id)
            assert found == message.string


_CHOICE = re.compile(r"\{(\w+)\|[^{}|]*\|[^{}|]*\}")
#: Sentences that the script of the pages fills with what has happened in the browser.
_SCRIPTED = re.compile(r"""data-[a-z-]+="\{\{ text\((['"])(.*?)\1\) \}\}""")


def test_numbers_choose_by_facts_of_the_sentence() -> None:
    for message in catalogue("en", "parindex"):
        assert set(_CHOICE.findall(message.string)) <= set(_PLACE.findall(message.id)), message.id
        assert "|" not in _CHOICE.sub("", message.string), message.id


def test_what_the_script_fills_has_one_form() -> None:
    sentences = {
        found[1] for path in PACKAGE.glob("web/**/*.html") for found in _SCRIPTED.findall(path.read_text("utf-8"))
    }
    assert any("{count}" in one for one in sentences)
    english = {message.id: message.string for message in catalogue("en", "parindex")}
    assert [one for one in sentences if _CHOICE.search(english.get(one, ""))] == []
