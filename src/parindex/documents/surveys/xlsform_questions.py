"""Questions of an XLSForm, one by one: kind, options, limits, skip conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parindex.documents.surveys import xlsform_names as names
from parindex.documents.surveys.conditions_data import condition_data
from parindex.documents.surveys.questionnaire_to_data import said
from parindex.documents.surveys.xlsform_choices import ChoiceLists
from parindex.documents.surveys.xlsform_codes import Codes
from parindex.documents.surveys.xlsform_expressions import Answerable, Limits, NotUnderstood, condition_of, limits_of
from parindex.documents.surveys.xlsform_sheets import ROW, Sheets
from parindex.documents.surveys.xlsform_words import Words, restored
from parindex.domain.errors import Place, Problem
from parindex.domain.survey.questionnaire.conditions import AllOf, Condition, OneOf, atoms, normal
from parindex.domain.survey.questionnaire.form import RESPONDENT_GROUP
from parindex.domain.values import number_text

_KINDS = {
    "select one": "single",
    "select all that apply": "multiple",
    "integer": "numeric",
    "int": "numeric",
    "decimal": "numeric",
    "text": "text",
    "string": "text",
}
_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"", "no", "false", "false()"})


@dataclass(frozen=True, slots=True)
class Skips:
    """When something is asked, and of which respondent groups (none named: of all)."""

    relevant: Condition | None = None
    respondents: tuple[str, ...] = ()

    def and_(self, inner: Skips) -> Skips:
        """Both at once."""
        conditions = tuple(one for one in (self.relevant, inner.relevant) if one is not None)
        both = tuple(code for code in self.respondents if code in inner.respondents)
        respondents = both if self.respondents and inner.respondents else self.respondents or inner.respondents
        return Skips(normal(AllOf(conditions)) if conditions else None, respondents)

    def data(self) -> dict[str, Any]:
        """As keys of a section or question."""
        relevant = condition_data(self.relevant) if self.relevant is not None else None
        return {"respondents": list(self.respondents), "relevant": relevant}


class QuestionReader:
    """Reads questions in the order of the form: a condition may look at earlier ones only.

    Doubts: ``xlsform_question_left_out`` (``name``, ``type``), ``xlsform_expression_left_out`` (``name``, ``column``,
    ``expression``).
    """

    def __init__(self, sheets: Sheets, words: Words, codes: Codes, lists: ChoiceLists, doubts: list[Problem]) -> None:
        self.sheets, self.words, self.codes, self.lists, self.doubts = sheets, words, codes, lists, doubts
        self.answerable: dict[str, Answerable] = {}
        self.list_of: dict[str, str] = {}
        self.asked_lists: Counter[str] = Counter()
        self.groups: tuple[str, ...] = ()
        self._read: dict[str, Skips] = {}

    def know_groups(self, list_name: str, codes: tuple[str, ...]) -> None:
        """The form asks for the respondent group."""
        self.groups = codes
        self.list_of[RESPONDENT_GROUP] = list_name
        self.answerable[RESPONDENT_GROUP] = Answerable(self.lists.names(list_name))

    def question(self, child: Mapping[str, Any]) -> dict[str, Any] | None:
        """The question as data; None (and a doubt) where it has no place in a questionnaire."""
        name, form_type = str(child.get("name", "")), str(child.get("type", ""))
        kind = _KINDS.get(form_type)
        list_name = str(child.get("list_name", ""))
        place = self._place(child)
        if kind is None or (kind in ("single", "multiple") and not self.lists.names(list_name)):
            facts = {"name": name, "type": self.sheets.type_of(child.get(ROW)) or form_type}
            self.doubts.append(Problem("xlsform_question_left_out", place, facts))
            return None
        skips = self.skips(child)
        row: dict[str, Any] = {
            "code": self.codes.question(name, place),
            "printed": restored(str(child.get(names.PRINTED, ""))),
            "kind": kind,
        }
        row["label"] = self.words.labels(child.get("label", ""), name, place)
        row["hint"] = self.words.labels(child["hint"], name, place) if child.get("hint") else {}
        if kind in ("single", "multiple"):
            row |= self._chosen(kind, list_name)
        self._remember(name, row["kind"], list_name)
        return said(
            {
                **row,
                **self._limits(child, row),
                "integer": form_type in ("integer", "int"),
                "reversed": self._reversed(child, row),
                "required": self._required(child),
                **skips.data(),
                "feeds": str(child.get(names.FEEDS, "")).split(),
                "ours": child.get(names.OURS) == names.YES,
                "reference": restored(str(child.get(names.REFERENCE, ""))),
            }
        )

    def _chosen(self, kind: str, list_name: str) -> dict[str, Any]:
        self.asked_lists[list_name] += kind == "single"
        if kind == "single" and self.lists.is_scale(list_name):
            return {"kind": "scale", "scale": self.lists.scale_code(list_name)}
        return {"options": self.lists.options(list_name)}

    def _remember(self, name: str, kind: str, list_name: str) -> None:
        chosen = kind in ("single", "multiple", "scale")
        self.answerable[name] = Answerable(self.lists.names(list_name) if chosen else None, kind == "numeric")
        self.list_of[name] = list_name

    def skips(self, child: Mapping[str, Any]) -> Skips:
        """The skip condition of a question or group, the respondent groups taken out of it."""
        key = f"{child.get('name')}/{child.get(ROW)}"
        if key not in self._read:
            self._read[key] = self._skips(child)
        return self._read[key]

    def _skips(self, child: Mapping[str, Any]) -> Skips:
        stated = tuple(str(child.get(names.RESPONDENTS, "")).split()) if not self.groups else ()
        text = str(child.get("bind", {}).get("relevant", ""))
        if not text:
            return Skips(None, stated)
        try:
            condition = condition_of(text, self.answerable)
            return _split(condition, stated, self)
        except NotUnderstood:
            self._left_out(child, "relevant", text)
            return Skips(None, stated)

    def recoded(self, condition: Condition) -> Condition:
        """A condition over the names of the form as one over codes."""
        return normal(self.codes.condition(condition, self.list_of))

    def _limits(self, child: Mapping[str, Any], row: dict[str, Any]) -> dict[str, Any]:
        text = str(child.get("bind", {}).get("constraint", ""))
        if not text:
            return {}
        try:
            limits = limits_of(text, whole=child.get("type") in ("integer", "int"))
        except NotUnderstood:
            limits = None
        if limits is None or not _fits(limits, row):
            self._left_out(child, "constraint", text)
            return {}
        for option in row.get("options", ()):
            if option["code"] in limits.alone:
                option["alone"] = True
        bounds = {"minimum": limits.minimum, "maximum": limits.maximum}
        found = {key: number_text(value) for key, value in bounds.items() if value is not None}
        return found | ({"most": str(limits.most)} if limits.most is not None else {})

    def _reversed(self, child: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
        """Whether a question is negative, which only means something on a scale (``xlsform_reversed_left_out``)."""
        stated = child.get(names.REVERSED) == names.YES
        if stated and row["kind"] != "scale":
            self.doubts.append(Problem("xlsform_reversed_left_out", self._place(child), {"name": child["name"]}))
            return False
        return stated

    def _required(self, child: Mapping[str, Any]) -> bool:
        text = str(child.get("bind", {}).get("required", "")).strip()
        if text.lower() not in _YES | _NO:
            self._left_out(child, "required", text)
        return text.lower() in _YES

    def _left_out(self, child: Mapping[str, Any], column: str, text: str) -> None:
        facts = {"name": child.get("name", ""), "column": column, "expression": " ".join(text.split())}
        self.doubts.append(Problem("xlsform_expression_left_out", self._place(child), facts))

    def _place(self, child: Mapping[str, Any]) -> Place:
        return self.sheets.place("survey", child.get(ROW))


def _split(condition: Condition | None, stated: tuple[str, ...], reader: QuestionReader) -> Skips:
    """Respondent groups stand first in the ``all`` of a condition, or are the whole of it."""
    if condition is None:
        return Skips(None, stated)
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    groups = [one for one in parts if isinstance(one, OneOf) and one.question == RESPONDENT_GROUP]
    rest = tuple(one for one in parts if one not in groups)
    if len(groups) > 1 or any(atom.question == RESPONDENT_GROUP for one in rest for atom in atoms(one)):
        raise NotUnderstood(RESPONDENT_GROUP)
    respondents = reader.recoded(groups[0]) if groups else None
    named = respondents.options if isinstance(respondents, OneOf) else stated
    return Skips(reader.recoded(AllOf(rest)) if rest else None, named)


def _fits(limits: Limits, row: Mapping[str, Any]) -> bool:
    """Whether the kind of the question has such limits."""
    options = [option["code"] for option in row.get("options", ())]
    bounds = limits.minimum is not None or limits.maximum is not None
    if row["kind"] == "numeric":
        return limits.most is None and not limits.alone
    if row["kind"] != "multiple" or bounds:
        return False
    return (limits.most is None or 1 <= limits.most <= len(options)) and set(limits.alone) <= set(options)
