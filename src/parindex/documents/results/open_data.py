"""A published cycle as open data: CSV, JSON, XLSX and a Frictionless Data Package; the same result is the same bytes.

In CSV and XLSX no text can become a formula: in CSV an apostrophe stands before what a spreadsheet would calculate
(:func:`~parindex.documents.unit_tables.cells.guarded`), in XLSX text is stored as text. CSV files alone begin with the
mark by which spreadsheets know UTF-8; those in the package do not, as its specification asks.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parindex.documents.results.open_data_tables import (
    CRITERIA_COLUMNS,
    CRITERIA_KEY,
    CRITERIA_TITLE,
    TABLES,
    Column,
    OpenSet,
    OpenUnit,
    Row,
    criteria_rows,
)
from parindex.documents.unit_tables.cells import guarded

FORMAT = "parindex/open-data/1"
#: A workbook takes a sheet of this many rows; longer tables stand in the other files.
MOST_SHEET_ROWS = 50_000
#: A fixed time, so that the same result is the same file.
_TIME = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class OpenCycle:
    """A publication: what it says of itself, the yardsticks, and the units, asked for anew for every table.

    Dates are written as 2025-06-12; ``fingerprint`` is that of the frozen snapshot.
    """

    title: str
    year: int
    owner: str
    number: int
    decision_number: str
    decision_date: str
    public_from: str
    reason: str
    fingerprint: str
    sets: Sequence[OpenSet]
    units: Callable[[], Iterable[OpenUnit]]

    @property
    def sources(self) -> list[dict[str, str]]:
        """Where the data are from, to be named by whoever uses them: the decision that published them, and who did. No
        licence is claimed for them: only their owner could grant one, and nothing says that it has.
        """
        return [{"title": f"{self.owner}: {self.title}. {self.decision_number}, {self.decision_date}"}]

    @property
    def facts(self) -> dict[str, Any]:
        """What stands before the units, for machines."""
        return {
            "title": self.title, "year": self.year, "owner": self.owner, "publication": self.number,
            "decision": {"number": self.decision_number, "date": self.decision_date},
            "public_from": self.public_from, "reason": self.reason, "snapshot_fingerprint": self.fingerprint,
            "sources": self.sources,
            "criteria_sets": [
                {"group": one.group, "title": one.title, "fingerprint": one.fingerprint} for one in self.sets
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with all its rows."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def _sheets(cycle: OpenCycle) -> list[_Sheet]:
    def of(rows: Callable[[OpenUnit], Iterator[Row]]) -> Callable[[], Iterator[Row]]:
        return lambda: (row for unit in cycle.units() for row in rows(unit))

    found = [_Sheet(one.name, one.title, one.key, one.columns, of(one.rows)) for one in TABLES]
    yardstick = _Sheet(
        "criteria", CRITERIA_TITLE, CRITERIA_KEY, CRITERIA_COLUMNS,
        lambda: (row for one in cycle.sets for row in criteria_rows(one)),
    )  # fmt: skip
    return [*found, yardstick]


def table_names() -> list[str]:
    """The tables that there are, by name."""
    return [*(one.name for one in TABLES), "criteria"]


# --- CSV -----------------------------------------------------------------------------------------------------------


def write_csv(path: Path, cycle: OpenCycle, name: str) -> None:
    """The table ``name`` for a spreadsheet."""
    sheet = next(one for one in _sheets(cycle) if one.name == name)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _write_rows(file, sheet)


def _write_rows(file: Any, sheet: _Sheet) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([one.name for one in sheet.columns])
    is_text = [one.type == "string" for one in sheet.columns]
    for row in sheet.rows():
        writer.writerow([_csv_cell(cell, text) for cell, text in zip(row, is_text, strict=True)])


def _csv_cell(cell: object, is_text: bool) -> object:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if cell is None:
        return ""
    # A fraction of our own making (-50/21) is no formula.
    return guarded(str(cell)) if is_text and not _is_fraction(str(cell)) else cell


def _is_fraction(text: str) -> bool:
    return text.removeprefix("-").replace("/", "", 1).replace(".", "", 1).isdecimal()


# --- JSON ----------------------------------------------------------------------------------------------------------


def write_json(path: Path, cycle: OpenCycle) -> None:
    """Everything in one file, unit by unit; numbers are texts, exact, "" for none."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = _json({"format": FORMAT, **cycle.facts})
        file.write(head[:-1] + ',"units":[')
        for number, unit in enumerate(cycle.units()):
            file.write((",\n" if number else "\n") + _json(_unit_data(unit)))
        file.write("\n]}\n")


def _unit_data(unit: OpenUnit) -> dict[str, Any]:
    return {
        "group": unit.group, "unit": unit.code, "name": unit.name, "ranked": unit.ranked, "rank": unit.rank,
        "index": unit.index, "points": unit.points, "max_points": unit.max_points, "grade": unit.grade, **unit.detail,
    }  # fmt: skip


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


# --- XLSX ----------------------------------------------------------------------------------------------------------


def write_xlsx(path: Path, cycle: OpenCycle) -> None:
    """One workbook, a sheet a table; a table too long for it is named on the first sheet and stands in its CSV file."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.datetime(*_TIME[:3], tzinfo=datetime.UTC)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        cover = book.add_worksheet("publication")
        cover.set_column(0, 0, 28)
        cover.set_column(1, 1, 90)
        lines = _cover(cycle)
        for sheet in _sheets(cycle):
            rows = list(_first(sheet.rows(), MOST_SHEET_ROWS + 1))
            if len(rows) > MOST_SHEET_ROWS:
                lines.append((sheet.name, f"{sheet.name}.csv"))
                continue
            _write_sheet(book.add_worksheet(sheet.name), sheet, rows, head)
        for at, (name, value) in enumerate(lines):
            cover.write_string(at, 0, name, head)
            cover.write_string(at, 1, value)


def _cover(cycle: OpenCycle) -> list[tuple[str, str]]:
    lines = [
        ("title", cycle.title), ("year", str(cycle.year)), ("owner", cycle.owner), ("publication", str(cycle.number)),
        ("decision", f"{cycle.decision_number}, {cycle.decision_date}"), ("public_from", cycle.public_from),
        ("reason", cycle.reason), ("snapshot_fingerprint", cycle.fingerprint), ("source", cycle.sources[0]["title"]),
    ]  # fmt: skip
    return [*lines, *((f"criteria_set {one.group}", f"{one.title}; {one.fingerprint}") for one in cycle.sets)]


def _write_sheet(page: Any, sheet: _Sheet, rows: Sequence[Row], head: Any) -> None:
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.name, head)
        page.set_column(at, at, 44 if column.name in ("name", "title", "reason") else 14)
        for number, row in enumerate(rows, start=1):
            cell = row[at]
            if cell is None or cell == "":
                continue
            if isinstance(cell, bool):
                page.write_boolean(number, at, cell)
            elif column.type in ("number", "integer"):
                page.write_number(number, at, float(cell))
            else:
                page.write_string(number, at, str(cell)[:32_767])


def _first(rows: Iterator[Row], most: int) -> Iterator[Row]:
    for _, row in zip(range(most), rows, strict=False):
        yield row


# --- the package ---------------------------------------------------------------------------------------------------


def write_package(path: Path, cycle: OpenCycle) -> None:
    """A Frictionless Data Package: every table with its schema, the yardsticks as YAML, what the whole is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        resources = []
        for sheet in _sheets(cycle):
            text = io.StringIO(newline="")
            _write_rows(text, sheet)
            content = text.getvalue().encode()
            _add(package, f"data/{sheet.name}.csv", content)
            resources.append(_resource(sheet, content))
        for one in cycle.sets:
            content = one.content.encode()
            _add(package, _set_path(one), content)
            resources.append(_set_resource(one, content))
        described = {
            "profile": "data-package", "name": f"parindex-{cycle.fingerprint[:16]}-{cycle.number}",
            "title": cycle.title, "created": cycle.public_from, "sources": cycle.sources,
            "contributors": [{"title": cycle.owner, "role": "publisher"}], "resources": resources,
            "parindex": cycle.facts,
        }  # fmt: skip
        text_of = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
        _add(package, "datapackage.json", text_of.encode())


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    package.writestr(entry, content)


def _file_facts(content: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {"encoding": "utf-8", "bytes": len(content), "hash": f"sha256:{digest}"}


def _resource(sheet: _Sheet, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": one.name, "type": one.type, "description": one.description} for one in sheet.columns],
        "missingValues": [""],
        "primaryKey": list(sheet.key),
    }
    if sheet.columns[0].name == "unit":
        schema["foreignKeys"] = [{"fields": ["unit"], "reference": {"resource": "units", "fields": ["unit"]}}]
    return {
        "profile": "tabular-data-resource", "name": sheet.name, "title": sheet.title, "path": f"data/{sheet.name}.csv",
        "format": "csv", "mediatype": "text/csv", "dialect": {"lineTerminator": "\r\n"}, **_file_facts(content),
        "schema": schema,
    }  # fmt: skip


def _set_resource(one: OpenSet, content: bytes) -> dict[str, Any]:
    return {
        "profile": "data-resource", "name": f"criteria-set-{_plain(one.group)}", "title": one.title,
        "path": _set_path(one), "format": "yaml", "mediatype": "application/yaml",
        **_file_facts(content),
    }  # fmt: skip


def _set_path(one: OpenSet) -> str:
    return f"criteria_sets/{_plain(one.group)}.yaml"


def _plain(code: str) -> str:
    """A code as part of a name of a file or resource."""
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in code.lower())
