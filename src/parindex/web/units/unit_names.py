"""Units by their names: as lists offer them, as somebody types them, and in problems that name them by their codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from parindex.database.models import UnitVersion
from parindex.domain.errors import Problem

#: ``Phòng Nội vụ (phong-noi-vu-a)``: how units that are called alike are offered.
_WITH_CODE = re.compile(r"(?P<name>.+) \((?P<code>[A-Za-z0-9_-]+)\)")
#: Facts of problems that are codes of units.
_CODES = ("unit", "parent", "predecessor", "successor")


class UnitNames:
    """What every unit is called on ``today``; of one that is closed the last name, of a later one the first."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._versions: dict[str, list[UnitVersion]] = {}
        rows = UnitVersion.objects.select_related("unit").order_by("unit", "valid_from")
        for one in rows.only("unit__code", "name", "short_name", "valid_from", "valid_to"):
            self._versions.setdefault(one.unit.code, []).append(one)
        self._names = {code: _current(versions, today).name for code, versions in self._versions.items()}
        self._alike = Counter(map(str.casefold, self._names.values()))

    def add(self, code: str, name: str) -> None:
        """A unit of a table that is not taken yet."""
        self._names.setdefault(code, name)

    def label(self, code: str) -> str:
        """The name; with the code where another unit is called alike. An unknown code is its own label."""
        name = self._names.get(code)
        if name is None:
            return code
        return name if self._alike[name.casefold()] == 1 else self.with_code(code)

    def with_code(self, code: str) -> str:
        """``Sở Y tế (so-y-te)``: beside a table of codes."""
        return f"{self._names[code]} ({code})" if code in self._names else code

    def meant(self, typed: str, day: date, *, holding: bool = False) -> list[str]:
        """The codes of the units that somebody means by a code, a name of today or of ``day``, or a label.

        Several where the name does not tell. Of units that are called alike those that hold on ``day`` are meant;
        ``holding``: no others at all.
        """
        wanted = " ".join(typed.split()).casefold()
        if not wanted:
            return []
        found = [code for code in self._versions if code.casefold() == wanted] or self._called(wanted, day)
        in_brackets = _WITH_CODE.fullmatch(wanted)
        if not found and in_brackets is not None:
            named = self._called(in_brackets["name"], day)
            found = [code for code in named if code.casefold() == in_brackets["code"]]
        on_day = [code for code in found if _holding(self._versions[code], day) is not None]
        return on_day if on_day or holding else found

    def _called(self, wanted: str, day: date) -> list[str]:
        return [
            code for code, versions in self._versions.items()
            for shown in [(_current(versions, self._today), _holding(versions, day))]
            if any(wanted in (one.name.casefold(), one.short_name.casefold()) for one in shown if one is not None)
        ]  # fmt: skip

    def in_problem(self, problem: Problem, *, codes: bool = False) -> Problem:
        """A problem that says units by their names; ``codes``: beside the codes of a table."""
        called = self.with_code if codes else self.label
        facts = {key: called(value) if key in _CODES and isinstance(value, str) else value
                 for key, value in problem.facts.items()}  # fmt: skip
        if isinstance(facts.get("units"), list | tuple):
            facts["units"] = [called(one) if isinstance(one, str) else one for one in facts["units"]]
        return replace(problem, facts=facts)


def _current(versions: list[UnitVersion], day: date) -> UnitVersion:
    begun = [one for one in versions if one.valid_from <= day]
    return begun[-1] if begun else versions[0]


def _holding(versions: list[UnitVersion], day: date) -> UnitVersion | None:
    current = _current(versions, day)
    return current if current.valid_from <= day and (current.valid_to is None or current.valid_to >= day) else None
