"""What of a received bundle was compared when it came, and what was not: "all agrees" said too much."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column without a default, so that SQLite keeps the table and its triggers."""

    dependencies = [("parindex", "0013_text_checks")]

    operations = [migrations.AddField("receivedbundle", "checked", models.TextField(null=True))]
