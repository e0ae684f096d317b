"""Reading a table so that what is wrong with it joins the problems of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, read_table
from parindex.domain.errors import InvalidInput, Place

#: Told which table is being read.
Said = Callable[[Path], None]


def attempted(path: Path, layout: Layout, problems: Problems, said: Said | None) -> DataTable | None:
    """The table in ``path``; None where it cannot be read, with every reason in ``problems``."""
    if said is not None:
        said(path)
    if not path.exists():  # before its ending is judged: a name that was mistyped may have none
        problems.add("file_not_found", Place(file=str(path)))
        return None
    try:
        return read_table(path, layout)
    except InvalidInput as error:
        problems.extend(error.problems)
    return None
