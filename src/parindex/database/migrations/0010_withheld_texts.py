"""Words that are kept from the public: the table, and that no row of it ever changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from parindex.database.migrations._refusing_triggers import for_postgresql, for_sqlite, made

WITHHELD = "parindex_withheldtext"
#: Name, what it stops, of which table.
GUARDS = (
    ("withheld_no_update", "UPDATE", WITHHELD),
    ("withheld_no_delete", "DELETE", WITHHELD),
)
SQLITE, POSTGRESQL = for_sqlite(GUARDS), for_postgresql(GUARDS)


class Migration(migrations.Migration):
    dependencies = [
        ("parindex", "0009_results_never_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="WithheldText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("withheld_at", models.DateTimeField()),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.cycle"
                    ),
                ),
                (
                    "opinion",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withheld",
                        to="parindex.opinion",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withheld",
                        to="parindex.notassessedrequest",
                    ),
                ),
                (
                    "withheld_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opinion__isnull", False), ("request__isnull", True)),
                            models.Q(("opinion__isnull", True), ("request__isnull", False)),
                            _connector="OR",
                        ),
                        name="withholds_one_text",
                    )
                ],
            },
        ),
        made(GUARDS),
    ]
