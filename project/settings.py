"""Every setting of the shop, for both profiles.

`demo` (the default) needs no environment. `production` refuses to start half configured.
project/README.md lists each environment variable.
"""

import sys
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from accounts.secret_file import read_or_create
from project.api.environment import database, entries, is_host, is_network, is_origin, number, one_of, switch, text

BASE_DIR = Path(__file__).resolve().parent.parent


PRODUCTION = one_of("SHOP_PROFILE", ["demo", "production"]) == "production"

if PRODUCTION:
    missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL") if not text(name)]
    if missing:
        raise ImproperlyConfigured(f"The production profile needs: {', '.join(missing)}.")
    if len(text("SECRET_KEY")) < 32:
        raise ImproperlyConfigured("SECRET_KEY is too weak to sign refresh tokens: give it at least 32 characters.")

# Everything the program writes.
VAR_DIR = Path(text("VAR_DIR") or BASE_DIR / "var").resolve()
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = text("SECRET_KEY") or read_or_create(VAR_DIR / "secret_key", get_random_secret_key)
SECRET_KEY_FALLBACKS = entries("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = entries("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], is_host, "host name")
CSRF_TRUSTED_ORIGINS = entries("CSRF_TRUSTED_ORIGINS", [], is_origin, "origin such as https://shop.example")
TRUSTED_PROXIES = entries("TRUSTED_PROXIES", [], is_network, "IP address or network")

LAB = switch("LAB", not PRODUCTION)
LAB_URL = text("LAB_URL", "http://127.0.0.1:8000")  # where the lab's experiments reach this server
DEMO_PASSWORD = "" if PRODUCTION else text("DEMO_PASSWORD", "open-sesame")
DEMO_CUSTOMERS = ["alice", "bob"]  # beside the account `manager`: see project/lab/demo/accounts.py
# Set by `manage.py demo` on anything but loopback: the manager's password is then known to the terminal alone.
CLASSROOM = switch("CLASSROOM", False)
# Set by `manage.py demo` on loopback. Dangerous where others can reach it: a server error shows its traceback.
TRACEBACKS = switch("TRACEBACKS", False) and not (PRODUCTION or CLASSROOM)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "accounts",
    "shop",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "project.api.middleware.ResponseHeaders",
    "project.api.middleware.BoundedBody",
    "project.api.middleware.AllowedMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "project.api.middleware.LastSlash",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "project.api.middleware.PageMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
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
                "shop.pages.cart_count",
            ],
        },
    },
]

# Database ----------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASE_URL := text("DATABASE_URL"):
    DATABASES = {"default": database("DATABASE_URL")}
else:  # a path is a path: nothing in the name of a folder is taken for a part of a URL
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "db.sqlite3")}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # With SQLite's defaults concurrent writes fail with "database is locked": a transaction that reads first and
    # writes later cannot wait for its turn. IMMEDIATE takes its turn at BEGIN, and the timeout waits.
    DATABASES["default"]["CONN_MAX_AGE"] = None  # a thread keeps its connection
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=60,  # seconds
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    )
    # The file holds session keys and password hashes: for its owner alone, as what SQLite puts beside it.
    if not DATABASE_URL:
        Path(DATABASES["default"]["NAME"]).touch(mode=0o600)
    # Threads of a test must meet in a real file; an in-memory database would serialise them.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    # Threads share connections, however many there are: PostgreSQL refuses the hundredth client.
    pool = {"min_size": 1, "max_size": number("DATABASE_POOL_SIZE", 16), "timeout": 10}
    DATABASES["default"].setdefault("OPTIONS", {}).update(pool=pool)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Cache -------------------------------------------------------------------------------------------------------

REDIS_URL = text("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Who you are -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.ModelBackend",
]
PASSWORD_HASHERS = ["accounts.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.MaximumLengthValidator"},
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ),
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "products"
LOGOUT_REDIRECT_URL = "products"

# Failed logins are counted by account *and* address, under all schemes together. By address alone one student's typos
# would lock out the class behind the same router; by account alone anyone could lock anyone out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "accounts.credentials.hashed_username"
AXES_LOCKOUT_CALLABLE = "accounts.credentials.too_many_attempts"
AXES_HANDLER = f"axes.handlers.{'cache.AxesCacheHandler' if REDIS_URL else 'database.AxesDatabaseHandler'}"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The schemes -------------------------------------------------------------------------------------------------

# One way of authenticating each, in the order in which they are shown: see accounts/schemes.py.
SCHEMES = [
    "accounts.session_scheme.CookieSession",
    "accounts.jwt_scheme.Jwt",
    "accounts.jwt_checked_scheme.CheckedJwt",
    "accounts.jwt_cookie_scheme.CookieJwt",
    "accounts.opaque_scheme.Opaque",
]

# The session scheme ------------------------------------------------------------------------------------------

SESSION_STORES = {
    "db": "accounts.session_stores.db",
    "cached_db": "accounts.session_stores.cached_db",
    "cache": "accounts.session_stores.cache",
    "file": "accounts.session_stores.file",
    "signed_cookies": "django.contrib.sessions.backends.signed_cookies",
}
SESSION_STORE = one_of("SESSION_STORE", list(SESSION_STORES))
if PRODUCTION and not REDIS_URL and SESSION_STORE in ("cache", "cached_db"):
    raise ImproperlyConfigured(f"SESSION_STORE={SESSION_STORE} needs REDIS_URL: servers must share their cache.")
SESSION_ENGINE = SESSION_STORES[SESSION_STORE]
SESSION_FILE_PATH = VAR_DIR / "sessions"
if SESSION_STORE == "file":
    SESSION_FILE_PATH.mkdir(mode=0o700, exist_ok=True)
SESSION_COOKIE_AGE = int(timedelta(days=1).total_seconds())  # slides with use
SESSION_MAX_AGE = int(timedelta(days=7).total_seconds())  # ends it all the same
SESSION_COOKIE_HTTPONLY = True  # no script can read the id
SESSION_COOKIE_SAMESITE = "Lax"  # no other site's POST carries it
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "project.api.errors.csrf_failure"

# The JWT schemes ---------------------------------------------------------------------------------------------

JWT_ALGORITHM = one_of("JWT_ALGORITHM", ["HS256", "RS256", "Ed25519"])
TOKEN_ISSUER = text("TOKEN_ISSUER", "shop")
TOKEN_AUDIENCE = text("TOKEN_AUDIENCE", "shop-api")
ACCESS_TOKEN_LIFETIME = timedelta(minutes=5)
REFRESH_TOKEN_LIFETIME = timedelta(days=1)  # slides with each refresh
GRANT_LIFETIME = timedelta(days=7)  # ends it all the same
DELEGATED_TOKEN_LIFETIME = timedelta(hours=12)  # at most, for a token that is given to a third party
# The cookies of jwt-cookie. The prefixes have a browser refuse them without Secure (RFC 6265bis section 4.1.3).
ACCESS_COOKIE = "__Host-access" if PRODUCTION else "access"
REFRESH_COOKIE = "__Secure-refresh" if PRODUCTION else "refresh"
# The same refresh token again, after a lost answer or from a second tab, gets the same answer for so long.
REFRESH_GRACE = timedelta(seconds=number("REFRESH_GRACE", 10, least=0))

# The opaque scheme -------------------------------------------------------------------------------------------

OPAQUE_TOKEN_IDLE = timedelta(days=1)  # slides with use
OPAQUE_TOKEN_LIFETIME = timedelta(days=7)  # ends it all the same

# The API -----------------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024  # bytes; larger bodies get 413
REST_FRAMEWORK = {
    # Fail closed: a view mounted without a scheme lets nobody in.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["project.api.strict_json.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "project.api.strict_json.AlwaysJSON",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "project.api.openapi.Schema",
    "EXCEPTION_HANDLER": "project.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cookie or token?",
    "DESCRIPTION": "One cart, served from one piece of code under several authentication schemes.",
    "VERSION": "0.1.0",
    "TAGS": [
        {"name": "accounts", "description": "Log in, log out, who am I, my sign-ins."},
        {"name": "cart", "description": "My cart."},
        {"name": "orders", "description": "Check out, and what I have bought."},
        {"name": "products", "description": "What is on sale."},
    ],
    "ENFORCE_NON_BLANK_FIELDS": True,
    "PATH_CONVERTER_OVERRIDES": {"id": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1, "example": 1}},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["project.api.openapi.once"],
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "project.api.openapi.with_servers"],
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

# HTTP --------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
if PRODUCTION:
    STATIC_ROOT = VAR_DIR / "static"
    STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    # Beware: browsers that have seen this will not speak plain HTTP with the host, nor with any host below it, for a
    # year. Shorten it before you first serve a name that must stay reachable without TLS.
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
else:
    WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site needs our scripts and styles
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if PRODUCTION else None  # browsers complain of it over plain http
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# The rest ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr},
        "audit": {"class": "logging.StreamHandler", "stream": sys.stderr}
        if PRODUCTION
        else {"class": "logging.FileHandler", "filename": VAR_DIR / "audit.log", "delay": True},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "accounts": {"handlers": ["audit"], "level": "INFO", "propagate": False},
        # Every 4xx is a warning to Django; in a lab of wrong requests only a 5xx is news.
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}

# The lab -----------------------------------------------------------------------------------------------------

# What the lab changes in the shop. Beside it: two lines of project/urls.py, the purge, a listener and a link, which
# project/lab/README.md lists.
if LAB:
    INSTALLED_APPS += ["project.lab", "rest_framework_simplejwt.token_blacklist"]
    MIDDLEWARE.insert(0, "project.lab.recorder.middleware.Recorder")
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware") + 1,
        "project.lab.mounts.session_stores.StoreByMount",
    )
    SESSION_FILE_PATH.mkdir(mode=0o700, exist_ok=True)  # the mount session-file
    # What the experiments found, for half a day, in files: so that all processes of the server know it.
    CACHES["runs"] = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "runs",
        "TIMEOUT": int(timedelta(hours=12).total_seconds()),
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
    SIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": True, "BLACKLIST_AFTER_ROTATION": True}  # all else is the library's default
    SCHEMES += [
        "project.lab.mounts.simplejwt.SimpleJwt",
        "project.lab.mounts.session_stores.SessionInDb",
        "project.lab.mounts.session_stores.SessionInCachedDb",
        "project.lab.mounts.session_stores.SessionInCache",
        "project.lab.mounts.session_stores.SessionInFile",
        "project.lab.mounts.session_stores.SessionInSignedCookies",
        "project.lab.mounts.session_stores.SessionUntilClosed",
    ]
