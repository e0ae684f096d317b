"""Papers that are checked for somebody: handed in, reported to that person alone, stopped, taken away in time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now

from parindex.database.models import TextCheck
from parindex.documents.arithmetic.checking_worker import answered
from parindex.documents.background_jobs import Job
from parindex.usecases import text_checks as checks

Person = Callable[[str], Client]
REPORT = "BÁO CÁO\n\nNăm 2024 có 32/45 nhiệm vụ hoàn thành, đạt 71,71%.\n\nCó 15/29 cơ quan, đạt 51,72%.\n"


@pytest.fixture
def officer(as_person: Person, settings: Any, tmp_path: Any) -> Client:
    """The browser of an officer; working files lie in a folder of the test."""
    settings.HOME = tmp_path
    return as_person("owner")


def sent(client: Client, *files: tuple[str, str]) -> Any:
    """The answer to papers that are handed in."""
    papers = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    return client.post("/text-checks/", {"papers": papers})


def reported(client: Client, *files: tuple[str, str]) -> str:
    """The page of the report, once it has come."""
    answer = sent(client, *files)
    assert answer.status_code == 302, answer.text
    for _ in range(120):  # a machine with much to do may need longer than a request waits
        page = client.get(answer["Location"])
        if TextCheck.objects.latest("pk").ended_at is not None:
            return str(page.text)
        time.sleep(0.5)
    raise AssertionError(page.text)


def test_a_paper_is_reported_with_what_does_not_add_up(officer: Client, tmp_path: Any) -> None:
    page = reported(officer, ("bao-cao.txt", REPORT))
    assert "1 chỗ không khớp" in page
    assert "71,11" in page
    assert "<mark>71,71" in page
    assert "51,72" not in page
    assert not list((tmp_path / "readings").rglob("*.txt")), "papers are kept nowhere"
    assert "bao-cao.txt" in officer.get("/text-checks/").text


def test_a_paper_that_cannot_be_read_does_not_keep_the_others_from_it(officer: Client) -> None:
    page = reported(officer, ("hong.docx", "không phải Word"), ("bao-cao.txt", REPORT))
    assert "Có tệp chưa đọc được" in page
    assert "71,11" in page


@pytest.mark.parametrize("name", ["mau.docm", "MAU.DOTM"])
def test_a_word_file_with_macros_is_refused_with_what_to_do(officer: Client, name: str) -> None:
    page = sent(officer, (name, "PK"))
    assert (page.status_code, TextCheck.objects.exists()) == (422, False)
    assert f"Tệp {name} là văn bản Word có macro" in page.text
    assert "lưu lại dạng .docx" in page.text


@pytest.mark.parametrize("files", [(), (("ảnh.exe", "MZ"),), (("trống.txt", ""),)])
def test_what_is_no_paper_is_refused_with_the_reason(officer: Client, files: tuple[tuple[str, str], ...]) -> None:
    answer = sent(officer, *files)
    assert answer.status_code == 422
    assert "Chưa nhận được tệp" in answer.text
    assert not TextCheck.objects.exists()


def test_a_check_is_stopped_and_taken_away(
    officer: Client, made: World, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[Job] = []
    monkeypatch.setattr(Job, "start", lambda *_, **__: None)
    monkeypatch.setattr(Job, "wait", lambda *_: False)
    monkeypatch.setattr(Job, "stop", lambda self: stopped.append(self))
    answer = sent(officer, ("bao-cao.txt", REPORT))
    page = officer.get(answer["Location"]).text
    assert "Đang kiểm tra bao-cao.txt" in page
    assert "Dừng" in page
    assert list((tmp_path / "readings").rglob("bao-cao.txt"))
    assert officer.post(f"{answer['Location']}discard/").status_code == 302
    assert len(stopped) == 1
    assert not list((tmp_path / "readings").rglob("bao-cao.txt"))
    assert officer.get(answer["Location"]).status_code == 404
    assert made.people["owner"].text_checks.count() == 0


def test_one_check_a_person_at_a_time_and_a_few_in_all(
    officer: Client, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Job, "start", lambda *_, **__: None)
    monkeypatch.setattr(Job, "wait", lambda *_: False)
    monkeypatch.setattr(checks, "MOST_AT_ONCE", 1)
    TextCheck.objects.create(made_by=made.people["leader"], made_at=now(), names='["a.txt"]')
    assert "Máy chủ đang kiểm tra 1 lượt" in sent(officer, ("bao-cao.txt", REPORT)).text
    TextCheck.objects.all().update(made_by=made.people["owner"])
    assert "chưa xong" in sent(officer, ("bao-cao.txt", REPORT)).text


def test_papers_that_nobody_came_back_to_go_with_the_clock(officer: Client, made: World, tmp_path: Any) -> None:
    answer = {"papers": [], "problems": [], "doubts": []}
    made_check = TextCheck.objects.create(made_by=made.people["owner"], made_at=now(), names='["a.txt"]')
    job = checks._job(made_check)
    (job.folder / job.name / "1").mkdir(parents=True)
    (job.folder / job.name / "1" / "a.txt").write_text("mật", encoding="utf-8")
    checks.clear_old_checks(at=now())
    assert list(tmp_path.rglob("a.txt")), "it has not been read yet"
    job.target.write_text(json.dumps(answer), encoding="utf-8")
    checks.clear_old_checks(at=now())
    assert not list(tmp_path.rglob("a.txt"))
    made_check.refresh_from_db()
    assert json.loads(made_check.answer) == answer


def test_a_process_that_ends_without_an_answer_is_said_at_once(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_WORKER", "parindex.documents.nothing_of_this_name")
    answer = sent(officer, ("bao-cao.txt", REPORT))
    assert "đã dừng mà không có kết quả" in officer.get(answer["Location"]).text


def test_a_paper_that_is_too_long_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    (tmp_path / "dai.txt").write_text("chữ " * 800_000, encoding="utf-8")
    (tmp_path / "ngan.txt").write_text(REPORT, encoding="utf-8")
    files = [{"path": str(tmp_path / name), "name": name} for name in ("dai.txt", "ngan.txt")]
    found = answered(files, tmp_path / "answer.json")
    assert [one["kind"] for one in found["problems"]] == ["paper_too_long"]
    assert [one["file"] for one in found["papers"]] == ["ngan.txt"]
    assert len(found["papers"][0]["findings"]) == 1


def test_a_check_that_is_long_over_ends_and_old_ones_go(officer: Client, made: World) -> None:
    old = TextCheck.objects.create(made_by=made.people["owner"], made_at=now() - timedelta(hours=1), names='["a.txt"]')
    assert "đã dừng" in officer.get(f"/text-checks/{old.pk}/").text
    assert checks.clear_old_checks(at=now()) == 0
    assert checks.clear_old_checks(at=now() + checks.KEPT) == 1


def test_hints_say_what_does_not_add_up_and_nothing_else(officer: Client) -> None:
    wrong = officer.post("/text-checks/hints/", {"field": "explanation", "explanation": "Đạt 71,71% (32/45)."}).text
    assert "71,11" in wrong
    right = officer.post("/text-checks/hints/", {"field": "explanation", "explanation": "Đạt 71,11% (32/45)."})
    assert not right.text.strip()
    assert not officer.post("/text-checks/hints/", {"field": "explanation"}).text.strip()


def test_a_list_asks_as_much_for_three_checks_as_for_one(officer: Client, made: World) -> None:
    def asked() -> int:
        TextCheck.objects.create(made_by=made.people["owner"], made_at=now(), names='["a.txt"]')
        with CaptureQueriesContext(connection) as queries:
            officer.get("/text-checks/")
        return len(queries)

    officer.get("/text-checks/")
    first, _, third = asked(), asked(), asked()
    assert first == third
