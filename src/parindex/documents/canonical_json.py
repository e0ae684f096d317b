"""Canonical JSON: one spelling for the same data, and reading that takes no other and no tricks.

Keys in order, nothing between, UTF-8 without escapes, numbers of JSON only for counting (figures are exact texts). So
equal data are equal bytes on every machine, and whoever hashes the text hashes the data.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from parindex.domain.errors import InvalidValue

#: What a hostile text may not exceed: its bytes, its lists and mappings, the values in them, their depth, the digits of
#: a number. A nation (3,321 units × 107 items) has some two million values in ten thousand lists.
MOST_BYTES = 128 * 2**20
MOST_LISTS = 1_000_000
MOST_VALUES = 12_000_000
MOST_DEPTH = 100
MOST_DIGITS = 18
_LIMIT = 10**MOST_DIGITS
_CONTAINERS = frozenset({dict, list})


class NotCanonical(InvalidValue):
    """A text that is no canonical JSON, or more of it than is read."""


def canonical(data: Any) -> str:
    """The canonical text of ``data``."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_bytes(data: Any) -> bytes:
    """The canonical text in UTF-8."""
    return canonical(data).encode()


def parsed(content: bytes) -> Any:
    """What a canonical JSON text in UTF-8 holds.

    Raises :class:`NotCanonical`: ``json_too_large`` (``what``, ``found``, ``limit``), ``json_not_utf8``,
    ``json_not_readable`` (``reason``), ``json_key_twice`` (``key``), ``json_no_exact_number`` (``found``),
    ``json_too_deep`` (``limit``), ``json_not_canonical``.
    """
    _require_limits(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise NotCanonical("json_not_utf8") from None
    try:
        data = json.loads(text, object_pairs_hook=_mapping, parse_float=_no_number, parse_constant=_no_number)
    except RecursionError:
        raise NotCanonical("json_too_deep", limit=MOST_DEPTH) from None
    except json.JSONDecodeError as error:
        raise NotCanonical("json_not_readable", reason=error.msg, at=error.pos) from None
    except NotCanonical:
        raise
    except ValueError:  # an integer of more digits than Python turns into a number
        raise NotCanonical("json_no_exact_number", found="…") from None
    _require_shape(data)
    if not _is_canonical(data, content):
        raise NotCanonical("json_not_canonical")
    return data


def _require_limits(content: bytes) -> None:
    """Counted before anything is made of it: a list of lists takes thirty times the memory of its text."""
    lists = content.count(b"[") + content.count(b"{")
    for what, found, limit in (
        ("bytes", len(content), MOST_BYTES),
        ("lists", lists, MOST_LISTS),
        ("values", content.count(b",") + lists, MOST_VALUES),
    ):
        if found > limit:
            raise NotCanonical("json_too_large", what=what, found=found, limit=limit)


def _mapping(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotCanonical("json_key_twice", key=twice[:80])
    return found


def _no_number(written: str) -> Any:
    raise NotCanonical("json_no_exact_number", found=written[:MOST_DIGITS])


def _require_shape(data: Any) -> None:
    """Neither too deep nor numbers too long; level by level, not by recursion."""
    depth, level = 0, _inner([data])
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise NotCanonical("json_too_deep", limit=MOST_DEPTH)
        level = [value for one in level for value in _inner(one.values() if type(one) is dict else one)]


def _inner(values: Collection[Any]) -> list[Any]:
    """The lists and mappings among ``values``: most lists hold hundreds of thousands of texts, and nothing else."""
    types = set(map(type, values))
    if int in types:
        long = next((one for one in values if type(one) is int and abs(one) >= _LIMIT), None)
        if long is not None:
            raise NotCanonical("json_no_exact_number", found=str(long)[:MOST_DIGITS] + "…")
    return [] if _CONTAINERS.isdisjoint(types) else [one for one in values if type(one) in _CONTAINERS]


def _is_canonical(data: Any, content: bytes) -> bool:
    try:
        return canonical_bytes(data) == content
    except UnicodeEncodeError:  # half a character, written as an escape
        return False
