"""The shop's API. A view reads the input, calls a rule, answers; who `request.user` is was settled at the mount."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from shop import cart, orders, products
from shop.inputs import AddItem, ChangeProduct, Nothing, SetQuantity
from shop.outputs import CartOut, OrderOut, OrderPageOut, ProductOut, cart_out, order_out, product_out

PAGE = OpenApiParameter("page", {"type": "integer", "minimum": 1})
IDEMPOTENCY_KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, pattern="^[!-~]{1,255}$")


class Products(APIView):
    """What is on sale: the same for everyone."""

    @extend_schema(responses=ProductOut(many=True))
    def get(self, request):
        return Response([product_out(product) for product in products.on_sale()])


class OneProduct(APIView):
    """A product on sale."""

    @extend_schema(responses=ProductOut)
    def get(self, request, product):
        return Response(product_out(products.find(product)))


class ManagedProduct(APIView):
    """A product as the manager sees it."""

    @extend_schema(request=ChangeProduct, responses=ProductOut)
    def patch(self, request, product):
        changes = ChangeProduct.read(request)
        return Response(product_out(products.change(product, **changes)))


class Cart(APIView):
    """One's own cart."""

    @extend_schema(responses=CartOut)
    def get(self, request):
        return Response(cart_out(cart.read_cart(request.user)))

    @extend_schema(responses={204: None})
    def delete(self, request):
        """Empty it."""
        cart.empty_cart(request.user)
        return Response(status=204)


class CartItems(APIView):
    """Put something into the cart. Quantities of the same product add up."""

    @extend_schema(request=AddItem, responses={201: CartOut})
    def post(self, request):
        item = AddItem.read(request)
        cart.add_item(request.user, item["product"], item["quantity"])
        return Response(cart_out(cart.read_cart(request.user)), status=201)


class OneCartItem(APIView):
    @extend_schema(request=SetQuantity, responses=CartOut)
    def put(self, request, product):
        """Set the quantity of a product in the cart."""
        cart.set_quantity(request.user, product, SetQuantity.read(request)["quantity"])
        return Response(cart_out(cart.read_cart(request.user)))

    @extend_schema(responses={204: None})
    def delete(self, request, product):
        """Remove a product from the cart."""
        cart.remove_item(request.user, product)
        return Response(status=204)


class Orders(APIView):
    """One's own orders, newest first."""

    @extend_schema(responses=OrderPageOut, parameters=[PAGE])
    def get(self, request):
        pages = PageNumberPagination()
        pages.page_size = 20
        page = pages.paginate_queryset(orders.read_orders(request.user), request)
        return pages.get_paginated_response([order_out(order) for order in page])

    @extend_schema(
        request=Nothing,
        responses={201: OrderOut},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request):
        """Check out. With an Idempotency-Key the same request again is answered with the first order."""
        key = request.headers.get("Idempotency-Key")
        order = orders.find_order(request.user, key, request.data)
        if order is None:
            Nothing.read(request)
            order = orders.check_out(request.user, key, request.data)
        return Response(order_out(order), status=201)


class OneOrder(APIView):
    """One of one's own orders."""

    @extend_schema(responses=OrderOut)
    def get(self, request, order):
        return Response(order_out(get_object_or_404(orders.read_orders(request.user), id=order)))
