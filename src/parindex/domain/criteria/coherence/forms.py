"""What a set says about its forms and about the figures that it feeds to other sets, and what keeps it from being
used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from parindex.domain.criteria.criteria_set import CriteriaSet, MeasureKind
from parindex.domain.criteria.form_declarations import OF_EVERY_FORM, FormColumn, FormsDeclaration
from parindex.domain.errors import Place, Problem


def form_problems(criteria_set: CriteriaSet) -> list[Problem]:
    """Every reason why forms cannot be counted, or other sets not be fed.

    ``form_column_twice``: two columns would have the same heading, or one that of a column of every form;
    ``form_measure_unknown``: a score is counted by a measure that the set does not have as a number;
    ``form_measure_twice``: two scores are counted by the same measure; ``feed_unknown``: a figure for another set is
    counted over a group or from a grade that the set does not have.
    """
    return [*(() if criteria_set.forms is None else _of_forms(criteria_set, criteria_set.forms)), *_feeds(criteria_set)]


def _of_forms(criteria_set: CriteriaSet, forms: FormsDeclaration) -> Iterator[Problem]:
    heads = Counter((*OF_EVERY_FORM, *(head for one in forms.columns for head in _heads(one))))
    counted = Counter(measure for one in forms.columns for measure in one.scores.values())
    numbers = {measure.id for measure in criteria_set.measures.values() if measure.kind is MeasureKind.NUMBER}
    for at, one in enumerate(forms.columns):
        place = Place(path=f"forms/columns/{at}")
        for head in _heads(one):
            if heads.pop(head, 0) > 1:
                yield Problem("form_column_twice", place, {"column": head})
        for measure in one.scores.values():
            if measure not in numbers:
                yield Problem("form_measure_unknown", place, {"measure": measure, "column": one.column})
            if counted.pop(measure, 0) > 1:
                yield Problem("form_measure_twice", place, {"measure": measure})


def _heads(column: FormColumn) -> set[str]:
    """What the column may be called, as heads of tables are compared."""
    return {" ".join(head.casefold().split()) for head in (column.column, column.head) if head}


def _feeds(criteria_set: CriteriaSet) -> Iterator[Problem]:
    groups = {group.id for group in criteria_set.unit_groups}
    grades = {grade.title for grade in criteria_set.grades}
    for at, feed in enumerate(criteria_set.feeds):
        place = Place(path=f"feeds/{at}")
        if feed.unit_group not in groups:
            yield Problem("feed_unknown", place, {"measure": feed.measure, "name": feed.unit_group})
        if feed.grade and feed.grade not in grades:
            yield Problem("feed_unknown", place, {"measure": feed.measure, "name": feed.grade})
