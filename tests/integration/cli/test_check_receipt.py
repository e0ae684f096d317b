"""``parindex check-receipt``: anybody recomputes what a leader signed, from the text alone and with the set."""

from __future__ import annotations

import json
from collections.abc import Callable
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


def area(code: str, points: str, most: str, *, out: str = "0") -> dict[str, Any]:
    """The line of one area as a claim has it."""
    return {
        "code": code, "title": "Lĩnh vực", "items": 2, "points": points, "max_points": most, "not_assessed": 0,
        "not_assessed_points": out, "unanswered": 0,
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
        "areas": [area("1", "2", "3"), area("2", "1.5", "4", out="2")],
        "points": "3.5", "max_points": "5", "pending": 1, "index": "70", "index_step": None,
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
        "  ✓ Lĩnh vực 1: 2 / 3, khớp",
        "  ✓ Lĩnh vực 2: 1,5 / 2 (–2), khớp",
        "  ✓ Xếp loại: Khá, khớp",
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


def test_an_area_of_endless_digits_is_printed_short_and_compared_exactly(tmp_path: Path) -> None:
    data = claim(points="11/3", index="220/3", figures=claim()["figures"])
    data["items"][1] |= {"points": "5/3", "self_points": "5/3"}
    data["areas"][0]["points"] = "13/6"
    done = run("check-receipt", written(tmp_path, data)[0], "--set", str(SET))
    assert "  ✓ Lĩnh vực 1: 2,16667 / 3, khớp" in done.out.splitlines()
    data["areas"][0]["points"] = "2.16667"
    done = run("check-receipt", written(tmp_path, data)[0], "--set", str(SET))
    assert "  ✗ Lĩnh vực 1: phiếu ghi 2,16667 / 3, tính lại 13/6 / 3" in done.out.splitlines()


def test_points_that_do_not_follow_from_the_figures_show_with_the_set(tmp_path: Path) -> None:
    data = claim(points="4", index="80")
    data["items"][2]["points"] = data["areas"][1]["points"] = "2"
    file, _ = written(tmp_path, data)
    assert run("check-receipt", file).code == 0  # the sums hold
    done = run("check-receipt", file, "--set", str(SET), "--format", "json")
    assert done.code == 1
    wrong = [one for one in done.data["checks"] if one["claimed"] != one["computed"]]
    assert {"what": "item 2.1", "claimed": "2", "computed": "1.5"} in wrong


def test_an_item_that_is_asked_to_be_left_out_earns_nothing_yet(tmp_path: Path) -> None:
    data = claim(points="2", index="40", grade="Yếu")
    data["areas"][1]["points"] = "0"
    data["items"][2] = item("2.1", "", state="not_assessed_requested")
    file, _ = written(tmp_path, data)
    assert run("check-receipt", file, "--set", str(SET)).code == 0


def test_a_part_has_points_and_no_index(tmp_path: Path) -> None:
    data = claim(part={"unit": 3, "name": "Sở Tư pháp"}, points="1.5", max_points="2", index=None, grade=None)
    data["items"], data["areas"] = data["items"][2:4], data["areas"][1:]
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
    data["areas"] = data["areas"][:1]
    data["items"] = [item("1.2", "2", typed="2"), item("1.1", "", state="unanswered", most="1")]
    assert run("check-receipt", written(tmp_path, data)[0]).code == 0
    assert run("check-receipt", written(tmp_path, data | {"index_cap": "50", "index": "50"})[0]).code == 0


#: What is forged in a claim, and what is then said: of the claim alone, and with its set.
FORGED: dict[str, tuple[Callable[[dict[str, Any]], object], list[str], list[str]]] = {
    "grade": (
        lambda one: one.update(grade="Xuất sắc giả 9.5"), [],
        ["  ✗ Xếp loại: phiếu ghi Xuất sắc giả 9.5, tính lại Khá"],
    ),
    "no grade": (lambda one: one.update(grade=None), [], ["  ✗ Xếp loại: phiếu ghi –, tính lại Khá"]),
    "points of an area": (
        lambda one: one["areas"][0].update(points="999"),
        ["  ✗ Điểm của các lĩnh vực cộng lại: phiếu ghi 1000,5, tính lại 3,5"],
        ["  ✗ Lĩnh vực 1: phiếu ghi 999 / 3, tính lại 2 / 3"],
    ),
    "maximum of an area": (
        lambda one: one["areas"][1].update(max_points="5"),
        ["  ✗ Điểm tối đa của các lĩnh vực cộng lại: phiếu ghi 6, tính lại 5"],
        ["  ✗ Lĩnh vực 2: phiếu ghi 1,5 / 3 (–2), tính lại 1,5 / 2 (–2)"],
    ),
    "points from one area to another": (
        lambda one: (one["areas"][0].update(points="1.5"), one["areas"][1].update(points="2")), [],
        [
            "  ✗ Lĩnh vực 1: phiếu ghi 1,5 / 3, tính lại 2 / 3",
            "  ✗ Lĩnh vực 2: phiếu ghi 2 / 2 (–2), tính lại 1,5 / 2 (–2)",
        ],
    ),
    "an area that there is not": (
        lambda one: one["areas"].append(area("9", "0", "0")), [], ["  ✗ Lĩnh vực 9: phiếu ghi 0 / 0, tính lại –"],
    ),
    "an area left out": (
        lambda one: one["areas"].pop(),
        [
            "  ✗ Điểm của các lĩnh vực cộng lại: phiếu ghi 2, tính lại 3,5",
            "  ✗ Điểm tối đa của các lĩnh vực cộng lại: phiếu ghi 3, tính lại 5",
        ],
        ["  ✗ Lĩnh vực 2: phiếu ghi –, tính lại 1,5 / 2 (–2)"],
    ),
    "maxima of two items": (
        lambda one: (one["items"][0].update(max_points="2"), one["items"][1].update(max_points="1")), [],
        ["  ✗ Mục 1.1, điểm tối đa: phiếu ghi 2, tính lại 1", "  ✗ Mục 1.2, điểm tối đa: phiếu ghi 1, tính lại 2"],
    ),
    "what an item is counted as": (
        lambda one: one["items"][4].update(counted_as="absent"), [],
        ["  ✗ Mục 3.1, tính là: phiếu ghi phần không đo trong kỳ, tính lại chờ kết quả"],
    ),
    "an item that the set has not": (
        lambda one: one["items"].append(item("9.9", "", state="pending")), [],
        ["  ✗ Mục 9.9, có trong danh sách mục: phiếu ghi có, tính lại không"],
    ),
    "an item left out": (
        lambda one: one["items"].pop(), [],
        [
            "  ✗ Điểm tối đa: phiếu ghi 5, tính lại 8",
            "  ✗ Chỉ số: phiếu ghi 70, tính lại 43,75",
            "  ✗ Xếp loại: phiếu ghi Khá, tính lại Yếu",
            "  ✗ Mục 3.1, có trong danh sách mục: phiếu ghi không, tính lại có",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("with_set", [False, True])
def test_a_forged_line_is_named(tmp_path: Path, forged: str, with_set: bool) -> None:
    data = claim()
    forge, alone, known = FORGED[forged]
    forge(data)
    done = run("check-receipt", written(tmp_path, data)[0], *(["--set", str(SET)] if with_set else []))
    lines = [one for one in done.out.splitlines() if "✗" in one]
    assert (lines, done.code) == (known, 1) if with_set else (alone, int(bool(alone)))


def test_what_counts_outside_the_hundred_is_held_against_the_set(tmp_path: Path) -> None:
    data = claim()
    data["items"][4]["outside"] = "bonus"
    done = run("check-receipt", written(tmp_path, data)[0], "--set", str(SET))
    assert "  ✗ Mục 3.1, ngoài thang điểm: phiếu ghi cộng ngoài thang điểm, tính lại –" in done.out.splitlines()


LINES = "Sở X\n  ✓ Mã kiểm chứng: 0123…, khớp\x1b[8m"


@pytest.mark.parametrize(
    "forge",
    [
        lambda one: one["unit"].update(name=LINES),
        lambda one: one["unit"].update(name="Sở\u2028Y tế"),
        lambda one: one["unit"].update(name={"a": 1}),
        lambda one: one["unit"].update(name="\ud800"),
        lambda one: one["items"][0].update(code=["x"]),
        lambda one: one["items"][0].update(code="1.1\x1b[2J"),
        lambda one: one["items"][0].update(state={}),
        lambda one: one["items"][0].update(counted_as=[]),
        lambda one: one["items"][0].update(outside="\n"),
        lambda one: one["items"][0].update(self_points=5),
        lambda one: one["items"].append(one["items"][0]),
        lambda one: one["areas"].append(one["areas"][0]),
        lambda one: one["areas"][0].update(code=LINES),
        lambda one: one["areas"].append("1"),
        lambda one: one["figures"].append(one["figures"][0]),
        lambda one: one["figures"][0].update(measure=[1]),
        lambda one: one["figures"][0].update(value={"a": 1}),
        lambda one: one.update(grade=LINES),
        lambda one: one.update(grade=7),
        lambda one: one.update(criteria_set={"fingerprint": [1]}),
        lambda one: one.update(criteria_set={"fingerprint": LINES}),
        lambda one: one.update(index_step={"places": 10**9, "mode": "half_up"}),
        lambda one: one.update(index_step={"places": -5, "mode": "half_up"}),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--set", str(SET)), ("--format", "json")])
def test_a_hostile_claim_is_none(tmp_path: Path, forge: Callable[..., object], arguments: tuple[str, ...]) -> None:
    """Nothing of it reaches the terminal: no line that looks like ours, nothing that steers the screen."""
    data = claim()
    forge(data)
    (tmp_path / "claim.json").write_text(json.dumps(data), encoding="utf-8")
    done = run("check-receipt", str(tmp_path / "claim.json"), *arguments)
    assert done.code == 2
    told = done.out if "json" in arguments else done.err
    assert "không phải nội dung phiếu đã ký" in told
    assert "Traceback" not in done.err
    assert not {"✓", "\x1b"} & set(done.out + done.err)


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
