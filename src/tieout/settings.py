"""Django's settings; everything that differs between machines comes from the environment."""

from __future__ import annotations

import sys
from pathlib import Path

from tieout import environment as env
from tieout import logs

DATA = Path(env.text("TIEOUT_DATA", "data")).absolute()
DEBUG = env.flag("TIEOUT_DEBUG", False)
TESTING = "pytest" in sys.modules
logs.to_stderr(env.choice("TIEOUT_LOG", "warning", logs.LEVELS))

# Both are kept under the data folder unless the environment gives them, so that a first start needs no set-up.
SECRET_KEY = env.secret("TIEOUT_SECRET_KEY", DATA / "secret-key")
# Newest first; older ones still open what they sealed.
SEALING_KEYS_FILE = None if env.text("TIEOUT_SEALING_KEYS", "") else DATA / "sealing-key"
SEALING_KEYS = env.secret("TIEOUT_SEALING_KEYS", DATA / "sealing-key").split(",")

ALLOWED_HOSTS = env.words("TIEOUT_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("TIEOUT_ORIGINS", "")
SECURE = env.flag("TIEOUT_HTTPS", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "tieout.mails",
    "tieout.subledger",
    "tieout.quickbooks",
    "tieout.sync",
    "tieout.pages",
]
AUTH_USER_MODEL = "subledger.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tieout.urls"
WSGI_APPLICATION = "tieout.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tieout.pages.middleware.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

DATABASES = {"default": env.database(DATA)}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.append("procrastinate.contrib.django")
    # Its tasks are made where a worker starts: see `tieout.jobs.workers`.
    PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "pages" / "templates"],
        "OPTIONS": {
            "environment": "tieout.pages.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "tieout.pages.frame.reader",
            ],
        },
    },
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent / "pages" / "static"]
WHITENOISE_USE_FINDERS = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "django.contrib.auth.hashers.Argon2PasswordHasher",
]
LOGIN_URL = "/log-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/log-in/"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False

# How many proxies of our own stand before us; the address that the outermost heard is then taken for a client's.
TRUSTED_PROXIES = env.number("TIEOUT_PROXIES", 0)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A person may tick every row of a long list.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000

# Where people reach the pages: links in mails begin with it, and QuickBooks sends people back to it. If it is not
# set, they are sent back to where they came from.
PUBLIC_URL = env.text("TIEOUT_URL", "").rstrip("/")

EMAIL_BACKEND = env.text("TIEOUT_MAIL", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("TIEOUT_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("TIEOUT_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("TIEOUT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("TIEOUT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("TIEOUT_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("TIEOUT_MAIL_FROM", "tieout@localhost")

# A run whose process died is taken over after this.
LEASE_S = env.number("TIEOUT_LEASE_S", 30, least=1)
# An operation of unknown outcome that QuickBooks does not show is sent again not before this since its last send.
RESEND_AFTER_S = env.number("TIEOUT_RESEND_AFTER_S", 120, least=0)

# Keys of an app of your own at Intuit; the sandbox brings its own.
QUICKBOOKS_CLIENT_ID = env.text("QUICKBOOKS_CLIENT_ID", "")
QUICKBOOKS_CLIENT_SECRET = env.text("QUICKBOOKS_CLIENT_SECRET", "")
QUICKBOOKS_ENVIRONMENT = env.choice("QUICKBOOKS_ENVIRONMENT", "production", ("production", "sandbox"))

# Where a company that is connected in the browser is looked for: the origin of a local sandbox, else Intuit's own.
QUICKBOOKS_SANDBOX = env.text("TIEOUT_SANDBOX", "").rstrip("/")
# Of the App Partner Program: how many metered calls a month are included for all companies together.
QUICKBOOKS_PLAN = env.choice("TIEOUT_PLAN", "builder", ("builder", "silver", "gold", "platinum"))

# Whether Intuit meters a batch as one call or each of its items is not known; by item, batches save no money.
BATCH_METERED_BY = env.choice("TIEOUT_BATCH_METERED_BY", "call", ("call", "item"))
# Verifier tokens of the app's webhooks, as Intuit shows them; two while one replaces the other.
QUICKBOOKS_WEBHOOK_TOKENS = env.words("QUICKBOOKS_WEBHOOK_TOKENS", "")

# How many requests to one QuickBooks company run at once.
QUICKBOOKS_AT_ONCE = env.number("TIEOUT_AT_ONCE", 10, least=1)
# Lifts Intuit's limits; only for a sandbox that has lifted them too and cannot say so.
NO_LIMITS = env.flag("TIEOUT_NO_LIMITS", False)
