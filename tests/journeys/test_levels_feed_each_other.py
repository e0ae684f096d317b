"""A result that one installation has published and signed is received by another, trusted, taken, and seen there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from parindex.database.models import ReceivedBundle
from tests.factories.received_world import ReceivedWorld, days_of, received_world
from tests.journeys.conftest import DESKTOP, Open
from tests.journeys.steps import follow, press


@pytest.fixture
def publisher(tmp_path: Path, empty_database: Path) -> Iterator[str]:
    """The address of the bundle that the other installation offers to everybody."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.journeys.other_installation", str(port)]
    shutil.copy(empty_database, tmp_path / "other.sqlite3")
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}"}
    with (tmp_path / "said.txt").open("w") as said:
        running = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True
        )
        try:
            assert running.stdout is not None
            word, _, cycle = running.stdout.readline().partition(" ")
            assert word == "ready", (tmp_path / "said.txt").read_text()
            yield f"http://127.0.0.1:{port}/results/{int(cycle)}/versions/1/bundle/"
        finally:
            running.kill()
            running.communicate()


@pytest.fixture
def receiver(transactional_db: None) -> ReceivedWorld:  # noqa: ARG001
    return received_world()


def test_from_one_installation_to_another(
    receiver: ReceivedWorld, publisher: str, open_browser: Open, browser: Browser, tmp_path: Path
) -> None:
    file, paper = taken_from_the_public_page(browser, publisher, tmp_path)
    officer = open_browser(receiver.made.people["officer"])
    officer.goto("/sheets/")
    follow(officer, "Gói đã ký nhận về", to="Gói đã ký nhận về")
    officer.locator("#file").set_input_files(file)
    press(officer, "Kiểm tra và nhận gói")
    expect(officer.locator("main")).to_contain_text("Khóa chưa ai xác nhận")
    expect(officer.get_by_role("button", name="Lấy những số đã chọn")).to_have_count(0)
    trusted_by_the_office(open_browser, receiver, paper)
    officer.reload()
    press(officer, "Lấy những số đã chọn")
    expect(officer.locator("main")).to_contain_text("gói là tài liệu kiểm chứng của các mục đó")
    officer.goto(f"/sheets/{receiver.sheet.pk}/items/2.1/")
    origin = officer.locator(".origin").first
    expect(origin).to_contain_text("Lấy từ gói kết quả đã ký của UBND tỉnh, năm 2025")
    origin.get_by_role("link", name="Xem gói").click()
    expect(officer.locator("main")).to_contain_text("Đã lấy từ gói này")


def taken_from_the_public_page(browser: Browser, address: str, folder: Path) -> tuple[Path, str]:
    """The bundle, and the fingerprint of the key as somebody reads it from the public page."""
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="vi-VN")
    page = context.new_page()
    page.goto(address)
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("Tải gói kết quả")).click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    paper = page.get_by_role("definition").filter(has_text="Đối chiếu với dấu vân tay").locator(".hash").inner_text()
    context.close()
    return file, paper


def trusted_by_the_office(open_browser: Open, receiver: ReceivedWorld, paper: str) -> None:
    office: Page = open_browser(receiver.made.people["standing_office"])
    office.goto(f"/received/{ReceivedBundle.objects.get().pk}/")
    office.get_by_label("16 ký tự cuối của dấu vân tay, theo văn bản").fill("".join(paper.split())[-16:])
    office.get_by_label("Hạn của khóa, theo văn bản").fill(days_of(ReceivedBundle.objects.get()))
    office.get_by_label("Văn bản đã so").fill("Công văn số 12/UBND ngày 05/01/2026")
    press(office, "Xác nhận khóa là của UBND tỉnh")
    expect(office.locator("main")).to_contain_text("Khóa đã được xác nhận")
