"""The lines of a list measure: what is listed is kept, how many lines count is the figure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from parindex.database.models import Figure, FigureLine
from parindex.database.queries.score_sheets import part_facts
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import Refusal
from parindex.usecases.actors import Session
from parindex.usecases.entries import Writing, hold_entry

LINE_LENGTH = 500


@transaction.atomic
def add_line(*, by: Session, at: datetime, sheet_id: int, item_code: str, measure: str, title: str) -> FigureLine:
    """List one more; it counts at once."""
    writing, figure = _writing(by, at, sheet_id, item_code, measure)
    plain = " ".join(title.split())
    if not plain:
        raise Refusal("line_empty")
    if len(plain) > LINE_LENGTH:
        raise Refusal("comment_too_long", length=len(plain), allowed=LINE_LENGTH)
    last = figure.lines.aggregate(Max("position"))["position__max"] or 0
    made = FigureLine.objects.create(figure=figure, position=last + 1, title=plain)
    _counted(writing, figure, {}, {"added": plain})
    return made


@transaction.atomic
def count_line(*, by: Session, at: datetime, sheet_id: int, item_code: str, line_id: int, accepted: bool) -> FigureLine:
    """Let a line count, or not."""
    line = FigureLine.objects.select_related("figure").get(pk=line_id, removed_at=None)
    writing, figure = _writing(by, at, sheet_id, item_code, line.figure.measure)
    _require(line, figure)
    if line.accepted != accepted:
        line.accepted = accepted
        line.save(update_fields=["accepted"])
        _counted(writing, figure, {"counted": str(not accepted)}, {"counted": str(accepted), "line": line.title})
    return line


@transaction.atomic
def remove_line(*, by: Session, at: datetime, sheet_id: int, item_code: str, line_id: int) -> None:
    """Take a line off the list; it stays in the log."""
    line = FigureLine.objects.select_related("figure").get(pk=line_id)
    writing, figure = _writing(by, at, sheet_id, item_code, line.figure.measure)
    _require(line, figure)
    if line.removed_at is None:
        line.removed_at = at
        line.save(update_fields=["removed_at"])
        _counted(writing, figure, {"removed": line.title}, {})


def _writing(by: Session, at: datetime, sheet_id: int, item_code: str, measure: str) -> tuple[Writing, Figure]:
    held = hold_entry(sheet_id, item_code)
    check_can_edit_part(by.actor, part_facts(held.entry.part, held.sheet), at)
    writing = Writing(by, at, held)
    frozen = writing.frozen
    if measure not in frozen.measures_of[item_code]:
        raise Refusal("measure_of_other_item", measure=measure)
    if frozen.criteria_set.measures[measure].kind is not MeasureKind.LIST:
        raise Refusal("not_a_list")
    writing.check_not_signed(measure)
    figure, _ = Figure.objects.get_or_create(unit_id=held.sheet.unit_id, measure=measure, year=frozen.year)
    return writing, figure


def _require(line: FigureLine, figure: Figure) -> None:
    """A line of another unit or year is none of this sheet."""
    if line.figure_id != figure.pk:
        raise FigureLine.DoesNotExist


def _counted(writing: Writing, figure: Figure, before: dict[str, str], after: dict[str, str]) -> None:
    """The figure is how many lines count; with no line at all, nothing is entered (which is not 0)."""
    lines = list(figure.lines.filter(removed_at=None).values_list("accepted", flat=True))
    value = str(sum(lines)) if lines else ""
    name = f"figure.{figure.measure}"
    writing.before |= {**before, name: figure.value}
    writing.after |= {**after, name: value}
    figure.value, figure.version = value, figure.version + 1
    figure.updated_at, figure.updated_by = writing.at, writing.by.user
    figure.save()
    writing.measures.add(figure.measure)
    writing.read_figures([figure.measure])
    writing.finish()
