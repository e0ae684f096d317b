"""A questionnaire as an XLSForm workbook, for ODK, KoBoToolbox and whatever else collects answers by XLSForm.

Names, labels, options, skip conditions and limits become what XLSForm has for them. What it has not (scales, item
groups, feeds, roll-up …) stands in columns and a sheet of ours, so that
:mod:`parindex.documents.surveys.xlsform_reading` gives the same questionnaire back. Every form first asks for
the code of the respondent in the sample, which answers are joined to it by, and with two respondent groups or more for
the group.

How answers come back, from ODK Central or KoBo as CSV or XLSX: a column a question, named by its code (with the section
before it, ``s1-q01`` or ``s1/q01``, unless exported without groups); a multiple choice as ``1 6``, or split into
``wishes/1``, ``wishes/6`` with 1 and 0. :mod:`parindex.documents.surveys.form_answers` makes the data file of it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parindex.documents.surveys import xlsform_names as names
from parindex.documents.surveys.questionnaire_to_data import questionnaire_data
from parindex.documents.surveys.xlsform_expressions import Limits, constraint, expression
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.questionnaire.conditions import AllOf, Condition, OneOf, normal
from parindex.domain.survey.questionnaire.form import (
    RESPONDENT,
    RESPONDENT_GROUP,
    Labels,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
)

Row = dict[str, str]

#: What a cell of a workbook holds at most.
CELL_CHARACTERS = 32_767
#: Keys of the questionnaire that stand in the sheets of XLSForm itself.
_ELSEWHERE = frozenset({"id", "version", "sections", "scales"})


@dataclass(frozen=True, slots=True)
class Form:
    """The sheets of an XLSForm, each as rows by column name."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: tuple[Row, ...]
    parindex: tuple[Row, ...] = field(default=())

    def sheets(self) -> dict[str, tuple[Row, ...]]:
        """By name of the sheet."""
        return {
            "survey": self.survey,
            "choices": self.choices,
            "settings": self.settings,
            names.SHEET: self.parindex,
        }


def form_of(questionnaire: Questionnaire) -> Form:
    """The sheets of a coherent questionnaire."""
    maker = _Maker(questionnaire)
    return Form(tuple(maker.survey()), tuple(maker.choices()), (maker.settings(),), tuple(maker.parindex()))


@dataclass(slots=True)
class _Maker:
    questionnaire: Questionnaire

    @property
    def asks_group(self) -> bool:
        """Whether the form asks for the respondent group: there are two or more."""
        return len(self.questionnaire.respondent_groups) > 1

    def words(self, column: str, label: Labels) -> Row:
        """A label as cells, one column a language; no cell where it is empty."""
        return {f"{column}::{names.language_name(code)}": label[code] for code in self.questionnaire.languages if label}

    def own(self, words: Mapping[str, str]) -> dict[str, str]:
        """The words of a question that every form of ours has, in English where a language has none."""
        return {code: words.get(code, words["en"]) for code in self.questionnaire.languages}

    def survey(self) -> Iterator[Row]:
        """The rows of the sheet ``survey``: who answers, then the sections with their questions."""
        yield {"type": "text", "name": RESPONDENT} | self.words("label", self.own(_CODE))
        if self.asks_group:
            label = self.own(_WHO)
            kind = {"type": f"select_one {RESPONDENT_GROUP}", "name": RESPONDENT_GROUP, "required": names.YES}
            yield kind | self.words("label", label)
        taken = {question.code for _, question in self.questionnaire.questions()}
        for section in self.questionnaire.sections:
            start = {"type": "begin_group", "name": section.code} | self.words("label", section.label)
            yield start | self.asked_of(section) | _said({names.OURS: section.ours, names.REFERENCE: section.reference})
            if section.hint:
                note = {"type": "note", "name": _free(f"{section.code}_hint", taken)}
                yield note | self.words("label", section.hint)
            for question in section.questions:
                yield self.question(question)
            yield {"type": "end_group", "name": section.code}

    def question(self, question: Question) -> Row:
        """The row of a question."""
        row = {"type": _type(question), "name": question.code}
        row |= self.words("label", question.label) | self.words("hint", question.hint)
        limits = Limits(
            question.minimum,
            question.maximum,
            question.most,
            tuple(option.code for option in question.options if option.alone),
        )
        extra: dict[str, str | bool] = {
            "required": question.required,
            "constraint": constraint(limits),
            names.PRINTED: question.printed,
            names.REVERSED: question.reversed,
            names.FEEDS: " ".join(question.feeds),
            names.OURS: question.ours,
            names.REFERENCE: question.reference,
        }
        return row | self.asked_of(question) | _said(extra)

    def asked_of(self, one: Section | Question) -> Row:
        """The skip condition; who answers is part of it where the form asks for the group."""
        parts: tuple[Condition, ...] = (one.relevant,) if one.relevant is not None else ()
        if one.respondents and self.asks_group:
            parts = (OneOf(RESPONDENT_GROUP, one.respondents), *parts)
        said = {"relevant": expression(normal(AllOf(parts)))} if parts else {}
        if one.respondents and not self.asks_group:
            said[names.RESPONDENTS] = " ".join(one.respondents)
        return said

    def choices(self) -> Iterator[Row]:
        """The rows of the sheet ``choices``: respondent groups, scales with what is no answer, options of questions."""
        if self.asks_group:
            for group in self.questionnaire.respondent_groups:
                yield self.choice(RESPONDENT_GROUP, Option(group.code, group.label, ours=group.ours))
        for scale in self.questionnaire.scales:
            for point in scale.points:
                yield self.choice(scale.code, point)
            for outside in scale.no_answer:
                meant = {names.MEANING: str(outside.meaning)}
                yield self.choice(scale.code, Option(outside.code, outside.label)) | meant
        for _, question in self.questionnaire.questions():
            for option in question.options:
                yield self.choice(question.code, option)

    def choice(self, list_name: str, option: Option) -> Row:
        """The row of an option of a list."""
        row = {"list_name": list_name, "name": option.code}
        return row | self.words("label", option.label) | _said({names.OURS: option.ours})

    def settings(self) -> Row:
        """The one row of the sheet ``settings``; its title is in the first language, for XLSForm has no other."""
        one = self.questionnaire
        return {
            "form_title": one.main(one.title),
            "form_id": one.id,
            "version": one.version,
            "default_language": names.language_name(one.languages[0]),
        }

    def parindex(self) -> Iterator[Row]:
        """The rows of our sheet: what XLSForm has no place for, as JSON by key."""
        data = questionnaire_data(self.questionnaire)
        for key, value in data.items():
            if key in _ELSEWHERE or (key == "respondent_groups" and self.asks_group):
                continue
            rows = value if isinstance(value, list) and key not in ("languages", "translated") else [value]
            for row in rows:
                yield {"key": key, "value": _json(row)}
        for scale in data.get("scales", ()):
            kept = {key: value for key, value in scale.items() if key not in ("points", "no_answer")}
            yield {"key": "scales", "value": _json(kept)}


_CODE = {
    "vi": "Mã người trả lời trong danh sách mẫu (để trống nếu không có)",
    "en": "Code of the respondent in the sample (empty if there is none)",
}
_WHO = {"vi": "Ông/Bà thuộc nhóm nào?", "en": "Which group do you belong to?"}


def _type(question: Question) -> str:
    if question.kind is QuestionKind.SCALE:
        return f"select_one {question.scale}"
    if question.kind is QuestionKind.SINGLE:
        return f"select_one {question.code}"
    if question.kind is QuestionKind.MULTIPLE:
        return f"select_multiple {question.code}"
    if question.kind is QuestionKind.NUMERIC:
        return "integer" if question.integer else "decimal"
    return "text"


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _said(row: Mapping[str, str | bool]) -> Row:
    return {key: names.YES if value is True else str(value) for key, value in row.items() if value}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- the workbook --------------------------------------------------------------------------------------------------


def require_valid(questionnaire: Questionnaire) -> Form:
    """The sheets, after pyxform turned them into an XForm (what collectors run).

    Raises :class:`InvalidInput`: ``xlsform_cell_too_long`` (``sheet``, ``column``, ``limit``) and ``xlsform_refused``
    (``detail``: what pyxform says).
    """
    form = form_of(questionnaire)
    too_long = [
        Problem("xlsform_cell_too_long", Place(sheet=sheet, row=number), {"column": column, "limit": CELL_CHARACTERS})
        for sheet, rows in form.sheets().items()
        for number, row in enumerate(rows, start=1)
        for column, value in row.items()
        if len(value) > CELL_CHARACTERS
    ]
    if too_long:
        raise InvalidInput(too_long)
    xform_of(form)
    return form


def xform_of(form: Form, file: str | None = None) -> tuple[str, dict[str, Any]]:
    """The XForm of the sheets, and the form as pyxform understands it. Raises :class:`InvalidInput`
    (``xlsform_refused``)."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    sheets = {name: [dict(row) for row in rows] for name, rows in form.sheets().items() if name != names.SHEET}
    try:
        result = convert(xlsform=sheets, validate=False, form_name="data")
    except PyXFormError as error:
        detail = " ".join(str(error).split())
        raise InvalidInput([Problem("xlsform_refused", Place(file=file), {"detail": detail})]) from error
    except Exception as error:  # what pyxform did not foresee in a form that anybody may hand in
        raise InvalidInput([Problem("xlsform_refused", Place(file=file), {"detail": type(error).__name__})]) from error
    return result.xform, result._pyxform or {}


def write_xlsform(path: Path, form: Form) -> None:
    """The workbook; text is written as text, never as formula or link, and the same form is the same file."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, rows in form.sheets().items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for index, column in enumerate(columns_of(rows)):
                sheet.write_string(0, index, column, head)
                for number, row in enumerate(rows, start=1):
                    if row.get(column):
                        sheet.write_string(number, index, row[column])


#: The columns of XLSForm in the order in which people look for them; ours come last.
_FIRST = ("type", "list_name", "name", "key", "value", "label", "hint", "required", "relevant", "constraint")


def columns_of(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Every column of the rows, in one order."""
    found = list(dict.fromkeys(column for row in rows for column in row))

    def place(column: str) -> int:
        plain = column.partition("::")[0]
        return _FIRST.index(plain) if plain in _FIRST else len(_FIRST) + column.startswith(names.SHEET)

    return sorted(found, key=place)
