"""``parindex check-receipt``: anybody recomputes what a leader signed, from the text alone and with the set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.integration.cli.running import run

from parindex.documents.criteria_sets.criteria_set_file import fingerprint, load_criteria_set
from parindex.documents.receipts.claim import FORMAT, claim_json, fingerprint_of

SET = Path(__file__).parents[2] / "factories" / "small_set.yaml"


def item(code: str, points: str, *, state: str = "answered", most: str = "2", typed: str = "") -> dict[str, Any]:
    """One item as a claim has it."""
    counted = "unanswered" if state == "not_assessed_requested" else state
    return {
        "code": code, "state": state, "counted_as": counted, "max_points": most, "outside": "", "self_points": typed,
        "points": points, "explanation": "", "kept_warning": "", "evidence": [],
    }  # fmt: skip


def claim(**changes: Any) -> dict[str, Any]:
    """A whole sheet of the small set: 0,5 + 1,5 + 1,5 of 5 points; 2.2 is out by a decision, 3.1 waits."""
    figures = {"plan": "late", "received": "1200", "on_time": "900"}
    return {
        "format": FORMAT,
        "cycle": {"id": 1, "title": "Sở, ngành năm 2025", "year": 2025},
        "unit": {"id": 7, "name": "Sở Y tế"},
        "part": None,
        "criteria_set": {"title": "Bộ", "number": 1, "fingerprint": fingerprint(load_criteria_set(SET))},
        "figures": [{"measure": name, "year": 2025, "value": value} for name, value in figures.items()],
        "items": [
            item("1.1", "0.5", most="1"), item("1.2", "1.5", typed="1.5"), item("2.1", "1.5"),
            item("2.2", "", state="not_assessed"), item("3.1", "", state="pending", most="3"),
        ],
        "areas": [], "points": "3.5", "max_points": "5", "pending": 1, "index": "70", "index_step": None,
        "index_cap": None, "grade": "Khá",
    } | changes  # fmt: skip


def written(folder: Path, data: dict[str, Any]) -> tuple[str, str]:
    """The file of a claim and its fingerprint."""
    text = claim_json(data)
    (folder / "claim.json").write_text(text, encoding="utf-8")
    return str(folder / "claim.json"), fingerprint_of(text)


def test_an_honest_claim_holds(tmp_path: Path) -> None:
    file, code = written(tmp_path, claim())
    done = run("check-receipt", file, "--fingerprint", code, "--set", str(SET))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Sở Y tế",
        f"Mã kiểm chứng của tệp này: {code}",
        f"  ✓ Mã kiểm chứng: {code}, khớp",
        "  ✓ Điểm: 3,5, khớp",
        "  ✓ Điểm tối đa: 5, khớp",
        "  ✓ Chỉ số: 70,00%, khớp",
        "Tự kiểm tra: 3,5 / 5 × 100 = 70,00%",
        "Cả 5 mục tính lại từ số liệu đều khớp.",
    ]


@pytest.mark.parametrize("between", [" ", "\u200b", "\n", "-"])
def test_a_fingerprint_copied_from_the_paper_is_understood(tmp_path: Path, between: str) -> None:
    file, code = written(tmp_path, claim())
    groups = between.join(code[at : at + 16] for at in range(0, 64, 16))
    assert run("check-receipt", file, "--fingerprint", groups.upper()).code == 0


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"points": "4"}, "  ✗ Điểm: phiếu ghi 4, tính lại 3,5"),
        ({"max_points": "7"}, "  ✗ Điểm tối đa: phiếu ghi 7, tính lại 5"),
        ({"index": "71"}, "  ✗ Chỉ số: phiếu ghi 71, tính lại 70"),
    ],
)
@pytest.mark.parametrize("with_set", [False, True])
def test_a_false_sum_is_named(tmp_path: Path, changes: dict[str, str], line: str, with_set: bool) -> None:
    file, _ = written(tmp_path, claim(**changes))
    done = run("check-receipt", file, *(["--set", str(SET)] if with_set else []))
    assert done.code == 1
    assert [one for one in done.out.splitlines() if "✗" in one] == [line]


def test_points_that_do_not_follow_from_the_figures_show_with_the_set(tmp_path: Path) -> None:
    data = claim(points="4", index="80")
    data["items"][2]["points"] = "2"
    file, _ = written(tmp_path, data)
    assert run("check-receipt", file).code == 0  # the sums hold
    done = run("check-receipt", file, "--set", str(SET), "--format", "json")
    assert done.code == 1
    wrong = [one for one in done.data["checks"] if one["claimed"] != one["computed"]]
    assert {"what": "item 2.1", "claimed": "2", "computed": "1.5"} in wrong


def test_an_item_that_is_asked_to_be_left_out_earns_nothing_yet(tmp_path: Path) -> None:
    data = claim(points="2", index="40")
    data["items"][2] = item("2.1", "", state="not_assessed_requested")
    file, _ = written(tmp_path, data)
    assert run("check-receipt", file, "--set", str(SET)).code == 0


def test_a_part_has_points_and_no_index(tmp_path: Path) -> None:
    data = claim(part={"unit": 3, "name": "Sở Tư pháp"}, points="1.5", max_points="2", index=None)
    data["items"] = data["items"][2:4]
    file, _ = written(tmp_path, data)
    done = run("check-receipt", file, "--set", str(SET))
    assert done.code == 0
    assert "Chỉ số" not in done.out


def test_a_changed_text_no_longer_has_its_fingerprint(tmp_path: Path) -> None:
    file, code = written(tmp_path, claim())
    Path(file).write_text(Path(file).read_text("utf-8").replace("Sở Y tế", "Sở Y Tế"), encoding="utf-8")
    done = run("check-receipt", file, "--fingerprint", code)
    assert done.code == 1
    assert f"phiếu ghi {code}, tính lại " in done.out


def test_a_rounded_and_capped_index_is_recomputed(tmp_path: Path) -> None:
    step = {"places": 1, "mode": "half_up"}
    data = claim(index="66.7", points="2", max_points="3", index_step=step, index_cap="100")
    data["items"] = [item("1.2", "2", typed="2"), item("1.1", "", state="unanswered", most="1")]
    assert run("check-receipt", written(tmp_path, data)[0]).code == 0
    assert run("check-receipt", written(tmp_path, data | {"index_cap": "50", "index": "50"})[0]).code == 0


@pytest.mark.parametrize(
    ("text", "arguments", "says"),
    [
        ("{}", (), "không phải nội dung phiếu đã ký"),
        ("xyz", (), "không phải nội dung phiếu đã ký"),
        ("[1]", (), "không phải nội dung phiếu đã ký"),
        (claim_json({"format": FORMAT}), (), "không phải nội dung phiếu đã ký"),
        (claim_json(claim(items=[item("1.1", "1", state="gone")])), (), "không phải nội dung phiếu đã ký"),
        (claim_json(claim(points="abc")), (), "không phải nội dung phiếu đã ký"),
        (claim_json(claim(points="1e999999999")), (), "không phải nội dung phiếu đã ký"),
        (claim_json(claim(points="1/0")), (), "không phải nội dung phiếu đã ký"),
        ("[" * 100_000, (), "không phải nội dung phiếu đã ký"),
        (
            claim_json(claim(figures=[{"measure": "received", "year": 2025, "value": "1e999999999"}])),
            ("--set", str(SET)),
            "không phải nội dung phiếu đã ký",
        ),
        (claim_json(claim()), ("--fingerprint", "abc"), "“abc” không phải mã kiểm chứng"),
        (claim_json(claim()), ("--set", "dien-bien-2020-province"), "không phải bộ mà phiếu đã ký nêu"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, text: str, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "claim.json").write_text(text, encoding="utf-8")
    done = run("check-receipt", str(tmp_path / "claim.json"), *arguments)
    assert done.code == 2
    assert says in done.err


def test_items_outside_the_hundred_need_the_set(tmp_path: Path) -> None:
    data = claim()
    data["items"][0]["outside"] = "bonus"
    done = run("check-receipt", written(tmp_path, data)[0], "--format", "json")
    assert json.loads(done.out)["checks"] == []
