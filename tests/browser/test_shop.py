"""The shop's HTML pages, from the login to the receipt."""


def test_customer_checks_out(shop, newcomer):
    shop.log_in(newcomer)
    shop.add("Headphones")
    shop.follow("Cart")
    assert "Headphones" in shop.main()
    shop.press("Check out")
    assert "Headphones" in shop.main()
    shop.follow("Cart")
    assert "Your cart is empty." in shop.main()
