"""A small survey as files: two provinces, four districts each, six respondents in a district."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

HEADS = ("respondent", "province", "district", "n_districts", "weight", "q01", "q02", "q03", "wish", "age", "sex")
DESIGN = """\
strata: [province]
stages: [{cluster: district, population: n_districts}]
weight: weight
lonely: fail
unit: province
items: [q01, q02, q03]
scale: 5
groups: {g1: [q01, q02], g2: [q03]}
wishes: {wish: ["1", "2", "6"]}
numbers: [age]
ratios: {r: {of: age, to: q01}}
"""
SET = """\
format: parindex/criteria-set/1
id: thu
title: "Bộ thử"
year: 2024
level: district
unit_groups:
  - {id: all, title: "Tất cả"}
areas:
  - code: "1"
    title: "Hài lòng"
    max_points: 5
    children:
      - {code: "1.1", title: "Nhóm một", max_points: 3, source: satisfaction_index, survey: {of: [g1], index: share}}
      - {code: "1.2", title: "Nhóm hai", max_points: 2, source: satisfaction_index, survey: {of: [g2], minimum: 24}}
"""

Row = dict[str, str]


def rows() -> list[Row]:
    """The respondents; every seventh left q02 blank."""
    found = []
    for number in range(48):
        province, district = number // 24, number // 6
        found.append(
            {
                "respondent": f"r{number}",
                "province": f"0{province + 1}",
                "district": f"d{district}",
                "n_districts": "9",
                "weight": str(1 + number % 4),
                "q01": str(1 + number % 5),
                "q02": "" if number % 7 == 3 else str(1 + number * 2 % 5),
                "q03": str(3 + number % 3),
                "wish": ("1", "1;6", "", "2")[number % 4],
                "age": str(20 + number),
                "sex": "fm"[number % 2],
            }
        )
    return found


def written(folder: Path, change: Callable[[list[Row]], object] | None = None, name: str = "f.csv") -> str:
    """The path of a table of the respondents, after ``change``."""
    table = rows()
    if change is not None:
        change(table)
    heads = list(table[0] if table else HEADS)
    lines = [",".join(row[head] for head in heads) for row in table]
    path = folder / name
    path.write_text("\n".join([",".join(heads), *lines]) + "\n", "utf-8")
    return str(path)


def design(folder: Path, changes: Mapping[str, str] | None = None, more: str = "", name: str = "d.yaml") -> str:
    """The path of the design, with texts replaced and lines added."""
    content = DESIGN + more
    for old, new in (changes or {}).items():
        assert old in content
        content = content.replace(old, new)
    path = folder / name
    path.write_text(content, "utf-8")
    return str(path)


def criteria_set(folder: Path, changes: Mapping[str, str] | None = None) -> str:
    """The path of the set, with texts replaced."""
    content = SET
    for old, new in (changes or {}).items():
        assert old in content
        content = content.replace(old, new)
    path = folder / "set.yaml"
    path.write_text(content, "utf-8")
    return str(path)
