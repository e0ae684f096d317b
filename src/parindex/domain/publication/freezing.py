"""Figures and sheets as they are frozen: the columns that a result is computed from, as exact texts.

The way back is :func:`~parindex.domain.publication.recomputation.figures_of` and
:func:`~parindex.domain.publication.recomputation.sheets_of`.
"""

from __future__ import annotations

from dataclasses import dataclass

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.publication.exact_texts import column_texts
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Texts
from parindex.domain.scoring.figures import ChoiceColumn, Figures
from parindex.domain.scoring.score_sheet import EntryState, ScoreSheets
from parindex.domain.values import number_text


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """The code of a group and what it is called."""

    code: str
    title: str


def frozen_group(
    group: GroupTitle, criteria_set: CriteriaSet, set_fingerprint: str, figures: Figures, sheets: ScoreSheets
) -> FrozenGroup:
    """A group of units with everything that their result follows from."""
    columns: dict[tuple[str, int], Texts] = {
        key: column_texts(column.numbers, column.present) for key, column in figures.numbers.items()
    }
    columns |= {key: _chosen(column) for key, column in figures.choices.items()}
    return FrozenGroup(
        code=group.code,
        title=group.title,
        criteria_set=criteria_set,
        set_fingerprint=set_fingerprint,
        units=tuple(FrozenUnit(one.id, one.title, one.ranked) for one in sheets.units),
        figures=dict(sorted(columns.items())),
        items={node.code: _item(sheets, node.code) for node in criteria_set.items()},
    )


def _chosen(column: ChoiceColumn) -> Texts:
    return tuple("" if at < 0 else column.keys[at] for at in column.chosen.tolist())


def _item(sheets: ScoreSheets, code: str) -> FrozenItem:
    errors = (sheets.survey_errors.get((code, unit.id)) for unit in sheets.units)
    written = tuple("" if one is None else number_text(one) for one in errors)
    reasons = tuple(sheets.reasons.get((code, unit.id), "") for unit in sheets.units)
    return FrozenItem(
        states=tuple(EntryState(one) for one in sheets.state[sheets.items.index(code)].tolist()),
        typed={
            origin: column_texts(table[code].numbers, table[code].present)
            for origin, table in sheets.typed.items()
            if code in table
        },
        errors=written if any(written) else (),
        reasons=reasons if any(reasons) else (),
    )
