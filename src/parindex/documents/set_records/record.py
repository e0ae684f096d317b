"""Every text of a record of findings, ready to be set; the words are made in ``wording/set_records.py``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One table with its heads; ``numeric`` are the columns of figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class SetRecord:
    """The paper from its head to the line of signatures."""

    superior: str
    issuer: str
    country: str
    motto: str
    place_and_date: str
    title: str
    subject: str
    statements: tuple[str, ...]
    tables: tuple[RecordTable, ...]
    closing: tuple[str, ...]
    signers: tuple[str, ...]
