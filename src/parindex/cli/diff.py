"""``parindex diff``: two criteria sets side by side: added, gone, moved, renamed, points or rule changed.

Either may be a paper with one table, which is read as ``parindex read`` does.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

from parindex.cli import output
from parindex.cli.diff_data import Compared, diff_data, diff_table
from parindex.cli.diff_words import diff_words
from parindex.cli.pairs import both
from parindex.cli.read import paper_of
from parindex.cli.sets import criteria_set, is_paper, set_path
from parindex.documents.checked_papers import set_id
from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.papers import TableKind
from parindex.domain.criteria.comparison import compare_sets
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``diff``."""
    parser.add_argument("old", metavar="A", help=text("bộ tiêu chí cũ: tệp YAML, mã bộ có sẵn, hoặc văn bản"))
    parser.add_argument("new", metavar="B", help=text("bộ tiêu chí mới: tệp YAML, mã bộ có sẵn, hoặc văn bản"))
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and write."""
    output.prepare(options, [options.old, options.new])
    old, new = both(lambda name: side(name, options.progress), options.old, options.new)
    compared = compare_sets(old.criteria_set, new.criteria_set)
    output.deliver(
        options,
        words=lambda: diff_words(old, new, compared),
        data=lambda: diff_data(old, new, compared),
        tables=lambda: [diff_table(compared)],
    )
    return FINE


def side(name: str, progress_wanted: bool = False) -> Compared:
    """The set that ``name`` stands for: a YAML file, a shipped id, or a paper with one table of criteria.

    Raises :class:`InvalidInput`: ``several_tables_in_paper`` where it is not clear which table is meant,
    ``no_set_to_compare`` where the paper only has tables of other measurements.
    """
    path = set_path(name)
    if not is_paper(path):
        return Compared(criteria_set(name))
    paper = paper_of(path, "auto", progress_wanted)
    tables = [one for one in paper.tables if one.kind is TableKind.CRITERIA_SET] or list(paper.tables)
    if not tables:
        found = sorted({one.kind.value for one in paper.measured})
        raise InvalidInput([Problem("no_set_to_compare", Place(file=name), {"found": found})])
    if len(tables) > 1:
        raise InvalidInput([Problem("several_tables_in_paper", Place(file=name), {"count": len(tables)})])
    read = tables[0]
    made = to_criteria_set(read, id=set_id(path, None))
    return Compared(made, replace(read.place, file=name), len(paper.doubts) + len(read.doubts))
