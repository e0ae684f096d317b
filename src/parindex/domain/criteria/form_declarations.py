"""What a criteria set says about forms: which columns a filled form has, and which measures count them.

A yardstick such as the nine indicators of decree 61/2018 is scored from forms: one a dossier, or one a period where
an office is judged as a whole. Columns, scores, and what is scored (offices or officials) are data of the set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

#: The columns that every table of forms may have, whatever the set declares; ``note`` is for whoever keeps the table.
OF_EVERY_FORM = ("unit", "official", "dossier", "date", "note")


class Per(StrEnum):
    """What one filled cell of a form is about."""

    DOSSIER = "dossier"
    PERIOD = "period"  # the unit as a whole, once a period


class Scored(StrEnum):
    """Whose forms are counted together."""

    UNIT = "unit"
    OFFICIAL = "official"


class PeriodLength(StrEnum):
    """How long the periods are that have a result of their own where a longer one is asked for."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months that is."""
        return _MONTHS[self]


_MONTHS = {PeriodLength.MONTH: 1, PeriodLength.QUARTER: 3, PeriodLength.HALF_YEAR: 6, PeriodLength.YEAR: 12}


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of forms: ``scores`` maps every score that may stand in it to the measure that counts such forms.

    ``head`` is another heading that the column may have.
    """

    column: str
    scores: Mapping[Fraction, str]
    per: Per = Per.DOSSIER
    head: str = ""


@dataclass(frozen=True, slots=True)
class FormsDeclaration:
    """The forms that the figures of a set can be counted from.

    ``periods``: inside the period that is asked for, each of that length is scored for itself as well (circular
    01/2018/TT-VPCP: officials each quarter, offices each year).
    """

    columns: tuple[FormColumn, ...]
    scored: Scored = Scored.UNIT
    periods: PeriodLength | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A figure for another criteria set: how many units of ``unit_group`` are graded, or have ``grade`` or a better."""

    measure: str
    unit_group: str
    grade: str = ""
