"""Second factors that were stored as they are are encrypted from now on."""

from typing import Any

from django.db import migrations

from parindex.database.ciphers import cipher

#: How an encrypted text begins: what was encrypted already stays.
_ENCRYPTED = "gAAAA"
#: What is secret in the data of an authenticator.
_SECRETS = ("secret", "seed")


def encrypt(apps: Any, _: Any) -> None:
    """Each secret by the cipher of this installation."""
    for one in apps.get_model("mfa", "Authenticator").objects.all():
        found = {name: one.data[name] for name in _SECRETS if name in one.data}
        found = {name: text for name, text in found.items() if not text.startswith(_ENCRYPTED)}
        one.data |= {name: cipher("second-factor").encrypt(text.encode()).decode() for name, text in found.items()}
        one.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("parindex", "0006_places_taken"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
