"""A bundle verified: signature, files, contents, origins, and every result computed anew. All findings at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parindex.documents.bundles import paths
from parindex.documents.bundles.compared_parts import ComparedParts, compared_parts
from parindex.documents.bundles.content_checks import (
    evidence_findings,
    list_findings,
    manifest_findings,
    simulated_notes,
    usable_problems,
    yardstick_findings,
)
from parindex.documents.bundles.estimate_checks import FollowedPoints, estimate_notes, followed_points
from parindex.documents.bundles.file_checks import file_findings, file_notes
from parindex.documents.bundles.keys import PublicKey
from parindex.documents.bundles.normal_form import normal_form
from parindex.documents.bundles.opened import Opened, take_apart
from parindex.documents.bundles.origin_checks import origin_findings, origin_notes
from parindex.documents.bundles.result_checks import recomputation
from parindex.documents.bundles.signature_checks import signature_findings, signature_notes
from parindex.documents.bundles.workbook_checks import workbook_differences, workbook_findings, workbook_notes
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.publication.bundle import BundleKind
from parindex.domain.publication.difference import UnitDifference
from parindex.domain.scoring.usable import Plan, require_usable

#: So many units that come out otherwise are problems of their own; a nation has thousands.
MOST_DIFFERENCES = 100


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a bundle.

    ``findings``: what is wrong, file by file; ``differences``: the units whose results come out otherwise; ``notes``:
    what could not be proved, and is not wrong. ``bundle`` is what was read; ``surveyed``: which points of surveys were
    recomputed, of a bundle in which nothing is wrong.
    """

    bundle: Opened
    findings: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    differences: tuple[UnitDifference, ...]
    surveyed: FollowedPoints = field(default_factory=FollowedPoints)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings and not self.differences

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: the findings, and ``result_differs`` (``group``, ``unit``) for each of the first
        :data:`MOST_DIFFERENCES` units that come out otherwise.
        """
        return (*self.findings, *map(_differing, self.differences[:MOST_DIFFERENCES]))

    @property
    def parts(self) -> ComparedParts:
        """What was compared, and what was not; of a bundle that :attr:`holds`."""
        return compared_parts(self.bundle, self.notes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many ``files``, ``units``, ``items`` (over all groups) and ``cells`` (items of units) were looked at; how
        many points of surveys there are (``surveyed``), and how many were recomputed (``surveyed_followed``).
        """
        groups = () if self.bundle.stored is None else self.bundle.stored.snapshot.groups
        return {
            "files": len(self.bundle.archive.files),
            "units": sum(len(one.units) for one in groups),
            "items": sum(len(one.items) for one in groups),
            "cells": sum(len(one.units) * len(one.items) for one in groups),
            "surveyed": self.surveyed.all,
            "surveyed_followed": self.surveyed.followed,
        }


def _differing(unit: UnitDifference) -> Problem:
    return Problem("result_differs", Place(file=paths.SNAPSHOT), {"group": unit.group, "unit": unit.name})


def verified(path: Path, key: PublicKey | None = None) -> Verification:
    """Verify the bundle at ``path``; ``key``: whom the reader trusts.

    Raises :class:`InvalidInput` as :func:`~parindex.documents.bundles.opened.take_apart`: what is no bundle at all.
    """
    made = take_apart(path)
    findings = [*made.problems, *signature_findings(made, key), *file_findings(made)]
    differences: tuple[UnitDifference, ...] = ()
    if made.stored is not None:
        found, differences = _contents(made, made.stored)
        findings += found
        if not found and not differences:
            findings += workbook_differences(made, made.stored)
    findings += [*origin_findings(made), *workbook_findings(made)]
    notes = [*signature_notes(made, key), *file_notes(made)]
    surveyed = FollowedPoints()
    if not findings and not differences and made.stored is not None and made.manifest is not None:
        surveyed = followed_points(made.estimates or (), made.stored)
        notes += [*simulated_notes(made.manifest, made.stored), *origin_notes(made)]
        notes += [*estimate_notes(surveyed), *workbook_notes(made, made.stored)]
    return Verification(made, tuple(findings), tuple(notes), differences, surveyed)


def snapshot_findings(
    stored: StoredSnapshot, file: str, signed_by: PublicKey | None = None
) -> tuple[list[Problem], tuple[UnitDifference, ...]]:
    """What is wrong with a snapshot alone, and what comes out otherwise. A key that it was to be signed by is wrong:
    nothing signs it (``not_signed``).
    """
    unsigned = [] if signed_by is None else [Problem("not_signed", Place(file=file))]
    plans, _, problems = _plans(stored)
    again = recomputation(stored, plans, final=True, file=file)
    return [*unsigned, *problems, *again.problems], again.differences


def _contents(made: Opened, stored: StoredSnapshot) -> tuple[list[Problem], tuple[UnitDifference, ...]]:
    """What the contents say against each other, and what comes out otherwise."""
    found = [] if made.manifest is None else [*manifest_findings(made.manifest, stored)]
    plans, forms, problems = _plans(stored)
    found += problems
    found += yardstick_findings(made, forms)
    found += [*list_findings(made, stored), *evidence_findings(made, stored)]
    final = made.manifest is None or made.manifest.kind is BundleKind.RESULT
    again = recomputation(stored, plans, final=final, file=paths.SNAPSHOT)
    return [*found, *again.problems], again.differences


def _plans(stored: StoredSnapshot) -> tuple[dict[str, Plan], dict[str, dict[str, Any]], list[Problem]]:
    """The sets made ready by group, their normal forms by path, and why others cannot be computed with."""
    groups = stored.snapshot.groups
    plans: dict[str, Plan] = {}
    forms: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path, group in zip(paths.set_paths([one.code for one in groups]), groups, strict=True):
        try:
            plans[group.code] = require_usable(group.criteria_set)
        except InvalidInput as error:
            problems += usable_problems(error, path)
        else:
            forms[path] = normal_form(group, plans[group.code])
    return plans, forms, problems
