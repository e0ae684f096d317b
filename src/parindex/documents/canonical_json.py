"""Canonical JSON: one spelling for the same data, and reading that takes no other and no tricks.

Keys in order, nothing between, UTF-8 without escapes, numbers of JSON only for counting (figures are exact texts). So
equal data are equal bytes on every machine, and whoever hashes the text hashes the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parindex.domain.errors import InvalidValue

#: What a hostile text may not exceed: its bytes, its lists and mappings, the values in them that take memory (those of
#: "", true, false and null are shared), the bytes of memory for its characters, the depth of its lists, the digits of a
#: number. A value takes some hundred bytes, also of what is made of it afterwards. A nation (3,321 units × 107 items)
#: has two million values in ten thousand lists, and three million more with an opinion on every item.
MOST_BYTES = 128 * 2**20
MOST_LISTS = 1_000_000
MOST_VALUES = 8_000_000
MOST_ROOM = 192 * 2**20
MOST_DEPTH = 100
MOST_DIGITS = 18
_LIMIT = 10**MOST_DIGITS
#: Values of which Python keeps one object for all.
_SHARED = (b',""', b",true", b",false", b",null")
#: Bytes of characters above U+FFFF, and above U+00FF: one of them makes all characters of a text as wide.
_WIDEST, _WIDE = re.compile(rb"[\xf0-\xff]"), re.compile(rb"[\xc4-\xff]")
#: So many values are written at once where a text is compared with what it was read to.
_AT_ONCE = 5_000
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

    Raises :class:`NotCanonical`: ``json_too_large`` (``field``, ``count``, ``limit``), ``json_not_utf8``,
    ``json_not_readable`` (``reason``), ``json_key_twice`` (``key``), ``json_no_exact_number`` (``found``),
    ``json_too_deep`` (``limit``), ``json_not_canonical``.
    """
    size_of(content).require_limits()
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
    del text  # as large as the file again, or four times
    _require_shape(data)
    if not is_text_of(data, content):
        raise NotCanonical("json_not_canonical")
    return data


@dataclass(frozen=True, slots=True)
class TextSize:
    """What a text takes, counted before anything is made of it: a list of lists takes thirty times the memory of its
    text. What stands in texts is counted too, so none has more than is said.
    """

    bytes: int = 0
    lists: int = 0
    values: int = 0
    room: int = 0

    def __add__(self, other: TextSize) -> TextSize:
        return TextSize(
            self.bytes + other.bytes, self.lists + other.lists, self.values + other.values, self.room + other.room
        )

    def require_limits(self, most_bytes: int = MOST_BYTES) -> None:
        """Raise :class:`NotCanonical` (``json_too_large``: ``field``, ``count``, ``limit``) for more than is
        read.
        """
        for field, found, limit in (
            ("bytes", self.bytes, most_bytes),
            ("lists", self.lists, MOST_LISTS),
            ("values", self.values, MOST_VALUES),
            ("room", self.room, MOST_ROOM),
        ):
            if found > limit:
                raise NotCanonical("json_too_large", field=field, count=found, limit=limit)


def size_of(content: bytes) -> TextSize:
    """The size of a text."""
    lists = content.count(b"[") + content.count(b"{")
    shared = sum(map(content.count, _SHARED))  # each behind a comma that is counted
    width = 4 if _WIDEST.search(content) else 2 if _WIDE.search(content) else 1
    return TextSize(len(content), lists, content.count(b",") + lists - shared, len(content) * width)


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


def is_text_of(data: Any, content: bytes) -> bool:
    """Whether ``content`` is the canonical text of ``data``, in UTF-8; compared piece by piece, so that no second whole
    text is made of it.
    """
    at = 0
    try:
        for piece in _pieces(data):
            written = piece.encode()
            if not content.startswith(written, at):
                return False
            at += len(written)
    except UnicodeEncodeError:  # half a character, written as an escape
        return False
    return at == len(content)


def _pieces(data: Any) -> Iterator[str]:
    """The canonical text of ``data`` in pieces, none much longer than that of :data:`_AT_ONCE` values."""
    if type(data) is dict:
        opening: str = "{"
        for key in sorted(data):
            yield f"{opening}{canonical(key)}:"
            yield from _pieces(data[key])
            opening = ","
        yield "}" if data else "{}"
    elif type(data) is not list:
        yield canonical(data)
    elif _CONTAINERS.isdisjoint(set(map(type, data))):
        yield "["
        for at in range(0, len(data), _AT_ONCE):
            yield ("," if at else "") + canonical(data[at : at + _AT_ONCE])[1:-1]
        yield "]"
    else:
        for at, one in enumerate(data):
            yield "," if at else "["
            yield from _pieces(one)
        yield "]"
