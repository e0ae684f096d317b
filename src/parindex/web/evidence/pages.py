"""Lists in pages of a hundred."""

from __future__ import annotations

from dataclasses import dataclass

ROWS = 100


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows of ``found`` a page shows."""

    found: int
    page: int

    @classmethod
    def of(cls, found: int, asked: int) -> Pages:
        """The page that was asked for, or the last one there is."""
        return cls(found, max(1, min(asked, -(-found // ROWS))))

    @property
    def start(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * ROWS

    @property
    def end(self) -> int:
        """How many rows stand before the next page."""
        return min(self.found, self.page * ROWS)

    @property
    def before(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.end < self.found else None
