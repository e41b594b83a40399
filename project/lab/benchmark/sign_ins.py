"""A database with many accounts and sign-ins in it, by one SQL statement a table: a million in under a minute."""

from django.db import connection, transaction

from accounts.models import Grant, OpaqueToken, Session, User


def numbers(count):
    """Return SQL for a table `n` of the numbers 1 to count."""
    if connection.vendor == "postgresql":
        return f"(SELECT generate_series(1, {count:d}) AS n) AS numbers"
    series = f"WITH RECURSIVE s(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM s WHERE n < {count:d})"  # noqa: S608
    return f"({series} SELECT n FROM s) AS numbers"  # noqa: S608


def random_hex():
    """Return SQL for 32 random hexadecimal digits: keys come in no order, as real ones do."""
    if connection.vendor == "postgresql":
        return "md5(random()::text || clock_timestamp()::text)"
    return "lower(hex(randomblob(16)))"


def random_id():
    """Return SQL for a UUID as this database keeps it."""
    return "gen_random_uuid()" if connection.vendor == "postgresql" else random_hex()


def insert(model, values, source, parameters=()):
    """Insert into the model's table, with {column: SQL}, a row for each row of the source; return the bytes it took."""
    before = size(model)
    columns, expressions = ", ".join(values), ", ".join(values.values())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {expressions} FROM {source}",  # noqa: S608
            parameters,
        )
    return size(model) - before


def size(model):
    """Return the bytes that a table takes with its indexes; on SQLite those of all tables, of which one grows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [model._meta.db_table])
            return cursor.fetchone()[0]
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return pages * cursor.fetchone()[0]


def insert_users(prefix, count, password, now):
    """Insert customers `prefix1`, `prefix2`, … who all have one (hashed) password."""
    values = {
        "password": "%s",
        "username": "%s || n",
        "date_joined": "%s",
        "role": "'customer'",
        "is_superuser": "false",
        "is_staff": "false",
        "is_active": "true",
        "first_name": "''",
        "last_name": "''",
        "email": "''",
    }
    insert(User, values, numbers(count), [password, prefix, now])


def insert_sessions(sample, source="accounts_user AS u", model=Session, user="u.id", expires=None):
    """Insert a session like the sample for each row of the source; return the bytes they took."""
    values = {"session_key": random_hex(), "session_data": "%s", "expire_date": "%s"}
    parameters = [sample.session_data, expires or sample.expire_date]
    if model is Session:
        values |= {"user_id": user, "sign_in": random_id(), "label": "%s", "created": "%s", "renewed": "%s"}
        parameters += [sample.label, sample.created, sample.renewed]
    return insert(model, values, source, parameters)


def insert_grants(sample, source="accounts_user AS u", user="u.id", expires=None):
    """Insert a grant like the sample for each row of the source; return the bytes they took."""
    values = {
        "id": random_id(),
        "user_id": user,
        "label": "%s",
        "scope": "%s",
        "generation": "0",
        "created": "%s",
        "refreshed": "%s",
        "expires": "%s",
        "reason": "''",
    }
    moments = [sample.created, sample.refreshed, expires or sample.expires]
    return insert(Grant, values, source, [sample.label, sample.scope, *moments])


def insert_opaque_tokens(sample, source="accounts_user AS u", user="u.id"):
    """Insert an opaque token like the sample for each row of the source; return the bytes they took."""
    values = {
        "id": random_id(),
        "user_id": user,
        "digest": f"{random_hex()} || {random_hex()}",
        "label": "%s",
        "created": "%s",
        "used": "%s",
        "expires": "%s",
    }
    return insert(OpaqueToken, values, source, [sample.label, sample.created, sample.used, sample.expires])


def insert_outstanding_tokens(sample, source="accounts_user AS u", user="u.id"):
    """Insert a refresh token of simplejwt like the sample for each row of the source; return the bytes they took."""
    values = {"user_id": user, "jti": random_hex(), "token": "%s", "created_at": "%s", "expires_at": "%s"}
    return insert(type(sample), values, source, [sample.token, sample.created_at, sample.expires_at])


def settle():
    """Give PostgreSQL's planner its statistics, as autovacuum does later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
