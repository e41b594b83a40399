"""Which schemes a test is about, chosen by what they say of themselves."""

from accounts.schemes import schemes


def described_schemes():
    """Return the schemes that keep the contract: all except the lab's that differ in the store of their sessions."""
    return [scheme for scheme in schemes() if scheme.described]


def own_schemes():
    """Return those whose login and whose 401 are the shop's own, and not a library's."""
    return [scheme for scheme in described_schemes() if not scheme.stock]


def listing_schemes():
    """Return those whose server keeps sign-ins, and can list and end a user's."""
    return [scheme for scheme in own_schemes() if scheme.lists_sign_ins]


def one_of_a_kind():
    """Return the first scheme of each kind of credential: where the views are the same, generated input is, too."""
    kinds = {(scheme.carrier, scheme.credential): scheme for scheme in reversed(own_schemes())}
    return [scheme for scheme in own_schemes() if scheme in kinds.values()]


def delegating_schemes():
    """Return those that can give a part of a user's rights away: JWTs that a client holds itself."""
    return [scheme for scheme in own_schemes() if scheme.carrier == "header" and scheme.refreshes]
