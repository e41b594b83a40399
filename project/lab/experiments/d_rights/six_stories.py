"""Six stories of loss and theft, each tried under one scheme.

A story returns what was seen, as text, and whether the harm was done.
"""

from datetime import timedelta

from accounts import changes
from accounts.models import Grant, Session, User
from project.lab.experiments.kit.by_hand import claims_of


def copied_before_logout(lab, account, mount):
    """A credential was copied, and its owner has logged out."""
    owner = lab.client("owner", mount).log_in(account)
    thief = owner.copy("thief")
    owner.post("logout/")
    status = thief.get("me/").status
    return f"the copy: {status}", status == 200


def old_password_known(lab, account, mount):
    """Somebody logged in with a password they knew; the owner changes it."""
    intruder = lab.client("intruder", mount).log_in(account)
    changes.change_password(User.objects.get(id=account.id), f"{account.password}, changed")
    status = intruder.get("me/", what="the password is another now").status
    return f"the intruder: {status}", status == 200


def stolen_backup(lab, account, mount):
    """A copy of the database is stolen, the rows of the sign-ins with it."""
    owner, thief = lab.client("owner", mount).log_in(account), lab.client("thief", mount)
    if mount == "session":
        thief.credential = Session.objects.get(session_key=owner.credential).session_key
        status = thief.get("me/", what="the row's key, as a cookie").status
        return f"the row's key, as a cookie: {status}", status == 200
    grant = Grant.objects.get(id=claims_of(owner.credential)["sid"])
    thief.access = thief.refresh_token = f"{grant.id}.{grant.generation}"  # all that the row holds: no signature
    taken = thief.get("me/", what="the grant's id and number, as a token").status
    refreshed = thief.refresh().status
    return f"the grant's id and number, as a token: {taken}, to refresh with: {refreshed}", 200 in (taken, refreshed)


def written_by_another_page(lab, account, mount):
    """Another site's page has the owner's browser send a write, which carries what a browser adds by itself."""
    item, browser = {"product": lab.product(), "quantity": 1}, lab.client("owner's browser", mount).log_in(account)
    if mount != "session":
        browser.credential = None  # the shop's page has it, and no other
    answer = browser.post("cart/items/", item, headers={"X-CSRFToken": None}, what="sent by another site's page")
    carried = "the cookie goes along" if mount == "session" else "no token does"
    return f"{carried}: {answer.status} {answer.code}", answer.status == 201


def the_credential_can_be_carried_off(lab, account, mount):
    """A stranger's script runs in the shop's page, and looks for the credential to send it home."""
    login = {"username": account.username, "password": account.password}
    answer = lab.client("owner", mount).post("login/", login)
    readable = {"access", "refresh"} & set(answer.body)  # scripts read the answers to what they send,
    cookies = [line.lower() for line in answer.cookies if line.startswith("sessionid=")]
    readable |= {"sessionid" for line in cookies if "httponly" not in line}  # and cookies that are not HttpOnly
    return f"the page's scripts can read: {', '.join(sorted(readable)) or 'nothing'}", bool(readable)


def stolen_and_used(lab, account, mount):
    """A thief uses a copy of all that the client keeps; the owner goes on, a minute later. Does anybody notice?"""
    owner = lab.client("owner", mount).log_in(account)
    thief = owner.copy("thief")
    if mount == "session":
        answers = [client.get("me/").status for client in (thief, owner, thief)]
        return f"thief, owner, thief: {answers}", answers[2] == 200
    refreshed = thief.refresh().status
    grant = Grant.objects.filter(id=claims_of(owner.access)["sid"])
    grant.update(refreshed=grant.get().refreshed - timedelta(minutes=1))  # a minute goes by
    noticed, on = owner.refresh(), thief.refresh().status
    left = thief.get("me/", what="with the new access token").status
    seen = f"thief refreshes: {refreshed}, owner: {noticed.status} {noticed.code}, thief: {on}, until exp: {left}"
    return seen, 200 in (on, left)


STORIES = [
    copied_before_logout,
    old_password_known,
    stolen_backup,
    written_by_another_page,
    the_credential_can_be_carried_off,
    stolen_and_used,
]
