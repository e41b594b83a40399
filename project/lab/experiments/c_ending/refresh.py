"""What do a short access token and a long refresh token gain, when one of them is stolen?

Source: RFC 9700 section 4.14.2 (rotation; the server cannot tell who of two is the thief, and ends the grant); RFC 6750
section 5.3 (short-lived: one hour or less).
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db.models import F

from accounts import grants, jwt_checked_scheme, jwt_scheme
from accounts.models import Grant, Session
from accounts.session_stores.db import SIGN_IN, SessionStore
from project.lab.experiments.kit.by_hand import claims_of
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        34,
        "A short access token plus a long refresh token is the right shape.",
        expected=DEPENDS,
        because="The short token limits what a theft is worth, the long one spares the user the password. That is "
        "right only if a stolen refresh token is noticed: RFC 9700 section 4.14.2 wants those of public clients bound "
        "to the client, or rotated, so that reuse ends them. Rotation cannot tell thief from owner, so both are out, "
        "and a short grace keeps two tabs from looking like a thief.",
        settled=["RFC 9700 section 4.14.2", "RFC 7009 section 3", "RFC 6750 section 5.3"],
    ),
]
NEXT_QUESTION = (
    "Start the demo with REFRESH_GRACE=0 in the environment, and run this again. Which case changes, and "
    "who would have suffered from it?"
)
DECIDED_BY = [grants.refresh, grants.refreshable, jwt_scheme.Jwt, jwt_checked_scheme.CheckedJwt]
MANY = 8  # clients
SHORT = 60 * 60  # seconds: RFC 6750 section 5.3


def run(lab):
    account = lab.account()

    for first, second in (("thief", "owner"), ("owner", "thief")):
        lab.step(f"Owner and thief hold the same; the {first} is the first to use it")
        two = owner_and_thief(lab, account, "session")
        seen = [two[first].get("me/").status]
        age(lab, two[first], timedelta(hours=1))
        seen += [two[second].get("me/").status, two[first].get("me/").status]
        lab.note("Does the server tell them apart? It answers the three:", seen)
        two = owner_and_thief(lab, account, "jwt")
        two[first].refresh()
        age(lab, two[first], timedelta(hours=1))
        alarm, out = two[second].refresh(), two[first].refresh()
        noticed = alarm.code == "token_reused" and out.status == 401
        seen = f"the {second}, second: {alarm.code or alarm.status}; the {first}: {out.status}"
        lab.case(34, f"stolen, the {first} first", noticed, seen)

    lab.step("No thief: two tabs of one browser send a request at the same moment, with the same credential")
    for mount in ("session", "jwt"):
        tab = lab.client("tab 1", mount).log_in(account)
        tabs, thief = [tab, tab.copy("tab 2")], tab.copy("a thief as quick")
        with ThreadPoolExecutor() as together:
            answers = list(together.map(lambda tab: use(tab).status, tabs))
        use(thief)
    same = tabs[0].refresh_token == tabs[1].refresh_token
    good = same and answers == [200, 200] and tab.refresh().status == 200
    lab.case(34, "two tabs at once", good, f"{answers}, the same new refresh token: {same}")

    lab.step(f"{MANY} send the same refresh token at the same moment. How many sign-ins come of it?")
    for mount in ("jwt", "simplejwt"):
        owner = lab.client("owner", mount).log_in(account)
        at_once = [owner.copy(f"{number}") for number in range(MANY)]
        with ThreadPoolExecutor(MANY) as together:
            answers = list(together.map(lambda client: client.refresh().status, at_once))
        winners = {client.refresh_token for client in at_once if client.refresh_token != owner.refresh_token}
        lab.note("Answers, and different refresh tokens among them:", f"{answers}, {len(winners)}")

    lab.step("The owner never comes back; the thief does, every 20 hours")
    for mount in ("session", "jwt"):
        thief, used = owner_and_thief(lab, account, mount)["thief"], 0
        while use(thief).status == 200 and used < 20:
            age(lab, thief, timedelta(hours=20))
            used += 1
        lab.note("Let in, times:", used)
    lab.case(34, "stolen, the owner gone", used == 0, f"refreshed {used} times, over {20 * (used - 1)} hours")

    lab.step("The owner ends the sign-in. Does the thief's copy still work?")
    two = owner_and_thief(lab, account, "session")
    two["owner"].post("logout/")
    two["thief"].get("me/")
    for mount in ("jwt", "jwt-checked"):
        two = owner_and_thief(lab, account, mount)
        two["owner"].post("revoke/", {"token": two["owner"].refresh_token})
        status, claims = two["thief"].get("me/").status, claims_of(two["thief"].access)
        seconds = claims["exp"] - claims["iat"]
        lived = f"{status}, for {seconds} s from its minting" if status == 200 else status
        lab.case(34, f"after the grant's end, at {mount}", status == 401, lived)
    lab.case(34, f"short: {SHORT} s or less", seconds <= SHORT, f"an access token lives {seconds} s")
    as_tutorials_use_it(lab, account)


def as_tutorials_use_it(lab, account):
    """Try the same with the library simplejwt as it comes, its refresh tokens rotated and blacklisted."""
    lab.step("The same with simplejwt as its documentation has it: the thief is the first to use the refresh token")
    two = owner_and_thief(lab, account, "simplejwt")
    first = two["thief"].refresh()
    alarm, on = two["owner"].refresh(), two["thief"].refresh()
    noticed = alarm.status == 401 and on.status == 401
    seen = f"the owner, second: {alarm.status} {alarm.code}; the thief: {on.status}"
    lab.case(34, "simplejwt: stolen, the thief first", noticed, seen)
    ours = lab.client("owner", "jwt").log_in(account).refresh()
    for mount, answer in {"jwt": ours, "simplejwt": first}.items():
        lab.note(f"SQL statements for a refresh, {mount}:", sum(answer.trace["statements"].values()))

    two = owner_and_thief(lab, account, "simplejwt")
    two["owner"].log_out()
    status, claims = two["thief"].get("me/").status, claims_of(two["thief"].access)
    seconds = claims["exp"] - claims["iat"]
    seen = f"{status}, for {seconds} s from its minting" if status == 200 else status
    lab.case(34, "simplejwt: after its logout", status == 401, seen)
    lab.case(34, f"simplejwt: short, {SHORT} s or less", seconds <= SHORT, f"an access token lives {seconds} s")


def owner_and_thief(lab, account, mount):
    owner = lab.client("owner", mount).log_in(account)
    return {"owner": owner, "thief": owner.copy("thief")}


def use(client):
    """Do what keeps a sign-in alive: a session is used, a grant refreshed."""
    return client.get("me/") if client.mount == "session" else client.refresh()


def age(lab, client, time):
    """Let time go by for the client's sign-in."""
    if client.mount == "session":
        store, row = SessionStore(client.credential), Session.objects.filter(session_key=client.credential)
        for name in ("created", "renewed"):
            store[SIGN_IN][name] -= time.total_seconds()
        end = row.get().expire_date - time
        store.save()
        row.update(expire_date=end)
    else:
        earlier = {name: F(name) - time for name in ("created", "refreshed", "expires")}
        Grant.objects.filter(id=claims_of(client.access)["sid"]).update(**earlier)
    lab.note("Time goes by:", time)
