"""An invented cycle of 2024: score sheets of the 19 departments and 10 districts of Điện Biên on simulated figures.

No source gives the figures of these units, so every one of them is drawn, and says so: figures in the column ``note``,
entries in ``reason``, survey points in ``source``. The same seed gives the same tables on every machine (integers from
Python's ``random.Random`` only). What the draws are meant to show: items not assessed with an approved reason, items
left unanswered, appraised points below the claim, typed points beside a rule, and two pairs of units with equal sheets,
which share a rank. Nothing is pending, so that the index is final.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from random import Random

from scripts.simulated_cycle.figures import figures_of_unit

from parindex.domain.criteria.criteria_set import CriteriaSet, Node, Source
from parindex.domain.values import number_text

#: The seed of the tables that ship under ``data/examples/dien-bien-2024``.
SHIPPED_SEED = 2270

SIMULATED = "Số liệu mô phỏng"

_HEADS = {
    "units": ("unit", "title", "unit_group"),
    "figures": ("unit", "measure", "value", "year", "note"),
    "entries": ("unit", "item", "state", "self_points", "external_points", "appraised_points", "reason"),
    "points": ("unit", "item", "points", "se", "source"),
}
# Units that are drawn alike, so that they tie: the second takes the draws of the first.
_ALIKE = {"so-ngoai-vu": "so-khoa-hoc-va-cong-nghe", "huyen-nam-po": "huyen-muong-nhe"}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimulatedTables:
    """The four input tables of one group of units: rows of text by table name, in the order of :data:`_HEADS`."""

    rows: Mapping[str, tuple[Row, ...]]

    def write(self, folder: Path) -> None:
        """Write ``units.csv``, ``figures.csv``, ``entries.csv`` and ``points.csv`` into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, head in _HEADS.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(head)
                writer.writerows(self.rows[name])


@dataclass(frozen=True, slots=True)
class _Absence:
    """Something that a unit may lack: then the items are not assessed and the measures have no figure."""

    group: str
    percent: int
    reason: str
    items: frozenset[str]
    measures: frozenset[str]


_ABSENCES = (
    _Absence(
        "departments",
        35,
        "Không có đơn vị sự nghiệp công lập trực thuộc",
        frozenset({"4.1.3", "4.2.2", "5.1.2", "5.2", "5.3.2", "6.3.1", "6.3.2", "6.3.3"}),
        frozenset(
            {
                "public_service_posts",
                "public_service_present",
                "service_units",
                "service_units_with_proper_positions",
                "self_financing_units_added",
                "partly_self_financing_units_added",
            }
        ),
    ),
    _Absence(
        "departments",
        40,
        "Không được giao dự toán thu ngân sách",
        frozenset({"6.5"}),
        frozenset({"revenue_assigned", "revenue_collected"}),
    ),
    _Absence(
        "",
        30,
        "Không có kiến nghị sau thanh tra, kiểm tra, kiểm toán phải thực hiện trong năm",
        frozenset({"6.1.2"}),
        frozenset({"audit_amount", "audit_amount_paid"}),
    ),
)


def simulated_cycle(seed: int, departments: CriteriaSet, districts: CriteriaSet) -> dict[str, SimulatedTables]:
    """The tables of both unit groups by group id (``departments``, ``districts``), drawn from ``seed``."""
    return {
        group: _simulated_group(seed, group, criteria_set)
        for group, criteria_set in (("departments", departments), ("districts", districts))
    }


def _simulated_group(seed: int, group: str, criteria_set: CriteriaSet) -> SimulatedTables:
    units = _units(group)
    rows: dict[str, list[Row]] = {"figures": [], "entries": [], "points": []}
    for unit in (row[0] for row in units):
        draw = Random(f"{seed}/{_ALIKE.get(unit, unit)}")
        quality = draw.randint(550, 960)
        absent = [one for one in _ABSENCES if draw.randint(1, 100) <= one.percent and one.group in ("", group)]
        lacking = frozenset[str]().union(*(one.measures for one in absent))
        drawn = figures_of_unit(draw, quality, [key for key in criteria_set.measures if key not in lacking])
        year = str(criteria_set.year)
        rows["figures"] += [(unit, measure, value, year, SIMULATED) for measure, value in drawn.items()]
        reported = [item for item in criteria_set.items() if item.source in (None, Source.REPORT)]
        surveyed = [item for item in criteria_set.items() if item.source not in (None, Source.REPORT)]
        rows["entries"] += _entries(draw, quality, unit, reported, absent)
        rows["points"] += [_survey_points(draw, quality, unit, item) for item in surveyed]
    return SimulatedTables({"units": units, **{name: tuple(found) for name, found in rows.items()}})


def _units(group: str) -> tuple[Row, ...]:
    path = files("parindex") / "data" / "examples" / "dien-bien-2024" / group / "units.csv"
    return tuple(tuple(row) for row in list(csv.reader(path.read_text("utf-8").splitlines()))[1:])


def _entries(draw: Random, quality: int, unit: str, items: Sequence[Node], absent: Sequence[_Absence]) -> Iterator[Row]:
    """The entries of one unit: items without a rule are typed, the others follow from figures."""
    reasons = {code: one.reason for one in absent for code in one.items}
    by_hand = [item.code for item in items if item.rule is None and item.code not in reasons]
    forgotten = {draw.choice(by_hand)} if draw.randint(1, 3) == 1 else set()
    corrected = draw.choice(("7.2.3", "7.2.4", "")) if draw.randint(1, 4) == 1 else ""
    for item in items:
        if item.code in reasons:
            yield unit, item.code, "not_assessed", "", "", "", f"{reasons[item.code]} ({SIMULATED.lower()})"
        elif item.code in forgotten:
            yield unit, item.code, "unanswered", "", "", "", f"Đơn vị chưa nhập ({SIMULATED.lower()})"
        elif item.code == corrected:
            granted = number_text(_maximum(item) / 4)
            reason = f"Thẩm định theo số liệu của Hệ thống thông tin giải quyết TTHC ({SIMULATED.lower()})"
            yield unit, item.code, "answered", "", "", granted, reason
        elif item.rule is None:
            yield _typed_entry(draw, quality, unit, item)


def _typed_entry(draw: Random, quality: int, unit: str, item: Node) -> Row:
    """A claim in quarters of the maximum; the council grants a quarter less in about one case of eight."""
    quarters = sum(draw.randint(0, 999) < (quality - 250 if item.bonus else quality + 50) for _ in range(4))
    claimed = _maximum(item) * quarters / 4
    lowered = quarters > 0 and draw.randint(1, 8) == 1
    granted = _maximum(item) * (quarters - 1) / 4 if lowered else claimed
    reason = f"Chưa đủ tài liệu kiểm chứng ({SIMULATED.lower()})" if lowered else SIMULATED
    return unit, item.code, "answered", number_text(claimed), "", number_text(granted), reason


def _survey_points(draw: Random, quality: int, unit: str, item: Node) -> Row:
    """Points of a survey as a share of the maximum with four places, and a standard error of 0,5 to 2 % of it."""
    share = Fraction(6800 + 2 * quality + draw.randint(0, 1000), 10**4)
    error = Fraction(draw.randint(50, 200), 10**4)
    points = [number_text(Fraction(round(part * _maximum(item) * 10**4), 10**4)) for part in (share, error)]
    return unit, item.code, *points, SIMULATED


def _maximum(item: Node) -> Fraction:
    return item.max_points or Fraction(0)
