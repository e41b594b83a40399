"""The twin page: who is logged in on which side, and what is the same on both."""

import pytest

ALICE, NOBODY = "alice, customer", "nobody"


@pytest.mark.parametrize(
    ("where", "who"), [("session", (ALICE, NOBODY)), ("jwt", (NOBODY, ALICE)), ("both", (ALICE, ALICE))]
)
def test_one_click_logs_in_where_the_control_says(twin, where, who):
    twin.log_in("alice", where)
    assert twin.who() == who


def test_what_is_added_in_both_columns_lands_in_one_cart(twin, newcomer):
    twin.log_in(newcomer)
    twin.do("add", "both")
    twin.do("cart", "session")
    assert '"quantity": 2' in twin.part("session", "answer")
    twin.do("cart", "jwt")
    assert '"quantity": 2' in twin.part("jwt", "answer")


def test_logging_out_on_the_left_leaves_the_right_alone(twin):
    twin.log_in("alice")
    twin.do("logout", "session")
    assert twin.who() == (NOBODY, ALICE)
    twin.do("who")
    assert "401" in twin.part("session", "answer")
    assert "200" in twin.part("jwt", "answer")


def test_a_customer_is_refused_what_the_manager_may_do(twin):
    twin.log_in("alice")
    twin.do("price")
    assert "403" in twin.part("session", "answer")
    assert "403" in twin.part("jwt", "answer")
    twin.log_in("manager")
    twin.do("price")
    assert "200" in twin.part("session", "answer")
    assert "200" in twin.part("jwt", "answer")


def test_an_expired_token_is_refreshed_once_for_two_simultaneous_calls(twin):
    twin.log_in("alice", "jwt")
    twin.page.get_by_role("button", name="expire").click()
    with twin.requests() as requests:
        twin.do("twice", "jwt")
    doors = sorted(request.url.partition("/api/jwt/")[2] for request in requests)
    assert doors == ["cart/", "orders/", "refresh/", "sign-ins/"]
    assert [request.response().status for request in requests] == [200] * 4


@pytest.mark.parametrize(("place", "who"), [("memory", NOBODY), ("sessionStorage", ALICE), ("localStorage", ALICE)])
def test_a_reload_loses_the_token_that_was_in_memory_and_no_other(twin, place, who):
    twin.keep_tokens_in(place)
    twin.log_in("alice", "jwt")
    twin.reload()
    assert twin.who() == (NOBODY, who)


def test_a_reload_leaves_the_session_logged_in(twin):
    twin.log_in("alice", "session")
    twin.reload()
    assert twin.who() == (ALICE, NOBODY)
