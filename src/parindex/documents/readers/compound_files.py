"""OLE compound files (old .xls and .doc): the names at their top, and one stream by its name.

Only what is needed to look into an old workbook before it is opened. A file that contradicts itself raises ValueError.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY_BYTES = 128
_NONE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError where ``data`` is no compound file or contradicts itself."""
        if not data.startswith(OLE) or len(data) < 512:
            raise ValueError("no compound file")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._sector, self._mini_sector = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_table = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self._next = self._allocation()
        self._entries = self._directory(self._chain(directory))
        if not self._entries:
            raise ValueError("no directory")
        self._mini_next = _numbers(self._chain(mini_table)) if mini_table < _LAST_SECTOR else ()
        root = self._entries[0]
        self._mini = self._chain(root.start) if root.start < _LAST_SECTOR else b""

    def top_names(self) -> list[str]:
        """The names of the streams and storages at the top."""
        names, waiting, seen = [], [self._entries[0].child], set()
        while waiting:
            at = waiting.pop()
            if at >= len(self._entries) or at in seen:
                continue
            seen.add(at)
            entry = self._entries[at]
            names.append(entry.name)
            waiting += [entry.left, entry.right]
        return names

    def stream(self, name: str) -> bytes | None:
        """The first stream of that name, None where there is none."""
        entry = next((one for one in self._entries if one.name.lower() == name.lower()), None)
        if entry is None:
            return None
        if entry.size < self._cutoff:
            whole = _linked(self._mini, self._mini_sector, 0, self._mini_next, entry.start)
        else:
            whole = self._chain(entry.start)
        return whole[: entry.size]

    def _allocation(self) -> tuple[int, ...]:
        """Which sector follows which."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        at, seen = struct.unpack_from("<I", self._data, 68)[0], set()
        while at < _LAST_SECTOR and at not in seen:
            seen.add(at)
            more = _numbers(self._data[(at + 1) * self._sector : (at + 2) * self._sector])
            listed += more[:-1]
            at = more[-1] if more else _NONE
        parts = [
            self._data[(one + 1) * self._sector : (one + 2) * self._sector] for one in listed if one < _LAST_SECTOR
        ]
        return _numbers(b"".join(parts))

    def _chain(self, start: int) -> bytes:
        return _linked(self._data, self._sector, 1, self._next, start)

    @staticmethod
    def _directory(data: bytes) -> list[_Entry]:
        entries = []
        for at in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length = struct.unpack_from("<H", data, at + 64)[0]
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            left, right, child = struct.unpack_from("<III", data, at + 68)
            start, size = struct.unpack_from("<II", data, at + 116)
            entries.append(_Entry(name, left, right, child, start, size))
        return entries


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _linked(data: bytes, sector: int, before: int, following: tuple[int, ...], start: int) -> bytes:
    """The sectors of a chain one after the other; ``before`` sectors stand before the first."""
    parts: list[bytes] = []
    at = start
    while at < _LAST_SECTOR:
        if at >= len(following) or len(parts) > len(following):
            raise ValueError("chain")
        parts.append(data[(at + before) * sector : (at + before + 1) * sector])
        at = following[at]
    return b"".join(parts)
