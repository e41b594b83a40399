"""What "stock" means: the settings that `django-admin startproject` and the libraries' own defaults give.

Middleware, password hasher (PBKDF2), login backend, session store (a row of `django_session`), connections (a new one
for each request) and SQLite's journal are Django's defaults; negotiation, parsers and renderers (the browsable API
among them) are the REST framework's; tokens (HS256, with the user's id) are simplejwt's. It keeps this project's models
for users and carts, so that the database is the same. Left out is the admin, which no request here touches. Added is
what any deployment must say: which hosts, and that a proxy in front ends TLS.
"""

import os
from datetime import timedelta

import environ

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = [os.environ["ALLOWED_HOSTS"]]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
VAR_DIR = os.environ["VAR_DIR"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "rest_framework_simplejwt",
    "accounts",
    "shop",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "project.lab.benchmark.stock"
DATABASES = {"default": environ.Env().db_url("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
STATIC_URL = "static/"
USE_TZ = True

SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(hours=12)}  # a run may outlast the usual five minutes
