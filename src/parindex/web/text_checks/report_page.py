"""A report as the page shows it: the gravest first, paper by paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from parindex.database.models import TextCheck
from parindex.documents.arithmetic.findings import Severity, StatementFinding
from parindex.usecases.text_checks import Report
from parindex.wording import statements as wording


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence of a paper in three pieces: before the figure that does not fit, the figure, what follows."""

    before: str
    figure: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding with its number on the page."""

    number: int
    finding: StatementFinding
    sentence: MarkedSentence


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """One paper: what was looked at, and the findings by what they spoil."""

    file: str
    checked: str
    groups: Mapping[Severity, list[ShownFinding]]

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(one) for one in self.groups.values())


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All papers, and how many findings of each severity there are."""

    papers: list[ShownPaper]
    counts: Mapping[Severity, int]


def report_page(report: Report) -> ReportPage:
    """The page of a report."""
    papers: list[ShownPaper] = []
    number = 0
    for paper in report.papers:
        groups: dict[Severity, list[ShownFinding]] = {}
        for severity in Severity:
            for finding in paper.findings:
                if finding.severity is severity:
                    number += 1
                    groups.setdefault(severity, []).append(ShownFinding(number, finding, _pieces(finding)))
        papers.append(ShownPaper(paper.file, wording.checked_words(paper.checked), groups))
    counts = {one: sum(len(paper.groups.get(one, ())) for paper in papers) for one in Severity}
    return ReportPage(papers, counts)


def _pieces(finding: StatementFinding) -> MarkedSentence:
    before, _, rest = wording.marked(finding.text, finding.stated).partition("⟦")
    figure, _, after = rest.partition("⟧")
    return MarkedSentence(before, figure, after)


def names_of(check: TextCheck) -> list[str]:
    """What the files of a check are called."""
    found: list[str] = json.loads(check.names)
    return found
