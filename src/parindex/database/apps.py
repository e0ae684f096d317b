"""The Django app."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """All tables of parindex."""

    name = "parindex.database"
    label = "parindex"
    default_auto_field = "django.db.models.BigAutoField"
