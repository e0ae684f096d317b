"""What the checker of a paper finds: a statement that does not add up, with both figures and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from parindex.domain.errors import Place


class StatementKind(StrEnum):
    """What a statement that does not add up is."""

    TABLE_SUM = "table_sum"
    PARENT_SUM = "parent_sum"
    TOTAL = "total"
    PARTIAL_TOTAL = "partial_total"
    COUNT = "count"
    RATIO = "ratio"
    SWAPPED_RATIO = "swapped_ratio"
    FORMULA = "formula"
    PART_OF_WHOLE = "part_of_whole"
    DIFFERENCE = "difference"
    RANK_CHANGE = "rank_change"
    SAME_QUANTITY = "same_quantity"
    RULE_POINTS = "rule_points"
    WRONG_UNIT = "wrong_unit"
    TWO_DATES = "two_dates"
    IMPOSSIBLE_DATE = "impossible_date"
    CODE = "code"
    DOCUMENT_NUMBER = "document_number"
    LOST_COLUMN = "lost_column"
    DOUBLED_COLUMN = "doubled_column"


class Severity(StrEnum):
    """What a statement spoils: a score or total; a figure; nothing but the print."""

    CHANGES_SCORE = "changes_score"
    WRONG_FIGURE = "wrong_figure"
    SLIP = "slip"


class Sure(StrEnum):
    """How sure a finding is: no reading makes the statement right; one that is unlikely does; one that may well be
    meant does.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """One statement that does not add up. ``text`` is the statement as printed; ``stated`` and ``found`` are the two
    figures in the paper's own form ("" where there is none); ``facts`` fill the sentence that ``wording`` makes of
    ``why`` (the name of the sentence). ``place.code`` is the item that the statement stands in.
    """

    kind: StatementKind
    severity: Severity
    sure: Sure
    place: Place
    text: str
    stated: str
    found: str
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)


#: What is counted while a paper is checked, whether or not any of it stands there.
SORTS = (
    *("citations", "codes", "counts", "dates", "differences", "formulas", "points", "quantities", "ratios", "rows"),
    "sums",
)


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A paper with what was found in it, in reading order, and how many statements of each sort were checked."""

    file: str
    findings: tuple[StatementFinding, ...]
    checked: Mapping[str, int]


#: What a room of the checker answers: its findings, and how many statements of each sort it has checked.
Found = tuple[list[StatementFinding], Counter[str]]
