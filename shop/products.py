"""The rules of the shelf."""

from rest_framework.exceptions import NotFound

from shop.models import Product


def on_sale():
    """Return the products that can be seen and bought."""
    return Product.objects.filter(active=True)


def find(product_id):
    """Return a product on sale; raises NotFound."""
    product = on_sale().filter(id=product_id).first()
    if product is None:
        raise NotFound("There is no such product here.")
    return product


def change(product_id, **changes):
    """Set the price, the stock or both; return the product as it is then. Raises NotFound."""
    product = find(product_id)
    if changes:
        Product.objects.filter(id=product_id).update(**changes)
        product.refresh_from_db()
    return product
