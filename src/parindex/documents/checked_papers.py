"""From the tables of a paper, or from a set of its own, to everything that contradicts itself in them.

The command ``check`` and the pages of criteria sets both show what is found here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.paper_findings import paper_findings
from parindex.documents.papers import Paper
from parindex.domain.criteria.coherence import Structure, structure
from parindex.domain.criteria.coherence.places import in_order
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import Problem
from parindex.domain.scoring.check import check

#: Letters of an id that come from the name of the file; the schema allows 120 with the number of the table.
_ID_LENGTH = 100
#: Doubts of the reader, and the findings that say the same with figures and a remedy.
_REPEATED = {
    "source_at_odds": ("source_heading",),
    "rule_proposed": ("rule_proposed",),
    "code_restored": ("code_as_number", "printed_code"),
    "code_was_date": ("printed_code",),
    "group_points_differ": ("children_sum",),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One table: its set, its structure counted anew, its findings, and the doubts of the reader."""

    criteria_set: CriteriaSet
    structure: Structure
    findings: tuple[Finding, ...]
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSet:
    """The set of one table of a paper, what the paper contradicts beyond it, and what the reader was not sure of."""

    criteria_set: CriteriaSet
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Problem, ...] = ()


def set_id(path: Path, number: int | None) -> str:
    """An id for the set of a table: the name of the file in plain letters, with the number of the table.

    Ids begin with a letter, so the name of a file that does not gets ``set-`` before it (``2270.txt`` → ``set-2270``).
    """
    plain = unicodedata.normalize("NFD", path.stem.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in plain.lower() if not unicodedata.combining(letter))
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if not name[:1].isalpha():
        name = f"set-{name}".rstrip("-")
    name = name[:_ID_LENGTH].rstrip("-")
    return name if number is None else f"{name}-{number}"


def read_sets(paper: Paper) -> list[ReadSet]:
    """The sets of the criteria tables of ``paper``; doubts about the whole paper go to the first."""
    several = len(paper.tables) > 1
    found = []
    for number, table in enumerate(paper.tables, start=1):
        made = to_criteria_set(table, id=set_id(Path(paper.file), number if several else None))
        findings, unsure = paper_findings(table)
        found.append(ReadSet(made, findings, (*paper.doubts, *unsure) if number == 1 else unsure))
    return found


def checked_paper(paper: Paper) -> list[Checked]:
    """Every criteria table of ``paper`` with its findings."""
    read = read_sets(paper)
    sets = [one.criteria_set for one in read]
    checked = []
    for one, table in zip(read, paper.tables, strict=True):
        others = [other for other in sets if other is not one.criteria_set]
        of_set = check(one.criteria_set, others=others, measures_known=False)
        findings = with_findings(of_set, one.findings, table.doubts)
        doubts = not_found_too(one.doubts, findings)
        checked.append(Checked(one.criteria_set, structure(one.criteria_set), findings, doubts))
    return checked


def checked_set(criteria_set: CriteriaSet) -> Checked:
    """A set that was read from no paper, with its findings."""
    return Checked(criteria_set, structure(criteria_set), check(criteria_set))


def with_findings(
    of_set: Sequence[Finding], of_paper: Sequence[Finding], doubts: Sequence[Problem]
) -> tuple[Finding, ...]:
    """Both together, errors first, without what the reader knows not to be a fault of the paper."""
    return in_order((*of_paper, *(finding for finding in of_set if not _merged(finding, doubts))))


def _merged(finding: Finding, doubts: Sequence[Problem]) -> bool:
    """Points missing because one cell holds those of several items: the reader asks, the paper is not wrong."""
    told = {doubt.facts["code"] for doubt in doubts if doubt.kind == "points_merged"}
    return finding.kind == "points_missing" and finding.code in told


def not_found_too(doubts: Sequence[Problem], findings: Sequence[Finding]) -> tuple[Problem, ...]:
    """The doubts of the reader that no finding repeats for the same rows: one matter is said once."""
    found: dict[str, set[str]] = {}
    for finding in findings:
        found.setdefault(finding.kind, set()).update((finding.code, *finding.facts.get("codes", ())))

    def repeated(doubt: Problem) -> bool:
        said = (found.get(kind, set()) for kind in _REPEATED.get(doubt.kind, ()))
        return _codes(doubt) <= set().union(*said)

    return tuple(doubt for doubt in doubts if not repeated(doubt))


def _codes(doubt: Problem) -> set[str]:
    """The rows that a doubt is about; a doubt about no row is repeated by nothing."""
    return set(doubt.facts.get("codes") or [doubt.place.code or "?"])
