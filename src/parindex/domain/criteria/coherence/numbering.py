"""Findings about codes: used twice, out of sequence, under another parent, without a dot, changed on reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parindex.domain.criteria import codes
from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.coherence.point_sums import PointSums
from parindex.domain.criteria.coherence.sequence import CodeFault
from parindex.domain.criteria.findings import Finding, Severity

_SEVERITIES = {
    CodeFault.MISSING_DOT: Severity.ERROR,
    CodeFault.WRONG_PARENT: Severity.ERROR,
    CodeFault.PARENT_MISSING: Severity.ERROR,
    CodeFault.GAP: Severity.WARNING,
    CodeFault.ORDER: Severity.WARNING,
}


def numbering_findings(rows: Outline, sums: PointSums) -> Iterator[Finding]:
    """Everything about the codes of ``rows``, in reading order."""
    yield from _duplicates(rows, sums)
    for line in rows.lines:
        fault = line.settled.fault
        if fault is not None and fault is not CodeFault.DUPLICATE:
            yield _fault(rows, line, fault)
    yield from _flat(rows)
    yield from _options(rows)
    yield from _changed_on_reading(rows)


# --- codes used twice ----------------------------------------------------------------------------------------------


def _duplicates(rows: Outline, sums: PointSums) -> Iterator[Finding]:
    """Rows with the same code, wherever they stand: figures and points are entered by code."""
    groups: dict[str, list[Line]] = {}
    for line in rows.lines:
        if line.settled.fault in (None, CodeFault.DUPLICATE, CodeFault.ORDER, CodeFault.GAP):
            groups.setdefault(line.node.code, []).append(line)
    for group in groups.values():
        if len(group) > 1:
            yield _duplicate(rows, sums, group)


def _duplicate(rows: Outline, sums: PointSums, group: list[Line]) -> Finding:
    wrong = next((line for line in group if line.settled.fault is CodeFault.DUPLICATE), group[-1])
    proposal = wrong.code if wrong.code != wrong.node.code else codes.next_sibling(wrong.code)
    if proposal is not None and not codes.CODE.match(proposal):
        proposal = None
    facts: dict[str, Any] = {
        "rows": [_row(line, sums) for line in group],
        "wrong": place_of(wrong),
        "proposal": proposal,
        "stored_as_number": _lost_a_zero(wrong.node.code, proposal),
    }
    parent = rows.parent(wrong)
    if parent is not None:
        children = rows.children(parent)
        facts["parent"] = {"code": parent.code, "title": parent.node.title, "points": parent.node.max_points}
        facts["addends"] = [sums.settled[child.position] for child in children]
        facts["sum_fits"] = sums.total(children) == parent.node.max_points
    first = group[0]
    return Finding(
        "duplicate_code",
        Severity.ERROR,
        place_of(first),
        first.node.code,
        stated="1",
        found=str(len(group)),
        facts=facts,
    )


def _row(line: Line, sums: PointSums) -> dict[str, Any]:
    return {"place": place_of(line), "title": line.node.title, "points": sums.settled[line.position], "code": line.code}


def _lost_a_zero(printed: str, proposal: str | None) -> bool:
    """Whether ``printed`` is what a spreadsheet makes of ``proposal`` stored as a number (1.10 → 1.1)."""
    return bool(proposal) and proposal != printed and "." in printed and (proposal or "").rstrip("0") == printed


# --- codes that cannot stand where they stand ----------------------------------------------------------------------


def _fault(rows: Outline, line: Line, fault: CodeFault) -> Finding:
    parent = rows.parent(line)
    before = rows.lines[line.position - 1].node.code if line.position else None
    settled = line.settled
    facts: dict[str, Any] = {
        "title": line.node.title,
        "proposal": settled.code if settled.code != settled.printed else None,
        "missing": settled.missing,
        "parent": parent.code if parent is not None else None,
        "printed_parent": codes.parent(settled.printed),
        "before": before,
        "duplicate_of": next(
            (place_of(one) for one in rows.lines if one is not line and one.code == settled.printed), None
        ),
    }
    children = rows.children(line)
    if fault is CodeFault.GAP and facts["proposal"] and children:
        facts["children"] = children[0].node.code
    severity = Severity.ERROR if facts.get("children") else _SEVERITIES[fault]
    return Finding(fault.value, severity, place_of(line), settled.printed, settled.printed, facts["proposal"], facts)


def _flat(rows: Outline) -> Iterator[Finding]:
    """A file that lists every row as an area: scoring would take groups for items and count their points twice."""
    below = next((line for line in rows.lines if line.parent is not None), None)
    if below is not None and not any(line.node.children for line in rows.lines):
        facts = {"below": below.code, "above": codes.parent(below.code)}
        yield Finding("tree_flat", Severity.ERROR, place_of(below), "", None, str(len(rows.lines)), facts)


def _options(rows: Outline) -> Iterator[Finding]:
    """Options of an item that carry codes like subcriteria: the best of them is worth the whole item."""
    for line in rows.lines:
        if line.options:
            options = [rows.lines[position] for position in line.options]
            facts = {
                "title": line.node.title,
                "options": [
                    {"code": one.node.code, "title": one.node.title, "points": one.node.max_points} for one in options
                ],
            }
            yield Finding(
                "options_as_subcriteria", Severity.ERROR, place_of(line), line.code, None, str(len(options)), facts
            )


def _changed_on_reading(rows: Outline) -> Iterator[Finding]:
    """Codes that the paper prints otherwise than the set has them."""
    for line in rows.lines:
        printed = "".join(line.node.printed_code.split())
        if not printed or printed == line.node.code or line.node.code.endswith(f".{printed}"):
            continue  # the last: a paper that numbers anew below each area, "1" for II.1, all the way through
        as_number = _lost_a_zero(printed, line.node.code)
        kind, severity = ("code_as_number", Severity.WARNING) if as_number else ("printed_code", Severity.NOTE)
        yield Finding(
            kind, severity, place_of(line), line.node.code, printed, line.node.code, {"title": line.node.title}
        )
