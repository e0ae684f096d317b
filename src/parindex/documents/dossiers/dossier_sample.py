"""Which dossiers are checked: a simple random sample of every unit's dossiers, drawn as surveys are.

The share and the seed decide; anybody draws the same dossiers again from the same forms, in whatever order they stand
(see :mod:`parindex.domain.survey.sampling.selection`). The sample is a table of forms without scores: who checks fills
it in and hands it back as the table of checked scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import polars as pl

from parindex.documents.dossiers.dossier_file import Forms
from parindex.documents.results.result_files import ResultTable
from parindex.domain.criteria.form_declarations import Per, Scored
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.procedures.checking import dossiers_to_check
from parindex.domain.survey.sampling.frame import frame_of
from parindex.domain.survey.sampling.frame_rows import TextColumn
from parindex.domain.survey.sampling.sampling_design import Method, SamplingDesign, SamplingStage, Take
from parindex.domain.survey.sampling.selection import draw
from parindex.domain.units import Unit


@dataclass(frozen=True, slots=True)
class UnitSample:
    """The dossiers of one unit that are checked, of how many there are."""

    unit: Unit
    of: int
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierSample:
    """The dossiers to check, with what anybody needs to draw them again."""

    share: Fraction
    seed: str
    fingerprint: str
    units: tuple[UnitSample, ...]


def draw_dossiers(forms: Forms, share: Fraction, seed: str) -> DossierSample:
    """Draw ``share`` of the dossiers of every unit that has any, rounded up.

    Raises :class:`InvalidInput` (``not_a_share``, ``no_dossiers``).
    """
    named = forms.dossiers.is_not_null().to_numpy()
    pairs = pl.DataFrame({"row": forms.subjects[named], "dossier": forms.dossiers.filter(named).cast(pl.String)})
    pairs = pairs.unique(maintain_order=True)
    rows = pairs["row"].to_numpy()
    counts = np.bincount(rows, minlength=len(forms.units)).astype(np.int64)
    try:
        takes = dossiers_to_check(counts, share)
    except InvalidValue as error:
        raise InvalidInput([Problem(error.kind, Place(), error.facts)]) from None
    if not len(rows):
        raise InvalidInput([Problem("no_dossiers")])
    ids = [forms.units[row].id for row in rows.tolist()]
    quotas = {unit.id: int(take) for unit, take in zip(forms.units, takes, strict=True)}
    stage = SamplingStage("dossier", method=Method.SIMPLE, take=Take(by="of", quotas=quotas), unique=False)
    design = SamplingDesign("dossiers-to-check", "", (stage,), ("unit",))
    columns = {"unit": ids, "of": ids, "dossier": pairs["dossier"].to_list()}
    frame = frame_of(design, [{name: TextColumn.of(texts) for name, texts in columns.items()}])
    found: dict[str, list[str]] = {}
    for one in draw(design, frame, seed).stages[0]:
        found.setdefault(frame.strata[one.parent][0], []).append(one.id)
    samples = [
        UnitSample(unit, int(count), tuple(found[unit.id]))
        for unit, count in zip(forms.units, counts, strict=True)
        if unit.id in found
    ]
    return DossierSample(share, seed, frame.tables[0].fingerprint, tuple(samples))


def sample_table(forms: Forms, sample: DossierSample) -> ResultTable:
    """The dossiers to check as a table of forms whose scores are still blank."""
    return ResultTable("checked", lambda: _frame(forms, sample.units))


def _frame(forms: Forms, samples: Sequence[UnitSample]) -> pl.DataFrame:
    pairs = [(one.unit, dossier) for one in samples for dossier in one.dossiers]
    columns = {"unit": [unit.id for unit, _ in pairs]}
    if forms.declaration.scored is Scored.OFFICIAL:  # the unit is an official of the office that is its group
        columns = {"unit": [unit.group for unit, _ in pairs], "official": [unit.title for unit, _ in pairs]}
    columns["dossier"] = [dossier for _, dossier in pairs]
    blank = pl.Series([None] * len(pairs), dtype=pl.String)
    scored = [one.column for one in forms.declaration.columns if one.per is Per.DOSSIER]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        blank.alias(name) for name in scored
    )
