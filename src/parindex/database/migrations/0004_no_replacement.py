"""What may never change is not replaced either.

SQLite fires no delete trigger for the row that ``INSERT OR REPLACE`` or ``UPDATE OR REPLACE`` puts another one in place
of: so a row that would come over one that stands is refused before it is written. PostgreSQL fires the triggers of 0002
for what ``ON CONFLICT`` and ``MERGE`` change; it is TRUNCATE that it lets pass them.
"""

from django.db import migrations

LOG = "parindex_auditrecord"
SETS = "parindex_criteriasetversion"
_NEVER = "a frozen criteria set never changes"
_OTHER = f"FROM {SETS} WHERE state = 'frozen' AND"

SQLITE = [
    f"CREATE TRIGGER audit_no_replace BEFORE INSERT ON {LOG} WHEN "
    f"EXISTS (SELECT 1 FROM {LOG} WHERE id = NEW.id) "
    f"OR EXISTS (SELECT 1 FROM {LOG} WHERE chain_id = NEW.chain_id AND sequence = NEW.sequence) "
    "BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    f"CREATE TRIGGER frozen_no_replace BEFORE INSERT ON {SETS} WHEN "
    f"EXISTS (SELECT 1 {_OTHER} id = NEW.id) "
    f"OR EXISTS (SELECT 1 {_OTHER} criteria_set_id = NEW.criteria_set_id AND number = NEW.number) "
    f"BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    f"CREATE TRIGGER frozen_no_overwrite BEFORE UPDATE ON {SETS} WHEN "
    f"EXISTS (SELECT 1 {_OTHER} id <> OLD.id AND id = NEW.id) "
    f"OR EXISTS (SELECT 1 {_OTHER} id <> OLD.id AND criteria_set_id = NEW.criteria_set_id AND number = NEW.number) "
    f"BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
]
SQLITE_BACK = [f"DROP TRIGGER {name}" for name in ("audit_no_replace", "frozen_no_replace", "frozen_no_overwrite")]
POSTGRESQL = [
    f"CREATE TRIGGER frozen_no_truncate BEFORE TRUNCATE ON {SETS} FOR EACH STATEMENT EXECUTE FUNCTION parindex_refuse()"
]
POSTGRESQL_BACK = [f"DROP TRIGGER frozen_no_truncate ON {SETS}"]


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Make the triggers of this database."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take them away again."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Triggers only; no column changes."""

    dependencies = [("parindex", "0003_unit_endings")]
    operations = [migrations.RunPython(add, remove)]
