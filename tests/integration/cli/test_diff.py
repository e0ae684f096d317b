"""``parindex diff``."""

from __future__ import annotations

from pathlib import Path

from tests.integration.cli.running import SET, run


def test_diff_of_a_set_with_itself_is_empty() -> None:
    assert "Hai bộ tiêu chí như nhau." in run("diff", SET, SET).out
    data = run("diff", SET, SET, "--format", "json").data
    assert (data["added"], data["gone"], data["changed"], data["set"]) == ([], [], [], [])


def test_diff_says_what_was_added_moved_renamed_and_rescored(tmp_path: Path) -> None:
    text = Path(SET).read_text("utf-8")
    changed = (
        text.replace('code: "2.3"', 'code: "2.4"')
        .replace('Hồ sơ đúng hạn"\n        max_points: 3', 'Hồ sơ giải quyết đúng hạn"\n        max_points: 4')
        .replace("each: 0.5", "each: 1")
        + '      - code: "2.5"\n        title: "Mục mới hoàn toàn"\n        max_points: 1\n        source: report\n'
    )
    (tmp_path / "new.yaml").write_text(changed, "utf-8")
    done = run("diff", SET, str(tmp_path / "new.yaml"))
    assert "1 mục thêm, 0 bỏ, 1 đổi mã, 1 đổi tên, 1 đổi điểm, 1 đổi quy tắc." in done.out
    assert "2.3 → 2.4" in done.out
    data = run("diff", SET, str(tmp_path / "new.yaml"), "--format", "json").data
    assert [one["code"] for one in data["added"]] == ["2.5"]
    points = [change for one in data["changed"] for change in one["differences"] if change["what"] == "max_points"]
    assert points == [{"what": "max_points", "old": "3", "new": "4"}]


def test_diff_names_what_is_wrong_with_both_sets(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("format: [", "utf-8")
    done = run("diff", "nothing", str(tmp_path / "bad.yaml"), "--format", "json")
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == ["unknown_set", "yaml_syntax"]
