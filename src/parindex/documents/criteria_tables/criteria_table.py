"""A criteria table out of the rows that were read, and a criteria set out of a criteria table.

Faults of the paper (a code twice, a code under the wrong parent, a sum that does not add up) are kept as they are:
finding them is the
work of :mod:`parindex.domain.criteria.coherence`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.criteria_tables import (
    area_codes,
    dotless_codes,
    letter_options,
    level_words,
    lost_codes,
    nesting,
    outside_points,
    page_numbers,
    printed_codes,
    proposed_rules,
    row_sources,
    supplied_groups,
    swallowed_rows,
    title_points,
)
from parindex.documents.criteria_tables.drafts import Draft, points_of, short
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.rows import RowReader
from parindex.documents.papers import PaperRow, PaperTable, PrintedOpinion
from parindex.documents.printed_text import folded, joined, read_points
from parindex.documents.score_sheets.opinions import parse_opinions
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, Node, RuleData, Source
from parindex.domain.errors import Problem

_BONUS = re.compile(r"diem (thuong|cong)|thuong diem")
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        ("department", r"co quan chuyen mon (thuoc|cap)|so, (ban|nganh)|cac so\b|cap so\b|\bdepartment"),
        ("commune", r"(cap|cac|ubnd) xa\b|xa, phuong|phuong, xa|\bcommune"),
        ("district", r"(cap|cac|ubnd) huyen|huyen, (thi xa|thanh pho|quan)|quan, huyen|\bdistrict"),
        ("ministry", r"cac bo\b|cap bo\b|co quan ngang bo|\bministr"),
        ("province", r"cap tinh|cac tinh|(ubnd|uy ban nhan dan|cchc) (cua )?tinh|\btinh\b|\bprovinc"),
    )
)


def rows_of(reader: RowReader, table: str) -> tuple[tuple[PaperRow, ...], list[Problem]]:
    """The rows of a table as printed, with the code of each settled; ``table`` is the short title for the places."""
    drafts, doubts = page_numbers.without_page_numbers(reader.drafts, table)
    drafts = letter_options.folded_in(drafts)
    at_odds = title_points.take_points(drafts)
    rows = _coded_rows(drafts, reader, table, doubts)
    doubts.extend((*swallowed_rows.swallowed(rows), *_twice_or_once(drafts, at_odds)))
    rows, group_doubts = supplied_groups.with_groups(rows, reader.from_columns)
    parents = nesting.parents([row.code for row in rows])
    rows, source_doubts = _with_sources(rows, parents)
    total = (reader.totals.values or reader.passed.values).get(Column.MAX_POINTS)
    final, outside_doubts = outside_points.set_apart(tuple(rows), parents, total)
    kept = {row.place for row, parent in zip(final, parents, strict=True) if parent is None and row.outside is None}
    inside = [draft for draft in drafts if draft.place in kept]
    reader.totals = reader.passed.of_table(reader.totals, reader.drafts, inside)
    passed = (replace(doubt, place=replace(doubt.place, table=table)) for doubt in reader.passed.said())
    return final, [*doubts, *group_doubts, *passed, *source_doubts, *outside_doubts]


def _coded_rows(drafts: Sequence[Draft], reader: RowReader, table: str, doubts: list[Problem]) -> list[PaperRow]:
    """The rows with the codes that are meant; each decision about a code is a doubt."""
    _outline_by_words(drafts)
    doubts.extend(_restore_dots(drafts, table))
    lost = _supply_lost_codes(drafts)
    supplied = area_codes.supply_area_codes(drafts)
    settled = _settled(drafts, reader.passed.last)
    rows = []
    numbers = itertools.count(1)
    for at, (draft, code) in enumerate(zip(drafts, settled, strict=True)):
        number = None if draft.code in reader.from_columns else next(numbers)
        draft.place = replace(draft.place, table=table or None, row=number, code=code.code)
        if at in lost:
            doubts.append(_lost_code(draft, code.code))
        if at in supplied:
            facts = {"code": code.code, "title": joined(" ".join(draft.title))}
            doubts.append(Problem("area_code_supplied", draft.place, facts))
        if code.kind and code.kind != "code_qualified":
            doubts.append(Problem(code.kind, draft.place, dict(code.facts)))
        rows.append(_row(draft, code, doubts))
    doubts.extend(_qualified(rows, settled))
    return rows


def _with_sources(rows: Sequence[PaperRow], parents: Sequence[int | None]) -> tuple[list[PaperRow], list[Problem]]:
    """The rows with who gives their points, where no rows stand below them."""
    sources, doubts = row_sources.settle_sources(
        [row.title for row in rows], [row.note for row in rows], parents, [row.place for row in rows]
    )
    heads = set(parents)
    sourced = (None if at in heads else source for at, source in enumerate(sources))
    return [replace(row, source=source) for row, source in zip(rows, sourced, strict=True)], doubts


def _settled(drafts: Sequence[Draft], above_total: Draft | None) -> list[printed_codes.Settled]:
    """The codes that are meant; bonus and penalty below the table may have a numbering of their own."""
    start = outside_points.tail(drafts, above_total)
    outside_points.numbered_on(drafts, start)
    pairs = [(draft.code, draft.code_is_number) for draft in drafts]
    return [code for part in (pairs[:start], pairs[start:]) if part for code in printed_codes.settle(part)]


def _twice_or_once(drafts: Sequence[Draft], at_odds: Sequence[tuple[Draft, str]]) -> list[Problem]:
    """Doubts about rows whose points are printed twice and differ, and about those printed once for two rows."""
    doubts = [
        Problem("second_points", draft.place, {"code": draft.code, "first": draft.points, "second": said})
        for draft, said in at_odds
    ]
    for at, draft in enumerate(drafts):
        if draft.points_merged and not draft.points:
            above = next((other for other in reversed(drafts[:at]) if other.points), None)
            facts = {"code": draft.code, "points": above.points if above else "", "other": above.code if above else ""}
            doubts.append(Problem("points_merged", draft.place, facts))
    return doubts


def _outline_by_words(drafts: Sequence[Draft]) -> None:
    """Codes that name their level in words, with the codes of the levels above before them."""
    outlined = level_words.outlined([draft.level_word for draft in drafts], [draft.code for draft in drafts])
    for draft, code in zip(drafts, outlined, strict=True):
        if code != draft.code:
            draft.printed, draft.code = draft.code, code


def _restore_dots(drafts: Sequence[Draft], table: str) -> list[Problem]:
    """Codes that lost all their dots get them back, with one doubt for all of them."""
    printed = [draft.code for draft in drafts]
    restored = dotless_codes.restored(printed, [read_points(draft.points) for draft in drafts])
    if restored is None:
        return []
    for draft, code in zip(drafts, restored, strict=True):
        draft.printed, draft.code = draft.code if code != draft.code else "", code
    place = replace(drafts[0].place, table=table or None)
    return [Problem("code_dots_restored", place, {"printed": printed, "restored": restored})]


def _supply_lost_codes(drafts: Sequence[Draft]) -> set[int]:
    """Give rows without a readable code the code that their neighbours bear out; returns their positions."""
    lost = {at for at, draft in enumerate(drafts) if draft.code_lost}
    for at in sorted(lost):
        before = [(draft.code, read_points(draft.points)) for draft in drafts[:at] if draft.code]
        after = next((draft.code for draft in drafts[at + 1 :] if draft.code), "")
        draft = drafts[at]
        draft.code = lost_codes.supply(draft.unreadable, before, read_points(draft.points), after)
    return lost


def _lost_code(draft: Draft, code: str) -> Problem:
    facts = {"code": code, "title": joined(" ".join(draft.title)), "cell": draft.place.cell or ""}
    if draft.unreadable:
        return Problem("code_unreadable", draft.place, {**facts, "printed": draft.unreadable})
    return Problem("code_missing", draft.place, facts)


def _qualified(rows: Sequence[PaperRow], settled: Sequence[printed_codes.Settled]) -> list[Problem]:
    """One doubt for all codes that were put below a numeral or letter."""
    found = [row for row, code in zip(rows, settled, strict=True) if code.kind == "code_qualified"]
    facts = {"printed": [row.printed_code for row in found], "qualified": [row.code for row in found]}
    return [Problem("code_qualified", found[0].place, facts)] if found else []


def _row(draft: Draft, code: printed_codes.Settled, doubts: list[Problem]) -> PaperRow:
    title = joined(" ".join(draft.title))
    max_points = points_of(draft, draft.points, doubts)
    if draft.best_option_is_max:
        doubts.append(Problem("points_by_options", draft.place, {"code": draft.code, "max_points": max_points}))
    claimed, appraised = (
        points_of(draft, draft.text(column), doubts) for column in (Column.SELF_POINTS, Column.APPRAISED_POINTS)
    )
    options = tuple(map(joined, draft.option_texts))
    proposal = proposed_rules.propose(code.code, title, options, max_points) if options else None
    if options and proposal is None:
        doubts.append(Problem("options_not_understood", draft.place, {"options": list(options)}))
    elif proposal is not None:
        doubts.append(
            Problem("rule_proposed", draft.place, {"rule": proposal.rule.data["kind"], "options": list(options)})
        )
    further = draft.text(Column.FURTHER_EXPLANATION)
    explained = draft.explanations
    doubts.extend(
        Problem("further_explanation_unsure", draft.place, {"code": code.code, "begins": short(text)})
        for text in explained.guessed
    )
    return PaperRow(
        code=code.code,
        title=title,
        place=draft.place,
        max_points=max_points,
        note=draft.text(Column.NOTE),
        bonus=bool(_BONUS.search(folded(title))),
        printed_code=code.printed or draft.printed or draft.unreadable,
        options=options,
        rule=proposal.rule if proposal else None,
        self_points=claimed,
        explanations=(*explained.texts, further) if further else explained.texts,
        appraised_points=appraised,
        opinions=(*_appraisals(draft), *parse_opinions("\n".join(draft.texts.get(Column.OPINION, ())))),
        evidence=_evidence(draft),
    )


def _appraisals(draft: Draft) -> tuple[PrintedOpinion, ...]:
    """The points that other bodies than the one whose appraisal stands gave, as opinions with the body's name."""
    pairs = (cell.partition("\t") for cell in draft.texts.get(Column.OTHER_APPRAISAL, ()))
    return tuple(PrintedOpinion(level=body, text=joined(points)) for body, _, points in pairs)


def _evidence(draft: Draft) -> tuple[str, ...]:
    """The documents that a column of evidence demands: one a line, one an item of a list."""
    text = "\n".join(draft.texts.get(Column.EVIDENCE, ()))
    pieces = re.split(r"\n\s*[-+•*]\s*|^\s*[-+•*]\s*|;\s*\n?", text)
    return tuple(joined(piece) for piece in pieces if piece.strip())


# --- criteria set --------------------------------------------------------------------------------------------------


def to_criteria_set(table: PaperTable, *, id: str) -> CriteriaSet:  # noqa: A002 (it is the set's ``id``)
    """The criteria set of a table: rows nested by code and document order, faults kept, prose and total passed on.

    Items that neither note nor heading gives a source count as reported by the unit where the prose declares
    parts. Measures of
    proposed rules are listed; their titles say that the reader invented them. Raises
    :class:`~parindex.domain.errors.InvalidValue` (``set_without_id``).
    """
    parents = nesting.parents([row.code for row in table.rows])
    children: dict[int | None, list[int]] = {}
    for at, parent in enumerate(parents):
        children.setdefault(parent, []).append(at)

    def node(at: int) -> Node:
        below = tuple(node(child) for child in children.get(at, ()))
        return _node(table.rows[at], below, reported=bool(table.parts))

    return CriteriaSet(
        id=id,
        title=table.title,
        year=table.year,
        level=level_of(table.title),
        areas=tuple(node(at) for at in children.get(None, ())),
        legal_basis=table.legal_basis,
        declared=table.declared,
        parts=table.parts,
        grades=table.grades,
        measures=_measures(table.rows),
        timetable=table.timetable,
        reference=_reference(table),
        printed_total=table.printed_total,
    )


def level_of(title: str) -> str:
    """The level of the bodies that a title names (``department``, ``district``, …); "" where it names none."""
    words = folded(title)
    return next((level for level, pattern in _LEVELS if pattern.search(words)), "")


def _node(row: PaperRow, children: tuple[Node, ...], *, reported: bool) -> Node:
    source = None if children else row.source or (Source.REPORT if reported else None)
    rule: RuleData | None = row.rule if not children else None
    return Node(
        code=row.code,
        title=row.title,
        max_points=row.max_points,
        children=children,
        source=source,
        bonus=row.bonus,
        outside=row.outside,
        rule=rule,
        evidence=row.evidence,
        note=row.note,
        options=row.options,
        printed_code=row.printed_code,
        place=row.place,
    )


def _measures(rows: Sequence[PaperRow]) -> dict[str, Measure]:
    """The measures that the proposed rules of the rows name."""
    out: dict[str, Measure] = {}
    for row in rows:
        if row.rule is not None and row.rule.proposed:
            proposal = proposed_rules.propose(row.code, row.title, row.options, row.max_points)
            out |= {measure.id: measure for measure in (proposal.measures if proposal else ())}
    return out


def _reference(table: PaperTable) -> str:
    number = table.legal_basis[0].number if table.legal_basis else ""
    return ", ".join(filter(None, (number, table.place.table)))
