"""Six stories of loss and theft, each lived through at both doors.

A story returns what was seen with a session, then what was seen with a token: a text, and whether the harm was done.
"""

from datetime import timedelta

from accounts import changes
from accounts.models import Grant, Session, User
from project.lab.experiments.by_hand import claims_of

DOORS = ("session", "jwt")


def copied_before_logout(lab, account):
    """A credential was copied, and its owner has logged out."""
    answers = []
    for door in DOORS:
        owner = lab.client("owner", door).log_in(account)
        thief = owner.copy("thief")
        owner.post("logout/")
        answers.append(thief.get("me/").status)
    return [(f"the copy: {status}", status == 200) for status in answers]


def old_password_known(lab, account):
    """Somebody came in with the password they knew; the owner changes it."""
    intruders = [lab.client("intruder", door).log_in(account) for door in DOORS]
    changes.change_password(User.objects.get(id=account.id), f"{account.password}, changed")
    answers = [intruder.get("me/").status for intruder in intruders]
    return [(f"the intruder: {status}", status == 200) for status in answers]


def stolen_backup(lab, account):
    """A copy of the database is stolen, the rows of the sign-ins with it."""
    session, jwt = (lab.client("owner", door).log_in(account) for door in DOORS)
    row = Session.objects.get(session_key=session.credential)
    grant = Grant.objects.get(id=claims_of(jwt.credential)["sid"])
    with_row, with_grant = (lab.client("thief", door) for door in DOORS)
    with_row.credential = row.session_key
    with_grant.access = with_grant.refresh = f"{grant.id}.{grant.generation}"  # all there is, but for the signature
    known, taken, bought = with_row.get("me/").status, with_grant.get("me/").status, with_grant.buy().status
    return [
        (f"the row's key, as a cookie: {known}", known == 200),
        (f"the grant's id and number, as a token: {taken}, to refresh with: {bought}", 200 in (taken, bought)),
    ]


def written_by_another_page(lab, account):
    """Another site's page has the owner's browser send a write, which carries what a browser adds by itself."""
    item = {"product": lab.product(), "quantity": 1}
    with_cookie, without = (
        lab.client("owner's browser", "session").log_in(account),
        lab.client("owner's browser", "jwt"),
    )
    by_cookie = with_cookie.post("cart/items/", item, headers={"X-CSRFToken": None})
    by_nothing = without.post("cart/items/", item)
    return [
        (f"the cookie goes along: {by_cookie.status} {by_cookie.code}", by_cookie.status == 201),
        (f"no token does: {by_nothing.status}", by_nothing.status == 201),
    ]


def script_in_the_page(lab, account):
    """A stranger's script runs in the shop's own page, and looks for the credential to send it home."""
    answers = []
    for door in DOORS:
        login = {"username": account.username, "password": account.password}
        owner = lab.client("owner", door)
        answers.append(owner.post("login/", login))
    (cookie,) = (line for line in answers[0].cookies if line.startswith("sessionid="))
    kept_from_scripts = "httponly" in cookie.lower()
    return [
        (f"the cookie is {'' if kept_from_scripts else 'not '}HttpOnly", not kept_from_scripts),
        (
            f"the page's scripts are given {sorted({'access', 'refresh'} & set(answers[1].body))}",
            "access" in answers[1].body,
        ),
    ]


def stolen_and_used(lab, account):
    """A thief has copied all that the client keeps. Thief and owner both go on: does anybody notice?"""
    owner = lab.client("owner", "session").log_in(account)
    thief = owner.copy("thief")
    both = [thief.get("me/").status, owner.get("me/").status, thief.get("me/").status]

    owner = lab.client("owner", "jwt").log_in(account)
    thief = owner.copy("thief")
    grant = Grant.objects.filter(id=claims_of(owner.access)["sid"])
    bought = thief.buy().status
    grant.update(refreshed=grant.get().refreshed - timedelta(minutes=1))  # a minute goes by
    noticed, on = owner.buy(), thief.buy().status
    left = thief.get("me/").status
    return [
        (f"thief, owner, thief: {both}", both[2] == 200),
        (f"thief buys: {bought}, owner: {noticed.status} {noticed.code}, thief: {on}, until exp: {left}", on == 200),
    ]


STORIES = [
    copied_before_logout,
    old_password_known,
    stolen_backup,
    written_by_another_page,
    script_in_the_page,
    stolen_and_used,
]
