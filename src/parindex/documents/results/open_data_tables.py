"""The tables of open data: what stands in them, column by column, from the detail that is kept of each unit's result.

Units come one after the other, each with everything that is known of it; no table is ever held as a whole. Numbers are
decimals with a point; where decimals do not end within twelve places they are rounded half-up, and the value itself
stands in the column ``…_exact``, as ``14/3``. An empty cell says that there is no value; zero is ``0``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.documents.results.result_files import PLACES, decimal_text
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.values import decimal_places, exact_number

Cell = str | int | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class OpenSet:
    """The yardstick of a group: the set, its YAML as it was frozen, and its fingerprint."""

    group: str
    title: str
    fingerprint: str
    content: str
    criteria_set: CriteriaSet


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """One unit as published; numbers are exact texts, "" for none. ``detail``: nodes, parts and items of its result."""

    group: str
    code: str
    name: str
    ranked: bool
    rank: int | None
    index: str
    points: str
    max_points: str
    grade: str
    detail: Mapping[str, Any]

    @property
    def simulated(self) -> bool:
        """Whether its figures and claims are those of an example that were made up."""
        return bool(self.detail.get("simulated"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type in a Table Schema (string, number, integer, boolean), what stands in it."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the columns that name a row, all columns, and the rows of one unit."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[OpenUnit], Iterator[Row]]


def decimal(text: str) -> str:
    """A number as a decimal; "" stays empty."""
    return (decimal_text(exact_number(text)) or "") if "/" in text else text


def exact(text: str) -> str:
    """The number itself where its decimals do not end; "" elsewhere."""
    if "/" not in text:
        return ""
    places = decimal_places(Fraction(text))
    return text if places is None or places > PLACES else ""


def _units(unit: OpenUnit) -> Iterator[Row]:
    yield (
        unit.group, unit.code, unit.name, unit.ranked, unit.rank, decimal(unit.index), exact(unit.index),
        decimal(unit.points), exact(unit.points), decimal(unit.max_points), unit.grade, unit.simulated,
    )  # fmt: skip


def _sums(key: str) -> Callable[[OpenUnit], Iterator[Row]]:
    def rows(unit: OpenUnit) -> Iterator[Row]:
        for code, one in unit.detail[key].items():
            yield unit.code, code, decimal(one["points"]), exact(one["points"]), decimal(one["max_points"])

    return rows


def _items(unit: OpenUnit) -> Iterator[Row]:
    for code, one in unit.detail["items"].items():
        left_out = one["not_assessed"] or {}
        yield (
            unit.code, code, one["state"], one["origin"], decimal(one["points"]), exact(one["points"]),
            decimal(one["max_points"]), decimal(one["self"]), decimal(one["rule"]), exact(one["rule"]),
            decimal(one["survey"]), decimal(one["survey_error"]), decimal(one.get("survey_estimate", "")),
            one.get("survey_answers"), decimal(one["external"]), decimal(one["appraised"]),
            left_out.get("reason", ""), left_out.get("legal_basis", ""), unit.simulated,
        )  # fmt: skip


def _figures(unit: OpenUnit) -> Iterator[Row]:
    seen: set[tuple[str, int]] = set()
    for one in unit.detail["items"].values():
        for figure in one["figures"]:
            key = (figure["measure"], figure["year"])
            if key not in seen and figure["value"] != "":
                seen.add(key)
                yield unit.code, *key, figure["value"], unit.simulated


def _granted(unit: OpenUnit) -> Iterator[Row]:
    for code, one in unit.detail["items"].items():
        for number, given in enumerate(one["granted"], start=1):
            yield (
                unit.code, code, number, given["level"], given["body"], given["kind"], decimal(given["points"]),
                given["reason"], given["on"], given["given"], given["stands"], given["illustration"],
                unit.simulated,
            )  # fmt: skip


def _column(name: str, type_: str, description: str) -> Column:
    return Column(name, type_, description)


_UNIT = _column("unit", "string", "code of the unit (đơn vị)")
_POINTS = (
    _column("points", "number", "points achieved (điểm đạt)"),
    _column("points_exact", "string", "the value itself as a fraction where its decimals do not end"),
)
_SIMULATED = _column("simulated", "boolean", "true: figures and claims of this unit are simulated (mô phỏng), not real")
_MAXIMUM = _column("max_points", "number", "maximum of what is assessed (điểm tối đa)")

TABLES = (
    Table("units", "Kết quả của từng đơn vị", ("unit",), (
        _column("group", "string", "code of the unit group (nhóm)"),
        _UNIT,
        _column("name", "string", "name of the unit when the cycle was opened"),
        _column("ranked", "boolean", "false: scored but not ranked, as a unit alone in its group"),
        _column("rank", "integer", "competition rank inside the group; equal values share a rank (hạng)"),
        _column("index", "number", "points ÷ maximum × 100 after the declared rounding (chỉ số, %)"),
        _column("index_exact", "string", "the value itself as a fraction where its decimals do not end"),
        *_POINTS, _MAXIMUM,
        _column("grade", "string", "grade (xếp loại)"),
        _SIMULATED,
    ), _units),
    Table("nodes", "Điểm theo lĩnh vực, tiêu chí", ("unit", "code"), (
        _UNIT, _column("code", "string", "code of the area or criterion (mã)"), *_POINTS, _MAXIMUM,
    ), _sums("nodes")),
    Table("parts", "Điểm theo nguồn", ("unit", "part"), (
        _UNIT, _column("part", "string", "part of the hundred (phần điểm)"), *_POINTS, _MAXIMUM,
    ), _sums("parts")),
    Table("items", "Điểm từng mục", ("unit", "code"), (
        _UNIT,
        _column("code", "string", "code of the item (mã mục)"),
        _column("state", "string", "answered, unanswered (earns nothing), not_assessed (leaves the maximum), absent"),
        _column("origin", "string", "whose points count: appraised, external, survey, self, rule, none"),
        *_POINTS, _MAXIMUM,
        _column("self", "number", "points that the unit claims (tự chấm)"),
        _column("rule", "number", "points that follow from the figures by the rule"),
        _column("rule_exact", "string", "the value itself as a fraction where its decimals do not end"),
        _column("survey", "number", "points of a survey (điều tra)"),
        _column("survey_error", "number", "their standard error, in points (sai số chuẩn)"),
        _column("survey_estimate", "number", "the estimate from 0 to 1 that they were made of (ước lượng)"),
        _column("survey_answers", "integer", "how many answers it rests on (số câu trả lời)"),
        _column("external", "number", "points by the agency that keeps the data"),
        _column("appraised", "number", "points that the council granted (thẩm định)"),
        _column("not_assessed_reason", "string", "why the item is not assessed"),
        _column("not_assessed_basis", "string", "legal basis of that"),
        _SIMULATED,
    ), _items),
    Table("figures", "Số liệu", ("unit", "measure", "year"), (
        _UNIT,
        _column("measure", "string", "code of the measure in the criteria set (chỉ tiêu số liệu)"),
        _column("year", "integer", "year of the figure"),
        _column("value", "string", "the figure; of a choice the key of the option"),
        _SIMULATED,
    ), _figures),
    Table("opinions", "Ý kiến thẩm định của hội đồng", ("unit", "code", "number"), (
        _UNIT,
        _column("code", "string", "code of the item"),
        _column("number", "integer", "order in which the opinions were given"),
        _column("level", "integer", "level of appraisal (cấp thẩm định)"),
        _column("body", "string", "body that gave it, where the source names one (đơn vị cho ý kiến)"),
        _column("kind", "string", "accept, adjust, accept_provisionally"),
        _column("points", "number", "points granted"),
        _column("reason", "string", "reason, where it may be public"),
        _column("date", "string", "day on which it was given or recorded"),
        _column("given", "string", "time that the paper prints, with its offset; empty where it prints none"),
        _column("stands", "boolean", "false: said before, and no longer what grants the points"),
        _column("illustration", "string", "what of this row is made up, as the source does not print it (minh họa)"),
        _SIMULATED,
    ), _granted),
)  # fmt: skip

#: The yardstick as a table; it has no units.
CRITERIA_COLUMNS = (
    _column("group", "string", "code of the unit group that is scored by the set"),
    _column("code", "string", "code of the area, criterion or item"),
    _column("level", "integer", "1 area, 2 criterion, 3 subcriterion"),
    _column("title", "string", "title"),
    _column("max_points", "number", "declared maximum"),
    _column("source", "string", "who gives the points: report, opinion_survey, satisfaction_index, external"),
    _column("part", "string", "part of the hundred that an item counts in"),
    _column("rule", "string", "kind of rule; the rule itself stands in the YAML file of the set"),
    _column("clause", "string", "clause that states the rule"),
    _column("assumed", "boolean", "true: no paper states the rule"),
)
CRITERIA_KEY = ("group", "code")
CRITERIA_TITLE = "Bộ tiêu chí"


def criteria_rows(one: OpenSet) -> Iterator[Row]:
    """The tree of a set, in reading order."""
    for level, node in one.criteria_set.walk_with_depth():
        rule = node.rule
        yield (
            one.group, node.code, level, node.display_title or node.title, decimal_text(node.max_points) or "",
            (node.source or "report") if node.is_item else "", one.criteria_set.part_of(node) if node.is_item else "",
            str(rule.data.get("kind", "")) if rule is not None else "", rule.clause if rule is not None else "",
            rule.assumed if rule is not None else None,
        )  # fmt: skip
