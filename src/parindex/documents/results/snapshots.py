"""A snapshot as text that anybody can read and recompute: canonical JSON, its fingerprint, its compressed form.

The text holds every input (criteria sets as YAML with their fingerprints, figures, entries, typed points, all as
columns with a text per unit) and beside them what came out, so that one file proves the result:
:func:`parse_snapshot` gives both back. Names of persons are nowhere in it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from parindex.documents.canonical_json import canonical, is_text_of, parsed
from parindex.documents.criteria_sets.criteria_set_file import fingerprint, parse_criteria_set
from parindex.documents.json_differences import first_difference
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.publication.recomputation import GroupOutcome, ItemOutcome, UnitOutcome
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot, Texts
from parindex.domain.scoring.score_sheet import EntryState, Origin

FORMAT = "parindex/snapshot/1"
#: No number of a result is longer: fractions with hundreds of thousands of digits would hold a machine for minutes.
MOST_CHARACTERS = 2_000
#: How canonical JSON writes the character that no database keeps.
_NUL = rb"\u0000"
_STATES = {state.name.lower(): state for state in EntryState}
_STATE_NAMES = {state: name for name, state in _STATES.items()}
_TYPED = {
    "self_points": Origin.SELF,
    "survey_points": Origin.SURVEY,
    "external_points": Origin.EXTERNAL,
    "appraised_points": Origin.APPRAISED,
}


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A snapshot with what came out of it when it was made, and its fingerprint. ``withheld``: how many reasons the
    text lacks, and ``whole`` the fingerprint of the text with them, as it says itself: nothing proves that.
    """

    snapshot: Snapshot
    outcomes: tuple[GroupOutcome, ...]
    fingerprint: str
    withheld: int = 0
    whole: str = ""


def snapshot_text(snapshot: Snapshot, contents: Sequence[str], outcomes: Sequence[GroupOutcome]) -> str:
    """The canonical text: keys in order, nothing between, no escapes.

    ``contents``: the YAML of the criteria set of each group, as it is stored; ``outcomes``: what came out for each.
    """
    return canonical(_data(snapshot, contents, outcomes))


def snapshot_fingerprint(text: str) -> str:
    """The fingerprint of a snapshot: SHA-256 of its text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def packed(text: str) -> bytes:
    """The text as it is stored."""
    return zlib.compress(text.encode(), level=6)


def unpacked(content: bytes) -> str:
    """The text of what is stored."""
    return zlib.decompress(content).decode()


def without_reasons(text: str, places: Collection[tuple[str, str, str, str]]) -> str:
    """The text of a snapshot without some of the reasons for which items are not assessed (group, unit, item, reason),
    because they are kept from the public. Nothing is computed from them.

    Where it lacks any it says how many, and what fingerprint the whole text has.
    """
    if not places:
        return text
    data, gone = parsed(text.encode()), 0
    for group in data["groups"]:
        units = [one["code"] for one in group["units"]]
        for item in group["items"]:
            for at, reason in enumerate(item.get("reasons", ())):
                if (group["code"], units[at], item["code"], reason) in places:
                    item["reasons"][at], gone = "", gone + 1
    if not gone:
        return text
    data["withheld"] = {"reasons": gone, "fingerprint": snapshot_fingerprint(text)}
    return canonical(data)


# --- writing -----------------------------------------------------------------------------------------------------


def _data(snapshot: Snapshot, contents: Sequence[str], outcomes: Sequence[GroupOutcome]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "cycle": {"title": snapshot.title, "year": snapshot.year, "owner": snapshot.owner},
        "groups": [
            _group(group, content, outcome)
            for group, content, outcome in zip(snapshot.groups, contents, outcomes, strict=True)
        ],
    }


def _group(group: FrozenGroup, content: str, outcome: GroupOutcome) -> dict[str, Any]:
    return {
        "code": group.code,
        "title": group.title,
        "criteria_set": {"fingerprint": group.set_fingerprint, "content": content},
        "units": [asdict(unit) for unit in group.units],
        "figures": [{"measure": name, "year": year, "values": of} for (name, year), of in group.figures.items()],
        "items": [{"code": code, **_item(item)} for code, item in group.items.items()],
        "result": {
            "units": [_unit_outcome(one) for one in outcome.units],
            "items": [{"code": code, **asdict(one)} for code, one in outcome.items.items()],
        },
    }


def _item(item: FrozenItem) -> dict[str, Any]:
    columns: dict[str, Any] = {"states": [_STATE_NAMES[one] for one in item.states]}
    columns |= {name: item.typed[origin] for name, origin in _TYPED.items() if origin in item.typed}
    columns |= {name: one for name, one in (("survey_errors", item.errors), ("reasons", item.reasons)) if one}
    return columns


def _unit_outcome(one: UnitOutcome) -> dict[str, Any]:
    return {
        "index": one.index, "points": one.points, "max_points": one.max_points, "grade": one.grade, "rank": one.rank
    }  # fmt: skip


# --- reading -----------------------------------------------------------------------------------------------------


def parse_snapshot(text: str | bytes, file: str = "") -> StoredSnapshot:
    """A snapshot from its text (or that in UTF-8). Raises :class:`InvalidInput`: ``not_a_snapshot`` with what is wrong,
    ``snapshot_field`` (``at``, ``found``, ``expected``: what the format has there) where the text says more or other
    than was read from it, ``snapshot_number_long``, those of :func:`~parindex.documents.canonical_json.parsed` and of
    :mod:`~parindex.domain.publication.snapshot`, or ``snapshot_set_changed`` where a criteria set does not give the
    fingerprint that stands beside it.
    """
    place = Place(file=file or None)
    content = text if isinstance(text, bytes) else text.encode()
    try:
        data = parsed(content)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InvalidInput([Problem("not_a_snapshot", place, {"format": FORMAT, "reason": ""})])
        if _NUL in content:
            raise ValueError("U+0000")
        read = _read(data, hashlib.sha256(content).hexdigest())
        _require_all_read(data, content, read)
    except InvalidValue as error:
        raise InvalidInput([Problem(error.kind, place, error.facts)]) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        facts = {"format": FORMAT, "reason": f": {error}"}
        raise InvalidInput([Problem("not_a_snapshot", place, facts)]) from None
    changed = [
        Problem("snapshot_set_changed", place, {"group": group.title, "expected": group.set_fingerprint[:16]})
        for group in read.snapshot.groups
        if fingerprint(group.criteria_set) != group.set_fingerprint
    ]
    if changed:
        raise InvalidInput(changed)
    return read


def _read(data: Mapping[str, Any], of: str) -> StoredSnapshot:
    groups = [_parsed_group(one) for one in data["groups"]]
    cycle = data["cycle"]
    snapshot = Snapshot(_text(cycle["title"]), int(cycle["year"]), _text(cycle["owner"]), tuple(groups))
    outcomes = tuple(_outcome(one, group) for one, group in zip(data["groups"], groups, strict=True))
    lacks = data.get("withheld", {"reasons": 0, "fingerprint": ""})
    return StoredSnapshot(snapshot, outcomes, of, int(lacks["reasons"]), _text(lacks["fingerprint"]))


def _require_all_read(data: Mapping[str, Any], content: bytes, read: StoredSnapshot) -> None:
    """What was read, written again, is the text: no field is unknown, nothing stands there twice, no value was read as
    another. Raises :class:`InvalidValue` (``snapshot_field``).
    """
    again = _data(read.snapshot, [one["criteria_set"]["content"] for one in data["groups"]], read.outcomes)
    if read.withheld:
        again["withheld"] = {"reasons": read.withheld, "fingerprint": read.whole}
    if not is_text_of(again, content):
        at, found, expected = first_difference(data, again)
        raise InvalidValue("snapshot_field", at=at, found=found, expected=expected)


def _parsed_group(data: Mapping[str, Any]) -> FrozenGroup:
    units = tuple(FrozenUnit(_text(one["code"]), _text(one["name"]), bool(one["ranked"])) for one in data["units"])
    return FrozenGroup(
        code=_text(data["code"]),
        title=_text(data["title"]),
        criteria_set=parse_criteria_set(_text(data["criteria_set"]["content"])),
        set_fingerprint=_text(data["criteria_set"]["fingerprint"]),
        units=units,
        figures={(_text(one["measure"]), int(one["year"])): _numbers(one["values"]) for one in data["figures"]},
        items={_text(one["code"]): _parsed_item(one) for one in data["items"]},
    )


def _parsed_item(data: Mapping[str, Any]) -> FrozenItem:
    return FrozenItem(
        states=tuple(_STATES[one] for one in data["states"]),
        typed={origin: _numbers(data[name]) for name, origin in _TYPED.items() if name in data},
        errors=_numbers(data.get("survey_errors", ())),
        reasons=_texts(data.get("reasons", ())),
    )


def _outcome(data: Mapping[str, Any], group: FrozenGroup) -> GroupOutcome:
    found = data["result"]
    units = tuple(
        UnitOutcome(
            unit.code, unit.name, _number(one["index"]), _number(one["points"]), _number(one["max_points"]),
            _text(one["grade"]), None if one["rank"] is None else int(one["rank"]), unit.ranked,
        )
        for unit, one in zip(group.units, found["units"], strict=True)
    )  # fmt: skip
    items = {_text(one["code"]): ItemOutcome(_texts(one["states"]), _numbers(one["points"])) for one in found["items"]}
    if any(len(one.states) != len(units) or len(one.points) != len(units) for one in items.values()):
        raise ValueError("result")
    return GroupOutcome(group.code, units, items)


def _numbers(values: Sequence[Any]) -> Texts:
    """Texts that are numbers, or keys of choices. Raises :class:`InvalidValue` (``snapshot_number_long``)."""
    found = _texts(values)
    if max(map(len, found), default=0) > MOST_CHARACTERS:
        longest = max(found, key=len)
        raise InvalidValue("snapshot_number_long", characters=len(longest), limit=MOST_CHARACTERS)
    return found


def _number(value: Any) -> str:
    return _numbers([value])[0]


def _texts(values: Sequence[Any]) -> Texts:
    if not all(isinstance(one, str) for one in values):
        raise TypeError("values")
    return tuple(values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(repr(value)[:80])
    return value
