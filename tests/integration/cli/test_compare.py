"""``parindex compare``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.integration.cli.running import FIGURES, run


def test_compare_sets_two_results_side_by_side(tables: list[str], tmp_path: Path) -> None:
    before, after = str(tmp_path / "before.json"), str(tmp_path / "after.json")
    assert run("score", *tables, "--out", before).code == 0
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,on_time,2", "a,on_time,0"), "utf-8")
    assert run("score", *tables, "--out", after).code == 0
    done = run("compare", before, after)
    for words in ("75%", "50%", "−25"):
        assert words in done.out
    data = run("compare", before, after, "--format", "json").data
    changes = {one["unit"]: (one["index_change"], one["rank_change"]) for one in data["units"]}
    assert changes == {"a": ("-25", 0), "b": ("0", 0)}
    assert [one["item"] for one in data["units"][0]["items"]] == ["2.1"]
    rows = list(csv.DictReader(io.StringIO(run("compare", before, after, "--format", "csv").out)))
    assert rows[0]["index_change"] == "-25"


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"format": "parindex/result/1"}', '{"format": "parindex/result/1", "set": 3}']
)
def test_compare_refuses_what_score_has_not_written(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, "utf-8")
    done = run("compare", str(tmp_path / "a.json"), str(tmp_path / "a.json"), "--format", "json")
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == ["result_format_unknown"] * 2
