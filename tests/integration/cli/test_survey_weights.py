"""``parindex survey weights`` from files to files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.integration.cli.running import ENGLISH, Done, run

SAMPLE = "respondent,village,weight\na1,a,10\na2,a,10\nb1,b,20\nb2,b,20\n"
RESPONSES = "respondent,status,sex,q01\na1,,nam,5\na2,refused,,\nb1,,nữ,4\nb2,,nam,3\n"
PLAN = """steps:
  - nonresponse: {by: [village]}
  - poststratify: {by: [sex], totals: {nam: 35, nữ: 35}}
  - trim: {upper: 1.2, of: mean}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sample, responses and plan."""
    for name, content in (("sample.csv", SAMPLE), ("responses.csv", RESPONSES), ("plan.yaml", PLAN)):
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def weights(folder: Path, *more: str, **settings: dict[str, str]) -> Done:
    """``survey weights`` in a folder."""
    named = [part for name in ("sample", "responses") for part in (f"--{name}", str(folder / f"{name}.csv"))]
    return run("survey", "weights", *named, "--plan", str(folder / "plan.yaml"), *more, **settings)


def test_weights_and_log_are_written_side_by_side(folder: Path) -> None:
    done = weights(folder, "--out", str(folder / "w.csv"))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("4 đơn vị trong mẫu: 3 trả lời (0 người thay thế), 1 không trả lời")
    rows = (folder / "w.csv").read_text("utf-8").splitlines()
    assert rows[0] == (
        "respondent,weight,weight_0_design,weight_1_nonresponse,weight_2_poststratification,weight_3_trimming,"
        "village,sex,q01"
    )
    assert rows[2].startswith("b1,28,20,20,35,28,b,nữ,4")
    log = (folder / "w-steps.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[1] for line in log] == ["kind", "design", "nonresponse", "poststratification", "trimming"]


def test_on_the_screen_the_steps_are_told_with_what_they_leave(folder: Path) -> None:
    done = weights(folder)
    assert "cắt ngọn" in done.out
    words = " ".join(done.out.split())
    assert "Tổng đã biết của bước 2: nhóm lệch nhiều nhất là “nữ” (sex), quyền số cuối cho 28, cần 35." in words
    assert weights(folder, environment=ENGLISH).code == 0


def test_the_data_have_counts_steps_and_weights(folder: Path) -> None:
    data = weights(folder, "--format", "json").data
    assert data["counts"] == {"sampled": 4, "ineligible": 0, "replaced": 0, "answered": 3, "silent": 1}
    assert [(one["kind"], one["total_before"]) for one in data["steps"]] == [
        ("design", "60"), ("nonresponse", "60"), ("poststratification", "70"), ("trimming", "70"),
    ]  # fmt: skip
    assert data["weights"][1] == {"respondent": "b1", "weight": "28.000000000000"}


def test_margins_that_contradict_each_other_are_refused_with_figures(folder: Path) -> None:
    margins = "[{by: [sex], totals: {nam: 50, nữ: 50}}, {by: [village], totals: {a: 30, b: 60}}]"
    (folder / "plan.yaml").write_text(f"steps:\n  - rake: {{margins: {margins}}}\n", "utf-8")
    done = weights(folder, "--out", str(folder / "w.csv"))
    assert done.code == 2
    assert "“sex” cộng lại được 100, “village” được 90" in done.err
    assert not (folder / "w.csv").exists()


def test_classes_without_a_known_total_are_named(folder: Path) -> None:
    """The most frequent first; of many the first eight, and how many more."""
    words = [f"x{number}" for number in range(10)]
    people = [f"p{number}" for number in range(12)]
    (folder / "sample.csv").write_text("respondent,weight\n" + "".join(f"{one},1\n" for one in people), "utf-8")
    for sexes, said in (
        (
            ["Nam", "nữ", *["nữ "] * 4, *["NAM"] * 3, "Nam", "Nam", "Nam"],
            "7 người trả lời thuộc nhóm không có tổng đã biết ở “sex”: Nam, NAM.",
        ),
        (
            ["nam", "x9", *words],
            "11 người trả lời thuộc nhóm không có tổng đã biết ở “sex”: x9, x0, x1, x2, x3, x4, x5, x6 và 2 nhóm khác.",
        ),
    ):
        lines = "".join(f"{one},{sex},5\n" for one, sex in zip(people, sexes, strict=True))
        (folder / "responses.csv").write_text("respondent,sex,q01\n" + lines, "utf-8")
        (folder / "plan.yaml").write_text("steps:\n  - poststratify: {by: [sex], totals: {nam: 5, nữ: 7}}\n", "utf-8")
        assert said in " ".join(weights(folder).err.split())


def test_margins_that_cannot_be_met_are_told_with_the_worst_class(folder: Path) -> None:
    margins = "[{by: [sex], totals: {nam: 10, nữ: 50}}, {by: [village], totals: {a: 20, b: 40}}]"
    plan = f"steps:\n  - rake: {{rounds: 20, margins: {margins}}}\n"
    (folder / "plan.yaml").write_text(plan, "utf-8")
    done = weights(folder)
    assert done.code == 2
    assert "Hiệu chỉnh không hội tụ sau 20 vòng: nhóm “nam” (sex) cần 10" in done.err
