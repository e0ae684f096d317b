"""What was read of explanations, so that each is read once; it fills by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parindex", "0014_received_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextReading",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("reader", models.CharField(max_length=32)),
                ("reading", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
