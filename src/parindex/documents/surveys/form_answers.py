"""Answers as ODK and KoBo export them, as the data file of a survey: one row a respondent, a column a question.

===================================  =================================================================
in the export                        in the data file
===================================  =================================================================
``s1-q01``, ``s1/q01``, ``q01``      ``q01``
``wishes`` with ``1 6``              ``wishes`` with ``1;6``
``wishes/1`` … with 1/0, True/False  ``wishes`` with ``1;6`` (read where ``wishes`` itself is not there)
``respondent``                       ``respondent``: the code in the sample; where it is empty:
``KEY``, ``_uuid``, ``_id``          ``respondent``
``FormVersion``, ``formdef_version`` ``version``
===================================  =================================================================

Everything else (times, notes, devices) is left out and said; so is KoBo's ``__version__``, which is a number of KoBo's
own and not the version of the questionnaire.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from parindex.documents.cycles.table_files import MAX_FILE_BYTES
from parindex.documents.formats import READERS, read_blocks
from parindex.documents.papers import Grid
from parindex.documents.printed_text import joined
from parindex.documents.readers import limits
from parindex.documents.results.result_files import Cell
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.survey.questionnaire.form import (
    RESPONDENT,
    RESPONDENT_GROUP,
    Question,
    QuestionKind,
    Questionnaire,
)
from parindex.domain.values import parse_number

_TEXTS = (".csv", ".tsv")
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
#: Names that exports give to the number of a response, the best first.
_RESPONDENT = ("KEY", "_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "_id")
_VERSION = ("version", "FormVersion", "formdef_version")
#: Columns that a sampled form carries through.
_KEPT = ("weight",)
_CHOSEN = {"1": True, "TRUE": True, "True": True, "1.0": True, "0": False, "FALSE": False, "False": False, "": False}


def data_rows(questionnaire: Questionnaire, path: Path) -> tuple[list[str], list[list[Cell]], list[Problem]]:
    """Columns, rows and what was left out.

    Raises :class:`InvalidInput`: ``unknown_extension``, whatever the readers refuse, ``answers_empty``,
    ``answers_column_missing`` (``question``), ``answers_column_twice`` (``question``, ``first``, ``second``),
    ``answers_mark_unknown`` (``column``, ``found``), ``answers_row_too_long``.
    """
    if path.suffix.lower() not in TABLES:
        raise limits.refused(path, "unknown_extension", extension=path.suffix, known=sorted(set(TABLES) & set(READERS)))
    read, doubts = _text_cells(path) if path.suffix.lower() in _TEXTS else _workbook_cells(path)
    if len(read) < 2:
        raise InvalidInput([Problem("answers_empty", Place(file=path.name))])
    table = _Table(read, path.name)
    asked = [question for _, question in questionnaire.questions()]
    columns = {**table.identity(len(questionnaire.respondent_groups) > 1)}
    for question in asked:
        found = table.question(question)
        if found is not None:
            columns[question.code] = found
    if table.problems:
        raise InvalidInput(table.problems)
    numbers = {question.code for question in asked if question.kind is QuestionKind.NUMERIC}
    cells = {name: _numbers(column) if name in numbers else _texts(column) for name, column in columns.items()}
    rows = [[cells[name][number] for name in cells] for number in range(len(table.body))]
    return list(columns), rows, [*doubts, *table.left_out()]


def _workbook_cells(path: Path) -> tuple[list[list[str]], list[Problem]]:
    """The cells of the first sheet."""
    blocks, doubts = read_blocks(path)
    grid = next((block for block in blocks if isinstance(block, Grid)), None)
    rows = () if grid is None else grid.rows
    return [[joined(cell.text) for cell in row] for row in rows], doubts


def _text_cells(path: Path) -> tuple[list[list[str]], list[Problem]]:
    """The cells of a text file with comma, semicolon or tabulator; a nation's answers are more than a paper's cells."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise limits.refused(path, "file_too_large", bytes=size, limit=MAX_FILE_BYTES)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise limits.refused(path, "not_utf8", byte=error.start) from error
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    try:
        rows = [[joined(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from error
    wide = [number for number, row in enumerate(rows[1:], start=1) if len(row) > len(rows[0])]
    if wide:
        problems = [Problem("answers_row_too_long", Place(file=path.name, row=number)) for number in wide]
        raise InvalidInput(problems)
    return rows, []


def _texts(column: Sequence[str]) -> list[Cell]:
    return [cell or None for cell in column]


def _numbers(column: Sequence[str]) -> list[Cell]:
    """Numbers as numbers, so that a minus is not taken for the beginning of a formula; as they are where one is not."""
    try:
        return [parse_number(cell) if cell else None for cell in column]
    except InvalidValue:
        return _texts(column)


class _Table:
    """The cells of an export, columns found by the last part of their head."""

    def __init__(self, rows: Sequence[Sequence[str]], file: str) -> None:
        self.heads = list(rows[0])
        self.body = [list(row) + [""] * (len(self.heads) - len(row)) for row in rows[1:] if any(row)]
        self.file = file
        self.used: set[str] = set()
        self.problems: list[Problem] = []

    def column(self, head: str) -> list[str]:
        """The cells below a head that the export has, which is then used."""
        self.used.add(head)
        at = self.heads.index(head)
        return [row[at] for row in self.body]

    def identity(self, grouped: bool) -> dict[str, list[str]]:
        """The respondent (as in the sample, else as the export numbers it, else the row), version, group, weight."""
        known = [self.column(head) for head in (*self._named(RESPONDENT), *_RESPONDENT) if head in self.heads]
        version = next((head for head in _VERSION if head in self.heads), None)
        numbers = (str(number) for number in range(1, len(self.body) + 1))
        found = {
            RESPONDENT: [next(filter(None, codes), number) for number, *codes in zip(numbers, *known, strict=True)]
        }
        if version is not None:
            found["version"] = self.column(version)
        for name in (*((RESPONDENT_GROUP,) if grouped else ()), *_KEPT):
            heads = self._named(name)
            if heads:
                found[name] = self.column(heads[0])
        return found

    def _named(self, code: str) -> list[str]:
        """Heads that are ``code``, alone or after the groups that it stands in."""
        return [head for head in self.heads if head == code or head.endswith((f"/{code}", f"-{code}"))]

    def question(self, question: Question) -> list[str] | None:
        """The answers to a question, several options as ``1;6``; None where the export has no column of it."""
        heads = self._named(question.code)
        if len(heads) > 1:
            facts = {"question": question.code, "first": heads[0], "second": heads[1]}
            self.problems.append(Problem("answers_column_twice", Place(file=self.file), facts))
        elif heads and question.kind is QuestionKind.MULTIPLE:
            self._split(question)
            return [";".join(cell.split()) for cell in self.column(heads[0])]
        elif heads:
            return self.column(heads[0])
        elif question.kind is QuestionKind.MULTIPLE and (parts := self._split(question)):
            return self._joined(parts)
        else:
            facts = {"question": question.code}
            self.problems.append(Problem("answers_column_missing", Place(file=self.file), facts))
        return None

    def _split(self, question: Question) -> dict[str, str]:
        """The head of each option's own column."""
        found = {}
        for option in question.options:
            for head in self._named(f"{question.code}/{option.code}"):
                found[option.code] = head
                self.used.add(head)
        return found

    def _joined(self, parts: dict[str, str]) -> list[str]:
        marks = {code: self._marks(head) for code, head in parts.items()}
        return [";".join(code for code, chosen in marks.items() if chosen[row]) for row in range(len(self.body))]

    def _marks(self, head: str) -> list[bool]:
        cells = self.column(head)
        for number, cell in enumerate(cells, start=1):
            if cell not in _CHOSEN:
                place = Place(file=self.file, row=number)
                self.problems.append(Problem("answers_mark_unknown", place, {"column": head, "found": cell}))
        return [_CHOSEN.get(cell, False) for cell in cells]

    def left_out(self) -> list[Problem]:
        """Columns that no question has."""
        heads = [head for head in self.heads if head and head not in self.used]
        return [Problem("answers_column_left_out", Place(file=self.file), {"column": head}) for head in heads]
