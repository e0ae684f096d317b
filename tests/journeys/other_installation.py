"""Another installation, in a process and with a database of its own: it has published a result and signed it.

``python -m tests.journeys.other_installation PORT``: says ``ready`` and the number of the cycle, then serves.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from wsgiref.simple_server import make_server

import django


def main(port: int) -> None:
    """Make the world, publish, sign, serve until the process is ended; nobody is logged in here."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=True)
    call_command("migrate", verbosity=0)
    from parindex.config.wsgi import application
    from parindex.documents.bundles.keys import new_key, save_key
    from parindex.usecases.bundles import make_due_bundles
    from tests.factories.published_world import published_world
    from tests.factories.world import now

    found = published_world()
    Path(settings.KEYS).mkdir(parents=True, exist_ok=True)
    save_key(new_key("UBND tỉnh", "2025-01-01", "2027-12-31"), Path(settings.KEYS) / "tinh.pem")
    make_due_bundles(at=now())
    server = make_server("127.0.0.1", port, StaticFilesHandler(application))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.write(f"ready {found.publication.cycle_id}\n")
    sys.stdout.flush()
    server.serve_forever()


def _end_with_parent() -> None:
    """Whoever started it holds its input: when that ends, so does this."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
