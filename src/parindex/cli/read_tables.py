"""What was read of a paper as tables: its rows as printed, and the entries of a score sheet as ``score`` takes them."""

from __future__ import annotations

from parindex.documents.cycles.data_tables import ENTRIES
from parindex.documents.papers import PaperRow, PaperTable, PrintedOpinion
from parindex.documents.results.result_files import ResultTable, table
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.wording import places

_COLUMNS = (
    "item", "title", "max_points", "source", "note", "self_points", "explanation", "further_explanation",
    "appraised_points", "opinion", "options", "place",
)  # fmt: skip


def row_table(one: PaperTable, number: int) -> ResultTable:
    """All rows of a table as printed; ``number`` tells it from the other tables of the paper."""
    rows = [
        [
            row.code,
            row.title,
            row.max_points,
            row.source.value if row.source else None,
            row.note or None,
            row.self_points,
            "\n".join(row.explanations[:1]) or None,
            "\n".join(row.explanations[1:]) or None,
            row.appraised_points,
            "\n".join(map(_opinion, row.opinions)) or None,
            "\n".join(row.options) or None,
            places.place_text(row.place, file=False),
        ]
        for row in one.rows
    ]
    return table(f"{one.kind.value}-{number}", _COLUMNS, rows)


def entries_table(one: PaperTable, made: CriteriaSet, unit: str) -> ResultTable:
    """The points that a score sheet prints for the items of ``made``, the set read from it: the entries of ``unit``.

    The last opinion is the reason of the appraised points. An item without any points has no row: it is unanswered.
    """
    items = {item.code for item in made.items()}
    rows = [
        [unit, row.code, None, row.self_points, None, row.appraised_points, _last_opinion(row)]
        for row in one.rows
        if row.code in items and _has_points(row)
    ]
    return table("entries", (*ENTRIES.required, *ENTRIES.any_of, *ENTRIES.optional), rows)


def _last_opinion(row: PaperRow) -> str | None:
    return row.opinions[-1].text if row.opinions else None


def _has_points(row: PaperRow) -> bool:
    return row.self_points is not None or row.appraised_points is not None


def _opinion(one: PrintedOpinion) -> str:
    who = ", ".join(filter(None, (one.level, one.unit, one.at)))
    return f"{who}: {one.text}" if who else one.text
