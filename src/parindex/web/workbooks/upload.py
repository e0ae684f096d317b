"""One workbook as it comes in: kept in memory up to its limit, cut off beyond it; far beyond it, not read at all."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.review.refusal import Refusal
from parindex.usecases.sheet_workbooks import MOST_BYTES

_MEGABYTE = 2**20
#: What a form has beside its file.
_AROUND = _MEGABYTE


class IncomingWorkbook(FileUploadHandler):
    """Takes the first file of a form; ``size`` counts what came, ``data`` is empty where that is too much."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.name, self.data, self.size = "", b"", 0
        self._pieces: list[bytes] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Only one file is taken."""
        super().new_file(*args, **kwargs)
        if self.name:
            raise SkipFile
        self.name = self.file_name or ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One piece of the file."""
        self.size += len(raw_data)
        if self.size > MOST_BYTES:
            self._pieces.clear()
            raise SkipFile
        self._pieces.append(raw_data)

    def file_complete(self, file_size: int) -> None:
        """The file is whole."""
        self.data = b"".join(self._pieces)

    def taken(self) -> tuple[str, bytes]:
        """Name and bytes; refused where there is none, or too much. Raises :class:`InvalidInput` (``file_empty``)."""
        if self.size > MOST_BYTES:
            raise too_large(self.size)
        if not self.name:
            raise Refusal("file_missing")
        if not self.data:
            raise InvalidInput([Problem("file_empty", Place(file=self.name))])
        return self.name, self.data


def too_large(size: int) -> Refusal:
    """Why a file of ``size`` bytes is not taken."""
    return Refusal("file_too_large", size=-(-size // _MEGABYTE), limit=MOST_BYTES // _MEGABYTE)


def announced(request: HttpRequest) -> Refusal | None:
    """The refusal of a form that says itself to be far too large: not a byte of it is read."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    return too_large(length) if length > MOST_BYTES + _AROUND else None
