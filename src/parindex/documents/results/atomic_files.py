"""Output files that are there whole or not at all: written beside their place, renamed when all of them are
complete."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

#: Writes one file's content to the path that it is given.
Writer = Callable[[Path], None]


def write_all(files: Mapping[Path, Writer]) -> None:
    """Write every file, then put all in place.

    Whatever interrupts (an error, Ctrl-C) leaves no new file and no half of one.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for target, writer in files.items():
            ready.append((_beside(target), target))
            writer(ready[-1][0])
        for temporary, target in ready:
            _keep_mode(temporary, target)
        while ready:
            temporary, target = ready[0]
            temporary.replace(target)
            ready.pop(0)
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()


def _beside(target: Path) -> Path:
    """A new file in the folder of ``target``. What the folder refuses is told of the target, which the caller named."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(target)) from error
    os.close(handle)
    return Path(name)


def text_writer(content: str) -> Writer:
    """Writes ``content`` as UTF-8 with Unix line ends."""

    def write(path: Path) -> None:
        path.write_text(content, encoding="utf-8", newline="\n")

    return write


def _keep_mode(temporary: Path, target: Path) -> None:
    """The mode of the file that is replaced, or what the umask gives a new file (a temporary one is private)."""
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
