"""Checked scores beside self scores, unit by unit and dossier by dossier."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from parindex.documents.dossiers.dossier_file import Forms
from parindex.domain.procedures.checking import Compared, compared
from parindex.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Difference:
    """One form whose checked score is not the one that the office gave; ``dossier`` is empty on a form of a period."""

    unit: Unit
    dossier: str
    column: str
    own: Fraction
    checked: Fraction


def compared_columns(forms: Forms) -> tuple[Compared, ...]:
    """Every unit and indicator with checked forms, in the order of units and then of columns."""
    found = [
        one
        for column in forms.declaration.columns
        for one in compared(column, forms.subjects, forms.own[column.column], forms.checked[column.column])
    ]
    return tuple(sorted(found, key=lambda one: one.row))


def differences(forms: Forms) -> tuple[Difference, ...]:
    """Every score that differs, in the order of the forms and then of columns."""
    found = []
    for column in forms.declaration.columns:
        own, checked = forms.own[column.column], forms.checked[column.column]
        values = list(column.scores)
        for at in np.flatnonzero((own >= 0) & (checked >= 0) & (own != checked)).tolist():
            unit = forms.units[int(forms.subjects[at])]
            dossier = forms.dossiers[at] or ""
            found.append((at, Difference(unit, dossier, column.column, values[own[at]], values[checked[at]])))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
