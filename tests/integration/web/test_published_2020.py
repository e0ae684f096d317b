"""The province's year 2020 in public: what the paper prints as it prints it, and nothing invented without its mark."""

from __future__ import annotations

import csv
import io
import json
import shutil
from fractions import Fraction

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from tests.factories.demonstration import loaded

from parindex.database.models import Cycle, Entry, UnitResult
from parindex.usecases.demonstration_cycles import DATA, rows_of

_PAPER = DATA / "examples" / "dien-bien-2020"


@pytest.fixture
def cycle(db: None) -> int:
    loaded()
    shutil.rmtree(default_storage.path("open_data"), ignore_errors=True)
    return Cycle.objects.get(year=2020).pk


def file(cycle: int, name: str) -> bytes:
    return b"".join(Client().get(f"/results/{cycle}/data/{name}"))


def table(cycle: int, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file(cycle, name).decode("utf-8-sig"), newline="")))


def page(cycle: int, code: str) -> str:
    answer = Client().get(f"/results/{cycle}/dien-bien/{code}/")
    assert answer.status_code == 200
    return answer.text


def test_every_opinion_is_public_with_body_and_time_where_the_paper_prints_them(cycle: int) -> None:
    printed = {one["item"]: one for one in rows_of(_PAPER / "opinions.csv") if one["kind"] != "survey"}
    rows = table(cycle, "opinions.csv")
    for code, paper in printed.items():
        said = [one for one in rows if one["code"] == code]
        assert (said[0]["kind"], said[0]["points"]) == (paper["kind"], paper["points"])
        assert (said[0]["level"], said[0]["body"]) == (paper["level"], paper["body"])
        assert said[0]["given"] == (f"{paper['given_at']}+07:00" if paper["given_at"] else "")
        assert bool(said[0]["illustration"]) == (not paper["body"])
    assert [one["code"] for one in rows if one["date"] == "2021-04-07"] == ["5.6"]
    assert "Vụ Đào tạo bồi dưỡng CBCCVC, 13:39 ngày 07/04/2021" in page(cycle, "5.6")


def test_the_provisional_opinion_stands_before_the_one_that_no_paper_prints(cycle: int) -> None:
    first, last = (one for one in table(cycle, "opinions.csv") if one["code"] == "1.3.2")
    assert (first["kind"], first["stands"], last["kind"], last["stands"]) == (
        "accept_provisionally", "false", "accept", "true",
    )  # fmt: skip
    assert last["illustration"] == "Minh họa: phiếu công bố không in ý kiến này"
    shown = page(cycle, "1.3.2")
    places = [shown.index(one) for one in ("Tạm thời đồng ý, sẽ rà soát", first["illustration"], last["illustration"])]
    assert places[0] > places[1] < places[2]
    assert "ý kiến trước, đã thay" in shown
    assert "chưa có điểm: thiếu số liệu" in shown
    assert "giữ nguyên mọi chữ số" not in shown  # nothing came of the rule, so no sum of it is shown


def test_a_claim_of_0_is_a_claim(cycle: int) -> None:
    items = {one["code"]: one for one in table(cycle, "items.csv")}
    assert (items["1.6"]["self"], items["1.6"]["appraised"], items["1.6"]["points"]) == ("0", "1.28", "1.28")
    assert items["2.4.1"]["self"] == ""
    claimed = sum(Fraction(one["self"]) for one in items.values() if one["self"])
    assert claimed == sum(Fraction(one["self_points"]) for one in rows_of(_PAPER / "entries.csv") if one["self_points"])
    assert "Tự chấm 0" in page(cycle, "1.6")
    assert Entry.objects.get(sheet__cycle=cycle, item_code="1.6").self_points == "0"


def test_a_unit_alone_in_its_group_is_ranked_nowhere(cycle: int, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (unit,) = table(cycle, "units.csv")
    assert (unit["ranked"], unit["rank"], unit["index"]) == ("false", "", "84.68919")
    (data,) = json.loads(file(cycle, "results.json"))["units"]
    assert (data["ranked"], data["rank"], data["points"]) == (False, None, "84.68919")
    path = tmp_path / "results.xlsx"
    path.write_bytes(file(cycle, "results.xlsx"))
    head, row = openpyxl.load_workbook(path)["units"].values
    assert dict(zip(head, row, strict=True)).get("ranked") is False
    assert UnitResult.objects.get(finalisation__cycle=cycle).rank is None
    ranking = Client().get(f"/results/{cycle}/").text
    assert "84,69" in ranking
    assert "không xếp hạng" in ranking
