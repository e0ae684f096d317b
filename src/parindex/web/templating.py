"""The environment of all templates: words, numbers, dates, addresses, icons. A name that is missing is an error."""

from __future__ import annotations

from collections.abc import MutableMapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from parindex.domain.review.stages import UNSIGNED, SheetState
from parindex.domain.values import exact_number
from parindex.usecases.links import is_internal
from parindex.web.accounts.form_words import form_problems
from parindex.web.accounts.openid import providers
from parindex.web.help.glossary import meaning, word
from parindex.web.layout.menu import menu
from parindex.web.text_checks.hints import hints_in
from parindex.wording import numbers
from parindex.wording.appraisals import appraisal_state, opinion_capacity, opinion_kind, vote_choice, vote_mode
from parindex.wording.audit_log import action_text
from parindex.wording.cycles import standing
from parindex.wording.estimates import estimate_text, estimate_words
from parindex.wording.language import Language, current, numbered, text, text_in
from parindex.wording.moments import day, days_left, moment, time_of_day
from parindex.wording.places import place_text
from parindex.wording.refusals import refusal_text
from parindex.wording.roles import cycle_state, entry_mark, role, sheet_state
from parindex.wording.unit_kinds import kind_text

#: Stages in which a unit has still something to hand in: only then a deadline has days left, or is overdue.
_OWED = UNSIGNED | {SheetState.RETURNED}


class Pages(Environment):
    """What all templates know is settled when the application starts."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One table: looking through two of them, name by name, is what a small answer would spend its time on."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Jinja2 as every page uses it; everything that is not marked as HTML is escaped."""
    options["undefined"] = StrictUndefined
    made = Pages(**options, extensions=["jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True)
    made.globals.update(
        text=text,
        text_in=text_in,
        rich=rich,
        static=cache(static),
        url=address,
        menu=menu,
        language=current,
        now=timezone.now,
        flashes=get_messages,
        hints_in=hints_in,
        place_text=place_text,
        refusal_text=refusal_text,
        mark_words=entry_mark,
        role_words=role,
        sheet_words=sheet_state,
        cycle_words=cycle_state,
        standing_words=standing,
        still_owed=lambda state: state in _OWED,
        appraisal_words=appraisal_state,
        opinion_words=opinion_kind,
        estimate_text=estimate_text,
        estimate_words=estimate_words,
        capacity_words=opinion_capacity,
        vote_mode_words=vote_mode,
        vote_choice_words=vote_choice,
        form_problems=form_problems,
        action_words=action_text,
        providers=providers,
        contact=lambda: settings.CONTACT,
        body=lambda: settings.BODY,
        is_demonstration=lambda: settings.DEMO,
        glossary_word=word,
        is_internal_link=is_internal,
        glossary_meaning=meaning,
    )
    made.filters.update(
        points=points, figure=figure, exact_figure=numbers.exact_figure,
        percent=numbers.percent, day=day, moment=moment, clock=time_of_day,
        days_left=days_left, unit_kind=kind_text,
    )  # fmt: skip
    return made


def address(name: str, **arguments: object) -> str:
    """The address of a page by its name."""
    return _address(get_script_prefix(), name, tuple(arguments.items()))


@lru_cache(maxsize=4096)
def _address(_: str, name: str, arguments: tuple[tuple[str, object], ...]) -> str:
    return reverse(name, kwargs=dict(arguments))


def rich(message: str, /, **facts: object) -> Markup:
    """A sentence with markup of ours in it; the facts are escaped unless they are markup themselves."""
    return Markup(numbered(text(message), facts)).format(**facts)


def points(value: Fraction | str | None, places: int = numbers.PLACES) -> str:
    """Points as written; "" and None are "–"."""
    return _points(value, places, current())


@lru_cache(maxsize=4096)
def _points(value: Fraction | str | None, places: int, _: Language) -> str:
    exact = exact_number(value) if isinstance(value, str) and value else value or None
    if isinstance(value, Fraction):
        exact = value
    return numbers.points_text(exact if isinstance(exact, Fraction) else None, places)


def figure(value: str | Fraction | int | None) -> str:
    """A figure with thousands marks; "" and None stay empty."""
    if value is None or value == "":
        return ""
    return numbers.number(exact_number(value) if isinstance(value, str) else value)
