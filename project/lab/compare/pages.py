"""The Compare page: the same request under two schemes of the list, side by side."""

from django.shortcuts import render

from accounts.schemes import schemes
from project.lab.demo.accounts import known_accounts
from shop import products
from shop.models import MAX_QUANTITY

AT_FIRST = ("session", "jwt")


def compare(request):
    """Show two clients, one for each scheme that the address names: `?left=session&right=opaque`.

    Where the demo's passwords are known to all, one click logs in.
    """
    left, right = chosen(request.GET)
    context = {
        "schemes": schemes(),
        "choices": [("left", left), ("right", right)],
        "columns": [left, right],
        "compared": [described(scheme, request) for scheme in (left, right)],
        "shared_cookie": next((name for name in left.cookies if name in right.cookies), ""),
        "demo_accounts": known_accounts(),
        "products": products.on_sale(),
        "max_quantity": MAX_QUANTITY,
    }
    return render(request, "lab/compare/compare.html", context)


def chosen(query):
    """Return two different schemes: those that a query names, others in the place of unknown and equal ones."""
    by_name = {scheme.name: scheme for scheme in schemes()}
    left = by_name.get(query.get("left"), by_name[AT_FIRST[0]])
    right = by_name.get(query.get("right"), by_name[AT_FIRST[1]])
    if left is right:
        right = next(by_name[name] for name in AT_FIRST if name != left.name)
    return left, right


def described(scheme, request):
    """Return what the scripts of the page know of a scheme: how to be its client, and what to say of it."""
    return {
        "name": scheme.name,
        "mount": f"/api/{scheme.name}/",
        "carrier": scheme.carrier,
        "credential": scheme.credential,
        "cookies": list(scheme.cookies),
        "needs_csrf": scheme.needs_csrf,
        "refreshes": scheme.refreshes,
        "ends_at_once": scheme.ends_at_once,
        "lists_sign_ins": scheme.lists_sign_ins,
        "kept": scheme.kept,
        # No script can see an HttpOnly cookie: say whether there is one.
        "present": scheme.carrier == "cookie" and bool(scheme.credential_of(request)),
    }
