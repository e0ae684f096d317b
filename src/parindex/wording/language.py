"""The language of sentences: Vietnamese is written in the source, English comes from a gettext catalogue.

A module that words something writes ``from parindex.wording.language import text`` and calls ``text("Mã {code}
trùng", code="2.3.1")``.
Sentences that are kept in tables are marked with :func:`mark` and translated when they are used. The catalogues are
made by
``pybabel`` (see ``locale/README``).
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "parindex"

#: Asked in this order; the first that is set decides.
VARIABLES = ("PARINDEX_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """The languages of the interface."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


#: Singular and plural by a number; Vietnamese has one form.
_NUMBERED = re.compile(r"\{(\w+)\|([^{}|]*)\|([^{}|]*)\}")

_current: ContextVar[Language] = ContextVar("parindex_language", default=Language.VIETNAMESE)


def choose(environment: Mapping[str, str]) -> Language:
    """The language that the environment asks for: Vietnamese unless the locale is English."""
    asked = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return (
        Language.ENGLISH if asked.lower().replace("-", "_").split("_")[0].split(".")[0] == "en" else Language.VIETNAMESE
    )


def use(language: Language) -> None:
    """Word everything in ``language`` from here on (in this thread or task)."""
    _current.set(language)


def current() -> Language:
    """The language in use."""
    return _current.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Word what is written to somebody in their language, whoever writes."""
    before = current()
    use(Language(code))
    try:
        yield
    finally:
        use(before)


def mark(message: str) -> str:
    """``message`` itself; marks a sentence for the catalogue that is translated later by :func:`text`."""
    return message


def mark_in(context: str, message: str) -> str:  # noqa: ARG001
    """``message`` itself; marks a word that means something else elsewhere, for :func:`text_in`."""
    return message


def text(message: str, /, **facts: object) -> str:
    """``message`` in the language in use, with ``{name}`` places filled from ``facts``."""
    return _filled(_translations(_current.get()).gettext(message), facts) if message else ""


def text_in(context: str, message: str, /, **facts: object) -> str:
    """``message`` as it is meant in ``context``: one Vietnamese word may need two English ones."""
    return _filled(_translations(_current.get()).pgettext(context, message), facts)


def _filled(sentence: str, facts: Mapping[str, object]) -> str:
    return numbered(sentence, facts).format(**facts) if facts else sentence


def numbered(sentence: str, facts: Mapping[str, object]) -> str:
    """A sentence whose English has ``{count|item|items}`` with the one of the two that the number asks for."""
    if "|" not in sentence:
        return sentence
    return _NUMBERED.sub(lambda place: place[2] if str(facts.get(place[1])) == "1" else place[3], sentence)


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, [language.value], fallback=language is Language.VIETNAMESE)
