"""The holidays that ship with parindex, read once."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from parindex.documents.criteria_sets.yaml_text import read_yaml_file
from parindex.domain.review.days_off import DayOffKind, DaysOff, Holidays


@cache
def holidays() -> Holidays:
    """The holidays of Viet Nam (``data/holidays``): by law on a fixed day, and announced for single years."""
    with as_file(files("parindex") / "data" / "holidays" / "viet_nam.yaml") as path:
        read: Any = read_yaml_file(path).data
    yearly = [(DayOffKind(one["kind"]), int(one["day"][:2]), int(one["day"][3:])) for one in read["yearly"]]
    announced = [
        DaysOff(DayOffKind(one["kind"]), date.fromisoformat(one["from"]), date.fromisoformat(one["to"]))
        for one in read["announced"]
    ]
    return Holidays(tuple(yearly), tuple(announced))
