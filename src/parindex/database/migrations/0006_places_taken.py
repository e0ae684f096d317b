"""Which successors have taken the place of a unit that ended, and which were given a part of one that went on."""

from typing import Any

from django.db import migrations, models


def _given_off(succession: Any, versions: Any) -> bool:
    """Whether the predecessor went on beside what the decision made of the successor."""
    ended = versions.filter(unit=succession.predecessor).order_by("-valid_from").values_list("valid_to", flat=True)[0]
    made = versions.filter(unit=succession.successor, decision_number=succession.decision_number)
    first = made.order_by("valid_from").values_list("valid_from", flat=True).first()
    return ended is None or (first is not None and first <= ended)


def tell(apps: Any, _: Any) -> None:
    """Until now nothing was stored of it: the days say so."""
    versions = apps.get_model("parindex", "UnitVersion").objects
    for succession in apps.get_model("parindex", "UnitSuccession").objects.all():
        if _given_off(succession, versions):
            succession.takes_over = False
            succession.save(update_fields=["takes_over"])


class Migration(migrations.Migration):
    dependencies = [("parindex", "0005_files_too_large_to_scan")]

    operations = [
        migrations.AddField("unitsuccession", "takes_over", models.BooleanField(default=True), preserve_default=False),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
