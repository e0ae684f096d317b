"""The decision by which a unit ended; what the triggers of 0002 guard is not touched."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("parindex", "0002_append_only")]
    operations = [
        migrations.AddField(model_name="unitversion", name="ended_date", field=models.DateField(blank=True, null=True)),
        migrations.AddField(
            model_name="unitversion", name="ended_number", field=models.CharField(blank=True, max_length=80)
        ),
    ]
