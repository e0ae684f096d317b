"""Many papers as one ZIP that is sent while it is made: nothing of it is kept, the first paper leaves at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile, ZipInfo

#: Files have no time of their own: the same papers are the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class _Outgoing:
    """What the writer of the ZIP has written and nobody has taken yet."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a ZIP with these files, as each is made; papers are compressed already."""
    outgoing = _Outgoing()
    with ZipFile(outgoing, "w", ZIP_STORED) as made:  # type: ignore[call-overload]
        for name, data in files:
            made.writestr(ZipInfo(name, _NO_TIME), data)
            yield outgoing.take()
    yield outgoing.take()
