"""Settings, read once from the environment. Every variable is described in docs/operator.md."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, cast

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from xiangqiao.config.paths import home

django_stubs_ext.monkeypatch()

HOME = home()
BASE = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _secret() -> str:
    """Read the signing secret from its file, made on first use and kept outside the database."""
    if value := os.environ.get("XIANGQIAO_SECRET_KEY"):
        return value
    path = HOME / "keys" / "django.secret"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = _secret()
DEBUG = _flag("XIANGQIAO_DEBUG")
ALLOWED_HOSTS = [h for h in os.environ.get("XIANGQIAO_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
HTTPS = _flag("XIANGQIAO_HTTPS")
# A proxy of our own stands before us and writes X-Forwarded-For.
BEHIND_PROXY = _flag("XIANGQIAO_PROXY")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "xiangqiao.kernel",
    "xiangqiao.accounts",
    "xiangqiao.places",
    "xiangqiao.ledger",
    "xiangqiao.people",
    "xiangqiao.policy",
    "xiangqiao.pairing",
    "xiangqiao.journal",
    "xiangqiao.coverage",
    "xiangqiao.commerce",
    "xiangqiao.learning",
    "xiangqiao.services",
    "xiangqiao.clinic",
    "xiangqiao.giving",
    "xiangqiao.desk",
    "xiangqiao.site",
    "xiangqiao.wechat",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xiangqiao.accounts.middleware.OpenSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "xiangqiao.kernel.middleware.Refusals",
]

ROOT_URLCONF = "xiangqiao.config.urls"
WSGI_APPLICATION = "xiangqiao.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xiangqiao.kernel.ui.elder.elder_setting",
                "xiangqiao.desk.panels.frame",
                "xiangqiao.site.panels.frame",
                "xiangqiao.config.pages.demo_door.published",
            ],
        },
    }
]

# Choices are drawn in Python: a list's filters hold hundreds of options.
FORM_RENDERER = "xiangqiao.kernel.ui.form_drawing.HouseForms"


def database_at(url: str) -> dict[str, Any]:
    """Return the settings of the database that an address names: SQLite with our own backend, or PostgreSQL."""
    config = cast("dict[str, Any]", dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["ENGINE"] = "xiangqiao.kernel.sqlite"
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {
    "default": database_at(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'xiangqiao.db'}"),
    # Medical data apart, with a key of its own.
    "clinic": database_at(os.environ.get("CLINIC_DATABASE_URL") or f"sqlite:///{HOME / 'clinic.db'}"),
}
DATABASE_ROUTERS = ["xiangqiao.clinic.router.Apart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Servers that help two browsers of a video call find each other, as JSON; none on one network.
ICE_SERVERS = json.loads(os.environ.get("XIANGQIAO_ICE_SERVERS") or "[]")

# Where the pages of a lesson find the live rooms: a public wss:// address behind a reverse proxy, else the port beside ours.
LIVE_URL = os.environ.get("XIANGQIAO_LIVE_URL", "")
LIVE_PORT = int(os.environ.get("XIANGQIAO_LIVE_PORT") or 8001)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "xiangqiao.accounts.password_policy.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "xiangqiao.accounts.password_policy.LettersAndDigits"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
# Locked by the pair of name and address: a name alone would let a joker lock the county out.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "xiangqiao.accounts.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "xiangqiao.accounts.pages.signing_in.locked"
# A locked-out name that goes on trying does not push its own release further away.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

# Longer than the eight hours after which an idle session ends (accounts.rules), so that the sign-in page can say why.
SESSION_COOKIE_AGE = 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
