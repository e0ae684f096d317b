"""Where a command of the web application finds its data: ``--home``, else PARINDEX_HOME, else ``var``."""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path

from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.language import text

DATABASE = "parindex.sqlite3"


def add_home_argument(parser: argparse.ArgumentParser) -> None:
    """``--home``."""
    parser.add_argument(
        "--home", type=Path, metavar=text("THƯ MỤC"),
        help=text("nơi giữ dữ liệu (mặc định: PARINDEX_HOME, không có thì var)"),
    )  # fmt: skip


def home_of(options: argparse.Namespace) -> Path:
    """What is asked for on the command line comes before the environment."""
    return Path(options.home or os.environ.get("PARINDEX_HOME") or "var").resolve()


def set_up(options: argparse.Namespace, *, make: bool = False) -> None:
    """Start the application with the data of the home that is asked for.

    Only ``make`` makes a home that is not there; else refused (``no_application_data``), and nothing is written.
    """
    import django
    from django.conf import settings

    if settings.configured:  # the application runs already, with its own data
        return
    home = home_of(options)
    elsewhere = os.environ.get("DATABASE_URL")
    if not make and not elsewhere and not (home / DATABASE).is_file():
        raise InvalidInput([Problem("no_application_data", Place(file=str(home)))])
    if not make and not (home / "secret_key").exists():
        os.environ.setdefault("PARINDEX_SECRET_KEY", secrets.token_urlsafe(48))  # for this run alone: nothing is kept
    if make and not elsewhere:
        _keep_private(home)
    os.environ["PARINDEX_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    django.setup()
    if not make:
        _require_tables(home)


def _keep_private(home: Path) -> None:
    """Other accounts of this machine read neither the database nor what SQLite writes beside it (with its mode)."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / DATABASE).touch(mode=0o600)
    for one in home.glob(f"{DATABASE}*"):
        one.chmod(0o600)


def _require_tables(home: Path) -> None:
    """Refused where the database cannot be read, or is of an older program."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        late = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        facts = {"reason": str(error).strip().splitlines()[0]}
        raise InvalidInput([Problem("database_unreadable", Place(file=str(home)), facts)]) from None
    if late:
        raise InvalidInput([Problem("database_not_migrated", Place(file=str(home)))])


def database_text() -> str:
    """Which database the application works on, without its password."""
    from django.db import connection

    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(kept["NAME"])
    return f"{connection.vendor}://{kept['HOST'] or 'localhost'}/{kept['NAME']}"
