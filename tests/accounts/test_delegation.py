"""Giving a part of one's rights to a third party, as a token."""

from datetime import timedelta

import pytest

from accounts import grants
from accounts.models import Grant, User
from tests.clients import client_of
from tests.schemes import delegating_schemes

ALL = ["cart:read", "cart:write", "orders:read", "orders:write"]


@pytest.fixture(params=delegating_schemes(), ids=lambda scheme: scheme.name)
def scheme(request):
    return request.param


@pytest.fixture
def owner(shopper):
    return shopper


@pytest.fixture
def third_party(owner):
    """Return a function that makes a client with a token for some rights of the owner's."""

    def third_party(*rights, **more):
        response = owner.post("delegate/", {"scope": " ".join(rights), "label": "Recipe app", **more})
        assert response.status_code == 200
        client, answer = client_of(owner.scheme), response.json()
        client.plant(answer["access"])
        client.answer = answer
        return client

    return third_party


def test_token_opens_its_scope(third_party, owner, product):
    owner.add(product, 2)
    reader = third_party("cart:read")
    assert reader.cart()["count"] == 2


@pytest.mark.parametrize(
    ("right", "method", "path", "body"),
    [
        ("cart:read", "GET", "cart/", None),
        ("cart:write", "DELETE", "cart/", None),
        ("cart:write", "POST", "cart/items/", {"product": 0, "quantity": 1}),
        ("cart:write", "PUT", "cart/items/1/", {"quantity": 1}),
        ("cart:write", "DELETE", "cart/items/1/", None),
        ("orders:read", "GET", "orders/", None),
        ("orders:read", "GET", "orders/1/", None),
        ("orders:write", "POST", "orders/", None),
    ],
)
def test_each_route_needs_its_scope(third_party, right, method, path, body):
    others = [other for other in ALL if other != right]
    assert third_party(right).request(method, path, body).status_code not in (401, 403)
    refused = third_party(*others).request(method, path, body)
    assert refused.status_code == 403
    assert refused.json()["code"] == "insufficient_scope"
    assert refused["WWW-Authenticate"] == f'Bearer realm="api", error="insufficient_scope", scope="{right}"'


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "me/", None),
        ("GET", "sign-ins/", None),
        ("DELETE", "sign-ins/", None),
        ("DELETE", "sign-ins/00000000-0000-0000-0000-000000000000/", None),
        ("POST", "delegate/", {"scope": "cart:read"}),
        ("PATCH", "products/1/", {"stock": 1}),
        ("DELETE", "users/1/", None),
    ],
)
def test_account_routes_are_refused(third_party, method, path, body):
    response = third_party(*ALL).request(method, path, body)
    assert response.status_code == 403
    assert 'scope="account"' in response["WWW-Authenticate"]


def test_role_is_not_delegated(owner, third_party, product):
    owner.user.role = "manager"
    owner.user.save()
    owner.log_in(owner.user)
    assert third_party(*ALL).patch(f"products/{product.id}/", {"stock": 1}).status_code == 403


@pytest.mark.parametrize("scope", ["", "account", "cart:read account", "everything", "cart:read  orders:read", 1, None])
def test_invalid_scope_is_rejected(owner, scope):
    response = owner.post("delegate/", {"scope": scope})
    assert response.status_code == 400
    assert list(response.json()) == ["scope"]
    assert Grant.objects.count() == 1


@pytest.mark.parametrize("expires_in", [0, -1, "60", 1.5, True, 10**10])
def test_invalid_lifetime_is_rejected(owner, expires_in):
    response = owner.post("delegate/", {"scope": "cart:read", "expires_in": expires_in})
    assert list(response.json()) == ["expires_in"]


def test_lifetime_is_capped(third_party):
    assert third_party("cart:read", expires_in=10**6).answer["expires_in"] == 12 * 3600


def test_it_expires_with_its_sign_in(third_party):
    grant = Grant.objects.get()
    grant.expires = grant.created + timedelta(hours=1)
    grant.save()
    assert third_party("cart:read", expires_in=10**6).answer["expires_in"] <= 3600


def test_it_can_be_ended(owner, third_party):
    reader = third_party("cart:read")
    [row] = [row for row in owner.get("sign-ins/").json() if row["scope"] == "cart:read"]
    assert row["label"] == "Recipe app"
    assert row["id"] == reader.answer["sign_in"]
    owner.delete(f"sign-ins/{row['id']}/")
    # At once where the grant is looked up, else at `exp`.
    assert reader.get("cart/").status_code == (401 if owner.scheme.ends_at_once else 200)


@pytest.mark.parametrize("end", ["logout/", "revoke/"])
def test_it_ends_with_its_sign_in(owner, third_party, end):
    reader = third_party("cart:read")
    owner.post(end, {"token": owner.access} if end == "revoke/" else None)
    assert not grants.live().exists()
    if owner.scheme.ends_at_once:
        assert reader.get("cart/").status_code == 401


def test_delegation_during_logout_is_dead(owner):
    parent = Grant.objects.select_related("user").get()
    owner.post("logout/")
    answer = grants.delegate(User.objects.get(), "cart:read", 60, "late", parent)
    assert grants.live().count() == 0
    if owner.scheme.ends_at_once:
        owner.access = answer["access"]
        assert owner.get("cart/").status_code == 401


def test_logout_ends_delegating(owner):
    owner.post("logout/")
    assert owner.post("delegate/", {"scope": "cart:read"}).status_code == 401
    assert Grant.objects.count() == 1


def test_it_has_no_refresh_token(third_party):
    assert set(third_party("cart:read").answer) == {"access", "token_type", "expires_in", "scope", "sign_in"}


def test_holder_can_revoke_it(third_party, owner):
    reader = third_party("cart:read")
    assert reader.post("revoke/", {"token": reader.access}).status_code == 200
    assert [row["scope"] for row in owner.get("sign-ins/").json()] == [Grant.objects.get(parent=None).scope]


@pytest.mark.parametrize("token", ["x", "ey.ey.ey", "a.b.c", "x" * 5000, "00000000-0000-0000-0000-000000000000.0.x"])
def test_revoking_garbage_is_200(owner, token):
    assert owner.post("revoke/", {"token": token}).status_code == 200


def test_revoking_refresh_ends_sign_in(owner):
    assert owner.post("revoke/", {"token": owner.refresh}).status_code == 200
    assert owner.post("refresh/", {"refresh": owner.refresh}).status_code == 401
