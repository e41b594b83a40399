"""What do a short access token and a long refresh token gain, when one of them is stolen?

Source: RFC 9700 section 4.14.2 (rotation; the server cannot tell who of two is the thief, and ends the grant).
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.conf import settings
from django.db.models import F

from accounts import grants, jwt_auth, jwt_checked_auth
from accounts.models import Grant, Session
from project.lab.experiments.by_hand import claims_of

STATEMENTS = {34: "A short access token plus a long refresh token is the right shape."}
DECIDED_BY = [grants.refresh, grants.refreshable, jwt_auth.Authentication, jwt_checked_auth.Authentication]
SHORT = 15 * 60  # seconds that a thief may go on at the most


def run(lab):
    account = lab.account()

    for first in ("thief", "owner"):
        lab.step(f"Two hold the same refresh token; the {first} is the first to use it")
        owner = lab.client("owner", "jwt").log_in(account)
        thief = owner.copy("thief")
        one, other = (thief, owner) if first == "thief" else (owner, thief)
        one.buy()
        age(one, settings.REFRESH_GRACE + timedelta(seconds=1))
        alarm, out = other.buy(), one.buy()
        noticed = alarm.code == "token_reused" and out.status == 401
        seen = f"second: {alarm.code or alarm.status}, first: {out.status}"
        lab.case(34, f"stolen, the {first} first", noticed, seen)

    lab.step("No thief at all: two tabs of one browser refresh at the same moment")
    owner = lab.client("tab 1", "jwt").log_in(account)
    tabs, thief = [owner, owner.copy("tab 2")], owner.copy("thief")
    with ThreadPoolExecutor() as together:
        answers = list(together.map(lambda tab: tab.buy(), tabs))
    unnoticed = thief.buy().status
    same = tabs[0].refresh == tabs[1].refresh
    good = same and [answer.status for answer in answers] == [200, 200] and owner.buy().status == 200
    lab.case(34, "two tabs at once", good, f"{[answer.status for answer in answers]}, one successor: {same}")
    lab.note("A thief that quick passes for a third tab, until its next refresh:", unnoticed)

    lab.step("The owner never comes back; the thief refreshes every 20 hours")
    thief, bought = lab.client("owner", "jwt").log_in(account).copy("thief"), 0
    while thief.buy().status == 200 and bought < 20:
        age(thief, timedelta(hours=20))
        bought += 1
    lab.case(34, "stolen, the owner gone", bought == 0, f"bought {bought} times, over {20 * (bought - 1)} hours")

    for door in ("jwt", "jwt-checked"):
        lab.step(f"The grant has ended. What of the access token that is out? Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        owner.post("revoke/", {"token": owner.refresh})
        status, claims = owner.get("me/").status, claims_of(owner.access)
        seconds = claims["exp"] - claims["iat"]
        lived = f"{status}, for {seconds} s from its minting" if status == 200 else status
        lab.case(34, f"after the grant's end, at {door}", status == 401, lived)
    lab.case(34, "short enough", seconds <= SHORT, f"an access token lives {seconds} s")

    lab.step("Beside it, a session: owner and thief use the same id in turn")
    owner = lab.client("owner", "session").log_in(account)
    thief, answered = owner.copy("thief"), []
    for _ in range(3):
        answered += [owner.get("me/").status, thief.get("me/").status]
        row = Session.objects.filter(session_key=owner.credential)
        row.update(expire_date=F("expire_date") - timedelta(hours=1))
    lab.note("Nothing tells them apart, and nobody notices, until the owner logs out:", answered)
    owner.post("logout/")
    lab.note("The thief after that:", thief.get("me/").status)


def age(client, time):
    """Let time go by for the client's grant."""
    earlier = {name: F(name) - time for name in ("created", "refreshed", "expires")}
    Grant.objects.filter(id=claims_of(client.access)["sid"]).update(**earlier)
