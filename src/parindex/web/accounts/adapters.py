"""How allauth meets our accounts: nobody signs up by themselves; accounts are prepared, then taken over by a link."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import timezone

from parindex.database.models import User
from parindex.usecases.identities import connect_identity
from parindex.usecases.invitations import close_links, resets_to_tell
from parindex.usecases.passwords import change_password
from parindex.web.accounts.lock_out import LONGEST
from parindex.wording.language import mark, speaking, text
from parindex.wording.moments import moment

#: What allauth tells by flash that is worth telling; the rest shows on the page itself.
_FLASHES = {
    "account/messages/password_changed.txt": mark("Đã đổi mật khẩu."),
    "account/messages/password_set.txt": mark("Đã đặt mật khẩu."),
    "mfa/messages/totp_activated.txt": mark("Đã bật xác thực hai bước."),
    "mfa/messages/totp_deactivated.txt": mark("Đã tắt xác thực hai bước."),
    "mfa/messages/recovery_codes_generated.txt": mark("Đã tạo mã dự phòng mới."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by those who manage them; every word that a person reads is ours."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A name that is longer than any account's is nobody's; no database compares with all of it."""
        cut = {name: given[:LONGEST] if name != "password" else given for name, given in credentials.items()}
        return super().authenticate(request, **cut)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Flash our own sentence."""
        words = _FLASHES.get(message_template or "")
        if words:
            messages.success(request, text(words))

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """The one mail that allauth sends here: the link to a new password."""
        if template_prefix != "account/email/password_reset_key":
            raise LookupError(template_prefix)
        with speaking(context["user"].language):
            subject, body = text("Đặt lại mật khẩu"), self._reset_words(context)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, to, headers=headers)

    def _reset_words(self, context: dict[str, Any]) -> str:
        return text(
            "Có người xin đặt lại mật khẩu của tài khoản {username}. Nếu là bạn, mở liên kết này trong 24 giờ:\n\n"
            "{link}\n\nNếu không phải bạn, bỏ qua thư này; mật khẩu cũ vẫn dùng được.",
            username=context["user"].username,
            link=context["password_reset_url"],
        )

    def login(self, request: HttpRequest, user: Any) -> None:
        """Who logs in by themselves needs no open link any more, and reads what others did to their way in."""
        super().login(request, user)
        greet(request, user)

    def set_password(self, user: Any, password: str) -> None:
        """A new password, typed by its owner after the old one or a mailed link; logged."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        change_password(user=user, password=password, address=address, at=timezone.now())


def greet(request: HttpRequest, user: User) -> None:
    """Tell of every way in that was given anew, and by whom; end the links that are still open."""
    at = timezone.now()
    close_links(user=user, at=at, address=request.META.get("REMOTE_ADDR", ""))
    for one in resets_to_tell(user, at):
        words = text(
            "{name} đã cấp lại đăng nhập cho tài khoản của bạn lúc {when}. Lý do: {reason}. Nếu bạn không nhờ việc "
            "này, đổi mật khẩu ngay và báo quản trị hệ thống.",
            name=one.actor_name,
            when=moment(one.at),
            reason=one.reason,
        )
        messages.warning(request, words, fail_silently=True)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An identity of a provider is connected to the account that has the same verified e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: a provider proves who somebody is, not that they work here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect a first login to the prepared account; only by an address that the provider has verified."""
        if sociallogin.is_existing:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified is True and one.email]
        users = list(User.objects.filter(email__iexact=verified[0], is_active=True)[:2]) if verified else []
        if len(users) == 1:
            connect_identity(
                user=users[0], provider=sociallogin.account.provider, identity=sociallogin.account.uid,
                address=request.META.get("REMOTE_ADDR", ""), at=timezone.now(),
                connect=lambda: sociallogin.connect(request, users[0]),
            )  # fmt: skip


def shown_name(user: User) -> str:
    """The name by which pages address somebody."""
    return user.full_name
