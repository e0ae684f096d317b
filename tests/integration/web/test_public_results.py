"""Public pages: what everybody sees after a publication, and nothing before it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.public_rankings import Ranked, ranking
from tests.factories.published_world import WHY, published_world
from tests.factories.world import World, now, world
from tests.journeys.looks import LATER_VISIT

from parindex.database.models import OutsideResult, Publication, Unit
from parindex.database.queries.publications import last_year_of
from parindex.web.public_results import ranking_page
from parindex.wording.moments import local_day, moment

TWO = (Ranked("Sở Y tế", error="0.05"), Ranked("Sở Tư pháp", {"1.2": "1"}, error="0.05"))


@pytest.fixture(autouse=True)
def _made_anew() -> None:
    """Pages of one test are not shown in another."""
    caches["public_pages"].clear()


@pytest.fixture
def small(db: None) -> World:
    """People and units, nothing published."""
    return world()


def shown(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.text


def status(address: str, client: Client | None = None) -> int:
    return (client or Client()).get(address).status_code


def row(text: str, name: str) -> str:
    """The row of a table whose head is a link with this name, without markup."""
    found = next(one for one in text.split("<tr>") if f">{name}</a>" in one)
    return " ".join(re.sub(r"<[^>]+>", " ", found.split("</tr>")[0]).split())


# --- before a publication --------------------------------------------------------------------------------------------


def test_nothing_is_published(small: World) -> None:
    assert "Chưa có kỳ nào công bố kết quả" in shown("/results/")
    assert "/results/" in shown("/")
    office = Client()
    office.force_login(small.people["chair"], backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = ("", "criteria/", "data/", "data/units.csv", "so-y-te/", "so-y-te/2.1/", "versions/1/")
    asked = [f"/results/{small.cycle.pk}/{one}" for one in pages]
    asked += ["/results/999999/", "/results/99999999999999999999/"]
    assert {status(one) for one in asked} | {status(one, office) for one in asked} == {404}


def test_under_embargo_there_is_the_date_alone(small: World) -> None:
    made = ranking(small, TWO, public_from=now() + timedelta(days=2))
    when, home = moment(made.public_from), f"/results/{made.cycle_id}/"
    for address in ("/results/", home, f"{home}don-vi-1/", f"{home}don-vi-1/2.1/", f"{home}criteria/", f"{home}data/"):
        text = shown(address)
        assert when in text
        hidden = ("Sở Y tế", "84,", "345/QĐ-UBND", "Bộ tiêu chí thử", made.finalisation.snapshot.fingerprint)
        assert [one for one in hidden if one in text] == []
        assert Client().get(address)["Cache-Control"] == "public, no-cache"
    assert [status(home + one) for one in ("data/units.csv", "data/snapshot.json", "versions/1/")] == [404, 404, 404]


def test_a_correction_under_embargo_shows_what_held_before(small: World) -> None:
    made = ranking(small, TWO)
    ranking(
        small, (Ranked("Sở Y tế", {"1.2": "0"}), TWO[1]), cycle=made.cycle, number=2, reason="Nhầm",
        public_from=now() + timedelta(days=2),
    )  # fmt: skip
    text = shown(f"/results/{made.cycle_id}/")
    assert "84,00%" in text
    assert "đính chính" not in text
    assert status(f"/results/{made.cycle_id}/versions/2/") == 404
    assert "Nhầm" not in shown("/results/")


# --- the ranking -----------------------------------------------------------------------------------------------------


def test_ties_changes_what_is_left_out_and_the_interval(small: World) -> None:
    before = (Ranked("Sở Y tế", {"1.2": "0"}), TWO[1], Ranked("Ban Dân tộc", {"1.2": "0.5"}))
    ranking(small, before, year=2024)
    units = (
        *TWO, Ranked("Ban Dân tộc", {"1.2": "1"}, error="0.05"), Ranked("Thanh tra", {}, ("2.2",), error="0.05"),
        Ranked("Văn phòng", error="", ranked=False),
    )  # fmt: skip
    made = ranking(small, units)
    text = shown(f"/results/{made.cycle_id}/")
    assert row(text, "Sở Y tế") == "1 ▲ 2 lên 2 bậc Sở Y tế 84,00% 8,4 / 10 Tốt 1"
    assert row(text, "Sở Tư pháp") == "3 đồng hạng ▼ 2 xuống 2 bậc Sở Tư pháp 79,00% 7,9 / 10 Khá 2–4"
    assert row(text, "Ban Dân tộc") == "3 đồng hạng ▼ 1 xuống 1 bậc Ban Dân tộc 79,00% 7,9 / 10 Khá 2–4"
    assert row(text, "Thanh tra") == "2 – Thanh tra 80,00% 6,4 / 8 không đánh giá 2 Tốt 2–4"
    assert row(text.split("Không xếp hạng")[1], "Văn phòng") == "Văn phòng 84,00% 8,4 / 10 Tốt"
    assert "2 trên 4 đơn vị xếp loại Tốt, 2 xếp loại Khá. Đứng đầu: Sở Y tế, 84,00%." in text


def test_without_standard_errors_a_sentence_says_why(small: World) -> None:
    made = ranking(small, (TWO[0], Ranked("Sở Tư pháp", {"1.2": "1"})))
    text = shown(f"/results/{made.cycle_id}/")
    assert "chưa có sai số chuẩn của điểm điều tra cho mọi đơn vị được xếp hạng" in text
    assert ">Khoảng hạng" not in text


def test_first_ones_that_the_survey_does_not_tell_apart(small: World) -> None:
    made = ranking(small, (Ranked("Sở Y tế", error="0.5"), Ranked("Sở Tư pháp", {"1.2": "1.4"}, error="0.5")))
    assert "2 đơn vị đứng đầu sát nhau" in shown(f"/results/{made.cycle_id}/")


def test_a_printed_value_that_tells_another_story_says_so(small: World) -> None:
    made = ranking(small, (Ranked("Sở Y tế", {"3.1": "1.9996"}), Ranked("Sở Tư pháp", {"3.1": "1.9999"})))
    text = shown(f"/results/{made.cycle_id}/")
    story = "In tròn 80,00% nhưng giá trị đúng là 79,996%, dưới ngưỡng Tốt 80%"
    assert row(text, "Sở Y tế") == f"2 Sở Y tế {story} 80,00% 7,9996 / 10 Khá"


def test_a_group_of_one_is_not_ranked(small: World) -> None:
    made = ranking(small, TWO[:1])
    text = shown(f"/results/{made.cycle_id}/")
    assert "Sở Y tế đạt 84,00%, 8,4 trên 10 điểm. Xếp loại Tốt. Nhóm có một đơn vị nên không xếp hạng." in text
    assert "<table" not in text


def test_looking_for_a_name_needs_no_marks(small: World) -> None:
    made = ranking(small, TWO)
    text = shown(f"/results/{made.cycle_id}/?q=tu+PHAP")
    assert ("Sở Tư pháp" in text, ">Sở Y tế<" in text, '<b class="rank__no">2</b>' in text) == (True, False, True)
    assert "Không có đơn vị nào tên như “&lt;b&gt;”" in shown(f"/results/{made.cycle_id}/?q=%3Cb%3E")


def test_the_year_before_is_read_of_the_units_that_are_shown(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ranking(small, TWO, year=2024)
    made, asked, counts = ranking(small, TWO[::-1]), [], []

    def noted(publication: Publication, at: datetime, units: Collection[int] | None = None) -> object:
        asked.append(units)
        return last_year_of(publication, at, units)

    monkeypatch.setattr(ranking_page, "last_year_of", noted)
    for query in ("", "?q=tu+phap"):
        shown(f"/results/{made.cycle_id}/{query}")  # what is read once a process is read
        caches["public_pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            text = shown(f"/results/{made.cycle_id}/{query}")
        counts.append(len(queries))
    assert asked[1::2] == [None, [Unit.objects.get(code="don-vi-1").pk]]
    assert counts[0] == counts[1]
    assert "So với 2024" in text
    assert row(text, "Sở Tư pháp").startswith("2 ▼ 1 ")


def test_pages_of_a_hundred(small: World) -> None:
    made = ranking(small, [Ranked(f"Xã {number}", {"1.2": f"{number / 200:.3f}"}) for number in range(150)])
    home = f"/results/{made.cycle_id}/"
    assert [shown(home + one).count("rank__no") for one in ("", "?page=2", "?in=1")] == [100, 50, 150]
    assert "Hiện 101–150 trên 150" in shown(home + "?page=2")
    assert [status(home + one) for one in ("?page=3", "?group=khac", "?page=0", "?page=x")] == [404, 404, 200, 200]
    assert len(Client(headers={"Accept-Encoding": "gzip"}).get(home).content) < LATER_VISIT


def test_the_picker_goes_to_another_cycle(small: World) -> None:
    earlier, made = ranking(small, TWO, year=2024), ranking(small, TWO)
    answer = Client().get(f"/results/{made.cycle_id}/", {"cycle": str(earlier.cycle_id)})
    assert (answer.status_code, answer["Location"]) == (302, f"/results/{earlier.cycle_id}/")


# --- corrections -----------------------------------------------------------------------------------------------------


def test_a_correction_shows_both_values_and_its_date(small: World) -> None:
    made = ranking(small, TWO)
    side = {"code": "don-vi-1", "name": "Sở Y tế", "max_points": "10", "ranked": True}
    before = {**side, "index": "84", "points": "8.4", "grade": "Tốt", "rank": 1}
    after = {**side, "index": "69", "points": "6.9", "grade": "Khá", "rank": 2}
    items = [{"code": "1.2", "before": ["answered", "1.5"], "after": ["answered", "0"]}]
    changed = {"group": "departments", "code": "don-vi-1", "name": "Sở Y tế", "before": before, "after": after}
    difference = json.dumps([{**changed, "items": items}])
    ranking(
        small, (Ranked("Sở Y tế", {"1.2": "0"}), TWO[1]), cycle=made.cycle, number=2, reason="Cộng nhầm mục 1.2.",
        difference=difference,
    )  # fmt: skip
    home = f"/results/{made.cycle_id}/"
    text = shown(home)
    assert "Cộng nhầm mục 1.2. Quyết định số 346/QĐ-UBND ngày 05/03/2026; 1 đơn vị có giá trị thay đổi." in text
    assert row(text, "Sở Y tế") == "2 Sở Y tế trước đính chính: 84,00%, hạng 1 69,00% 6,9 / 10 Khá"
    version = shown(f"{home}versions/2/")
    assert "<del>84,00%</del> <ins>69,00%</ins>" in version
    assert "<del>1,5</del> <ins>0</ins>" in version
    first = shown(f"{home}versions/1/")
    assert "Đây là lần công bố 1, không còn hiệu lực." in first
    assert row(first, "Sở Y tế") == "1 Sở Y tế 84,00% 8,4 / 10 Tốt 1"
    assert "Trước đính chính: 84,00%, hạng 1; sau: 69,00%, hạng 2." in shown(f"{home}don-vi-1/")
    assert "Trước đính chính: 1,5 điểm; sau: 0 điểm." in shown(f"{home}don-vi-1/1.2/")
    assert status(f"{home}versions/3/") == 404


def test_a_correction_replaces_the_page_that_was_kept(small: World) -> None:
    made = ranking(small, TWO)
    home = f"/results/{made.cycle_id}/"
    assert "84,00%" in shown(home)
    lower = (Ranked("Sở Y tế", {"1.2": "0"}), TWO[1])
    ranking(small, lower, cycle=made.cycle, number=2, reason="Nhầm", difference="[]")
    assert "84,00%" not in shown(home)


# --- profile and derivation ------------------------------------------------------------------------------------------


def test_a_profile(small: World) -> None:
    ranking(small, (Ranked("Sở Y tế", {"1.2": "1"}, ("2.2",)),) * 2, year=2024)
    made = ranking(small, (Ranked("Sở Y tế", {"1.2": "0.5"}, ("2.2",)), TWO[1]))
    told = {
        "unit": Unit.objects.get(code="don-vi-1"), "of": 63, "source": "QĐ 268", "source_date": now().date(),
        "recorded_by": small.people["chair"], "recorded_at": now(),
    }  # fmt: skip
    OutsideResult.objects.create(year=2024, title="PAR INDEX của bộ", rank=35, **told)
    OutsideResult.objects.create(year=2023, title="Đã rút", rank=1, withdrawn_at=now(), **told)
    text = shown(f"/results/{made.cycle_id}/don-vi-1/")
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert "Đạt 5,4 trên 8 điểm. 2 điểm không đánh giá, đã rút khỏi điểm tối đa. Xếp loại Khá." in plain
    assert "Giảm từ 73,75% năm 2024 xuống 67,50% năm 2025." in plain
    assert "Kéo ngang để xem hết các năm đến 2025." in plain
    assert "PAR INDEX của bộ Năm Chỉ số Hạng Nguồn 2024 – 35/63 QĐ 268" in plain
    assert "Đã rút" not in plain
    assert "1 Chỉ đạo, điều hành 3 2 1,5 ▼ 0,5 50,0%" in plain
    assert "1.2 Sáng kiến Hội đồng điều chỉnh: Thiếu tài liệu kiểm chứng" in plain
    assert "2.2 Hồ sơ trực tuyến 2 Không có thủ tục Nghị định 61" in plain
    assert status(f"/results/{made.cycle_id}/khong-co/") == 404


def test_a_derivation_says_how_and_who_without_names(db: None) -> None:
    made = published_world()
    home = f"/results/{made.made.cycle.pk}/"
    plain = " ".join(re.sub(r"<[^>]+>", " ", shown(f"{home}so-tu-phap/2.2/")).split())
    assert "300 Hồ sơ trực tuyến 1.200 Hồ sơ tiếp nhận = 25% ÷ 50% × 2 = 1" in plain
    assert "tính theo tỷ lệ: 2 × 25% ÷ 50% = 1" in plain
    assert f"Thẩm định 0,75 Điều chỉnh được tính Hội đồng thẩm định, Cấp 1, {local_day(now()):%d/%m/%Y} {WHY}" in plain
    assert "Mục này góp 0,75 vào 6,2 điểm của đơn vị." in plain
    assert "1.200 hồ sơ 2.1" in plain
    assert "sai số chuẩn 0,05" in shown(f"{home}so-y-te/3.1/")
    assert "chọn phương án “Kịp thời”" in shown(f"{home}so-y-te/1.1/")
    assert status(f"{home}so-y-te/9.9/") == 404
    names = [one.full_name for one in made.made.people.values()]
    pages = ["", "so-y-te/?items=all", "so-tu-phap/", "data/", "so-y-te/1.1/", "so-y-te/2.1/", "so-y-te/3.1/"]
    assert [name for name in names for page in pages if name in shown(home + page)] == []


def test_criteria_show_the_rules_in_words(small: World) -> None:
    made = ranking(small, TWO)
    text = shown(f"/results/{made.cycle_id}/criteria/?area=2")
    assert "Điểm theo tỷ lệ: “Hồ sơ trực tuyến” ÷ “Hồ sơ tiếp nhận”; mức đạt tối đa 50%" in text
    assert "Tốt từ 80%; Khá từ 50%; Yếu dưới mức đó" in " ".join(text.split())
    assert "1.1" in shown(f"/results/{made.cycle_id}/criteria/?in=1")


# --- speed, cache, language ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "don-vi-1/", "don-vi-1/1.2/", "criteria/"])
def test_queries_do_not_grow_with_units(small: World, place: str) -> None:
    few = ranking(small, TWO[:1] * 2)
    many = ranking(small, TWO[:1] * 6, year=2030)
    counts = []
    for made in (few, many):
        shown(f"/results/{made.cycle_id}/{place}")  # what is read once a process is read
        caches["public_pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            shown(f"/results/{made.cycle_id}/{place}")
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            shown(f"/results/{made.cycle_id}/{place}")
        assert len(queries) == (2 if place in ("don-vi-1/", "criteria/") else 1)
    assert counts[0] == counts[1]


def test_pages_are_public_kept_and_asked_again_by_their_mark(small: World) -> None:
    made = ranking(small, TWO)
    home = f"/results/{made.cycle_id}/"
    first = Client().get(home)
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["ETag"].startswith(f'W/"{made.finalisation.snapshot.fingerprint[:16]}-')
    assert sorted(first["Vary"].split(", ")) == ["Accept-Encoding", "Cookie"]
    assert Client().get(home, headers={"If-None-Match": first["ETag"]}).status_code == 304
    owner = Client()
    owner.force_login(small.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert owner.get(home).content == first.content
    packed = Client().get(home, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert Client().post(home).status_code == 405


def test_a_stranger_to_an_address_leaves_nothing_in_the_page_that_is_kept(small: World) -> None:
    made = ranking(small, TWO)
    assert "bay-gio" not in shown(f"/results/{made.cycle_id}/?x=bay-gio&next=bay-gio")
    assert "bay-gio" not in shown(f"/results/{made.cycle_id}/")


def test_english(small: World) -> None:
    made = ranking(small, TWO)
    answer = Client(headers={"cookie": "parindex_language=en"}).get(f"/results/{made.cycle_id}/")
    assert (answer["Content-Language"], '<html lang="en">' in answer.text) == ("en", True)
    assert "84.00%" in answer.text
    assert "84,00%" in shown(f"/results/{made.cycle_id}/")
