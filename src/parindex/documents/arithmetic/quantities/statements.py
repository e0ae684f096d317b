"""Quantities that are stated more than once, in one paper or in several, and amounts out of all scale."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parindex.documents.arithmetic.findings import Found, StatementFinding
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.amount_scales import scales_apart
from parindex.documents.arithmetic.quantities.amounts import units_apart
from parindex.documents.arithmetic.quantities.bodies import Told, numbers_apart, told_in
from parindex.documents.arithmetic.quantities.dated_figures import dated_figures
from parindex.documents.arithmetic.quantities.other_years import years_apart
from parindex.documents.arithmetic.quantities.owners import owner
from parindex.documents.arithmetic.quantities.ratio_parts import parts_apart
from parindex.documents.arithmetic.quantities.retellings import retellings
from parindex.documents.arithmetic.quantities.same_names import NamedHere, named_here, values_apart
from parindex.documents.arithmetic.quantities.same_year import compared_with_itself
from parindex.documents.arithmetic.quantities.share_scales import shares_apart
from parindex.documents.arithmetic.quantities.told_again import told_before


@dataclass(slots=True)
class _Paper:
    """What a paper says of quantities, and what was found in it."""

    told: list[Told] = field(default_factory=list)
    named: list[NamedHere] = field(default_factory=list)
    findings: list[StatementFinding] = field(default_factory=list)


def find(papers: Sequence[Sequence[Passage]]) -> list[Found]:
    """The findings of each paper, with what contradicts another paper of the same province and year;
    ``quantities`` counts what was held against something.
    """
    read = [_read(at, passages) for at, passages in enumerate(papers)]
    for at, finding in _between(papers, read):
        if not any(one.place == finding.place and one.stated == finding.stated for one in read[at].findings):
            read[at].findings.append(finding)
    return [(one.findings, Counter(quantities=len(one.told) + len(one.named))) for one in read]


def _read(at: int, passages: Sequence[Passage]) -> _Paper:
    paper = _Paper()
    for passage in passages:
        paper.told.extend(told_in(passage, at))
        paper.named.extend(named_here(passage, at))
        paper.findings.extend(parts_apart(passage))
        paper.findings.extend(compared_with_itself(passage))
        paper.findings.extend(scales_apart(passage))
    paper.findings.extend(units_apart(passages))
    paper.findings.extend(_unknown(shares_apart(passages), paper.findings))
    paper.findings.extend(finding for _, finding in _apart([paper]))
    dated = dated_figures(passages)
    paper.findings.extend(_unknown(years_apart(dated), paper.findings))
    known = {(one.place, one.stated) for one in paper.findings}
    told: set[frozenset[str]] = set()
    for one in (*told_before(dated), *retellings(passages)):
        pair = frozenset((one.stated, one.found))
        if (one.place, one.stated) not in known and pair not in told:
            told.add(pair)
            paper.findings.append(one)
    return paper


def _unknown(findings: Iterator[StatementFinding], known: Sequence[StatementFinding]) -> list[StatementFinding]:
    """The findings on figures of which nothing is said yet."""
    said = {(one.place, one.stated) for one in known}
    return [one for one in findings if (one.place, one.stated) not in said]


def _apart(papers: Sequence[_Paper]) -> Iterator[tuple[int, StatementFinding]]:
    yield from numbers_apart([one for paper in papers for one in paper.told])
    yield from values_apart([one for paper in papers for one in paper.named])


def _between(papers: Sequence[Sequence[Passage]], read: Sequence[_Paper]) -> Iterator[tuple[int, StatementFinding]]:
    if len(papers) < 2:
        return
    owned: dict[tuple[str, str], list[_Paper]] = defaultdict(list)
    for passages, paper in zip(papers, read, strict=True):
        whose = owner(passages)
        if whose is not None:
            owned[whose].append(paper)
    for group in owned.values():
        if len(group) > 1:
            yield from _apart(group)
