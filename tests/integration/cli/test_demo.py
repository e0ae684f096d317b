"""The demonstration: its figures, and a page that needs nothing but itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.integration.cli.running import ENGLISH, Done, run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, str]:
    """What it prints, and its page."""
    out = tmp_path_factory.mktemp("demo") / "output" / "demo.html"
    done = run("demo", "--out", str(out))
    return done, out.read_text("utf-8")


def test_the_index_of_2020_is_recomputed_and_compared_with_the_published_one(demo: tuple[Done, str]) -> None:
    done, page = demo
    assert done.code == 0
    for words in ("56,2967", "56,9527", "19,09159", "8,6449", "84,68919%", "84,69%", "trùng khớp"):
        assert words in done.out
        assert words in page


def test_items_scored_from_figures_are_listed_and_those_typed_are_counted(demo: tuple[Done, str]) -> None:
    out = demo[0].out
    counts = "46 mục tính từ số liệu, 41 mục nhập tay, 1 mục có số liệu bị từ chối, 26 mục từ điều tra"
    assert f"Phiếu năm 2020, {counts}:" in " ".join(out.split())
    assert counts in demo[1]
    assert "trích 18 mục), 15 mục tính từ số liệu, 3 mục nhập tay:" in out
    for code in (
        "3.4.1",
        "3.4.2",
        "3.4.3",
        "5.6",
        "6.1.1",
        "6.1.3",
        "7.1.3",
        "7.1.9",
        "7.2.1",
        "7.3.1",
        "1.3.2",
        "7.3.6",
        "7.3.7",
        "8.5",
    ):
        assert re.search(rf"^{re.escape(code)} ", out, re.MULTILINE), code


def group(out: str, heading: str) -> list[str]:
    """The items listed below a heading, as "code (year)"."""
    below = out.split(f"\n{heading}")[1].split("\n  • ", 1)[1]
    listed = "\n  • " + re.split(r"\n(?! )", below)[0]
    return re.findall(r"\n  • (\S+ \(\d+\))", listed)


def test_only_the_items_that_contradict_their_figures_are_flagged(demo: tuple[Done, str]) -> None:
    out = demo[0].out
    assert group(out, "Điểm in không theo số liệu in") == ["7.1.11 (2020)", "7.1.4 (2024)"]
    assert "3 ÷ 8 × 0,5 = 0,1875" in out


def test_figures_printed_the_wrong_way_round_are_named_and_not_swapped(demo: tuple[Done, str]) -> None:
    out = demo[0].out
    assert group(out, "Số in ngược tử, mẫu") == ["7.2.2 (2020)"]
    assert "40.639 ÷ 11.778 vượt 100% (đảo lại: 28,98%); điểm in 1 giữ nguyên." in " ".join(out.split())


def test_items_whose_true_rule_is_not_printed_are_a_group_of_their_own(demo: tuple[Done, str]) -> None:
    out, page = demo[0].out, demo[1]
    codes = ["1.3.1", "3.3.2", "3.4.5", "4.1.3", "4.2.3", "6.2.3", "6.2.4", "7.3.2", "7.3.3", "8.6"]
    expected = [f"{code} (2020)" for code in codes] + ["7.3.4 (2024)", "8.4 (2024)"]
    assert group(out, "Tính theo quy tắc giả định không khớp") == expected
    assert out.count("không rõ quy tắc *") == len(expected)
    assert "quy tắc thật (ngưỡng, đích) không có trong văn bản" in page


def test_the_findings_on_2270_are_shown(demo: tuple[Done, str]) -> None:
    assert demo[0].out.count("[lỗi]") == 3
    assert "Mã 2.3.1 dùng cho 2 mục" in demo[1]


def test_the_simulated_cycle_says_that_it_is_simulated(demo: tuple[Done, str]) -> None:
    done, page = demo
    assert "SỐ LIỆU MÔ PHỎNG" in done.out
    assert "Không phải kết quả thật." in page
    assert len(re.findall(r"^ +\d+  (?:Sở|Ban|Thanh tra|Văn phòng|Ủy ban)", done.out, re.MULTILINE)) == 29


def test_the_satisfaction_table_stands_beside_what_its_items_give(demo: tuple[Done, str]) -> None:
    done, page = demo
    assert "51/51 dòng in đúng bằng số tính lại từ 39 tiêu chí" in " ".join(done.out.split())
    assert "Không có khoảng tin cậy" in page
    assert page.count('<tr class="at-item">') == 39
    assert page.count('<tr class="at-group">') == 9
    assert "82,96%" in page


def test_the_nine_indicators_show_their_one_wrong_total(demo: tuple[Done, str]) -> None:
    done, page = demo
    said = "tổng điểm ghi 15,98, các chỉ số cộng được 15,97"
    assert (said in " ".join(done.out.split()), said in page) == (True, True)
    section = page[page.index('<section id="procedures"') :]
    assert section.count("is-differs") == section.count("tag--differs") == 1
    assert section.count('<th scope="row">') == 28
    assert "17/18 Xuất sắc, 1/18 Tốt" in section


def test_the_terminal_output_fits_a_hundred_columns(demo: tuple[Done, str]) -> None:
    lines = [line for line in demo[0].out.splitlines() if "/demo" not in line]  # but paths of files
    assert max(len(line) for line in lines) <= 100
    assert "\x1b" not in demo[0].out


class _Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_refers_to_nothing_outside_itself(demo: tuple[Done, str]) -> None:
    page = _Page(demo[1])
    for tag, attributes in page.tags:
        assert tag not in ("script", "iframe", "object", "embed", "img")
        for name in ("src", "href", "xlink:href", "action"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:")), (tag, value)
        assert not [name for name in attributes if name.startswith("on")]
    assert "@import" not in demo[1]
    assert set(re.findall(r"https?://[^\s\"'<]+", demo[1])) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_the_page_can_be_read_without_seeing_it(demo: tuple[Done, str]) -> None:
    page = _Page(demo[1])
    assert page.all("html")[0]["lang"] == "vi"
    assert len(page.all("h1")) == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attributes.get("scope") in ("col", "row") for attributes in page.all("th"))
    assert all(attributes["aria-hidden"] == "true" for attributes in page.all("svg"))
    assert len(page.all("figcaption")) == len(page.all("figure")) > 0
    named = {attributes.get("id") for _, attributes in page.tags}
    assert {(attributes["href"] or "")[1:] for attributes in page.all("a")} <= named


def test_the_page_is_the_same_every_time(demo: tuple[Done, str], tmp_path: Path) -> None:
    run("demo", "--out", str(tmp_path / "again.html"))
    assert (tmp_path / "again.html").read_text("utf-8") == demo[1]


def test_the_demonstration_speaks_english_where_the_locale_does(tmp_path: Path) -> None:
    done = run("demo", "--out", str(tmp_path / "demo.html"), environment=ENGLISH)
    assert "Recomputed index 84.68919%; published 84.69%." in done.out
    assert '<html lang="en">' in (tmp_path / "demo.html").read_text("utf-8")


def test_the_figures_are_given_for_machines_too(tmp_path: Path) -> None:
    done = run("demo", "--out", str(tmp_path / "demo.html"), "--format", "json")
    assert done.code == 0
    province = done.data["province"]
    assert {name: province[name] for name in ("self_points", "points", "index", "published", "items")} == {
        "self_points": "56.2967", "points": "84.68919", "index": "84.68919", "published": "84.69", "items": 114,
    }  # fmt: skip
    listed = len(province["scored_from_figures"]) + len(province["refused_by_the_rule"])
    assert listed + province["typed_by_hand"] + province["from_surveys"] == 114
    assert [one["findings"]["error"] for one in done.data["checked"]] == [2, 1]
    assert [len(one["units"]) for one in done.data["simulated"]] == [19, 10]
    assert (done.data["satisfaction"]["rows_as_printed"], done.data["satisfaction"]["2024"]) == (51, "82.96")
    assert [(one["code"], one["found"]) for one in done.data["evaluation"]["findings"]] == [("I.15", "15.97")]
    assert Path(done.data["page"]).exists()


def test_the_bundle_of_2020_is_written_and_verifies(demo: tuple[Done, str]) -> None:
    out = demo[0].out
    assert "✓ đúng chữ ký; tính lại 114 điểm đều khớp" in out
    (path,) = (line.rsplit(" ", 1)[-1] for line in out.splitlines() if "parindex verify" in line)
    done = run("verify", path)
    assert done.code == 0
    assert "(mô phỏng, không phải khóa thật)" in done.out
