"""Bundles of publications: the table, and that no row of it ever changes."""

import django.db.models.deletion
from django.db import migrations, models

from parindex.database.migrations._refusing_triggers import for_postgresql, for_sqlite, made

BUNDLES = "parindex_publicationbundle"
#: Name, what it stops, of which table.
GUARDS = (
    ("bundle_no_update", "UPDATE", BUNDLES),
    ("bundle_no_delete", "DELETE", BUNDLES),
)
SQLITE, POSTGRESQL = for_sqlite(GUARDS), for_postgresql(GUARDS)


class Migration(migrations.Migration):
    dependencies = [
        ("parindex", "0010_withheld_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicationBundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("file_digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("withheld", models.PositiveIntegerField()),
                ("software", models.CharField(max_length=80)),
                ("signer", models.CharField(blank=True, max_length=300)),
                ("key_fingerprint", models.CharField(blank=True, max_length=64)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("public_key", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bundles", to="parindex.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["publication", "number"],
                "constraints": [models.UniqueConstraint(fields=["publication", "number"], name="bundle_once")],
            },
        ),
        made(GUARDS),
    ]
