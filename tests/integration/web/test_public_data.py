"""Open data as it is handed out: the same bytes, everything in it, nothing that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from tests.factories.public_rankings import Ranked, ranking
from tests.factories.published_world import published_world
from tests.factories.world import World, world

from parindex.cli import main

HOSTILE = '=HYPERLINK("http://x.vn";"Sở, Y tế")'
UNITS = (Ranked(HOSTILE, {"1.2": "1/3"}, error="0.05"), Ranked("@Sở\tTư pháp", {}, ("2.2",), error="0.05"))


@pytest.fixture
def small(db: None) -> World:
    """People and units; files are made anew."""
    shutil.rmtree(default_storage.path("open_data"), ignore_errors=True)
    return world()


def file(cycle: int, name: str) -> bytes:
    answer = Client().get(f"/results/{cycle}/data/{name}")
    assert answer.status_code == 200, name
    return b"".join(answer)


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_every_unit_and_no_formula(small: World) -> None:
    made = ranking(small, UNITS)
    first, second = table(file(made.cycle_id, "units.csv"))
    assert first == {
        "group": "departments", "unit": "don-vi-1", "name": f"'{HOSTILE}", "ranked": "true", "rank": "2",
        "index": "72.333333333333", "index_exact": "217/3", "points": "7.233333333333", "points_exact": "217/30",
        "max_points": "10", "grade": "Khá", "simulated": "false",
    }  # fmt: skip
    assert (second["name"], second["max_points"]) == ("'@Sở\tTư pháp", "8")
    items = table(file(made.cycle_id, "items.csv"))
    assert [one["points"] for one in items if one["unit"] == "don-vi-1"] == ["1", "0.333333333333", "1.5", "2", "2.4"]
    out = next(one for one in items if one["state"] == "not_assessed")
    assert (out["points"], out["not_assessed_basis"]) == ("", "Nghị định 61")


def test_xlsx_stores_text_as_text(small: World, tmp_path: Path) -> None:
    made = ranking(small, UNITS)
    path = tmp_path / "results.xlsx"
    path.write_bytes(file(made.cycle_id, "results.xlsx"))
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for line in sheet for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert book["units"]["C2"].value == HOSTILE
    assert book["items"]["E2"].value == 1


def test_the_package_describes_its_files(small: World) -> None:
    made = ranking(small, UNITS)
    with zipfile.ZipFile(io.BytesIO(file(made.cycle_id, "datapackage.zip"))) as package:
        described = json.loads(package.read("datapackage.json"))
        assert package.namelist()[-1] == "datapackage.json"
        for one in described["resources"]:
            content = package.read(one["path"])
            assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
            if one["profile"] == "tabular-data-resource":
                assert content.decode().split("\r\n")[0].split(",") == [of["name"] for of in one["schema"]["fields"]]
        keys = {one["name"]: one["schema"]["primaryKey"] for one in described["resources"] if "schema" in one}
        assert keys["items"] == ["unit", "code"]
        assert package.read("criteria_sets/departments.yaml").decode() == small.version.content
        assert described["parindex"]["decision"] == {"number": "345/QĐ-UBND", "date": "2026-03-05"}
        (source,) = described["sources"]
        assert source["title"].endswith(f"{made.cycle.title}. 345/QĐ-UBND, 2026-03-05")
        assert described["contributors"] == [{"title": source["title"].split(":")[0], "role": "publisher"}]
        assert "licenses" not in described


def test_json_holds_what_pages_show(small: World) -> None:
    made = ranking(small, UNITS)
    data = json.loads(file(made.cycle_id, "results.json"))
    assert (data["format"], data["year"], len(data["units"])) == ("parindex/open-data/1", 2025, 2)
    assert data["units"][0]["items"]["1.2"]["granted"][0]["reason"] == "Thiếu tài liệu kiểm chứng"


@pytest.mark.parametrize("name", ["units.csv", "results.json", "results.xlsx", "datapackage.zip"])
def test_the_same_result_is_the_same_bytes(small: World, name: str) -> None:
    made = ranking(small, UNITS)
    before = file(made.cycle_id, name)
    shutil.rmtree(default_storage.path("open_data"))
    assert file(made.cycle_id, name) == before


def test_files_are_found_by_their_mark_and_their_version(small: World) -> None:
    made = ranking(small, UNITS)
    address = f"/results/{made.cycle_id}/data/units.csv"
    answer = Client().get(address)
    assert answer.getvalue()
    assert answer["Content-Disposition"] == f'attachment; filename="parindex-2025-{made.cycle_id}-1-units.csv"'
    assert answer["Cache-Control"] == "public, max-age=60"
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    ranking(small, UNITS[1:], cycle=made.cycle, number=2, reason="Nhầm", difference="[]")
    rows = [len(table(file(made.cycle_id, one))) for one in ("units.csv", "units.csv?version=1", "units.csv?version=2")]
    assert rows == [1, 2, 1]
    for wrong in ("units.txt", "khac.csv", "../units.csv", "units.csv?version=3", ".csv"):
        assert Client().get(f"/results/{made.cycle_id}/data/{wrong}").status_code == 404


def test_everybody_can_recompute_what_was_frozen(db: None, tmp_path: Path) -> None:
    made = published_world()
    path = tmp_path / "snapshot.json"
    path.write_bytes(file(made.made.cycle.pk, "snapshot.json"))
    assert main(["verify", str(path), "--fingerprint", made.finalisation.snapshot.fingerprint]) == 0
    tables = [table(file(made.made.cycle.pk, f"{name}.csv")) for name in ("figures", "opinions", "criteria")]
    reported = {"unit": "so-y-te", "measure": "received", "year": "2025", "value": "1200", "simulated": "false"}
    assert reported in tables[0]
    assert {one["kind"] for one in tables[1]} == {"accept", "adjust"}
    assert [one["rule"] for one in tables[2]] == ["", "option", "", "", "ratio", "ratio", "", ""]
