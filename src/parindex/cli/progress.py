"""What a long command is doing: words on the error stream, only where somebody watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType

#: Work that is over sooner says nothing.
AFTER_SECONDS = 1.0


class Progress:
    """Says what is being done, on one line that is overwritten, once the work has lasted a second."""

    def __init__(self, forced: bool = False) -> None:
        self.shown = forced or sys.stderr.isatty()
        self.forced = forced
        self.started = time.monotonic()
        self.length = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.length:
            print("\r" + " " * self.length + "\r", end="", file=sys.stderr, flush=True)

    def say(self, words: str) -> None:
        """Show ``words`` in place of what was said before."""
        if self.forced and not sys.stderr.isatty():
            print(words, file=sys.stderr, flush=True)
        elif self.shown and time.monotonic() - self.started >= AFTER_SECONDS:
            print("\r" + words.ljust(self.length), end="", file=sys.stderr, flush=True)
            self.length = len(words)
