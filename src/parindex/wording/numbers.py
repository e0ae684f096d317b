"""Numbers and dates as official papers print them: ``13,4873``, ``53.576``, ``88,23%``, ``08/12/2020``.

In English the marks change places (``13.4873``, ``53,576``). Nothing here decides anything: what is cut for
printing stays exact
in the result.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from parindex.domain.values import Rounding, decimal_places, number_text
from parindex.wording.language import Language, current

#: Decimals that are printed of a number that does not end earlier.
PLACES = 5


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


def fixed(value: Fraction | None, places: int) -> str:
    """Exactly ``places`` decimals, rounded half-up: columns of a table that align."""
    if value is None:
        return "–"
    shown = number_text(Rounding(places).apply(value))
    whole, _, rest = shown.partition(".")
    return _marked(whole + ("." + rest.ljust(places, "0") if places else ""), grouped=False)


def percent(value: Fraction | None, places: int = 2) -> str:
    """A number that is already in per cent: ``84,69%``."""
    return "–" if value is None else points_text(value, places) + "%"


def share(value: Fraction | None, places: int = 2) -> str:
    """A share of one as per cent: 3/4 → ``75%``."""
    return "–" if value is None else percent(value * 100, places)


def exact_text(value: Fraction | None) -> str | None:
    """For machines: a decimal with a point, ``a/b`` where decimals do not end, None for none."""
    return None if value is None else number_text(value)


def date_text(value: date | None) -> str:
    """``08/12/2020``."""
    return "–" if value is None else f"{value:%d/%m/%Y}"


def time_text(value: datetime) -> str:
    """``17:00 ngày 31/03/2021``."""
    joint = " ngày " if current() is Language.VIETNAMESE else " on "
    return f"{value:%H:%M}{joint}{value:%d/%m/%Y}"


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
