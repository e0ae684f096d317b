"""How the cells of the workbook look: what is locked is grey, what is entered is yellow."""

from __future__ import annotations

from typing import Any

from parindex.documents.sheet_workbooks.layout import PlannedCell, Style

_GREY, _DARK, _HEAD, _ENTRY, _LINE = "#EDEFF2", "#DCE1E7", "#C5CED8", "#FFF9DB", "#A7B0BA"
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
#: Decimals as far as there are any; whole numbers get :data:`WHOLE` by a condition, without a mark behind them.
DECIMALS = "#,##0.############"
WHOLE = "#,##0"
TEXT = "@"
_NUMBERS = {Style.NUMBER: DECIMALS, Style.AREA_NUMBER: DECIMALS, Style.WHOLE: WHOLE}
_SHADES = {Style.AREA_TEXT: _DARK, Style.AREA_NUMBER: _DARK, Style.HEAD: _HEAD}
_BOLD = frozenset({Style.TITLE, Style.HEAD, Style.AREA_TEXT, Style.AREA_NUMBER})


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[tuple[Style, bool], Any] = {}
        self.whole = file.add_format({"num_format": WHOLE})
        self.heading = file.add_format({**_FONT, "bold": True, "font_size": 12})
        self.paragraph = file.add_format(dict(_FONT))

    def of(self, cell: PlannedCell) -> Any:
        """The format of a planned cell."""
        key = (cell.style, cell.entry is not None)
        if key not in self._made:
            self._made[key] = self._file.add_format(_properties(*key))
        return self._made[key]


def _properties(style: Style, unlocked: bool) -> dict[str, object]:
    if style in (Style.TITLE, Style.NOTE):
        # Lines above the table run over the columns beside them.
        return {**_FONT, "text_wrap": False, "bold": style in _BOLD, "font_size": 14 if style is Style.TITLE else 11}
    properties: dict[str, object] = {
        **_FONT,
        "border": 1,
        "border_color": _LINE,
        "bold": style in _BOLD,
        "bg_color": _ENTRY if unlocked else _SHADES.get(style, _GREY),
        "locked": not unlocked,
        # As text, so that "- Kế hoạch số 12" and "=…" are words and "1.10" stays 1.10.
        "num_format": _NUMBERS.get(style, TEXT),
    }
    if style is Style.HEAD:
        properties |= {"align": "center", "valign": "vcenter"}
    return properties
