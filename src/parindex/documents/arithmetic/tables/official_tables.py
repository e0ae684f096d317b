"""What the checkers of official tables find (criteria sets, score sheets, evaluations, satisfaction), as statements.

Each knows more of its table than the figures show: which column is a maximum, what a total leaves out, what the prose
counts. What they say of rules, titles and evidence is no matter of figures and stays theirs. Sums of points are checked
with what rounding allows, as in every other table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.checked_papers import checked_paper
from parindex.documents.papers import Block, Grid, Paper, PaperTable, Paragraph
from parindex.documents.printed_text import joined
from parindex.documents.read_paper import paper_of
from parindex.domain.criteria import findings as criteria
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import InvalidInput, Place

_SHOWN = 160


@dataclass(frozen=True, slots=True)
class _Said:
    """What a finding of a table is as a statement, and the sentence that says it."""

    kind: StatementKind
    severity: Severity
    why: str


_SCORE, _FIGURE, _SLIP = Severity.CHANGES_SCORE, Severity.WRONG_FIGURE, Severity.SLIP
_KINDS: Mapping[str, _Said] = {
    "duplicate_code": _Said(StatementKind.CODE, _SLIP, "code_twice"),
    "missing_dot": _Said(StatementKind.CODE, _SLIP, "code_misprinted"),
    "wrong_parent": _Said(StatementKind.CODE, _SLIP, "code_misprinted"),
    "printed_code": _Said(StatementKind.CODE, _SLIP, "code_misprinted"),
    "total_declared": _Said(StatementKind.TOTAL, _SCORE, "total_differs"),
    "total_points_differ": _Said(StatementKind.TOTAL, _SCORE, "total_differs"),
    "points_in_area": _Said(StatementKind.TOTAL, _SCORE, "declared_points_differ"),
    "parts_points": _Said(StatementKind.TOTAL, _SCORE, "declared_points_differ"),
    "count_areas": _Said(StatementKind.COUNT, _FIGURE, "count_differs"),
    "count_criteria": _Said(StatementKind.COUNT, _FIGURE, "count_differs"),
    "count_subcriteria": _Said(StatementKind.COUNT, _FIGURE, "count_differs"),
    "count_items": _Said(StatementKind.COUNT, _FIGURE, "count_differs"),
    "count_in_area": _Said(StatementKind.COUNT, _FIGURE, "count_differs"),
    "evaluation_value_range": _Said(StatementKind.RULE_POINTS, _SCORE, "points_above_maximum"),
    "evaluation_total": _Said(StatementKind.TABLE_SUM, _SCORE, "row_sum_differs"),
    "evaluation_grade": _Said(StatementKind.RULE_POINTS, _SCORE, "grade_differs"),
    "evaluation_rank": _Said(StatementKind.RANK_CHANGE, _SCORE, "rank_differs"),
    "evaluation_number": _Said(StatementKind.CODE, _SLIP, "number_differs"),
    "satisfaction_number": _Said(StatementKind.CODE, _SLIP, "number_differs"),
    "evaluation_mean": _Said(StatementKind.TABLE_SUM, _FIGURE, "table_mean_differs"),
    "evaluation_count": _Said(StatementKind.COUNT, _FIGURE, "count_differs"),
    "satisfaction_range": _Said(StatementKind.RATIO, _FIGURE, "share_outside"),
    "satisfaction_item": _Said(StatementKind.DIFFERENCE, _FIGURE, "row_difference_differs"),
    "satisfaction_mean": _Said(StatementKind.TABLE_SUM, _FIGURE, "table_mean_differs"),
    "satisfaction_difference": _Said(StatementKind.DIFFERENCE, _FIGURE, "row_difference_differs"),
    "satisfaction_stated": _Said(StatementKind.SAME_QUANTITY, _FIGURE, "table_says_otherwise"),
}
#: Said as a warning where the paper itself shows which figure is right.
_SURE_WARNINGS = frozenset({"count_in_area"})
#: A page, a sheet, a line or row.
_Line = tuple[int | None, str | None, int | None]
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_WHOLE_COUNTS = {"count_criteria": "criteria", "count_subcriteria": "subcriteria"}
#: What the text says of a whole set; a table that has less than three quarters of it is a choice of its items.
_OF_WHOLE = frozenset({"total_declared", "count_areas", *_WHOLE_COUNTS})
_CHOICE = Fraction(3, 4)


def criteria_tables(blocks: Sequence[Block], file: str) -> Paper:
    """The criteria sets and score sheets among the blocks."""
    try:
        paper = paper_of(Path(file or "?"), blocks)
    except InvalidInput:
        return Paper(file, ())
    return replace(paper, tables=tuple(table for table in paper.tables if _is_a_set(table)))


def _is_a_set(table: PaperTable) -> bool:
    """Whether a table is of criteria indeed: most rows have codes of two parts and more, nearly none twice.

    Other tables with numbered rows and points may look like one to a reader that was asked for nothing else; so does a
    choice of its items, in which most codes do not follow another.
    """
    codes = [row.code for row in table.rows]
    # "12.822" counts something.
    dotted = [code for code in codes if "." in code and not _THOUSANDS.fullmatch(code)]
    following = sum(_before(code) in codes for code in dotted)
    whole = 2 * len(dotted) > len(codes) and 2 * following >= len(dotted)
    return whole and 10 * (len(codes) - len(set(codes))) <= max(10, len(codes))


def _before(code: str) -> str:
    """The code before one of the same parent; of a first one that itself: nothing stands before it."""
    parent, _, last = code.rpartition(".")
    return f"{parent}.{int(last) - 1}" if last.isdigit() and int(last) > 1 else code


def find(paper: Paper, measured: Sequence[Finding], blocks: Sequence[Block]) -> list[StatementFinding]:
    """What the criteria tables of a paper contradict, and the ``measured`` findings, as statements."""
    texts = _texts(blocks)
    of_sets = (one for checked in checked_paper(paper) for one in _without_partial_counts(checked.findings))
    return [one for finding in (*of_sets, *measured) if (one := _statement(finding, texts)) is not None]


def _without_partial_counts(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without counts of a table that does not open all its rows: where several areas lack rows and the
    counts that the prose states agree with each other, the prose counts the whole set.
    """
    of_areas = [one for one in findings if one.kind == "count_in_area"]
    closed = set()
    for what in set(_WHOLE_COUNTS.values()):
        short = [one for one in of_areas if one.facts["what"] == what and one.facts["stated"] > one.facts["found"]]
        agree = all(one.facts["declared_total"] in (None, one.facts["declared_sum"]) for one in short)
        if len(short) > 1 and agree:
            closed.add(what)
    areas_wrong = {one.facts["what"] for one in of_areas}
    for one in findings:
        what = one.facts.get("what", "") if one.kind == "count_in_area" else _WHOLE_COUNTS.get(one.kind, "")
        if what and what in closed:
            continue
        if one.kind in _WHOLE_COUNTS and what in areas_wrong and _explained(one, of_areas, what):
            continue
        yield one


def _explained(whole: Finding, of_areas: Sequence[Finding], what: str) -> bool:
    """Whether the count of the whole is off by what the counts of its areas are off."""
    off = sum(one.facts["stated"] - one.facts["found"] for one in of_areas if one.facts["what"] == what)
    return bool(whole.facts["stated"] - whole.facts["found"] == off)


def _statement(finding: Finding, texts: Mapping[_Line, str]) -> StatementFinding | None:
    said = _KINDS.get(finding.kind)
    partial = finding.kind == "total_points_differ" and bool(finding.facts.get("without"))
    certain = finding.severity is criteria.Severity.ERROR and finding.kind != "total_points_differ"
    if said is None or not (certain or partial or finding.kind in _SURE_WARNINGS):
        return None
    if partial:
        said = _Said(StatementKind.PARTIAL_TOTAL, _SCORE, "total_of_a_part")
    if (finding.kind in _OF_WHOLE and not _is_nearly_whole(finding)) or _is_of_note(finding):
        return None
    place, stated, found = finding.place, _printed(finding.stated), _printed(finding.found)
    if finding.kind in ("duplicate_code", "missing_dot", "wrong_parent", "printed_code"):
        place, stated, found = _code_place(finding)
    text = texts.get(_line_of(place), "") or str(finding.facts.get("title") or finding.code)
    if said.why == "number_differs" and stated and not text.lstrip("(").startswith(stated):
        return None  # the line that was taken for a row begins with no number
    facts = {"row": finding.facts.get("title", ""), "column": "", "without": finding.facts.get("without", ())}
    place = replace(place, code=place.code or finding.code or None)
    return StatementFinding(
        said.kind, said.severity, Sure.CERTAIN, place, text[:_SHOWN], stated, found, said.why, facts
    )


def _is_of_note(finding: Finding) -> bool:
    """Whether the second row with a code has no points where the first has: "Tiêu chí 5.6: cơ quan có 83 công chức" is
    a note below the rows.
    """
    rows: Sequence[Mapping[str, Any]] = finding.facts.get("rows") or []
    is_doubled = finding.kind == "duplicate_code" and len(rows) > 1
    return is_doubled and rows[0]["points"] is not None and rows[1]["points"] is None


def _is_nearly_whole(finding: Finding) -> bool:
    """Whether what the text says of a set and what its table has are of one size."""
    low, high = sorted(abs(Fraction(figure or 0)) for figure in (finding.stated, finding.found))
    return low >= _CHOICE * high


def _code_place(finding: Finding) -> tuple[Place, str, str]:
    """Where a misprinted code stands: of a code that stands twice the second row."""
    rows: Sequence[Mapping[str, Any]] = finding.facts.get("rows") or []
    place = rows[1]["place"] if finding.kind == "duplicate_code" and len(rows) > 1 else finding.place
    found = str(finding.facts.get("proposal") or "") if finding.kind != "printed_code" else str(finding.found or "")
    return place, finding.code, found


def _printed(figure: str | None) -> str:
    """A figure of a finding as papers print it."""
    if figure is None:
        return ""
    plain = figure.replace(".", "", 1).removeprefix("-")
    return figure.replace(".", ",") if plain.isdigit() else figure


def _line_of(place: Place) -> _Line:
    """What stands in one printed line or one row of a sheet has the same."""
    row = int("".join(filter(str.isdigit, place.cell or "")) or 0) if place.line is None else place.line
    return place.page, place.sheet, row or None


def _texts(blocks: Sequence[Block]) -> dict[_Line, str]:
    """The text of each line or row by its page or sheet and its line."""
    out: dict[_Line, str] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            out.setdefault(_line_of(block.place), joined(block.text))
            continue
        assert isinstance(block, Grid)
        for row in block.rows:
            filled = [cell for cell in row if cell.text.strip()]
            if filled and _line_of(filled[0].place)[-1] is not None:
                out.setdefault(_line_of(filled[0].place), " ".join(joined(cell.text) for cell in filled))
    return out
