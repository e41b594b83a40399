"""The settings of the benchmark's servers: the production profile, and what must differ for a run."""

import os
from datetime import timedelta

from project.settings import *  # noqa: F403
from project.settings import INSTALLED_APPS, REDIS_URL, SCHEMES, SESSION_STORES, VAR_DIR, one_of

ROOT_URLCONF = "project.lab.benchmark.urls"
# The tables that the stock variants need, and that simplejwt needs: it is measured without the rest of the lab.
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sessions", "rest_framework_simplejwt.token_blacklist"]
SCHEMES = [*SCHEMES, "project.lab.mounts.simplejwt.SimpleJwt"]

# The production profile refuses a cache that servers do not share. Here is one server, so its memory will do.
SESSION_STORE = one_of("BENCHMARK_SESSION_STORE", list(SESSION_STORES))
SESSION_ENGINE = SESSION_STORES[SESSION_STORE]
SESSION_FILE_PATH = VAR_DIR / "sessions"
SESSION_FILE_PATH.mkdir(exist_ok=True)
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # With the usual 300 entries the logins of one round would throw out the sessions of another.
    options = {"MAX_ENTRIES": 1_000_000}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}}
CACHES["default"]["KEY_PREFIX"] = os.environ["BENCHMARK_PREFIX"]

ACCESS_TOKEN_LIFETIME = timedelta(hours=12)  # a run may outlast the usual five minutes; tokens are as long as ever
SIMPLE_JWT = {  # as the lab sets it, and the same lifetime
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
}
