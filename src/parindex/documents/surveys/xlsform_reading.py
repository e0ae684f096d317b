"""A questionnaire from an XLSForm: from one of ours the same again, from one made by others what it says.

pyxform reads the sheets (it knows every way to write a type or a column); here the form becomes a questionnaire. What a
questionnaire cannot say (dates, places, repeats, calculations …) is left out and said, never silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from parindex.documents.surveys import xlsform_names as names
from parindex.documents.surveys.questionnaire_file import questionnaire_of
from parindex.documents.surveys.questionnaire_to_data import FORMAT, said
from parindex.documents.surveys.xlsform import Form, xform_of
from parindex.documents.surveys.xlsform_choices import ChoiceLists
from parindex.documents.surveys.xlsform_codes import Codes, questionnaire_id
from parindex.documents.surveys.xlsform_extras import Extras
from parindex.documents.surveys.xlsform_questions import QuestionReader, Skips
from parindex.documents.surveys.xlsform_sheets import ROW, Sheets, read_sheets
from parindex.documents.surveys.xlsform_words import Words, protected, restored
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.questionnaire.form import RESPONDENT, RESPONDENT_GROUP, Questionnaire

#: Columns that are taken over, or that only our own row numbers need; every other one is said to be left out.
_TAKEN = frozenset(
    {"type", "name", "value", "list_name", "list name", "required", "relevant", "relevance", "constraint", ROW}
    | {"bind::required", "bind::relevant", "bind::constraint", "form_title", "form_id", "version", "default_language"}
    | {"title", "id_string", "set form title", "set form id", "key"}
)
_OURS = "parindex_"


def read_xlsform(path: Path, scales: Mapping[str, int] | None = None) -> tuple[Questionnaire, list[Problem]]:
    """The questionnaire in a workbook, and everything that was not taken over or was decided on thin ground.

    ``scales`` names choice lists of a form made by others that are scales, each with its lowest satisfied point. Raises
    :class:`~parindex.domain.errors.InvalidInput`: those of :func:`read_sheets`, ``xlsform_refused`` (what pyxform
    says), ``xlsform_no_questions``, and everything that does not fit together in the questionnaire.
    """
    sheets = read_sheets(path)
    survey, choices, settings = (
        tuple(protected(row) for row in sheets.rows.get(sheet, ())) for sheet in ("survey", "choices", "settings")
    )
    form = Form(survey, choices, settings[:1])
    _, found = xform_of(form, path.name)
    doubts = [*sheets.doubts, *_unknown_columns(sheets)]
    data = _Reading(sheets, found, scales or {}, doubts).data(path.stem)
    return questionnaire_of(data, path.name), doubts


def _unknown_columns(sheets: Sheets) -> Iterator[Problem]:
    """Columns that hold something and are not taken over, one problem a column."""
    for sheet, rows in sheets.rows.items():
        counts: dict[str, int] = {}
        for row in rows:
            for column in row:
                plain = column.lower()
                kept = (
                    plain in _TAKEN or plain.startswith(_OURS) or plain.partition(":")[0].strip() in ("label", "hint")
                )
                if not kept and sheet != names.SHEET:
                    counts[column] = counts.get(column, 0) + 1
        for column, count in counts.items():
            place = Place(file=sheets.file, sheet=sheet)
            yield Problem("xlsform_column_left_out", place, {"column": column, "count": count})


class _Reading:
    """One form on its way to the data of a questionnaire."""

    def __init__(
        self, sheets: Sheets, form: Mapping[str, Any], scales: Mapping[str, int], doubts: list[Problem]
    ) -> None:
        self.sheets = sheets
        self.form = form
        self.doubts = doubts
        self.extras = Extras.read(sheets, doubts)
        self.words = Words(form, self.extras.languages, sheets.file, doubts)
        self.codes = Codes(doubts)
        lists = form.get("choices", {})
        self.lists = ChoiceLists(
            sheets, lists, self.words, self.codes, {**self.extras.satisfied_from(), **scales}, doubts
        )
        self.lists.require_scales(scales)
        self.reader = QuestionReader(sheets, self.words, self.codes, self.lists, doubts)
        self.groups: list[dict[str, Any]] = []
        self.sections: list[dict[str, Any]] = []

    def data(self, stem: str) -> dict[str, Any]:
        """The data as a YAML file would hold them."""
        children = [one for one in self.form.get("children", ()) if one.get("name") != "meta"]
        self._walk(children, None, Skips())
        self.lists.say_possible_scales(self.reader.asked_lists)
        settings = next(iter(self.sheets.rows.get("settings", ())), {})
        version = self.form.get("version")
        if not version:
            self.doubts.append(Problem("xlsform_version_missing", Place(file=self.sheets.file)))
        head = {
            "format": FORMAT,
            "id": questionnaire_id(str(self.form["id_string"]) if self.form["id_string"] != "data" else stem),
            "version": str(version or "1"),
            "title": self.words.title(str(settings.get("form_title") or self.form["title"]), self.extras.title),
            "languages": list(self.words.languages),
            "scales": [self.extras.scale(name, self.lists.scale(name)) for name in self.lists.satisfied_from],
            "sections": [section for section in self.sections if section["questions"]],
        }
        if not head["sections"]:
            raise InvalidInput([Problem("xlsform_no_questions", Place(file=self.sheets.file, sheet="survey"))])
        return said({**self.extras.head(), **({"respondent_groups": self.groups} if self.groups else {}), **head})

    def _walk(self, children: Sequence[Mapping[str, Any]], group: Mapping[str, Any] | None, outer: Skips) -> None:
        """Questions in sections: a group is one, questions between groups make their own."""
        section = None if group is None else self._section(group, outer)
        for position, child in enumerate(children):
            kind = child.get("type")
            if kind == "group":
                if group is not None:
                    self._doubt("xlsform_group_nested", child, name=child["name"], group=group["name"])
                self._walk(child.get("children", ()), child, self._inner(group, outer))
                section = None
            elif kind == "note" and position == 0 and section is not None and group is not None:
                self._hint(child, section, group)
            elif child.get("name") == RESPONDENT and kind in ("text", "string"):
                continue  # every form of ours asks for the code in the sample
            elif child.get("name") == RESPONDENT_GROUP and kind == "select one":
                self._respondents(child)
            else:
                question = self.reader.question(child)
                if question is not None:
                    section = section or self._section(group, outer, again=True)
                    section["questions"].append(question)

    def _inner(self, group: Mapping[str, Any] | None, outer: Skips) -> Skips:
        return outer if group is None else outer.and_(self.reader.skips(group))

    def _section(self, group: Mapping[str, Any] | None, outer: Skips, again: bool = False) -> dict[str, Any]:
        name = "section" if group is None else str(group["name"])
        if group is None:
            title = self.words.title(str(self.form["title"]), self.extras.title)
            label = self.words.completed(title, Place(file=self.sheets.file, sheet="survey"))
        else:
            label = self.words.labels(group.get("label", ""), name, self._place(group))
        asked = outer if group is None else outer.and_(self.reader.skips(group))
        section = said(
            {
                "code": self.codes.section(name, again or group is None),
                "label": label,
                **asked.data(),
                "ours": (group or {}).get(names.OURS) == names.YES,
                "reference": restored(str((group or {}).get(names.REFERENCE, ""))),
            }
        ) | {"questions": []}
        self.sections.append(section)
        return section

    def _hint(self, note: Mapping[str, Any], section: dict[str, Any], group: Mapping[str, Any]) -> None:
        """A note at the head of a group introduces it."""
        if not str(note["name"]).startswith(f"{group['name']}_hint"):
            self._doubt("xlsform_question_left_out", note, name=note["name"], type="note")
            return
        section["hint"] = self.words.labels(note.get("label", ""), str(note["name"]), self._place(note))

    def _respondents(self, question: Mapping[str, Any]) -> None:
        list_name = str(question["list_name"])
        self.groups = list(self.lists.groups(list_name))
        self.reader.know_groups(list_name, tuple(group["code"] for group in self.groups))

    def _place(self, child: Mapping[str, Any]) -> Place:
        return self.sheets.place("survey", child.get(ROW))

    def _doubt(self, kind: str, child: Mapping[str, Any], **facts: Any) -> None:
        self.doubts.append(Problem(kind, self._place(child), facts))
