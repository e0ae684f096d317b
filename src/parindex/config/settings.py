"""Settings, from the environment; every default is the safe one.

========================  ==========================================================================================
PARINDEX_HOME             where database, evidence and secret are kept (default: ``var`` in the working folder)
DATABASE_URL              ``postgres://…``; default: SQLite in PARINDEX_HOME
PARINDEX_HOSTS            names under which the application is reached, with commas (default: loopback)
PARINDEX_ADDRESS          where everybody finds the public pages, on papers and in QR codes: ``https://cchc.dienbien.gov.vn``
                          (default: where the reader has opened them)
PARINDEX_HTTPS            ``1`` behind a proxy that speaks HTTPS: cookies are marked secure, HSTS is sent
PARINDEX_DEMO             ``1``: demo accounts may log in with one click
PARINDEX_EMAIL_URL        ``smtp://user:password@host:587/?tls=1``; default: mails are printed to the console
PARINDEX_EMAIL_FROM       sender of mails
PARINDEX_BODY             who runs it, under the name of the application: ``Ủy ban nhân dân tỉnh Điện Biên``
PARINDEX_CONTACT          whom to ask, at the foot of every page and mail: ``Sở Nội vụ, 0215 3825 000``
PARINDEX_MFA_ROLES        roles that must log in with a second factor, with commas
PARINDEX_OIDC             JSON list of OpenID Connect providers: ``[{"id","name","client_id","secret","server_url"}]``
PARINDEX_EVIDENCE_URL     ``s3://bucket/prefix``; default: a folder in PARINDEX_HOME
PARINDEX_KEY_PASSWORD     password of the owners' keys in PARINDEX_HOME/keys, where they have one
PARINDEX_CLAMD            ``host:port`` or socket of a virus scanner; uploads wait in quarantine until it has answered
========================  ==========================================================================================
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

from parindex.config.secret import kept_secret

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("PARINDEX_HOME", "var")).resolve()
DEMO = os.environ.get("PARINDEX_DEMO") == "1"
HTTPS = os.environ.get("PARINDEX_HTTPS") == "1"

SECRET_KEY = kept_secret(HOME / "secret_key")
DEBUG = False
PUBLIC_ADDRESS = os.environ.get("PARINDEX_ADDRESS", "").rstrip("/")
ALLOWED_HOSTS = os.environ.get("PARINDEX_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "parindex.config.urls"
WSGI_APPLICATION = "parindex.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "parindex.database",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
MIDDLEWARE = [
    "parindex.web.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "parindex.web.middleware.CompressedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parindex.web.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "parindex.web.request_size.request_size",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "parindex.web.middleware.private_answers",
    "parindex.web.middleware.interface_language",
    "parindex.web.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parindex.web.middleware.second_factor",
    "parindex.web.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web", PACKAGE / "web" / "accounts" / "allauth"],
        "OPTIONS": {"environment": "parindex.web.templating.environment"},
    },
]

# --- database -------------------------------------------------------------------------------------------------------

HOME.mkdir(parents=True, exist_ok=True)
_DATABASE = dj_database_url.parse(
    os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'parindex.sqlite3'}", conn_max_age=60
)
if _DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    _DATABASE["ENGINE"] = "parindex.database.sqlite"
    # A writer takes its lock at once: two people who save at the same moment wait for each other, neither fails.
    _DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- accounts -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "parindex.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "front"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "parindex.web.errors.forged"
ACCOUNT_ADAPTER = "parindex.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "parindex.web.accounts.adapters.ProviderAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "reset_password": "parindex.web.accounts.reset_form.ResetForm",
    "change_password": "parindex.web.accounts.password_form.ChangeForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Failures are counted in the database, for all processes: passwords by django-axes, codes by our own forms.
# Right logins are not counted: a training room of a hundred logs in from one address within a minute.
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": False, "reset_password_from_key": "300/m/ip"}
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "parindex.web.accounts.adapters.shown_name"
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_ADAPTER = "parindex.web.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "parindex.web.accounts.second_factor.LoginCode",
    "reauthenticate": "parindex.web.accounts.second_factor.ProvingCode",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "parindex"
MFA_ROLES = frozenset(filter(None, os.environ.get("PARINDEX_MFA_ROLES", "").split(",")))
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": one["id"],
                "name": one["name"],
                "client_id": one["client_id"],
                "secret": one["secret"],
                "settings": {"server_url": one["server_url"]},
            }
            for one in json.loads(os.environ.get("PARINDEX_OIDC") or "[]")
        ],
    }
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "parindex.web.accounts.login_limits.LoginLimits"
LOGIN_FAILURES_OF_A_NAME = 50  # from everywhere: at least ten addresses
LOGIN_FAILURES_OF_AN_ADDRESS = 100  # of all names: an office of many people may have one address
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # what is tried meanwhile is not counted
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "parindex.web.accounts.lock_out.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "parindex.web.accounts.lock_out.attempted_name"

# --- language, time -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME / "evidence",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("PARINDEX_EVIDENCE_URL"):
    _place = urlsplit(os.environ["PARINDEX_EVIDENCE_URL"])
    STORAGES["evidence"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": _place.netloc, "location": _place.path.strip("/"), "default_acl": "private"},
    }
EVIDENCE_BYTES = 50 * 1024 * 1024
BUNDLE_BYTES = 128 * 1024 * 1024  # as many as a signed bundle may have
EVIDENCE_FILES = 20  # in one upload
EVIDENCE_PER_ITEM = 100
PAGE_IMAGES = HOME / "page_images"
CLAMD = os.environ.get("PARINDEX_CLAMD", "")
#: Keys by which owners sign what they publish; made by hand with ``parindex key new``.
KEYS = HOME / "keys"
KEY_PASSWORD = os.environ.get("PARINDEX_KEY_PASSWORD", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- cache ----------------------------------------------------------------------------------------------------------

_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY},
    # Public pages are kept apart: whoever walks through all of them must not push out what logins are counted by.
    "public_pages": {
        "BACKEND": _MEMORY, "LOCATION": "public_pages", "TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}  # fmt: skip

# --- mail -----------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("PARINDEX_EMAIL_FROM", "parindex@localhost")
CONTACT = os.environ.get("PARINDEX_CONTACT", "").strip()
BODY = os.environ.get("PARINDEX_BODY", "").strip() or "parindex"
if os.environ.get("PARINDEX_EMAIL_URL"):
    _mail = urlsplit(os.environ["PARINDEX_EMAIL_URL"])
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = parse_qs(_mail.query).get("tls") == ["1"]
    EMAIL_TIMEOUT = 20

# --- transport ------------------------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
