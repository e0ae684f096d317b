"""Who may set a new password by mail."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm


class ResetForm(ResetPasswordForm):
    """Only whose account has a password: a prepared one is taken over by its invitation, which can be revoked."""

    def clean_email(self) -> str:
        """The address as typed; who it belongs to is not told."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]  # type: ignore[has-type]
        return email
