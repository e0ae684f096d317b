"""A printed table of how offices handled procedures: units in groups, points per indicator, totals, grades, ranks.

Everything stands as printed; what it should be is found by :mod:`parindex.domain.procedures.table_check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.errors import Place


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """One unit's row. ``number`` is its number as printed ("" where none is), ``code`` names it in findings (``I.15``).

    ``indicators`` are its points in the order of the table's indicators, ``official`` the mean points of its officials,
    ``grade`` the grade in the words of the table's bands where they are known. ``cells`` names the cells of a
    spreadsheet by column (``total``, the name of an indicator, …), ``unread`` holds what stands there and is no figure.
    """

    code: str
    number: str
    title: str
    place: Place
    indicators: tuple[Fraction | None, ...]
    total: Fraction | None = None
    official: Fraction | None = None
    grade: str = ""
    rank: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    unread: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """A row with the means of the units above it: of one group, or (``group`` None) of the whole table.

    ``also`` is what else it may be the mean of, where the row does not say.
    """

    place: Place
    indicators: tuple[Fraction | None, ...]
    total: Fraction | None
    official: Fraction | None
    group: int | None = None
    also: tuple[int | None, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that stand together under one heading ("I. Các cơ quan chuyên môn thuộc UBND tỉnh")."""

    numeral: str
    title: str
    place: Place
    units: tuple[PrintedUnit, ...]


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many units the prose gives a grade: ``stated`` of ``of`` units (None where it does not say), of one group or
    of all (``group`` None); ``or_better``: with this grade or a higher one.
    """

    grade: str
    stated: int
    of: int | None
    place: Place
    group: int | None = None
    or_better: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationTable:
    """A whole table. ``indicators`` are the names of their columns, ``maxima`` the most that each can give
    (None where that is not known).

    ``bands`` are grades from the highest down; ``declared_bands`` says whether the paper states them (else they are
    those of the decree, and stand only where the table goes by them). ``ordered`` says whether the paper states that
    units stand by falling totals, ``ranked`` whether the table has ranks.
    """

    title: str
    place: Place
    indicators: tuple[str, ...]
    groups: tuple[UnitGroup, ...]
    maxima: tuple[Fraction | None, ...]
    official_maximum: Fraction | None = None
    bands: tuple[Grade, ...] = ()
    declared_bands: bool = False
    means: tuple[PrintedMean, ...] = ()
    counts: tuple[GradeCount, ...] = ()
    year: int | None = None
    ordered: bool = False

    @property
    def units(self) -> tuple[PrintedUnit, ...]:
        """All units in reading order."""
        return tuple(unit for group in self.groups for unit in group.units)

    @property
    def ranked(self) -> bool:
        """Whether ranks are printed."""
        return any(unit.rank is not None for unit in self.units)
