"""Files as they come in: counted, measured and hashed piece by piece, cut off where they pass the limit.

A file that is refused on its way is not written to its end; the others of the same form are kept. What came in lies in
a folder of its own that goes away with the request.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.usecases.evidence_files import Arrived

_MEGABYTE = 2**20
#: What a form has beside its files.
_AROUND = _MEGABYTE


class IncomingFiles(FileUploadHandler):
    """Takes every file of a form to itself; ``arrived`` are whole, ``problems`` say what was cut off."""

    def __init__(self, request: HttpRequest, folder: Path, most: int, each: int) -> None:
        super().__init__(request)
        self.folder, self.most, self.each = folder, most, each
        self.arrived: list[Arrived] = []
        self.problems: list[Problem] = []
        self._begun = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a place for the next file."""
        super().new_file(*args, **kwargs)
        self._begun += 1
        if self._begun > self.most:
            facts = {"number": self._begun, "limit": self.most}
            self.problems.append(Problem("too_many_files", Place(file=self.file_name), facts))
            raise SkipFile
        self._digest, self._size = hashlib.sha256(), 0
        self._path = self.folder / str(self._begun)
        self.file = self._path.open("wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One piece of the file."""
        self._size += len(raw_data)
        if self._size > self.each:
            self.file.close()
            self._path.unlink(missing_ok=True)
            self.problems.append(too_large(str(self.file_name), self.each))
            raise SkipFile
        self._digest.update(raw_data)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        """The file is whole."""
        self.file.close()
        self.arrived.append(Arrived(self._path, str(self.file_name), self._digest.hexdigest(), self._size))


def too_large(name: str, limit: int) -> Problem:
    """A file beyond the limit."""
    return Problem("evidence_too_large", Place(file=name), {"megabytes": limit // _MEGABYTE})


@contextmanager
def incoming_files(
    request: HttpRequest, *, most: int | None = None, each: int | None = None
) -> Iterator[IncomingFiles]:
    """Take over the files of a form, before anything of it is read; at most ``most`` of ``each`` bytes (else as many
    and as large as evidence may be).

    Raises :class:`InvalidInput` (``upload_beyond_all``) for a form that says itself to be larger than all files
    together may be: not a byte of it is read.
    """
    most = settings.EVIDENCE_FILES if most is None else most
    each = settings.EVIDENCE_BYTES if each is None else each
    allowed = each * most
    sent = _length(request)
    if sent > allowed + _AROUND:
        facts = {
            "sent": -(-sent // _MEGABYTE),
            "megabytes": allowed // _MEGABYTE,
            "each": each // _MEGABYTE,
        }
        raise InvalidInput([Problem("upload_beyond_all", Place(), facts)])
    with tempfile.TemporaryDirectory(prefix="parindex-incoming-") as folder:
        handler = IncomingFiles(request, Path(folder), most, each)
        request.upload_handlers = [handler]
        yield handler


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
