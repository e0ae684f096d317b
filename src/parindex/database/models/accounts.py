"""People: accounts, their roles, and invitations. Accounts are deactivated, never deleted."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from parindex.database.models.choices import code_field
from parindex.database.models.units import Unit
from parindex.domain.review.roles import Role


class UserAccounts(BaseUserManager["User"]):
    """How Django finds and makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """An account with a password (None: one that cannot log in by password)."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works for ``unit``."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True, db_index=True)
    full_name = models.CharField(max_length=150)
    position = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff", null=True, blank=True)
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserAccounts()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_once"),
        ]

    @property
    def is_in_use(self) -> bool:
        """Whether its owner has taken it over: from then on nobody else gets a way in by an invitation."""
        return self.is_demo or self.last_login is not None or self.has_usable_password()

    def get_full_name(self) -> str:
        """The name that pages show."""
        return self.full_name


class RoleGrant(models.Model):
    """A role that a person holds at a unit, until it is ended; ``cycle`` limits it to one cycle."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = code_field(Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    subtree = models.BooleanField(default=False)
    cycle = models.ForeignKey("Cycle", on_delete=models.PROTECT, related_name="grants", null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit", "cycle"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="role_granted_once",
            )
        ]


class Invitation(models.Model):
    """A link by which a person makes the account that was prepared for them; only the digest of the link is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
