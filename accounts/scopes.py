"""The rights that a credential can carry, as scopes (RFC 6749 section 3.3).

To add one: `<area>:read` or `<area>:write` in DELEGABLE, its sentence in templates/accounts/rights.html, and
`customer("<area>")` at a route.
"""

ACCOUNT = "account"  # the account itself: who am I, sign-ins, giving rights away
DELEGABLE = ("cart:read", "cart:write", "orders:read", "orders:write")  # what a third party can be given
SCOPES = {ACCOUNT, *DELEGABLE}
FULL_SCOPE = " ".join((ACCOUNT, *DELEGABLE))


def delegable(scope):
    """Return a scope in its usual order; raises ValueError where it holds what cannot be given away."""
    rights = scope.split(" ")
    if not set(rights) <= set(DELEGABLE):
        raise ValueError(f"Choose from: {' '.join(DELEGABLE)}.")
    return " ".join(right for right in DELEGABLE if right in rights)
