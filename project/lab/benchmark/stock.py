"""The stock variants: the cart as a tutorial writes it, with the libraries' own authenticators and nested serializers.

As in tutorials, the nested serializer fetches each line's product by a query of its own. The variants called "joined"
are the same with `select_related`, so that this is not mistaken for a difference between schemes.
`stock_settings` holds the settings around it.
"""

from django.contrib.auth import authenticate, login
from django.db.models import F
from django.urls import include, path
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication, JWTStatelessUserAuthentication
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from accounts.models import User
from shop.models import MAX_QUANTITY, CartItem, Product


class ProductSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        fields = ["id", "name", "price", "emoji", "stock"]


class CartItemSerializer(serializers.ModelSerializer):
    product = ProductSerializer()
    subtotal = serializers.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        model = CartItem
        fields = ["product", "quantity", "subtotal"]


class CartSerializer(serializers.Serializer):
    items = CartItemSerializer(many=True)
    count = serializers.IntegerField()
    total = serializers.DecimalField(max_digits=10, decimal_places=2)


class AddItemSerializer(serializers.Serializer):
    product = serializers.PrimaryKeyRelatedField(queryset=Product.objects.filter(active=True))
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "username", "role"]


class LoginSerializer(serializers.Serializer):
    username = serializers.CharField()
    password = serializers.CharField()


def cart_of(user, lines):
    items = list(lines.filter(user_id=user.id).order_by("id"))
    count, total = sum(item.quantity for item in items), sum(item.subtotal for item in items)
    return CartSerializer({"items": items, "count": count, "total": total}).data


class Cart(APIView):
    lines = None

    def get(self, request):
        return Response(cart_of(request.user, self.lines.all()))


class CartItems(APIView):
    lines = None

    def post(self, request):
        serializer = AddItemSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        product, quantity = serializer.validated_data["product"], serializer.validated_data["quantity"]
        item, created = CartItem.objects.get_or_create(
            user_id=request.user.id, product=product, defaults={"quantity": quantity}
        )
        if not created:
            if item.quantity + quantity > min(product.stock, MAX_QUANTITY):
                raise ValidationError("Not enough of it.")
            item.quantity = F("quantity") + quantity
            item.save(update_fields=["quantity"])
        return Response(cart_of(request.user, self.lines.all()), status=201)


class Me(APIView):
    def get(self, request):
        return Response(UserSerializer(request.user).data)


class Login(APIView):
    def post(self, request):
        serializer = LoginSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = authenticate(request, **serializer.validated_data)
        if user is None:
            raise AuthenticationFailed
        login(request, user)
        return Response(UserSerializer(user).data)


def routes(authentication, lines=CartItem.objects):
    """Return the routes for one authenticator."""
    classes = {"authentication_classes": [authentication], "permission_classes": [IsAuthenticated]}
    return [
        path("cart/", Cart.as_view(lines=lines, **classes)),
        path("cart/items/", CartItems.as_view(lines=lines, **classes)),
        path("me/", Me.as_view(**classes)),
    ]


joined = CartItem.objects.select_related("product")
session_login = Login.as_view(authentication_classes=[SessionAuthentication], permission_classes=[AllowAny])
session_login_routes = [path("login/", session_login)]
token_login_routes = [path("login/", TokenObtainPairView.as_view()), path("refresh/", TokenRefreshView.as_view())]

urlpatterns = [
    path("session/", include([*session_login_routes, *routes(SessionAuthentication)])),
    path("session-joined/", include([*session_login_routes, *routes(SessionAuthentication, joined)])),
    path("jwt/", include([*token_login_routes, *routes(JWTAuthentication)])),
    path("jwt-joined/", include([*token_login_routes, *routes(JWTAuthentication, joined)])),
    path("jwt-stateless/", include([*token_login_routes, *routes(JWTStatelessUserAuthentication)])),
]
