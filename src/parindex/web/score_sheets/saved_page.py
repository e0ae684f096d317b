"""What is sent back to a page that has saved by itself: only what may have changed, from what saving knows already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from parindex.database.mapping.figures import values_of
from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.queries.score_sheets import deadline_of, part_facts, parts_of
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import refusal
from parindex.usecases.actors import Session
from parindex.usecases.entries import Saved
from parindex.web.score_sheets.item_page import ItemPage, answer_of, news_of
from parindex.web.score_sheets.measure_rows import measure_rows
from parindex.web.score_sheets.noticed import noticed_words
from parindex.web.score_sheets.rule_view import computed
from parindex.web.score_sheets.tree import Tree, branches_of, leaves_of
from parindex.web.score_sheets.typed_form import TypedForm


def saved_page(session: Session, saved: Saved, sent: TypedForm, at: datetime, *, only: str = "") -> ItemPage:
    """The item and the lines of the tree that saving touched; no query where the sheet is one part."""
    sheet, entry, code = saved.sheet, saved.entry, saved.entry.item_code
    frozen = frozen_set(sheet.group.set_version)
    parts = parts_of(sheet, saved.counted.parts, entry.part)
    mine = frozenset(
        part.pk
        for part in parts.values()
        if refusal(check_can_edit_part, session.actor, part_facts(part, sheet, parts.values()), at) is None
    )
    lines = [entry, *saved.touched.values()]
    leaves = leaves_of(lines, frozen, mine=mine, reader=session.user.pk, asked=saved.asked)
    counts = saved.counted.of_parts(mine, frozen) if mine else saved.counted.counts
    values = values_of(saved.figures.values())
    return ItemPage(
        sheet=sheet,
        entry=entry,
        part=entry.part,
        leaf=next(one for one in leaves if one.code == code),
        tree=Tree(branches_of(leaves, frozen, only), (), counts, only, mine, counts.marks),
        frozen=frozen,
        deadline=deadline_of(sheet),
        refused=None,
        rows=measure_rows(frozen, code, saved.figures, values),
        rule=None,
        computed=computed(frozen, entry, saved.points.reading),
        noticed=noticed_words(frozen, entry, saved.points.reading),
        before=None,
        after=None,
        parts=parts,
        beside=None,
        evidence=None,
        asked=saved.asked,
        council=None,
        answer=replace(answer_of(frozen, sent, saved), news=news_of(frozen, sent, saved)),
    )
