"""The bodies that are assessed, and the groups that are ranked together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that are ranked together (``departments``, ``districts``)."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One body that is assessed.

    ``parent`` is the unit that a ``sum_of_children`` measure is summed into; ``ranked`` is False for a unit that is
    scored but not ranked (decision 876: two special ministries). ``group_title`` heads a group that the set does not
    declare: the office of an official.
    """

    id: str
    title: str
    group: str = ""
    parent: str | None = None
    ranked: bool = True
    group_title: str = ""

    @property
    def full_title(self) -> str:
        """The title outside the group: an official with the office, because two offices may name theirs alike."""
        return f"{self.title} ({self.group_title})" if self.group_title else self.title
