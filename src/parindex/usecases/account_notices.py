"""Mails to the owner of an account when what guards it has changed: by whom, when, from where, never the secret.

They leave after the transaction; what cannot be sent stops nothing. A new mail address is told to the old one too:
who lost the account reads only that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from parindex.database.models import User
from parindex.wording.language import mark, speaking, text
from parindex.wording.moments import moment

#: What happened: subject, and the sentence that says it.
KINDS = {
    "change_password": (mark("Mật khẩu của bạn đã đổi"), mark("Mật khẩu của tài khoản {username} vừa được đổi.")),
    "accept_invitation": (
        mark("Tài khoản của bạn đã có mật khẩu"),
        mark("Liên kết mời vừa được dùng để đặt mật khẩu cho tài khoản {username}."),
    ),
    "connect_identity": (
        mark("Tài khoản của bạn được nối với nơi xác thực"),
        mark(
            "Tài khoản {username} vừa được nối với một nơi xác thực; từ nay đăng nhập được qua nơi đó mà không cần "
            "mật khẩu."
        ),
    ),
    "activate_second_factor": (
        mark("Đã bật xác thực hai bước"),
        mark("Xác thực hai bước của tài khoản {username} vừa được bật."),
    ),
    "deactivate_second_factor": (
        mark("Đã tắt xác thực hai bước"),
        mark("Xác thực hai bước của tài khoản {username} vừa bị tắt; từ nay chỉ cần mật khẩu để đăng nhập."),
    ),
    "renew_recovery_codes": (
        mark("Mã dự phòng của bạn đã đổi"),
        mark("Các mã dự phòng của tài khoản {username} vừa được thay bằng mã mới; mã cũ không dùng được nữa."),
    ),
    "remove_second_factor": (
        mark("Xác thực hai bước của bạn đã bị gỡ"),
        mark("Người quản lý vừa gỡ xác thực hai bước của tài khoản {username}; từ nay chỉ cần mật khẩu để đăng nhập."),
    ),
    "reset_login": (
        mark("Đăng nhập của bạn được cấp lại"),
        mark(
            "Người quản lý vừa tạo liên kết đặt mật khẩu mới cho tài khoản {username}. Ai có liên kết đó đăng nhập "
            "được bằng tên bạn; mật khẩu cũ dùng được đến khi liên kết được dùng."
        ),
    ),
    "lock_second_factor": (
        mark("Có người gõ sai mã xác thực của bạn"),
        mark(
            "Đã gõ sai mã xác thực hai bước của tài khoản {username} nhiều lần liên tiếp nên bước này tạm khóa. "
            "Người gõ đã biết mật khẩu của tài khoản."
        ),
    ),
    "change_email": (
        mark("Thư điện tử của tài khoản đã đổi"),
        mark(
            "Thư điện tử của tài khoản {username} vừa được đổi. Thư báo và liên kết đặt lại mật khẩu từ nay gửi tới "
            "địa chỉ mới."
        ),
    ),
    "change_username": (
        mark("Tên đăng nhập của bạn đã đổi"),
        mark("Tên đăng nhập của tài khoản vừa đổi thành {username}."),
    ),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did it, when, and from which network address."""

    by: User
    at: datetime
    address: str = ""


def tell_owner(kind: str, owner: User, deed: Deed, *, also_to: str = "") -> None:
    """Write to the owner at the address of the account, and at ``also_to`` where that is another one."""
    addresses = list(dict.fromkeys(one for one in (owner.email, also_to) if one))
    if not addresses:
        return
    with speaking(owner.language):
        subject, what = (text(words, username=owner.username) for words in KINDS[kind])
        body = _body(what, owner, deed)
    mails = [EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [one]) for one in addresses]
    transaction.on_commit(lambda: get_connection(fail_silently=True).send_messages(mails), robust=True)


def _body(what: str, owner: User, deed: Deed) -> str:
    own = deed.by.pk == owner.pk
    facts = [
        text("Lúc: {when}", when=moment(deed.at)),
        text("Người làm: {name}", name=text("người đăng nhập bằng tài khoản này") if own else deed.by.full_name),
    ]
    if deed.address:
        facts.append(text("Từ địa chỉ mạng: {address}", address=deed.address))
    fine = text("Nếu là bạn, hoặc bạn đã nhờ việc này: không phải làm gì.")
    if not own:
        fine = text("Nếu bạn đã nhờ việc này: không phải làm gì.")
    wrong = text(
        "Nếu không phải: đăng nhập ngay, đổi mật khẩu và kết thúc các phiên đăng nhập khác ở trang tài khoản của bạn. "
        "Không đăng nhập được thì dùng “Quên mật khẩu”, hoặc báo người quản lý tài khoản của đơn vị để ngừng tài khoản."
    )
    parts = [what, "\n".join(facts), f"{fine}\n{wrong}"]
    if settings.CONTACT:
        parts.append(text("Liên hệ: {contact}", contact=settings.CONTACT))
    return "\n\n".join(parts)
