"""What is read from an official paper, before anybody decides what of it to keep.

A format reader (one module an extension) turns a file into blocks: grids of cells and paragraphs of prose, in reading
order, each with its place. The table readers turn blocks into :class:`PaperTable`; nothing is corrected on the way,
and whatever was decided on thin ground is written down as a doubt (:class:`~parindex.domain.errors.Problem`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Declared, Grade, LegalBasis, Outside, Part, Phase, RuleData, Source
from parindex.domain.errors import Place, Problem
from parindex.domain.procedures.printed_table import EvaluationTable
from parindex.domain.survey.satisfaction_tables.printed_table import SatisfactionTable


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line of prose."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text. ``is_number`` is True where the file stores a number and not text (a code 1.10 may have
    become 1.1).

    A merged cell stands once, at its top left; the cells that it covers are empty with ``covered`` True.
    """

    text: str
    place: Place
    is_number: bool = False
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of cells: a sheet, a Word table, the table of one PDF page, a run of tab-separated lines."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    #: True where the grid goes on from the one before it (the next page of the same table).
    continues: bool = False


Block = Paragraph | Grid


class TableKind(StrEnum):
    """What a table of a paper is."""

    CRITERIA_SET = "criteria-set"
    SCORE_SHEET = "score-sheet"
    PROCEDURE_EVALUATION = "procedure-evaluation"
    SATISFACTION_TABLE = "satisfaction-table"


@dataclass(frozen=True, slots=True)
class PrintedOpinion:
    """One opinion as printed: "Cấp 2: Vụ Đào tạo… thẩm định (13:39 - 07/04/2021) - …".

    ``at`` is ISO 8601 to the minute ("2021-04-07T13:39"), the day alone ("2021-04-07") where no hour is printed, or ""
    where no time is.
    """

    level: str
    text: str
    unit: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of a criteria table or a score sheet, as printed.

    ``code`` is the code after joining what the layout split; ``printed_code`` keeps the file's own where it differs.
    ``options`` are option lines that stood under the row; ``rule`` is the rule proposed from them. ``evidence`` is
    what a column of evidence demands. ``outside`` marks an area beside the hundred; its points are then positive.
    """

    code: str
    title: str
    place: Place
    max_points: Fraction | None = None
    source: Source | None = None
    note: str = ""
    bonus: bool = False
    outside: Outside | None = None
    printed_code: str = ""
    options: tuple[str, ...] = ()
    rule: RuleData | None = None
    self_points: Fraction | None = None
    explanations: tuple[str, ...] = ()
    appraised_points: Fraction | None = None
    opinions: tuple[PrintedOpinion, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One table of a paper with the prose that speaks of it.

    ``places`` say where totals and titles stand; ``doubts`` lists what the reader was not sure of, each with its
    place.
    """

    kind: TableKind
    title: str
    place: Place
    rows: tuple[PaperRow, ...]
    printed_total: Fraction | None = None
    total_place: Place = field(default_factory=Place)
    printed_self_total: Fraction | None = None
    printed_appraised_total: Fraction | None = None
    declared: Declared = field(default_factory=Declared)
    parts: tuple[Part, ...] = ()
    grades: tuple[Grade, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    timetable: tuple[Phase, ...] = ()
    year: int | None = None
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """A table of results of another measurement than the index: of the handling of procedures, of satisfaction."""

    kind: TableKind
    table: EvaluationTable | SatisfactionTable
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything read from one file."""

    file: str
    tables: tuple[PaperTable, ...]
    doubts: tuple[Problem, ...] = ()
    measured: tuple[MeasuredTable, ...] = ()
