"""Which parts of a bundle in which nothing is wrong were compared, and which were not, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.bundles.opened import Opened
from parindex.domain.errors import Problem
from parindex.domain.publication.bundle import BundlePart

#: The notes that say why a part was not compared.
_NOT_COMPARED = {
    "not_signed": BundlePart.SIGNATURE,
    "key_not_known": BundlePart.KEY,
    "key_days_unproved": BundlePart.KEY_DAYS,
    "estimates_not_followed": BundlePart.ESTIMATES,
    "workbook_of_other_version": BundlePart.WORKBOOK,
    "workbook_of_other_writer": BundlePart.WORKBOOK,
    "workbook_too_large": BundlePart.WORKBOOK,
    "page_of_other_version": BundlePart.PAGES,
}
#: What follows from what: where the first was not compared, there is nothing to compare the others with.
_RESTING = {
    BundlePart.SIGNATURE: (BundlePart.KEY, BundlePart.KEY_DAYS),
    BundlePart.KEY: (BundlePart.KEY_DAYS,),
}


@dataclass(frozen=True, slots=True)
class ComparedParts:
    """The parts that were compared and agree, in order, and those that were not: each with the note that says why."""

    compared: tuple[BundlePart, ...]
    not_compared: tuple[tuple[BundlePart, Problem], ...]


def compared_parts(made: Opened, notes: Sequence[Problem]) -> ComparedParts:
    """The parts of a bundle in which nothing is wrong; ``notes``: what could not be proved."""
    left = not_compared_parts(notes)
    without = {part for part, _ in left}
    without |= {one for part in without for one in _RESTING.get(part, ())}
    return ComparedParts(tuple(one for one in _there(made) if one not in without), left)


def not_compared_parts(notes: Sequence[Problem]) -> tuple[tuple[BundlePart, Problem], ...]:
    """The parts that were not compared, once each (the page and the guide are of one version), with why."""
    reasons: dict[BundlePart, Problem] = {}
    for one in notes:
        if one.kind in _NOT_COMPARED:
            reasons.setdefault(_NOT_COMPARED[one.kind], one)
    return tuple(reasons.items())


def _there(made: Opened) -> list[BundlePart]:
    """The parts that the bundle has: not every one was fed by others, or has points of surveys."""
    lacking = set()
    if made.manifest is None or not made.manifest.origins:
        lacking.add(BundlePart.ORIGINS)
    if not made.estimates:
        lacking.add(BundlePart.ESTIMATES)
    return [one for one in BundlePart if one not in lacking]
