"""The shop's HTML pages, as a browser without JavaScript uses them."""

import re

import pytest

from shop.models import CartItem, Order, Product
from tests.browser_without_javascript import Browser, said, text


@pytest.fixture
def ada(new_user):
    """A browser in which Ada has logged in."""
    browser = Browser()
    browser.log_in(new_user())
    return browser


def test_anyone_sees_the_products(client, new_product):
    new_product("Guitar", "129.00", emoji="🎸")
    page = text(client.get("/"))
    for shown in ("Guitar", "129.00", "🎸", "Log in to buy"):
        assert shown in page


def test_inactive_product_is_hidden(client, new_product):
    new_product("Secret", active=False)
    assert "Secret" not in text(client.get("/"))


def test_sold_out_product_has_no_button(ada, new_product):
    sold_out = new_product("Ticket", stock=0)
    page = text(ada.get("/"))
    assert "Sold out" in page
    assert f"/cart/add/{sold_out.id}/" not in page


def test_add_returns_to_the_product(ada, product):
    response = ada.post(f"/cart/add/{product.id}/", quantity="2")
    assert said(response) == ["2 × Bananas added to your cart."]
    assert response.redirect_chain == [(f"/#product-{product.id}", 302)]
    assert CartItem.objects.get().quantity == 2


@pytest.mark.parametrize("quantity", ["0", "100", "-1", "1.5", "many", "", "9" * 5000])
def test_invalid_quantity_is_rejected(ada, product, quantity):
    response = ada.post(f"/cart/add/{product.id}/", quantity=quantity)
    assert said(response) == ["Choose a quantity from 1 to 99."]
    assert not CartItem.objects.exists()


def test_conflicts_are_shown(ada, new_product):
    scarce = new_product("Ticket", stock=3)
    assert said(ada.post(f"/cart/add/{scarce.id}/", quantity="4")) == ["Only 3 left of: Ticket."]
    assert said(ada.post("/cart/add/424242/", quantity="1")) == ["There is no such product here."]


def test_quantity_can_be_changed(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    response = ada.post(f"/cart/items/{product.id}/", quantity="7")
    assert said(response) == ["Quantity changed."]
    assert "1.75" in text(response)


def test_line_can_be_removed(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    response = ada.post(f"/cart/items/{product.id}/", quantity="2", remove="1")
    assert said(response) == ["Removed from your cart."]
    assert "Your cart is empty" in text(response)


def test_cart_can_be_emptied(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    assert said(ada.post("/cart/empty/")) == ["Your cart is empty now."]
    assert not CartItem.objects.exists()


def test_check_out_shows_the_order(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    response = ada.post("/cart/check-out/")
    order = Order.objects.get()
    assert said(response) == [f"Thank you! Order {order.id} is on its way."]
    assert response.redirect_chain[-1][0] == "/orders/"
    assert "0.50" in text(response)


def test_two_clicks_make_one_order(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    key = re.search(r'name="key" value="([^"]+)"', text(ada.get("/cart/")))[1]
    first = ada.post("/cart/check-out/", key=key)
    second = ada.post("/cart/check-out/", key=key)
    assert said(first) == said(second)
    assert Order.objects.count() == 1


def test_forged_key_is_ignored(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    ada.post("/cart/check-out/", key="\x00forged")
    assert Order.objects.get().idempotency_key is None


def test_short_line_is_marked(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="9")
    Product.objects.update(stock=2)
    page = text(ada.get("/cart/"))
    assert "only 2 left" in page
    assert "/cart/check-out/" not in page
    assert said(ada.post("/cart/check-out/")) == ["Only 2 left of: Bananas."]


@pytest.mark.parametrize("page", ["/cart/", "/orders/"])
def test_own_pages_ask_to_log_in(client, db, page):
    response = client.get(page)
    assert response["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("path", ["/cart/add/1/", "/cart/items/1/", "/cart/empty/", "/cart/check-out/"])
def test_write_asks_to_log_in(db, path):
    response = Browser().post(path, page="/accounts/login/", quantity="1")
    assert response.redirect_chain[0][0] == "/accounts/login/?next=/"


@pytest.mark.parametrize("path", ["/cart/add/1/", "/cart/items/1/", "/cart/empty/", "/cart/check-out/"])
def test_get_changes_nothing(ada, path):
    assert ada.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/cart/add/1/", "/cart/items/1/", "/cart/empty/", "/cart/check-out/"])
def test_cross_site_form_is_refused(ada, path):
    response = ada.http.post(path, {"quantity": "1"})
    assert response.status_code == 403
    assert "Please try again" in text(response)


def test_cart_page_shows_own_cart_only(ada, new_user, product):
    ada.post(f"/cart/add/{product.id}/", quantity="2")
    bela = Browser()
    bela.log_in(new_user("bela"))
    assert "Your cart is empty" in text(bela.get("/cart/"))


def test_header_counts_the_cart(ada, product):
    ada.post(f"/cart/add/{product.id}/", quantity="42")
    assert "42" in text(ada.get("/orders/"))


def test_orders_are_paged(ada, product):
    for _ in range(21):
        ada.post(f"/cart/add/{product.id}/", quantity="1")
        ada.post("/cart/check-out/")
    newest, oldest = Order.objects.first(), Order.objects.last()
    assert f"Order {newest.id}" in text(ada.get("/orders/"))
    assert f"Order {oldest.id}" in text(ada.get("/orders/?page=2"))
    assert f"Order {oldest.id}" in text(ada.get("/orders/?page=nonsense&page=99"))


def test_html_is_escaped(ada, new_product):
    new_product("<script>alert(1)</script>")
    assert "<script>alert" not in text(ada.get("/"))
