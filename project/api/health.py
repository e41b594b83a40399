"""Is the process up, and can it work?"""

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

from project.api.errors import OUTAGES, RETRY_AFTER


def healthz(request):
    """Answer 200: the process is up."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """Answer 200 when database, migrations and cache are fine, else 503 that names what is not."""
    checks = {"database": database, "migrations": migrations, "cache": cache_works}
    failing = [name for name, check in checks.items() if not passes(check)]
    if failing:
        return JsonResponse({"ready": False, "failing": failing}, status=503, headers={"Retry-After": RETRY_AFTER})
    return JsonResponse({"ready": True})


def passes(check):
    try:
        return check()
    except OUTAGES:
        return False


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_works():
    cache.set("readyz", "ready", timeout=10)
    return cache.get("readyz") == "ready"
