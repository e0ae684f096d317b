"""What is typed about a unit, as data, with every problem by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from parindex.database.queries.units import unit_named
from parindex.documents.unit_tables.cells import codes_of, day_of
from parindex.domain.units import Decision
from parindex.usecases.units import UnitData
from parindex.wording.language import text

FIELDS = (
    "code", "name", "short_name", "kind", "other_kind", "parent", "first", "last", "decision", "decision_date",
    "predecessors", "overlap", "keep",
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9_-]{1,80}")
_LONGEST = {"name": 300, "short_name": 120, "kind": 60, "decision": 80, "overlap": 500}


@dataclass
class TypedUnit:
    """A form about units; each reader of a field notes what is wrong with it."""

    typed: Mapping[str, str]
    today: date
    problems: dict[str, str] = field(default_factory=dict)

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """A day as day/month/year."""
        words = self.typed[name]
        found = day_of(words) if words else None
        if found is None and (words or needed):
            self.problems[name] = (
                text("“{typed}” không phải một ngày có trong lịch. Ghi ngày/tháng/năm, ví dụ 01/07/2025.", typed=words)
                if words
                else text("Chưa ghi ngày. Ghi ngày/tháng/năm, ví dụ 01/07/2025.")
            )
        return found

    def code(self, name: str = "code") -> str:
        """A code that can stand in a path."""
        words = self.typed[name]
        if not _CODE.fullmatch(words):
            self.problems[name] = text("Mã chỉ gồm chữ cái không dấu, chữ số, dấu - và _, tối đa 80 ký tự.")
        return words

    def data(self, on: date | None) -> UnitData:
        """Name, kind and parent; the parent is meant by its code or its name on the day ``on``."""
        if not self.typed["name"]:
            self.problems["name"] = text("Chưa ghi tên đơn vị.")
        kind = self.typed["other_kind"] or self.typed["kind"]
        for name, limit in _LONGEST.items():
            words = kind if name == "kind" else self.typed[name]
            if len(words) > limit:
                self.problems[name] = text(
                    "Dài {length} ký tự, tối đa {allowed}. Rút gọn rồi gửi lại.", length=len(words), allowed=limit
                )
        parent = None
        if self.typed["parent"]:
            version = unit_named(self.typed["parent"], on or self.today)
            parent = version.unit.code if version else None
            if version is None:
                self.problems["parent"] = text(
                    "Không có đơn vị “{typed}” vào ngày đó. Ghi đúng mã hoặc tên đầy đủ.",
                    typed=self.typed["parent"][:100],
                )
        return UnitData(self.typed["name"], self.typed["short_name"], kind, parent)

    def decision(self, *, needed: bool) -> Decision:
        """Number with symbol, and date."""
        number, day = self.typed["decision"], self.day("decision_date", needed=needed)
        if needed and not number:
            self.problems["decision"] = text("Chưa ghi số, ký hiệu quyết định, ví dụ 1656/NQ-UBTVQH15.")
        return Decision(number, day)

    def predecessors(self) -> list[str]:
        """Codes, by blanks, commas or lines."""
        found = list(codes_of(self.typed["predecessors"]))
        if not found:
            self.problems["predecessors"] = text("Chưa ghi mã đơn vị tiền thân.")
        return found
