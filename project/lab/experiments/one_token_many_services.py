"""Does a credential serve more than one service, and which of the two is safer?

Source: RFC 7519 section 4.1.3 (`aud`); RFC 7517 section 5 (JWK Set); RFC 9700 section 4.14.2 (refresh tokens that come
again); Django documentation, "How to use sessions".
"""

from django.conf import settings

from accounts import keys, session_auth, tokens
from accounts.models import Grant, Session
from project.lab.experiments.by_hand import with_claims
from project.lab.experiments.other_languages import answers
from project.lab.experiments.second_service import Refused, accept
from project.lab.experiments.six_stories import STORIES

STATEMENTS = {
    45: "The same token serves many services and domains.",
    46: "Sessions cannot cross frameworks or languages.",
    47: "Token auth is more secure.",
}
DECIDED_BY = [accept, keys.Keyring, tokens.check_claims, session_auth.Authentication, Session, Grant]
OURS, ANOTHER = settings.TOKEN_AUDIENCE, "another-api"


def run(lab):
    account = lab.account()
    serve(lab, account)
    cross(lab, account)
    for story in STORIES:
        lab.step(story.__doc__)
        (session, harmed_by_session), (token, harmed_by_token) = story(lab, lab.account())
        safer = harmed_by_session and not harmed_by_token
        lab.case(47, story.__name__.replace("_", " "), safer, f"session: {session}; token: {token}")


def serve(lab, account):
    """Show one token to two services: statement 45."""
    signers = {name: lab.key(name) for name in keys.ALGORITHMS}
    lab.step("A second service fetches the keys that the shop publishes. It has nothing else of the shop")
    jwks = lab.client("second service", "jwt").get("", url="/.well-known/jwks.json").body
    for name, key in signers.items():
        lab.step(f"Two services are shown the same token. It is signed with {name}")
        owner = lab.client("owner", "jwt")
        for audience, service in ((OURS, OURS), (OURS, ANOTHER), (ANOTHER, ANOTHER)):
            owner.credential = lab.token(account, key=key, aud=audience)
            at_shop, at_service = owner.get("me/").status, visit(lab, owner.credential, jwks, service)
            served = at_shop == 200 and at_service == "taken"
            seen = f"the shop: {at_shop}; the service: {at_service}"
            lab.case(45, f"{name}, for {audience}; the service is {service}", served, seen)


def visit(lab, token, jwks, audience):
    try:
        accept(token, jwks, settings.TOKEN_ISSUER, audience)
    except Refused as error:
        return f"refused ({error})"
    return "taken"


def cross(lab, account):
    """Hand a session and a token to programs that know neither Django nor this shop: statement 46."""
    lab.step("Programs in other languages are given a token, a session id, and the row that the id stands for")
    owner, key = lab.client("owner", "session").log_in(account), lab.key("HS256")
    row, token = Session.objects.get(session_key=owner.credential), lab.token(account, key=key)
    given = {"token": token, "forged": with_claims(token, sub="1"), "id": owner.credential, "row": row.session_data}
    for language, said in answers(secret=key.private.hex(), **given):
        lab.note(f"{language} says:", said or "nothing, it is not on this machine")
        if said is None:
            continue
        me, crosses = str(account.id), said["token"] == str(account.id) and said["forged"] is None
        seen = f"from the token: {said['token']}, from a forged one: {said['forged']}, from the id: {said['id']}"
        lab.case(46, f"{language}: the id, where a token is enough", crosses and said["id"] is None, seen)
        seen = f"whose session it is: {said['row']}; the text is JSON, packed and in base64url"
        lab.case(46, f"{language}: the row's text", said["row"] != me, seen)

    lab.step("A program without Django has the cookie and asks the shop")
    program = lab.client("other program", "session")
    program.credential = owner.credential
    known = program.get("me/")
    lab.case(46, "any language: asking over HTTP", known.status != 200, f"{known.status}, {known.body}")
