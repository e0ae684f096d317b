"""What the council has said and what was published is never changed: an opinion may be taken back, a publication
announced, and nothing else.
"""

from django.db import migrations

from parindex.database.migrations._refusing_triggers import for_postgresql, for_sqlite, made

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
SQLITE, POSTGRESQL = for_sqlite(GUARDS), for_postgresql(GUARDS)


class Migration(migrations.Migration):
    """Triggers only; no column changes."""

    dependencies = [("parindex", "0008_council_and_publication")]
    operations = [made(GUARDS)]
