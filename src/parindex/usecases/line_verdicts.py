"""The lines of a list (initiatives, models) accepted or refused one by one, and the points that remain with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, FigureLine, LineVerdict
from parindex.database.queries.appraisal_pages import line_verdicts_on, list_lines
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.review.appraisal_permissions import check_can_weigh
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.external_figures import points_with
from parindex.usecases.item_standing import held_item
from parindex.usecases.sheet_scoring import ItemPoints
from parindex.usecases.written_texts import reason_of


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line that the unit counts, with the last verdict on it; None where nobody has judged it yet."""

    line: FigureLine
    verdict: LineVerdict | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts: until somebody has refused it, it does."""
        return self.verdict is None or self.verdict.accepted


@dataclass(frozen=True, slots=True)
class JudgedList:
    """The lines of one measure of an entry."""

    measure: str
    lines: tuple[JudgedLine, ...]

    @property
    def counted(self) -> int:
        """How many lines are left."""
        return sum(one.counts for one in self.lines)


@transaction.atomic
def judge_line(
    *, by: Session, at: datetime, entry_id: int, line_id: int, accepted: bool, reason: str = ""
) -> LineVerdict:
    """Accept a line, or refuse it with a reason; the verdicts before stay to be read. The claim is not touched: the
    points that remain (:func:`points_of_accepted`) are offered for the opinion.
    """
    held = held_item(entry_id, by.user.pk)
    check_can_weigh(by.actor, held.item_facts(), held.seat_of(by))
    lines = {one.line.pk: one for made in judged_lists(held.entry) for one in made.lines}
    if line_id not in lines:
        raise Refusal("not_a_list_line")
    why = reason_of(reason, needed=not accepted)
    before = lines[line_id].verdict
    made = LineVerdict.objects.create(
        entry=held.entry, line_id=line_id, accepted=accepted, reason=why, by=by.user, at=at
    )
    audit_log.record(
        "judge_line", held.target, by=by, at=at, role=held.role_of(by), reason=why,
        before={"accepted": before.accepted} if before else None,
        after={"item": held.code, "unit": held.sheet.unit_name, "line": lines[line_id].line.title,
               "accepted": accepted},
    )  # fmt: skip
    return made


def judged_lists(entry: Entry) -> tuple[JudgedList, ...]:
    """The lists of an entry with the lines that the unit counts; none where its rule reads no list. Two queries."""
    sheet = entry.sheet
    frozen = frozen_set(sheet.group.set_version)
    declared = frozen.criteria_set.measures
    lists = [one for one in frozen.measures_of[entry.item_code] if declared[one].kind is MeasureKind.LIST]
    if not lists:
        return ()
    rows = list_lines(unit=sheet.unit_id, measures=sorted(lists), year=frozen.year)
    last: Mapping[int, LineVerdict] = {one.line_id: one for one in line_verdicts_on(entry=entry.pk)}
    by_measure: dict[str, list[JudgedLine]] = {measure: [] for measure in lists}
    for line in rows:
        if line.accepted:
            by_measure[line.figure.measure].append(JudgedLine(line, last.get(line.pk)))
    return tuple(JudgedList(measure, tuple(found)) for measure, found in by_measure.items())


def points_of_accepted(entry: Entry, lists: Sequence[JudgedList]) -> ItemPoints | None:
    """What the rule gives where only those lines of ``lists`` (of :func:`judged_lists`) count that nobody has refused;
    None where no line is refused. One query.
    """
    if all(one.counts for made in lists for one in made.lines):
        return None
    year = frozen_set(entry.sheet.group.set_version).year
    return points_with(entry, {(made.measure, year): str(made.counted) for made in lists if made.lines})
