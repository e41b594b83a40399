"""The bytes that the server keeps for one sign-in of each variant: open one, insert many like it, and look."""

import pickle
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.sessions import models as django_sessions
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from accounts import grants, session_scheme
from accounts.models import OpaqueToken, Session
from project.lab.benchmark import sign_ins
from project.lab.benchmark.client import AGENT
from project.lab.benchmark.variants import VARIANTS
from project.lab.mounts.simplejwt import Login


def bytes_per_sign_in(user, count):
    """Return {variant: bytes}: of a row with its share of the indexes by inserting many, of the rest by looking."""
    session = sample_session(user)
    row = sign_ins.insert_sessions(session) / count
    plain_row = sign_ins.insert_sessions(session, model=django_sessions.Session) / count
    cached = size_in_cache(session)
    kept = {
        "": 0,
        "plain session": plain_row,
        "grant": sign_ins.insert_grants(grants.open_grant(user, AGENT)) / count,
        "opaque token": sign_ins.insert_opaque_tokens(sample_opaque_token(user)) / count,
        "outstanding token": sign_ins.insert_outstanding_tokens(sample_outstanding_token(user)) / count,
    }
    by_store = {
        "db": row,
        "cached_db": row + cached,
        "cache": cached,
        "file": size_as_file(session),
        "signed_cookies": 0,
    }
    variants = [variant for variant in VARIANTS.values() if variant.side]
    return {variant.name: round(kept.get(variant.keeps, by_store.get(variant.store, row))) for variant in variants}


def sample_session(user):
    """Sign a user in and return the row of the session, with its data as they are written."""
    request = RequestFactory().post("/", headers={"User-Agent": AGENT})
    request.session = import_module(settings.SESSION_STORES["db"]).SessionStore()
    session_scheme.start_session(request, user)
    request.session.save()
    return Session.objects.get(session_key=request.session.session_key)


def sample_opaque_token(user):
    """Return the row of an opaque token; its hash is made up."""
    now = timezone.now()
    moments = {"created": now, "used": now, "expires": now + settings.OPAQUE_TOKEN_LIFETIME}
    return OpaqueToken.objects.create(user=user, digest="0" * 64, label=AGENT, **moments)


def sample_outstanding_token(user):
    """Return the row that simplejwt keeps of a refresh token."""
    token = Login().get_serializer_class().get_token(user)
    return apps.get_model("token_blacklist.OutstandingToken").objects.get(jti=token["jti"])


def size_in_cache(session):
    """Return the bytes of a cache entry: as Redis says, or of key and value where the cache is the process's memory."""
    data = session.get_decoded()
    if not settings.REDIS_URL:
        return len(pickle.dumps(data)) + len(cache.make_key(session.session_key))
    import redis

    cache.set(session.session_key, data)
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        return server.memory_usage(cache.make_key(session.session_key))


def size_as_file(session):
    """Return the bytes that one session takes on the disk, which gives them out by the block."""
    store = import_module(settings.SESSION_STORES["file"]).SessionStore()
    store.update(session.get_decoded())
    store.save()
    (file,) = settings.SESSION_FILE_PATH.iterdir()
    stat = file.stat()
    file.unlink()
    return 512 * stat.st_blocks if hasattr(stat, "st_blocks") else stat.st_size
