"""Only the benchmark's servers have its addresses and the stock variants."""

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

ADDRESSES = [
    "/benchmark/clock",
    "/benchmark/reset",
    "/api/no-auth/cart/",
    "/bare/cart/",
    "/jwt/cart/",
    "/session/cart/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_project_serves_none_of_them(address, client, db):
    with pytest.raises(Resolver404):
        resolve(address)
    assert client.get(address, headers={"X-User": "1"}).status_code == 404


def test_stock_apps_are_not_installed():
    assert not {"django.contrib.sessions", "rest_framework_simplejwt"} & set(settings.INSTALLED_APPS)


def test_shop_ignores_the_meter(client, db):
    answer = client.get("/healthz", headers={"Benchmark-Count": "1", "Benchmark-Wait": "1"})
    assert "Benchmark-Statements" not in answer
