"""What may never change is refused by the database itself: records of the log, and frozen criteria sets."""

from django.db import migrations

LOG = "parindex_auditrecord"
SETS = "parindex_criteriasetversion"

SQLITE = [
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {LOG} BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {LOG} BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    f"CREATE TRIGGER frozen_no_update BEFORE UPDATE ON {SETS} WHEN OLD.state = 'frozen' "
    "BEGIN SELECT RAISE(ABORT, 'a frozen criteria set never changes'); END",
    f"CREATE TRIGGER frozen_no_delete BEFORE DELETE ON {SETS} WHEN OLD.state = 'frozen' "
    "BEGIN SELECT RAISE(ABORT, 'a frozen criteria set never changes'); END",
]
SQLITE_BACK = [
    f"DROP TRIGGER {name}" for name in ("audit_no_update", "audit_no_delete", "frozen_no_update", "frozen_no_delete")
]
POSTGRESQL = [
    "CREATE FUNCTION parindex_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {LOG} FOR EACH ROW EXECUTE FUNCTION parindex_refuse()",
    f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {LOG} FOR EACH STATEMENT EXECUTE FUNCTION parindex_refuse()",
    f"CREATE TRIGGER frozen_no_change BEFORE UPDATE OR DELETE ON {SETS} FOR EACH ROW WHEN (OLD.state = 'frozen') "
    "EXECUTE FUNCTION parindex_refuse()",
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER audit_no_change ON {LOG}",
    f"DROP TRIGGER audit_no_truncate ON {LOG}",
    f"DROP TRIGGER frozen_no_change ON {SETS}",
    "DROP FUNCTION parindex_refuse",
]


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

    dependencies = [("parindex", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
