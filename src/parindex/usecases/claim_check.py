"""Everything that is missing or doubtful in a claim before it is signed, item by item, with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Citation, Entry, ScoreSheet, Submission
from parindex.database.queries.score_sheets import year_of
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.errors import Problem
from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.values import exact_number
from parindex.usecases.asked_items import unanswered_items
from parindex.usecases.child_figures import child_figures
from parindex.usecases.citations import citations_of, findings_of
from parindex.usecases.claims import Review
from parindex.usecases.sheet_counts import mark_of
from parindex.usecases.unscanned_evidence import Unscanned, unscanned_of

#: A figure that moved by more than half of last year's value is asked about.
JUMP = 50


class MatterKind(StrEnum):
    """What may be wrong with an item; the first ones keep a part from being presented."""

    QUESTION = "question"
    UNANSWERED = "unanswered"
    NO_POINTS = "no_points"
    LACKS_EVIDENCE = "lacks_evidence"
    SUM_MOVED = "sum_moved"
    JUMP = "jump"
    CONTRADICTION = "contradiction"
    CITATION = "citation"
    DOUBTFUL_CITATION = "doubtful_citation"
    UNSCANNED = "unscanned"
    REQUESTED = "requested"


#: What has to be done, or signed with a reason.
BLOCKING = frozenset({MatterKind.QUESTION, MatterKind.UNANSWERED, MatterKind.NO_POINTS, MatterKind.LACKS_EVIDENCE})
_BY_MARK = {
    EntryMark.UNANSWERED: MatterKind.UNANSWERED,
    EntryMark.STARTED: MatterKind.NO_POINTS,
    EntryMark.LACKS_EVIDENCE: MatterKind.LACKS_EVIDENCE,
    EntryMark.NOT_ASSESSED_REQUESTED: MatterKind.REQUESTED,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of one item; ``facts`` say which figure, which citation, why the rule gives nothing."""

    kind: MatterKind
    code: str
    title: str
    facts: Mapping[str, object] = field(default_factory=dict)


def matters_of(review: Review, today: date) -> list[Matter]:
    """Every matter of the items of ``review`` in reading order; where the council has asked, of what it asked about.

    Two queries; those of :func:`child_figures` besides where the set has sums over child units.
    """
    sheet = review.sheet
    unscanned: dict[str, list[Unscanned]] = {}
    for one in unscanned_of(sheet.pk, review.part.pk if review.part else None):
        unscanned.setdefault(one.code, []).append(one)
    frozen = frozen_set(sheet.group.set_version)
    rows = citations_of(sheet.pk, [review.part.pk] if review.part else None)
    cited: dict[str, list[Citation]] = {}
    for row in rows:
        if row.document_id is None:
            cited.setdefault(row.entry.item_code, []).append(row)
    doubts = _by_code(findings_of(rows, today=today, assessed_year=frozen.year), lambda one: one.place.code)
    problems = _by_code(review.result.problems, lambda one: str(one.facts.get("item", "")))
    moved = _by_code_of(moved_sums(review))
    found: list[Matter] = []
    unanswered = unanswered_items(sheet, review.part)
    for entry in review.entries:
        code = entry.item_code
        if review.asked is not None and code not in review.asked:
            continue  # it stays as it was submitted
        if code in unanswered:
            found.append(Matter(MatterKind.QUESTION, code, _title(frozen, code)))
        found += moved.get(code, ())
        for kind, facts in _of_entry(entry, review, frozen, cited.get(code, ()), problems.get(code, ())):
            found.append(Matter(kind, code, _title(frozen, code), facts))
        for problem in doubts.get(code, ()):
            found.append(Matter(MatterKind.DOUBTFUL_CITATION, code, _title(frozen, code), {"problem": problem}))
        for waits in unscanned.get(code, ()):
            facts = {"document": waits.document, "is_beyond_scanner": waits.is_beyond_scanner}
            found.append(Matter(MatterKind.UNSCANNED, code, _title(frozen, code), facts))
    return found


def moved_sums(review: Review) -> list[Matter]:
    """The figures that were taken as the sum over child units and are not it any more, each at its first item.

    No query where the items of ``review`` have no such figure.
    """
    frozen = frozen_set(review.sheet.group.set_version)
    declared = frozen.criteria_set.measures
    first: dict[str, str] = {}
    for entry in review.entries:
        if mark_of(entry) not in (EntryMark.PENDING, EntryMark.NOT_ASSESSED):
            for measure in frozen.measures_of[entry.item_code]:
                if review.values.get((measure, frozen.year)):
                    first.setdefault(measure, entry.item_code)
    sums = child_figures(review.sheet, [declared[one] for one in first])
    return [
        Matter(MatterKind.SUM_MOVED, code, _title(frozen, code), {
            "measure": declared[measure].title, "figure": figure, "children": sums[measure],
        })
        for measure, code in first.items()
        if measure in sums and (figure := exact_number(review.values[measure, frozen.year])) != sums[measure].total
    ]  # fmt: skip


def _by_code_of(matters: Iterable[Matter]) -> dict[str, list[Matter]]:
    found: dict[str, list[Matter]] = {}
    for matter in matters:
        found.setdefault(matter.code, []).append(matter)
    return found


def _by_code(problems: Iterable[Problem], code_of: Callable[[Problem], str | None]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(code_of(problem) or "", []).append(problem)
    return found


def _of_entry(
    entry: Entry,
    review: Review,
    frozen: FrozenSet,
    cited: Sequence[Citation],
    problems: Sequence[Problem],
) -> Iterator[tuple[MatterKind, Mapping[str, object]]]:
    mark = mark_of(entry)
    if mark in (EntryMark.PENDING, EntryMark.NOT_ASSESSED):
        return
    if mark in _BY_MARK:
        yield _BY_MARK[mark], _why(entry) if mark is EntryMark.STARTED else {}
    if mark is not EntryMark.NOT_ASSESSED_REQUESTED and not entry.kept_warning:
        for measure in frozen.measures_of[entry.item_code]:
            growth = _growth(measure, frozen, review.values)
            if growth is not None and abs(growth) > JUMP:
                yield MatterKind.JUMP, {"measure": frozen.criteria_set.measures[measure].title, "growth": growth}
    for problem in problems:
        if not entry.kept_warning and not _is_known(problem, mark):
            yield MatterKind.CONTRADICTION, {"problem": problem}
    for one in cited:
        yield MatterKind.CITATION, {"text": one.text}


def _is_known(problem: Problem, mark: EntryMark) -> bool:
    """Whether the mark of the entry says it already: rules that leave the points to a person, what a request sets aside
    while it waits.
    """
    if mark is EntryMark.NOT_ASSESSED_REQUESTED:
        return problem.kind in ("request_open", "points_set_aside", "rule_undecided")
    return problem.kind == "rule_undecided"


def _why(entry: Entry) -> Mapping[str, object]:
    """Why an item that has been begun has no points yet."""
    if entry.branch is not None and entry.branch < 0:
        return {"reason": NoPoints(entry.branch)}
    return {}


def _growth(measure: str, frozen: FrozenSet, values: Mapping[Key, str]) -> Fraction | None:
    """How much a figure moved, in per cent of last year's value; None where there is nothing to compare."""
    now, earlier = values.get((measure, frozen.year)), values.get((measure, frozen.year - 1))
    if not now or not earlier or frozen.criteria_set.measures[measure].kind is MeasureKind.CHOICE:
        return None
    before = exact_number(earlier)
    return (exact_number(now) - before) * 100 / before if before else None


def _title(frozen: FrozenSet, code: str) -> str:
    node = frozen.items[code].node
    return node.display_title or node.title


@dataclass(frozen=True, slots=True)
class LastYear:
    """What the unit claimed a year before: the index, the grade, per cents of areas by title."""

    year: int
    index: Fraction | None
    grade: str
    areas: Mapping[str, Fraction]


def last_year_of(sheet: ScoreSheet) -> LastYear | None:
    """The last valid submission of the same unit a year before; None where there is none. One query."""
    year = year_of(sheet)
    found = (
        Submission.objects.filter(
            sheet__unit=sheet.unit_id, sheet__group__set_version__year=year - 1, part=None, withdrawn_at=None,
            sheet__cycle__owner=sheet.cycle.owner_id,
        )
        .order_by("-submitted_at", "-pk")
        .first()
    )  # fmt: skip
    if found is None:
        return None
    claim = json.loads(found.claim)
    areas = {}
    for area in claim["areas"]:
        assessed = exact_number(area["max_points"]) - exact_number(area["not_assessed_points"])
        if assessed:
            areas[area["title"].casefold()] = exact_number(area["points"]) * 100 / assessed
    index = exact_number(claim["index"]) if claim["index"] else None
    return LastYear(year - 1, index, claim["grade"] or "", areas)
