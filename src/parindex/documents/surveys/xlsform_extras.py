"""What a form of ours keeps beside XLSForm: the sheet ``parindex`` with a key and a value in JSON a row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from parindex.documents.surveys import xlsform_names as names
from parindex.documents.surveys.xlsform_sheets import ROW, Sheets
from parindex.domain.errors import Problem

_LISTS = frozenset({"legal_basis", "respondent_groups", "groups", "parts", "ratios", "scales"})
_SINGLE = frozenset(
    {"title", "year", "languages", "translated", "reference", "note", "criteria_set", "rollup", "mapping", "dont_know"}
    | {"mapping_assumed", "format"}
)


class Extras:
    """The keys of our sheet; what cannot be read is said (``xlsform_extra_left_out``: ``key``)."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        languages = data.get("languages")
        self.languages = [str(one) for one in languages] if isinstance(languages, list) else []
        title = data.get("title")
        self.title: Mapping[str, str] = title if isinstance(title, dict) else {}
        self.scales = {str(row.get("code")): row for row in data.get("scales", ()) if isinstance(row, dict)}

    @classmethod
    def read(cls, sheets: Sheets, doubts: list[Problem]) -> Extras:
        """The rows of the sheet."""
        data: dict[str, Any] = {}
        for row in sheets.rows.get(names.SHEET, ()):
            key = row.get("key", "")
            try:
                value = json.loads(row.get("value", ""))
            except (ValueError, RecursionError):
                value = None
            if value is None or key not in _LISTS | _SINGLE:
                doubts.append(Problem("xlsform_extra_left_out", sheets.place(names.SHEET, row[ROW]), {"key": key}))
            elif key in _LISTS:
                data.setdefault(key, []).append(value)
            else:
                data[key] = value
        return cls(data)

    def satisfied_from(self) -> dict[str, int]:
        """The lists that are scales, with the lowest satisfied point."""
        found = {code: str(row.get("satisfied_from", "")) for code, row in self.scales.items()}
        return {code: int(value) for code, value in found.items() if value.isdecimal()}

    def scale(self, list_name: str, read: Mapping[str, Any]) -> dict[str, Any]:
        """A scale with what only our sheet knows of it."""
        return {**self.scales.get(list_name, {}), **read}

    def head(self) -> dict[str, Any]:
        """Everything that the sheets of XLSForm do not say themselves."""
        return {key: value for key, value in self.data.items() if key not in ("format", "title", "languages", "scales")}
