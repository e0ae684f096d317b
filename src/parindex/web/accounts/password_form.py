"""The old password before a new one, counted where it is wrong."""

from __future__ import annotations

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from parindex.database.models import User


def proves_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether it is the password of ``user``; a wrong one counts like one at the login, and locks like there."""
    found = authenticate(request, username=user.username, password=password)
    return found is not None and found.pk == user.pk


class ChangeForm(ChangePasswordForm):
    """A new password of one's own."""

    def clean_oldpassword(self) -> str:
        """The old password, where it is right."""
        typed: str = self.cleaned_data["oldpassword"]
        if not proves_password(context.request, self.user, typed):
            raise ValidationError("wrong", code="enter_current_password")
        return typed
