"""What the OpenAPI document says about refusals; nothing is decided here."""

# Status -> when it is answered; which codes say why.
REFUSALS = {
    400: ("Not strict JSON, or a field is not as described.", "parse_error invalid bad_request"),
    401: ("Not authenticated.", "not_authenticated invalid_credentials invalid_token token_reused"),
    403: ("Known, but not allowed.", "permission_denied csrf_failed insufficient_scope"),
    404: ("Not there, or somebody else's.", "not_found"),
    409: (
        "The state of the shop does not allow it.",
        "not_enough_stock quantity_limit empty_cart idempotency_key_in_use account_gone "
        "store_cannot_tell scheme_cannot",
    ),
    411: ("The request does not say how long its body is.", "length_required"),
    413: ("The body is larger than 64 KB.", "payload_too_large"),
    415: ("The body is not marked as JSON.", "unsupported_media_type"),
    422: ("The Idempotency-Key was used for another body.", "idempotency_key_reused"),
    429: ("Too many failed logins for this account from this address.", "too_many_attempts"),
    503: ("Database or cache are away, or this server cannot make tokens.", "unavailable cannot_mint"),
}

# What an operation may refuse beyond what follows from its kind: see `Schema.refusals`.
REFUSES_ALSO = {
    "POST login/": (401, 403, 429),
    "POST logout/": (401, 403),
    "POST refresh/": (401, 403),
    "POST verify/": (401,),
    "GET sign-ins/": (409,),
    "DELETE sign-ins/": (409,),
    "DELETE sign-ins/{sign_in}/": (409,),
    "POST cart/items/": (404, 409),
    "PUT cart/items/{product}/": (409,),
    "GET orders/": (404,),
    "POST orders/": (409, 422),
}

FIELD_ERRORS = {
    "type": "object",
    "description": "What is wrong with each field.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}


def refusal(codes):
    """Return the shape of the body that says no."""
    return {
        "type": "object",
        "properties": {"detail": {"type": "string"}, "code": {"type": "string", "enum": codes.split()}},
        "required": ["detail", "code"],
        "additionalProperties": False,
    }
