"""Settings of the tests: those of the application, in a folder of their own, with quick passwords."""

import os
import tempfile

# A folder for each process of the tests: a worker that took its parent's would find the files of another worker's
# accounts, which have the same numbers in another database.
os.environ["PARINDEX_HOME"] = tempfile.mkdtemp(prefix="parindex-tests-")
os.environ.setdefault("PARINDEX_SECRET_KEY", "only-for-tests")

from parindex.config.settings import *  # noqa: F403
from parindex.config.settings import DATABASES, STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(exist_ok=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # pytest-django knows Django's own backend by its name; told so, it keeps ours in memory as well.
    DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"
