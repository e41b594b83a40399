"""The Compare page: who is logged in on which side, and what is the same on both."""

import pytest

ALICE, NOBODY = "alice, customer", "nobody"


@pytest.mark.parametrize(
    ("where", "who"), [("session", (ALICE, NOBODY)), ("jwt", (NOBODY, ALICE)), ("both", (ALICE, ALICE))]
)
def test_one_click_logs_in_where_the_control_says(compare, where, who):
    compare.log_in("alice", where)
    assert compare.who() == who


def test_both_columns_share_one_cart(compare, newcomer):
    compare.log_in(newcomer)
    compare.do("add", "both")
    compare.do("cart", "session")
    assert '"quantity": 2' in compare.part("session", "answer")
    compare.do("cart", "jwt")
    assert '"quantity": 2' in compare.part("jwt", "answer")


def test_logging_out_left_leaves_the_right(compare):
    compare.log_in("alice")
    compare.do("logout", "session")
    assert compare.who() == (NOBODY, ALICE)
    compare.do("who")
    assert "401" in compare.part("session", "answer")
    assert "200" in compare.part("jwt", "answer")


def test_only_a_manager_sets_a_price(compare):
    compare.log_in("alice")
    compare.do("price")
    assert "403" in compare.part("session", "answer")
    assert "403" in compare.part("jwt", "answer")
    compare.log_in("manager")
    compare.do("price")
    assert "200" in compare.part("session", "answer")
    assert "200" in compare.part("jwt", "answer")


def test_two_simultaneous_calls_refresh_once(compare):
    compare.log_in("alice", "jwt")
    compare.page.get_by_role("button", name="expire").click()
    with compare.requests() as requests:
        compare.do("twice", "jwt")
    routes = sorted(request.url.partition("/api/jwt/")[2] for request in requests)
    assert routes == ["cart/", "orders/", "refresh/", "sign-ins/"]
    assert [request.response().status for request in requests] == [200] * 4


@pytest.mark.parametrize(("place", "who"), [("memory", NOBODY), ("sessionStorage", ALICE), ("localStorage", ALICE)])
def test_reload_loses_only_tokens_in_memory(compare, place, who):
    compare.keep_tokens_in(place)
    compare.log_in("alice", "jwt")
    compare.reload()
    assert compare.who() == (NOBODY, who)


def test_reload_leaves_the_session_logged_in(compare):
    compare.log_in("alice", "session")
    compare.reload()
    assert compare.who() == (ALICE, NOBODY)
