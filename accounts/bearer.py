"""The header `Authorization: Bearer …`, where a client puts a token by hand (RFC 6750 section 2.1)."""

CHALLENGE = 'Bearer realm="api"'


def bearer_token(request):
    """Return the token of a request, None where the header is missing or names another scheme.

    A token in the address, the body or a cookie is no credential. The case of the word Bearer does not matter (RFC
    9110 section 11.1).
    """
    word, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip(" ") if word.lower() == "bearer" else None
