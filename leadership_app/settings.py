"""All settings. The environment decides; README.md lists every variable."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from leadership_app.environment import (
    read_flag,
    read_list,
    read_mode,
    read_number,
    read_secret,
    read_text,
)
from leadership_app.mail_provider import read_provider

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(read_text("VAR_DIR") or BASE_DIR / "var")

MODE = read_mode()
IS_DEMO = MODE == "demo"
IS_TEST = MODE == "test"
IS_PRODUCTION = MODE == "production"
DEBUG = read_flag("DEBUG", default=False)
if DEBUG and IS_PRODUCTION:
    raise ImproperlyConfigured(
        "DEBUG shows answers in error pages, so it cannot be on in production. Set MODE=demo."
    )

# Two secrets: the first signs cookies and sessions, the second is part of every
# key that protects answers. A stolen database without them opens nothing.
SECRET_KEY = read_secret("SECRET_KEY", mode=MODE, kept_in=VAR_DIR)
ANSWER_SECRET = read_secret("ANSWER_SECRET", mode=MODE, kept_in=VAR_DIR)

BASE_URL = read_text("BASE_URL", "" if IS_PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
if not BASE_URL:
    raise ImproperlyConfigured(
        "BASE_URL is not set. Set it to the address people open, such as https://check.example.org."
    )
ALLOWED_HOSTS = read_list(
    "ALLOWED_HOSTS", "" if IS_PRODUCTION else "127.0.0.1,localhost,testserver"
)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. Set it to the host names of the site, separated by commas."
    )
SERVED_OVER_HTTPS = BASE_URL.startswith("https://")
if IS_PRODUCTION and not SERVED_OVER_HTTPS and not read_flag("ALLOW_PLAIN_HTTP"):
    raise ImproperlyConfigured(
        "BASE_URL must begin with https:// because answers travel over it. "
        "For a trial without it, set ALLOW_PLAIN_HTTP=yes."
    )
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Applications ------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "assessments.apps.AssessmentsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leadership_app.compression.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "assessments.public.kept_forms.SignInKeepsForms",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "assessments.public.second_factor.AdminsNeedSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "leadership_app.urls"
WSGI_APPLICATION = "leadership_app.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assessments.public.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Database ----------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        read_text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'leading-together.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    # secure_delete overwrites what a close deletes; FULL keeps what a page
    # called saved through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
        ),
    }
if IS_TEST:
    # A file, not memory: browser tests reach it from several threads.
    DATABASES["default"].setdefault("TEST", {})
    if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        DATABASES["default"]["TEST"]["NAME"] = str(VAR_DIR / "test.sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache -------------------------------------------------------------------

# Counts tries at signing in. Files, so that all processes of a host count
# together without another service; names of files are digests.
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
if IS_TEST:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

# People and sign-in ------------------------------------------------------

AUTH_USER_MODEL = "assessments.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "partnership_list"
ACCOUNT_ADAPTER = "assessments.public.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# Proxies in front, whose word on where a request came from is believed when
# tries at signing in are counted.
ALLAUTH_TRUSTED_PROXY_COUNT = read_number("TRUSTED_PROXIES", 0)

MFA_ADAPTER = "assessments.public.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVED_OVER_HTTPS
# Nobody can add or change an address by themselves: an admin or the person who
# invited vouches for it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The demo signs anybody in with a click, so a second factor would protect nothing.
ADMINS_NEED_SECOND_FACTOR = not IS_DEMO

# Single sign-on by OpenID Connect: all three, or none.
OIDC_ISSUER = read_text("OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID = read_text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = read_text("OIDC_CLIENT_SECRET")
OIDC_NAME = read_text("OIDC_NAME", "single sign-on") if OIDC_ISSUER else ""
if len({bool(OIDC_ISSUER), bool(OIDC_CLIENT_ID), bool(OIDC_CLIENT_SECRET)}) > 1:
    raise ImproperlyConfigured(
        "Single sign-on needs OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. "
        "Set all three, or none of them."
    )
if OIDC_ISSUER and IS_PRODUCTION and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must begin with https://.")
SOCIALACCOUNT_ADAPTER = "assessments.public.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_STORE_TOKENS = False
# A link and no form: a form that leads to another host would need that host in
# the content security policy. It signs nobody in but the person themselves.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "single-sign-on",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if IS_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Language and time -------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = read_text("TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True

# Static files ------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "leadership_app.static_packages.PackageFinder",
    "leadership_app.stylesheet.StylesheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if IS_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
if not IS_PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Mail --------------------------------------------------------------------

# Without a mail server the pages offer links to copy instead of sending.
EMAIL_HOST = read_text("EMAIL_HOST")
EMAIL_PORT = read_number("EMAIL_PORT", 587, smallest=1)
EMAIL_HOST_USER = read_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = read_text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = read_flag("EMAIL_USE_TLS", default=bool(EMAIL_HOST))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read_text("DEFAULT_FROM_EMAIL", "Leading together <no-reply@example.org>")
EMAIL_BACKEND = (
    "leadership_app.mail_server.CarefulBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
MAIL_PROVIDER = read_text("MAIL_PROVIDER")
ANYMAIL = read_provider(MAIL_PROVIDER)
if MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
CAN_SEND_MAIL = bool(EMAIL_HOST or MAIL_PROVIDER)

# Security ----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}
X_FRAME_OPTIONS = "DENY"
# Not "no-referrer": browsers would then send "Origin: null" with forms, and the
# CSRF check would refuse them. The page of a personal link says "strict-origin".
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "assessments.public.errors.csrf_failure"
if SERVED_OVER_HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
DEFAULT_EXCEPTION_REPORTER = "leadership_app.reports.MaskedReport"
DEFAULT_EXCEPTION_REPORTER_FILTER = "leadership_app.reports.HideEverythingPosted"

# Every line goes through one handler that masks personal links.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask_tokens": {"()": "leadership_app.reports.MaskTokens"}},
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["mask_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
