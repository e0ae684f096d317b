import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import parindex.database.models.criteria_sets
import parindex.database.models.entries
import parindex.database.models.evidence
import parindex.domain.review.stages


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, unique=True)),
                ("email", models.EmailField(blank=True, db_index=True, max_length=254)),
                ("full_name", models.CharField(max_length=150)),
                ("position", models.CharField(blank=True, max_length=150)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(default="vi", max_length=5)),
                ("is_active", models.BooleanField(default=True)),
                ("is_demo", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("deactivated_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="CriteriaSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("content_type", models.CharField(max_length=120)),
                ("pages", models.PositiveIntegerField(null=True)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("not_scanned", "not_scanned"),
                            ("quarantined", "quarantined"),
                            ("clean", "clean"),
                            ("infected", "infected"),
                        ],
                        default=parindex.database.models.evidence.ScanState["NOT_SCANNED"],
                        max_length=24,
                    ),
                ),
                ("stored_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="CriteriaSetVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("frozen", "frozen"), ("discarded", "discarded")],
                        default=parindex.database.models.criteria_sets.SetState["DRAFT"],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("year", models.PositiveIntegerField(null=True)),
                ("content", models.TextField()),
                ("reading", models.TextField(blank=True)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("table_number", models.PositiveIntegerField(default=1)),
                ("reason", models.TextField(blank=True)),
                ("edit_number", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "criteria_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="parindex.criteriaset"
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="criteriaset",
            name="started_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parindex.criteriasetversion",
            ),
        ),
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner_path", models.CharField(max_length=500)),
                ("title", models.CharField(max_length=300)),
                ("year", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("open", "open"),
                            ("appraisal", "appraisal"),
                            ("finalised", "finalised"),
                            ("published", "published"),
                            ("corrected", "corrected"),
                        ],
                        default=parindex.domain.review.stages.CycleState["DRAFT"],
                        max_length=24,
                    ),
                ),
                ("notice", models.TextField(blank=True)),
                ("contact", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="parindex.cycle",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="parindex.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "title"],
            },
        ),
        migrations.CreateModel(
            name="CycleGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="parindex.cycle"
                    ),
                ),
                (
                    "set_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycle_groups",
                        to="parindex.criteriasetversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=500)),
                ("link", models.URLField(blank=True, max_length=1000)),
                ("kind", models.CharField(blank=True, max_length=80)),
                ("number", models.CharField(blank=True, max_length=120)),
                ("number_key", models.CharField(blank=True, db_index=True, max_length=120)),
                ("date", models.DateField(null=True)),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("abstract", models.TextField(blank=True)),
                ("effective_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="parindex.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_code", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unanswered", "unanswered"),
                            ("answered", "answered"),
                            ("not_assessed_requested", "not_assessed_requested"),
                            ("not_assessed", "not_assessed"),
                            ("pending", "pending"),
                        ],
                        default=parindex.database.models.entries.EntryState["UNANSWERED"],
                        max_length=24,
                    ),
                ),
                ("self_points", models.CharField(blank=True, max_length=80)),
                ("rule_points", models.TextField(blank=True)),
                ("points", models.TextField(blank=True)),
                ("branch", models.SmallIntegerField(null=True)),
                ("explanation", models.TextField(blank=True)),
                ("kept_warning", models.TextField(blank=True)),
                ("is_started", models.BooleanField(default=False)),
                ("lacks_evidence", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField(null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["sheet", "position"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(choices=[("unit", "unit"), ("standing_office", "standing_office")], max_length=24),
                ),
                ("author_name", models.CharField(max_length=150)),
                ("author_unit", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("body", models.TextField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="parindex.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                ("kind", models.CharField(blank=True, max_length=80)),
                ("number", models.CharField(max_length=120)),
                ("number_key", models.CharField(db_index=True, max_length=120)),
                ("date", models.DateField(null=True)),
                ("date_text", models.CharField(blank=True, max_length=40)),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("page", models.CharField(blank=True, max_length=60)),
                ("section", models.CharField(blank=True, max_length=120)),
                ("stated_kind", models.CharField(blank=True, max_length=80)),
                ("position", models.PositiveIntegerField(default=0)),
                ("by_hand", models.BooleanField(default=False)),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="parindex.document",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="parindex.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "by_hand", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(blank=True, max_length=60)),
                ("section", models.CharField(blank=True, max_length=120)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="parindex.document"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="parindex.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=120)),
                ("year", models.PositiveIntegerField()),
                ("value", models.CharField(blank=True, max_length=120)),
                ("version", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField(null=True)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="parindex.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FigureLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=500)),
                ("accepted", models.BooleanField(default=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="parindex.figure"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300)),
                (
                    "decision",
                    models.CharField(
                        choices=[("mended", "mended"), ("confirmed", "confirmed"), ("left", "left")], max_length=24
                    ),
                ),
                ("message", models.TextField()),
                ("change", models.TextField(blank=True)),
                ("finding", models.TextField(blank=True)),
                ("patch", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="parindex.criteriasetversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Guidance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=500)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "criteria_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guidances", to="parindex.criteriaset"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GuidanceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_code", models.CharField(max_length=40)),
                ("rule_text", models.TextField(blank=True)),
                ("evidence_text", models.TextField(blank=True)),
                ("example_text", models.TextField(blank=True)),
                ("rule", models.TextField(blank=True)),
                (
                    "guidance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="parindex.guidance"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotAssessedProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_kind", models.CharField(max_length=60)),
                ("item_code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("legal_basis", models.TextField(blank=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="parindex.cyclegroup"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotAssessedRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("legal_basis", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default=parindex.database.models.entries.RequestState["REQUESTED"],
                        max_length=24,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="parindex.entry"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OfficialPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("criteria_set", "criteria_set"), ("guidance", "guidance")],
                        default=parindex.database.models.criteria_sets.PaperPurpose["CRITERIA_SET"],
                        max_length=24,
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("problems", models.TextField(blank=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.storedfile"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="parindex.unit"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="guidance",
            name="paper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.officialpaper"
            ),
        ),
        migrations.AddField(
            model_name="criteriasetversion",
            name="paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="parindex.officialpaper",
            ),
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("survey", "survey"),
                            ("self_scoring", "self_scoring"),
                            ("appraisal", "appraisal"),
                            ("further_explanation", "further_explanation"),
                            ("publication", "publication"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="phases", to="parindex.cycle"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "ends_at"],
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_name", models.CharField(max_length=300)),
                ("unit_path", models.CharField(max_length=500)),
                ("unit_kind", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("awaiting_signature", "awaiting_signature"),
                            ("submitted", "submitted"),
                            ("in_appraisal", "in_appraisal"),
                            ("returned", "returned"),
                            ("resubmitted", "resubmitted"),
                            ("appraised", "appraised"),
                            ("final", "final"),
                            ("locked", "locked"),
                        ],
                        default=parindex.domain.review.stages.SheetState["OPEN"],
                        max_length=24,
                    ),
                ),
                ("extended_until", models.DateTimeField(null=True)),
                ("items", models.PositiveIntegerField(default=0)),
                ("items_done", models.PositiveIntegerField(default=0)),
                ("items_started", models.PositiveIntegerField(default=0)),
                ("items_without_evidence", models.PositiveIntegerField(default=0)),
                ("requests", models.PositiveIntegerField(default=0)),
                ("points", models.TextField(default="0")),
                ("max_points", models.TextField(default="0")),
                ("last_act", models.CharField(blank=True, max_length=60)),
                ("last_act_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="parindex.cycle"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="parindex.cyclegroup"
                    ),
                ),
                (
                    "last_act_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="parindex.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField()),
                ("automatic", models.BooleanField(default=False)),
                ("recipients", models.PositiveIntegerField()),
                ("text", models.TextField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="parindex.scoresheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReconciliationMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("present", models.TextField()),
                ("agreed", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="parindex.scoresheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                ("reason", models.TextField()),
                ("requested_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("decision_reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="parindex.scoresheet"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="parindex.scoresheet"
            ),
        ),
        migrations.CreateModel(
            name="SetReplacement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="parindex.cyclegroup",
                    ),
                ),
                (
                    "new_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.criteriasetversion"
                    ),
                ),
                (
                    "old_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parindex.criteriasetversion"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["group", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReplacedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_code", models.CharField(max_length=40)),
                ("title", models.TextField()),
                ("content", models.TextField()),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_entries",
                        to="parindex.scoresheet",
                    ),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="parindex.setreplacement",
                    ),
                ),
            ],
            options={
                "ordering": ["replacement", "sheet", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SheetPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lead_name", models.CharField(max_length=300)),
                ("lead_path", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("awaiting_signature", "awaiting_signature"),
                            ("submitted", "submitted"),
                            ("in_appraisal", "in_appraisal"),
                            ("returned", "returned"),
                            ("resubmitted", "resubmitted"),
                            ("appraised", "appraised"),
                            ("final", "final"),
                            ("locked", "locked"),
                        ],
                        default=parindex.domain.review.stages.SheetState["OPEN"],
                        max_length=24,
                    ),
                ),
                ("returned_reason", models.TextField(blank=True)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="parindex.scoresheet"
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheet_parts", to="parindex.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandedWorkbook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("handed_in_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="workbooks", to="parindex.scoresheet"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workbooks",
                        to="parindex.sheetpart",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="parindex.sheetpart"
            ),
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=255)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="parindex.document"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="parindex.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["document", "number"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("submitted_at", models.DateTimeField()),
                ("claim", models.TextField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("log_sequence", models.PositiveBigIntegerField()),
                ("log_hash", models.CharField(max_length=64)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="parindex.sheetpart",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="parindex.scoresheet",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "administrator"),
                            ("standing_office", "standing_office"),
                            ("unit_officer", "unit_officer"),
                            ("unit_leader", "unit_leader"),
                            ("appraiser", "appraiser"),
                            ("chair", "chair"),
                            ("secretary", "secretary"),
                            ("survey_staff", "survey_staff"),
                            ("auditor", "auditor"),
                        ],
                        max_length=24,
                    ),
                ),
                ("subtree", models.BooleanField(default=False)),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cycle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="parindex.cycle",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="parindex.unit"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="criteriaset",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="criteria_sets", to="parindex.unit"
            ),
        ),
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=150)),
                ("role", models.CharField(blank=True, max_length=24)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("action", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=80)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="parindex.auditchain"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parindex.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["chain", "sequence"],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="staff",
                to="parindex.unit",
            ),
        ),
        migrations.CreateModel(
            name="UnitSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decision_number", models.CharField(max_length=80)),
                ("decision_date", models.DateField()),
                ("overlap", models.CharField(blank=True, max_length=500)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="succeeded_by", to="parindex.unit"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follows", to="parindex.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("short_name", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(max_length=60)),
                ("path", models.CharField(db_index=True, max_length=500)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("decision_number", models.CharField(blank=True, max_length=80)),
                ("decision_date", models.DateField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_versions",
                        to="parindex.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="parindex.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["path", "valid_from"],
            },
        ),
        migrations.AddConstraint(
            model_name="cyclegroup",
            constraint=models.UniqueConstraint(fields=("cycle", "code"), name="cycle_group_once"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)), fields=("entry", "document"), name="attached_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="guidancenote",
            constraint=models.UniqueConstraint(fields=("guidance", "item_code"), name="guidance_item_once"),
        ),
        migrations.AddConstraint(
            model_name="notassessedproposal",
            constraint=models.UniqueConstraint(fields=("group", "unit_kind", "item_code"), name="proposal_once"),
        ),
        migrations.AddConstraint(
            model_name="guidance",
            constraint=models.UniqueConstraint(fields=("criteria_set", "number"), name="guidance_version_once"),
        ),
        migrations.AddConstraint(
            model_name="criteriasetversion",
            constraint=models.UniqueConstraint(fields=("criteria_set", "number"), name="set_version_once"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("sheet", "item_code"), name="entry_once"),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="document_version_once"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("sheet", "part", "number"), name="submission_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetpart",
            constraint=models.UniqueConstraint(fields=("sheet", "lead_unit"), name="part_once"),
        ),
        migrations.AddIndex(
            model_name="scoresheet",
            index=models.Index(fields=["cycle", "state"], name="sheet_by_state"),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(fields=("cycle", "unit"), name="sheet_once"),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "role", "unit", "cycle"),
                name="role_granted_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(fields=("unit", "measure", "year"), name="figure_once"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["unit", "number_key"], name="document_by_number"),
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.UniqueConstraint(fields=("owner", "code"), name="set_code_once"),
        ),
        migrations.AddIndex(
            model_name="auditrecord",
            index=models.Index(fields=["object_kind", "object_id", "sequence"], name="audit_by_object"),
        ),
        migrations.AddConstraint(
            model_name="auditrecord",
            constraint=models.UniqueConstraint(fields=("chain", "sequence"), name="audit_number_once"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower("username"), name="username_once"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="email_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitsuccession",
            constraint=models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
        ),
        migrations.AddConstraint(
            model_name="unitversion",
            constraint=models.UniqueConstraint(fields=("unit", "valid_from"), name="unit_version_starts_once"),
        ),
    ]
