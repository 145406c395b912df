"""Settings shared by every way of running; all values come from the environment (see .env.example)."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.settings.celery import *  # noqa: F403

django_stubs_ext.monkeypatch()  # generic bases such as ModelForm[User] at run time

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or "unset"
STATE_DIR = Path(env("SANGKROH_STATE", default=str(BASE_DIR / "var")))
SITE_URL = env("SANGKROH_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config",
    "reports",
    "prevention",
    "referrals",
    "complaints",
    "victims",
    "suspects",
    "people",
    "notifications",
    "accounts",
    "partners",
    "provinces",
    "workflow",
    "core",
    "audit",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "knox",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "django_countries",
    "csp",
    "django_prometheus",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "complaints.channels.public.middleware.UnknownVisitorMiddleware",
    "core.middleware.BadInputMiddleware",
    "audit.middleware.AuditMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

PUBLIC_MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "complaints.channels.public.middleware.UnknownVisitorMiddleware",
    "core.middleware.BadInputMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
# What this process serves: the public form alone, the pages of staff alone, or both.
SURFACE = env.str("SANGKROH_SURFACE", default="all")
URLS = {"all": "config.urls", "staff": "config.urls_staff", "public": "config.urls_public"}
if SURFACE not in URLS:
    raise ImproperlyConfigured(f"SANGKROH_SURFACE={SURFACE} is no surface: public, staff or all.")
if SURFACE == "public":
    MIDDLEWARE = PUBLIC_MIDDLEWARE
ROOT_URLCONF = URLS[SURFACE]
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "accounts.context.navigation",
                "notifications.context.unread",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        # The public surface has a role of its own, which reads nothing.
        **env.db(
            "DATABASE_INTAKE_URL" if SURFACE == "public" else "DATABASE_URL",
            default="postgres://sangkroh_app@127.0.0.1:5432/sangkroh",
        ),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": env.int("SANGKROH_CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
    }
}
# Planning costs more than running here: with seven joins PostgreSQL tries orders for 17 ms to read one row in 0.3 ms
# (docs/decisions/0028).
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c join_collapse_limit=4")
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL", default="")
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
METRICS_TOKEN = env("SANGKROH_METRICS_TOKEN", default="")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.ActiveUserBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
SECOND_FACTOR_REQUIRED = not DEMO
SESSION_IDLE_SECONDS = env.int("SANGKROH_SESSION_IDLE", default=3_600)
SESSION_ABSOLUTE_SECONDS = env.int("SANGKROH_SESSION_ABSOLUTE", default=43_200)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Exports: where their files lie, how long, and after how many seconds of silence a worker is believed to be gone.
EXPORTS_DIR = Path(env("SANGKROH_EXPORTS", default="") or STATE_DIR / "exports")
EXPORT_HOURS = env.int("SANGKROH_EXPORT_HOURS", default=24)
EXPORT_LEASE = 30
# Made at the same time: one process of the worker stays for what may not wait (alarms, reports of the public).
EXPORTS_AT_ONCE = max(1, env.int("SANGKROH_WORKERS", default=2) - 1)
REFERRAL_LINK_DAYS = env.int("SANGKROH_LINK_DAYS", default=7)
# Counts of people from 1 to one less are hidden in tables for the public (core/disclosure.py).
SMALL_CELL = env.int("SANGKROH_SMALL_CELL", default=11)
# Counting for a page of figures that takes as many seconds is kept for its reader, so many seconds, and says so (reports/keeping.py).
FIGURES_LONG = env.float("SANGKROH_FIGURES_LONG", default=0.5)
FIGURES_KEPT = env.int("SANGKROH_FIGURES_KEPT", default=600)
TRUSTED_PROXIES = env.int("SANGKROH_PROXIES", default=0)

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "change_password": "accounts.forms.OwnPasswordForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key"}  # wrong codes; axes counts passwords
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.EnrolForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_HANDLER = "accounts.lockout.RecordingHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "accounts.lockout.answer"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_ip"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = "accounts.lockout.pause"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
REST_KNOX = {"TOKEN_TTL": timedelta(days=90), "AUTO_REFRESH": False}

# Languages and places
LANGUAGE_CODE = "km"
LANGUAGES = [("km", "ខ្មែរ"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Phnom_Penh"
COUNTRIES_OVERRIDE = {"KH": _("Cambodia"), "VN": _("Viet Nam")}

# The public form: numbers to call (empty: not shown), where "Leave this page" leads, how many reports within ten minutes
# are read as they come before the rest is held apart, and how long each look for a code takes at least, in seconds.
_abroad = "+855 23 555 0123" if DEMO else ""  # of nobody: for the demonstration
HOTLINES = {
    "police": env("SANGKROH_HOTLINE_POLICE", default="117"),
    "trafficking": env("SANGKROH_HOTLINE_TRAFFICKING", default="1288"),
    "abroad": env("SANGKROH_HOTLINE_ABROAD", default=_abroad),
}
LEAVE_URL = env("SANGKROH_LEAVE_URL", default="https://www.google.com/search?q=weather")
PUBLIC_RATE = env.int("SANGKROH_PUBLIC_RATE", default=60)
PUBLIC_PACE = env.float("SANGKROH_PUBLIC_PACE", default=0.4)

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

# Browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = [
    "core.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenWithSecondFactor",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "core.schema.Schema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "core.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sangkroh API",
    "DESCRIPTION": "Complaints, the people they are about, places and steps. Rows out of your scope do not exist.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["core.schema.without_marks"],  # enums stay where they are used
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "filters": {"without_address": {"()": "core.logs.WithoutAddress"}},
    "loggers": {
        "urllib3": {"level": "ERROR"},  # its warnings name the address, which may hold a token
        # What is typed into an address may be the code of a report, or a name: these would write it.
        **{
            name: {"filters": ["without_address"]}
            for name in ("django.request", "django.security.csrf", "django.server")
        },
    },
}
