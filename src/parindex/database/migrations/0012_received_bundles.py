"""Bundles that came from another level, keys that are trusted, figures that were taken; what came never changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from parindex.database.migrations._refusing_triggers import for_postgresql, for_sqlite, made

RECEIVED, MATCHED = "parindex_receivedbundle", "parindex_matchedunit"
TAKEN, KEYS = "parindex_takenfigure", "parindex_trustedkey"
#: What never changes of rows that may end.
OF_TAKEN = "id, bundle_id, sheet_id, unit_id, measure, year, value, way, of, lacking, taken_by_id, taken_at"
OF_KEYS = (
    "id, keeper_id, unit_id, sender_code, name, public_key, fingerprint, valid_from, valid_until, reason, "
    "trusted_by_id, trusted_at"
)
#: Name, what it stops, of which table.
GUARDS = (
    ("received_no_update", "UPDATE", RECEIVED),
    ("received_no_delete", "DELETE", RECEIVED),
    ("matched_no_update", "UPDATE", MATCHED),
    ("matched_no_delete", "DELETE", MATCHED),
    ("taken_no_update", f"UPDATE OF {OF_TAKEN}", TAKEN),
    ("taken_no_delete", "DELETE", TAKEN),
    ("trusted_no_update", f"UPDATE OF {OF_KEYS}", KEYS),
    ("trusted_no_delete", "DELETE", KEYS),
)
SQLITE, POSTGRESQL = for_sqlite(GUARDS), for_postgresql(GUARDS)


class Migration(migrations.Migration):
    dependencies = [
        ("parindex", "0011_publication_bundles"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedBundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("kind", models.CharField(choices=[("result", "result"), ("sheet", "sheet")], max_length=24)),
                ("sender_code", models.CharField(max_length=80)),
                ("sender_name", models.CharField(max_length=300)),
                ("title", models.CharField(max_length=300)),
                ("year", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("decision_number", models.CharField(blank=True, max_length=120)),
                ("decision_date", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                ("signer_name", models.CharField(max_length=300)),
                ("public_key", models.CharField(max_length=64)),
                ("key_fingerprint", models.CharField(max_length=64)),
                ("key_from", models.DateField()),
                ("key_until", models.DateField()),
                ("received_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_bundles",
                        to="parindex.storedfile",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="received_bundles", to="parindex.unit"
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["keeper", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TakenFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=120)),
                ("year", models.PositiveIntegerField()),
                ("value", models.CharField(max_length=120)),
                (
                    "way",
                    models.CharField(
                        choices=[("own", "own"), ("sum", "sum"), ("feed", "feed"), ("result", "result")], max_length=24
                    ),
                ),
                ("of", models.TextField()),
                ("lacking", models.TextField(blank=True)),
                ("taken_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="parindex.receivedbundle",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_figures",
                        to="parindex.scoresheet",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TrustedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender_code", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                ("public_key", models.CharField(max_length=64)),
                ("fingerprint", models.CharField(max_length=64)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("reason", models.TextField()),
                ("trusted_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_reason", models.TextField(blank=True)),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.unit"
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "trusted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["keeper", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MatchedUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender_code", models.CharField(max_length=80)),
                ("code", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                ("matched_at", models.DateTimeField()),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.unit"
                    ),
                ),
                (
                    "matched_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["keeper", "sender_code"], name="matched_by_sender")],
            },
        ),
        migrations.AddConstraint(
            model_name="receivedbundle",
            constraint=models.UniqueConstraint(fields=("keeper", "fingerprint"), name="bundle_received_once"),
        ),
        migrations.AddIndex(
            model_name="takenfigure",
            index=models.Index(fields=["unit", "measure", "year"], name="taken_by_figure"),
        ),
        migrations.AddConstraint(
            model_name="takenfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("bundle", "unit", "measure", "year"),
                name="taken_once_of_bundle",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)), fields=("keeper", "fingerprint"), name="key_trusted_once"
            ),
        ),
        made(GUARDS),
    ]
