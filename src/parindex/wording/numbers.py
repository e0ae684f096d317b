"""Numbers as official papers print them: ``13,4873``, ``53.576``, ``88,23%``.

In English the marks change places (``13.4873``, ``53,576``). Nothing here decides anything: what is cut for
printing stays exact in the result.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from parindex.domain.values import Rounding, decimal_places, number_text
from parindex.wording.language import Language, current

#: Decimals that are printed of a number that does not end earlier.
PLACES = 5
#: Decimals that are printed at most, where fewer would tell another story.
_MOST_PLACES = 12


def points_text(value: Fraction | None, places: int = PLACES) -> str:
    """Points as written: the shortest exact decimals up to ``places``, rounded half-up beyond; "–" for none."""
    if value is None:
        return "–"
    exact = decimal_places(value)
    shown = value if exact is not None and exact <= places else Rounding(places).apply(value)
    return _marked(number_text(shown), grouped=False)


def number(value: Fraction | int | None, places: int = PLACES) -> str:
    """A figure with thousands marks: ``53.576``; decimals as :func:`points_text`."""
    if value is None:
        return "–"
    exact = decimal_places(Fraction(value))
    shown = Fraction(value) if exact is not None and exact <= places else Rounding(places).apply(Fraction(value))
    return _marked(number_text(shown), grouped=True)


def exact_figure(value: Fraction) -> str:
    """A figure with thousands marks and all its decimals: a text that means the very number when it is sent back."""
    return _marked(number_text(value), grouped=True)


def fixed(value: Fraction | None, places: int) -> str:
    """Exactly ``places`` decimals, rounded half-up: columns of a table that align."""
    if value is None:
        return "–"
    shown = number_text(Rounding(places).apply(value))
    whole, _, rest = shown.partition(".")
    return _marked(whole + ("." + rest.ljust(places, "0") if places else ""), grouped=False)


def percent(value: Fraction | None, places: int = 2) -> str:
    """A computed number that is already in per cent, always with ``places`` decimals: ``84,69%``, ``85,00%``."""
    return "–" if value is None else fixed(value, places) + "%"


def index_text(value: Fraction | None, edge: Fraction | None = None) -> str:
    """An index or a per cent where the reader wants the value itself: two decimals, more where it has more.

    A value that does not end is cut at :data:`PLACES`, later where it would print as the grade edge ``edge`` that it
    does not reach: 84,99999995 is not 85.
    """
    if value is None:
        return "–"
    exact = decimal_places(value)
    places = max(2, PLACES if exact is None else min(exact, PLACES))
    while edge is not None and value < edge <= Rounding(places).apply(value) and places < _MOST_PLACES:
        places += 1
    return percent(value, places)


def short_of(value: Fraction) -> str:
    """A difference as points, with as many decimals as show that there is one."""
    places = PLACES
    while value and not Rounding(places).apply(value) and places < _MOST_PLACES:
        places += 1
    return points_text(value, places)


def told_apart(
    before: Fraction | None, after: Fraction | None, words: Callable[[Fraction | None, int], str], places: int
) -> tuple[str, str]:
    """Two values as ``words`` prints them, with more decimals than ``places`` where two that differ would print alike;
    exact where no decimals tell them apart.
    """
    while before != after and words(before, places) == words(after, places):
        if places == _MOST_PLACES:
            return _exact_words(before), _exact_words(after)
        places += 1
    return words(before, places), words(after, places)


def _exact_words(value: Fraction | None) -> str:
    return "–" if value is None else _marked(number_text(value), grouped=False)


def percent_text(value: Fraction | None, places: int = PLACES) -> str:
    """A per cent as written, without padding: ``50%``, ``31,11888%``. For figures of rules and calculations."""
    return "–" if value is None else points_text(value, places) + "%"


def share(value: Fraction | None, places: int = 2) -> str:
    """A share of one as per cent, as written: 3/4 → ``75%``."""
    return "–" if value is None else percent_text(value * 100, places)


def equals(*values: Fraction | None, places: int = PLACES) -> str:
    """The sign between a calculation and its value: ``≈`` where any of ``values`` is cut when it is printed."""
    ends = (decimal_places(value) for value in values if value is not None)
    return "=" if all(exact is not None and exact <= places for exact in ends) else "≈"


def exact_text(value: Fraction | None) -> str | None:
    """For machines: a decimal with a point, ``a/b`` where decimals do not end, None for none."""
    return None if value is None else number_text(value)


def _marked(plain: str, *, grouped: bool) -> str:
    """``plain`` (decimal point, no thousands marks) with the marks of the language and a true minus sign."""
    if plain.startswith("-"):
        return "−" + _marked(plain[1:], grouped=grouped)
    decimal_mark, thousands_mark = (",", ".") if current() is Language.VIETNAMESE else (".", ",")
    if "/" in plain:
        return plain
    whole, _, rest = plain.partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", thousands_mark)
    return whole + (decimal_mark + rest if rest else "")
