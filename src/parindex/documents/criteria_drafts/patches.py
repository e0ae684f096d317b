"""The difference between two states of a draft as a list of changed paths, by which an act is told and undone.

A step into a list of rows carries the code of the row, so that an older act can be undone after others moved the row;
where the value is no longer what the act made of it, undoing is refused.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parindex.domain.errors import InvalidValue

#: A key, a position, or the position and code of a row.
Step = str | int | tuple[int, str]


@dataclass(frozen=True, slots=True)
class Patch:
    """At ``path`` stood ``old`` and stands ``new``; None: nothing."""

    path: tuple[Step, ...]
    old: Any
    new: Any

    def as_data(self) -> dict[str, Any]:
        """JSON data."""
        path = [list(step) if isinstance(step, tuple) else step for step in self.path]
        return {"path": path, "old": self.old, "new": self.new}

    @property
    def words_path(self) -> str:
        """The path as the log shows it: ``areas/2/2.3/2.3.1/code``."""
        steps = (step[1] if isinstance(step, tuple) else str(step) for step in self.path)
        return "/".join(step for step in steps if step != "children")


def patches_from_data(data: Sequence[dict[str, Any]]) -> tuple[Patch, ...]:
    """The patches again."""
    return tuple(
        Patch(
            tuple((step[0], step[1]) if isinstance(step, list) else step for step in one["path"]),
            one["old"],
            one["new"],
        )
        for one in data
    )


def patches(old: Any, new: Any, path: tuple[Step, ...] = ()) -> Iterator[Patch]:
    """What was changed from ``old`` to ``new``, in reading order."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from patches(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, (one, two) in enumerate(zip(old, new, strict=True)):
            code = two.get("code") if isinstance(two, dict) else None
            yield from patches(one, two, (*path, at if code is None else (at, code)))
    else:
        yield Patch(path, old, new)


def undone(data: Any, done: Sequence[Patch]) -> Any:
    """``data`` as it would be without ``done``. Raises :class:`InvalidValue`: ``changed_since``."""
    data = copy.deepcopy(data)
    for one in reversed(done):
        holder, key = _holder(data, one)
        now = holder.get(key) if isinstance(holder, dict) else holder[key]
        if now != one.new:
            raise InvalidValue("changed_since", path=one.words_path)
        if one.old is None and isinstance(holder, dict):
            del holder[key]
        else:
            holder[key] = copy.deepcopy(one.old)
    return data


def _holder(data: Any, one: Patch) -> tuple[Any, Any]:
    """What holds the value at the end of the path, and by which key."""
    for at, step in enumerate(one.path):
        key = _found(data, step, one) if isinstance(step, tuple) else step
        if at == len(one.path) - 1:
            return data, key
        data = data.get(key) if isinstance(data, dict) else _listed(data, key)
        if data is None:
            break
    raise InvalidValue("changed_since", path=one.words_path)


def _listed(data: Any, key: Any) -> Any:
    return data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None


def _found(data: Any, step: tuple[int, str], one: Patch) -> int:
    """Where the row of a step stands now."""
    at, code = step
    rows = data if isinstance(data, list) else []
    if at < len(rows) and rows[at].get("code") == code:
        return at
    found = [position for position, row in enumerate(rows) if row.get("code") == code]
    if len(found) != 1:
        raise InvalidValue("changed_since", path=one.words_path)
    return found[0]
