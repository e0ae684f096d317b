"""Who stands for whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, read_table
from parindex.documents.surveys.replacements import Kept, Standing, settle

A, S, OUTSIDE, U = Standing.ANSWERED, Standing.SILENT, Standing.INELIGIBLE, Standing.UNTOLD


def table(folder: Path, rows: int) -> DataTable:
    """A sample with so many rows."""
    path = folder / "s.csv"
    path.write_text("respondent\n" + "".join(f"r{row}\n" for row in range(rows)), "utf-8")
    return read_table(path, Layout("s", required=("respondent",)))


def settled(folder: Path, standing: list[Standing], reserve: list[int]) -> tuple[Kept, list[str]]:
    """One list of replacements, and the kinds of its problems."""
    problems = Problems()
    names = [f"r{row}" for row in range(len(standing))]
    kept = settle(standing, np.array(reserve), ["v"] * len(names), names, table(folder, len(names)), problems)
    return kept, [one.kind for one in problems.found]


def test_the_first_who_did_not_answer_is_replaced_first(tmp_path: Path) -> None:
    kept, problems = settled(tmp_path, [A, S, U, A, A], [0, 0, 0, 1, 2])
    assert kept.counted.tolist() == [True, False, False, True, True]
    assert problems == []
    kept, _ = settled(tmp_path, [S, S, A], [0, 0, 1])
    assert kept.counted.tolist() == [False, True, True]
    assert kept.counts == {"sampled": 2, "ineligible": 0, "replaced": 1, "answered": 1, "silent": 1}


def test_one_who_does_not_belong_is_not_replaced(tmp_path: Path) -> None:
    kept, problems = settled(tmp_path, [A, OUTSIDE, A], [0, 0, 1])
    assert kept.counted.tolist() == [True, False, False]
    assert problems == ["reserve_without_need"]


def test_two_persons_of_one_replacement_have_the_same_place(tmp_path: Path) -> None:
    assert settled(tmp_path, [S, S, A, U], [0, 0, 1, 1])[1] == []
    assert settled(tmp_path, [S, S, U, A], [0, 0, 1, 1])[1] == []
    assert settled(tmp_path, [S, S, U, A], [0, 0, 1, 2])[1] == ["reserve_out_of_order"]
