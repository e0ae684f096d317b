"""What is wrong with the papers and the days that a paper names, and with the codes of its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parindex.documents.arithmetic.findings import Found, StatementFinding
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.cited_codes import codes_changed_round
from parindex.documents.arithmetic.references.cited_problems import cited_problems
from parindex.documents.arithmetic.references.code_runs import codes_out_of_run
from parindex.documents.arithmetic.references.document_dates import against_the_run
from parindex.documents.arithmetic.references.document_numbers import (
    changed_digits,
    lost_kinds,
    lost_strokes,
    lost_years,
)
from parindex.documents.arithmetic.references.item_codes import item_codes
from parindex.documents.arithmetic.references.named_papers import Named, own_day
from parindex.documents.arithmetic.references.plain_dates import plain_dates
from parindex.documents.arithmetic.references.spans import told_spans
from parindex.documents.citations.recognise import citations_in


def find(passages: Sequence[Passage]) -> Found:
    """The findings on papers, days and codes; ``citations`` and ``dates`` count what was looked at."""
    named: list[Named] = []
    findings: list[StatementFinding] = []
    dates = 0
    for passage in passages:
        citations = citations_in(passage.text, passage.pieces)
        named.extend(Named(one, passage, passage.place_at(one.start)) for one in citations)
        wrong, looked_at = plain_dates(passage, citations)
        findings.extend(wrong)
        findings.extend(told_spans(passage))
        dates += looked_at
    findings.extend(cited_problems(named, own_day(passages)))
    for room in (lost_strokes, lost_years, lost_kinds, changed_digits, against_the_run):
        findings.extend(room(named))
    # Several rooms may tell the same code.
    misprinted = (*codes_changed_round(passages), *item_codes(passages), *codes_out_of_run(passages))
    codes = {(one.place, one.stated): one for one in misprinted}
    findings.extend(codes.values())
    return findings, Counter(citations=len(named), dates=dates)
