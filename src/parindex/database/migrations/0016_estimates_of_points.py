"""What the points of a survey were made of; nothing is known of those that were given before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """No trigger watches this table, so SQLite may make it anew."""

    dependencies = [("parindex", "0015_text_readings")]

    operations = [
        migrations.AddField(
            "givenpoints", "estimate", models.CharField(blank=True, default="", max_length=80), preserve_default=False
        ),
        migrations.AddField("givenpoints", "answers", models.PositiveIntegerField(null=True)),
    ]
