"""The administrator invites somebody, who takes the account over, sets a second factor up and logs in with both."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from parindex.database.models import AuditRecord, User
from tests.factories.authenticator_app import code_for, stop_the_clock
from tests.factories.world import World
from tests.journeys.conftest import Open, Watch
from tests.journeys.steps import follow, press, room, title, type_into

NAME, LOGIN, SECRET_WORDS = "Cán bộ mới", "can.bo.moi", "Bon-Mua-Nam-2026"


def test_from_the_invitation_to_the_first_login(
    made: World, open_browser: Open, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock(monkeypatch)
    watch.expect("401", "410", "404")
    cache.clear()
    link = invite(open_browser(made.people["administrator"]))
    newcomer = open_browser()
    take_over(newcomer, link)
    log_in(newcomer)
    expect(newcomer.locator("main")).to_contain_text("Sở, ngành năm 2025")
    secret = set_up_second_factor(newcomer)
    follow_a_second_time(open_browser(), link)
    elsewhere = open_browser()
    log_in(elsewhere, second_factor=True)
    type_code(elsewhere, secret, "Đăng nhập", "**/home/")
    assert User.objects.get(username=LOGIN).unit == made.department
    acts = list(AuditRecord.objects.order_by("pk").values_list("action", flat=True))
    assert [act for act in acts if act in ("create_account", "accept_invitation")] == [
        "create_account", "accept_invitation",
    ]  # fmt: skip


def invite(administrator: Page) -> str:
    """The link that the person gets."""
    administrator.goto("/home/")
    room(administrator, "Đơn vị, tài khoản")
    follow(administrator, "Lập tài khoản", to="Lập tài khoản")
    type_into(administrator.get_by_label("Họ tên"), NAME)
    type_into(administrator.get_by_label("Tên đăng nhập"), LOGIN)
    type_into(administrator.get_by_label("Thư điện tử"), "can.bo.moi@example.vn")
    type_into(administrator.locator("[name=unit]"), "Sở Y tế")
    administrator.get_by_label("Vai trò ở đơn vị này").select_option(label="cán bộ đơn vị")
    press(administrator, "Lập tài khoản, gửi liên kết mời")
    title(administrator, f"Liên kết mời {NAME}")
    return administrator.get_by_label("Liên kết", exact=True).input_value()


def take_over(newcomer: Page, link: str) -> None:
    newcomer.goto(link)
    title(newcomer, "Nhận tài khoản")
    for label in ("Mật khẩu mới", "Gõ lại mật khẩu mới"):
        type_into(newcomer.get_by_label(label, exact=True), SECRET_WORDS)
    press(newcomer, "Đặt mật khẩu, nhận tài khoản")
    title(newcomer, "Đăng nhập")


def log_in(page: Page, *, second_factor: bool = False) -> None:
    page.goto("/login/")
    type_into(page.get_by_label("Tên đăng nhập hoặc thư điện tử"), LOGIN)
    type_into(page.get_by_label("Mật khẩu", exact=True), SECRET_WORDS)
    press(page, "Đăng nhập")
    page.wait_for_url("**/2fa/authenticate/" if second_factor else "**/home/")


def set_up_second_factor(newcomer: Page) -> str:
    """What the telephone is told, and the codes for the day when it is lost."""
    newcomer.goto("/account/")
    follow(newcomer, "Xác thực hai bước, mã dự phòng", to="Xác thực hai bước")
    follow(newcomer, "Bật xác thực hai bước")
    if "/reauthenticate/" in newcomer.url:
        type_into(newcomer.get_by_label("Mật khẩu"), SECRET_WORDS)
        press(newcomer, "Xác nhận")
    title(newcomer, "Bật xác thực hai bước")
    secret = newcomer.locator("code.mono").inner_text()
    type_code(newcomer, secret, "Bật, sang mã dự phòng", re.compile("recovery-codes"))
    expect(newcomer.locator("#recovery-codes li")).to_have_count(10)
    follow(newcomer, "Đã cất mã, đi tiếp")
    expect(newcomer.locator("main")).to_contain_text("Xác thực hai bước đang bật")
    return secret


def type_code(page: Page, secret: str, button: str, leads_to: str | re.Pattern[str]) -> None:
    """The code that the telephone shows; a code counts once."""
    cache.clear()  # as if the half minute of the code before were over
    type_into(page.get_by_label("Mã xác thực"), code_for(secret))
    with page.expect_navigation():
        press(page, button)
    page.wait_for_url(leads_to)


def follow_a_second_time(stranger: Page, link: str) -> None:
    """The link is used up."""
    stranger.goto(link)
    expect(stranger.get_by_role("button", name="Đặt mật khẩu, nhận tài khoản")).to_have_count(0)
