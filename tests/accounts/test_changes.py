"""Closing an account, and changing a password."""

import pytest
from django.db import IntegrityError

from accounts import grants
from accounts.changes import change_password, close_account
from accounts.credentials import InvalidCredentials
from accounts.models import Grant, Session, User
from tests.clients import PASSWORD, client_of
from tests.schemes import own_schemes


@pytest.fixture
def victim(new_user):
    """An account with a sign-in under each scheme; returns (user, clients)."""
    user, clients = new_user(), [client_of(scheme) for scheme in own_schemes()]
    for number, client in enumerate(clients):
        client.come_from(f"192.0.2.{number}")  # so that failed logins lock nobody out
        client.log_in(user)
    return user, clients


def test_manager_closes_an_account(manager, victim):
    user, clients = victim
    assert manager.delete(f"users/{user.id}/").status_code == 204
    assert not User.objects.get(id=user.id).is_active
    assert not Session.objects.filter(user=user).exists()
    assert not Grant.objects.filter(user=user, revoked=None).exists()
    assert {client.log_in(user).status_code for client in clients} == {401}


def test_closed_account_keeps_its_orders(manager, victim, product):
    user, clients = victim
    clients[0].add(product)
    clients[0].post("orders/")
    manager.delete(f"users/{user.id}/")
    assert user.orders.count() == 1


def test_unknown_account_is_404(manager):
    assert manager.delete("users/424242/").status_code == 404


def test_new_password_ends_all_sign_ins(victim):
    user, clients = victim
    change_password(user, "a-new-" + PASSWORD)
    for client in clients:
        assert client.get("me/").status_code == (401 if client.scheme.ends_at_once else 200)
        assert not client.scheme.refreshes or client.renew().status_code == 401
        assert client.log_in(user).status_code == 401


@pytest.mark.parametrize(
    "change", [lambda user: change_password(user, "a-new-" + PASSWORD), lambda user: close_account(user.id)]
)
def test_change_during_login_wins(new_user, change):
    """The password has been checked, the grant is not there yet: what ends all sign-ins would miss it."""
    user = new_user()
    logging_in = User.objects.get(id=user.id)
    change(user)
    with pytest.raises(InvalidCredentials):
        grants.open_grant(logging_in, "late")
    with pytest.raises(InvalidCredentials):
        grants.delegate(logging_in, "cart:read", 60, "late")
    assert not Grant.objects.exists()


def test_names_are_unique_in_any_case(new_user):
    new_user("cleo")
    with pytest.raises(IntegrityError):
        new_user("Cleo")
