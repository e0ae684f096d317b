"""Django's own backend for SQLite, quicker by one thing; settings name it as ENGINE."""
