"""What the council has said and what was published is never changed: an opinion may be taken back, a publication
announced, and nothing else.
"""

from django.db import migrations

SNAPSHOTS = "parindex_snapshot"
RESULTS = "parindex_unitresult"
OPINIONS = "parindex_opinion"
PUBLICATIONS = "parindex_publication"
_SAID = (
    "entry_id, level, author_id, author_name, capacity, kind, points, reason, minutes, body, given_at, at, "
    "submission_id, cites_id, note_id, is_public, in_bulk"
)
_PUBLISHED = (
    "cycle_id, number, finalisation_id, decision_number, decision_date, public_from, reason, difference, log_heads, "
    "published_by_id, published_at"
)
#: Name, what it stops, of which table.
GUARDS = (
    ("snapshot_no_update", "UPDATE", SNAPSHOTS),
    ("snapshot_no_delete", "DELETE", SNAPSHOTS),
    ("result_no_update", "UPDATE", RESULTS),
    ("result_no_delete", "DELETE", RESULTS),
    ("opinion_no_update", f"UPDATE OF {_SAID}", OPINIONS),
    ("opinion_no_delete", "DELETE", OPINIONS),
    ("publication_no_update", f"UPDATE OF {_PUBLISHED}", PUBLICATIONS),
    ("publication_no_delete", "DELETE", PUBLICATIONS),
)
SQLITE = [
    f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} never changes'); END"
    for name, what, table in GUARDS
]
SQLITE_BACK = [f"DROP TRIGGER {name}" for name, _, _ in GUARDS]
POSTGRESQL = [
    f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION parindex_refuse()"
    for name, what, table in GUARDS
]
POSTGRESQL_BACK = [f"DROP TRIGGER {name} ON {table}" for name, _, table in GUARDS]


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

    dependencies = [("parindex", "0008_council_and_publication")]
    operations = [migrations.RunPython(add, remove)]
