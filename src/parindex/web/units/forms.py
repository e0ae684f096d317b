"""What is typed about a unit, as data, with every problem by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from parindex.documents.unit_tables.cells import codes_of, day_of
from parindex.domain.units import Decision
from parindex.usecases.units import UnitData
from parindex.web.units.unit_names import UnitNames
from parindex.wording.language import text

FIELDS = (
    "code", "name", "short_name", "kind", "other_kind", "parent", "first", "last", "decision", "decision_date",
    "predecessors", "overlap", "keep", "reason",
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9_-]{1,80}")
#: Between the units that stand in one text: names have commas and blanks in them.
BETWEEN = "; "
_LONGEST = {"name": 300, "short_name": 120, "kind": 60, "decision": 80, "overlap": 500}


@dataclass
class TypedUnit:
    """A form about units; each reader of a field notes what is wrong with it."""

    typed: Mapping[str, str]
    today: date
    confirmed: bool = False
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
        parent = self._unit("parent", self.typed["parent"], on or self.today, holding=True)
        return UnitData(self.typed["name"], self.typed["short_name"], kind, parent)

    def decision(self, *, needed: bool) -> Decision:
        """Number with symbol, and date."""
        number, day = self.typed["decision"], self.day("decision_date", needed=needed)
        if needed and not number:
            self.problems["decision"] = text("Chưa ghi số, ký hiệu quyết định, ví dụ 1656/NQ-UBTVQH15.")
        return Decision(number, day)

    @cached_property
    def names(self) -> UnitNames:
        """What units are called; read when it is first asked for."""
        return UnitNames(self.today)

    def predecessors(self, first: date | None) -> list[str]:
        """The codes of the units that end the day before ``first``; each problem stands at the box of its unit."""
        day = (first or self.today) - timedelta(days=1)
        found: list[str] = []
        for at, words in enumerate(boxes_of(self.typed["predecessors"])):
            codes = codes_of(words)
            if all(self.names.meant(one, day) == [one] for one in codes):
                found += codes
            elif code := self._unit(box_id(at), words, day):
                found.append(code)
        if not self.typed["predecessors"]:
            self.problems[box_id(0)] = text("Chưa ghi đơn vị tiền thân. Ghi tên ít nhất một đơn vị.")
        return found

    def _unit(self, at: str, words: str, day: date, *, holding: bool = False) -> str | None:
        """The code of the one unit that is meant; a problem at the field ``at`` where none or several are."""
        if not words:
            return None
        meant = self.names.meant(words, day, holding=holding)
        if not meant:
            self.problems[at] = text(
                "Không có đơn vị “{typed}” vào ngày đó. Ghi đúng mã hoặc tên đầy đủ.", typed=words[:100]
            )
        elif len(meant) > 1:
            self.problems[at] = text(
                "Có {count} đơn vị tên “{typed}”. Ghi một trong: {units}.", count=len(meant), typed=words[:100],
                units=BETWEEN.join(self.names.with_code(one) for one in meant[:10]),
            )  # fmt: skip
        return meant[0] if len(meant) == 1 else None


def boxes_of(typed: str) -> list[str]:
    """The units of one text, one a box."""
    return [one for one in typed.split(BETWEEN) if one]


def box_id(at: int) -> str:
    """The id of a box for one predecessor; the first is that of the whole."""
    return f"predecessors-{at + 1}" if at else "predecessors"
