"""Does a credential serve more than one service, and which of the two is safer?

Source: RFC 7519 section 4.1.3 (`aud`); RFC 7517 section 5 (JWK Set); RFC 9700 section 4.14.2 (refresh tokens that come
again); Django documentation, "How to use sessions".
"""

from django.conf import settings

from accounts import keys, session_scheme, tokens
from accounts.models import Grant, Session
from project.lab.experiments.d_rights.other_languages import answers
from project.lab.experiments.d_rights.six_stories import STORIES
from project.lab.experiments.kit.by_hand import with_claims
from project.lab.experiments.kit.second_service import Refused, accept
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        45,
        "The same token serves many services and domains.",
        expected=DEPENDS,
        because="Another service can check the token with the published key alone, without asking the shop. It must "
        "still refuse one that is not meant for it: a service that is not named in aud must reject it (RFC 7519 "
        "section 4.1.3). A token for everybody could be sent on by each service to all others.",
        settled=["RFC 7519 section 4.1.3", "RFC 8725 section 3.9", "RFC 6750 section 5.2"],
    ),
    Statement(
        46,
        "Sessions cannot cross frameworks or languages.",
        expected=DEPENDS,
        because="An id means nothing without the store that it points into: another program must reach that store and "
        "read a framework’s format, or ask the shop over HTTP, which works from any language. How to check a token is "
        "published, step by step (RFC 7515 section 5.2), for every language.",
        settled=["RFC 7515 section 5.2"],
    ),
    Statement(
        47,
        "Token auth is more secure.",
        expected=DEPENDS,
        because="Each scheme is weak at another place: cookies go along with requests that other sites cause (RFC "
        "6265 section 8.2), and a token that is checked without asking anybody cannot be ended before its time (RFC "
        "7009 section 3). Stolen, both are worth all that their owner may do. Which is more secure depends on what "
        "happens and on what the server looks up.",
        settled=["RFC 6265 section 8.2", "RFC 7009 section 3", "RFC 6750 section 1.2"],
    ),
]
NEXT_QUESTION = (
    "Start a second demo on another port with a VAR_DIR of its own, a copy of keys.json in it, and "
    "TOKEN_AUDIENCE=other-shop. Send it your token: which check refuses it, and what would happen without that check?"
)
DECIDED_BY = [accept, keys.Keyring, tokens.check_claims, session_scheme.CookieSession, Session, Grant]
OURS, ANOTHER = settings.TOKEN_AUDIENCE, "another-api"


def run(lab):
    account = lab.account()
    serve(lab, account)
    cross(lab, account)
    for story in STORIES:
        lab.step(story.__doc__.removesuffix("."))
        (by_session, harm), *tokens = [story(lab, lab.account(), mount) for mount in ("session", "jwt", "jwt-checked")]
        for mount, (by_token, harmed) in zip(("jwt", "jwt-checked"), tokens, strict=True):
            seen = f"session: {by_session}; {mount}: {by_token}"
            lab.case(47, f"{mount}: {story.__name__.replace('_', ' ')}", harm and not harmed, seen)


def serve(lab, account):
    """Show one credential to two services: statement 45."""
    signers = {name: lab.key(name) for name in keys.ALGORITHMS}
    lab.step("A second service has only the keys that the shop publishes. Both get the same credentials")
    jwks = lab.client("second service", "jwt").get("", url="/.well-known/jwks.json").body
    owner = lab.client("owner", "session").log_in(account)
    owner.get("me/", what="a session's id")
    lab.note(f"The service, {OURS}:", visit(owner.credential, jwks, OURS))
    shown = [("HS256", OURS, OURS)]
    for name in ("RS256", "Ed25519"):
        shown += [(name, OURS, OURS), (name, OURS, ANOTHER), (name, ANOTHER, ANOTHER), (name, [OURS, ANOTHER], ANOTHER)]
    bearer = lab.client("owner", "jwt")
    for name, audience, service in shown:
        bearer.credential = lab.token(account, key=signers[name], aud=audience)
        named = audience if isinstance(audience, str) else " and ".join(audience)
        at_shop = bearer.get("me/", what=f"{name}, for {named}").status
        at_service = visit(bearer.credential, jwks, service)
        lab.note(f"The service, {service}:", at_service)
        seen = f"the shop: {at_shop}; the service: {at_service}"
        lab.case(45, f"{name}, for {named}; the service is {service}", (at_shop, at_service) == (200, "taken"), seen)


def visit(token, jwks, audience):
    """Show a credential to the second service, and return what it says."""
    try:
        accept(token, jwks, settings.TOKEN_ISSUER, audience)
    except Refused as error:
        return f"refused ({error})"
    return "taken"


def cross(lab, account):
    """Hand a session and a token to programs that know neither Django nor this shop: statement 46."""
    lab.step("Programs without Django get a session's cookie, its row, and a token")
    key = lab.key("HS256")
    with_token, with_cookie = (lab.client("other program", mount) for mount in ("jwt", "session"))
    token = with_token.credential = lab.token(account, key=key)
    with_token.get("me/", what="it may ask the shop, and need not")
    signed = lab.client("owner", "session-signed_cookies").log_in(account).credential
    owner = lab.client("owner", "session").log_in(account)
    with_cookie.credential, row = owner.credential, Session.objects.get(session_key=owner.credential)
    known = with_cookie.get("me/", what="it asks the shop")
    lab.case(46, "any language: asking over HTTP", known.status != 200, f"{known.status}, {known.body}")
    given = {"token": token, "forged": with_claims(token, sub="1")}
    given |= {"id": owner.credential, "signed": signed, "row": row.session_data}
    sessions = {
        "id": "the cookie alone, store db",
        "signed": "the cookie alone, store signed_cookies",
        "row": "the row",
    }
    for language, said in answers(secret=key.private.hex(), **given):
        lab.note(f"{language}:", said or "it is not on this machine")
        for name, what in sessions.items() if said else ():
            as_said = said[name] is None and (said["token"], said["forged"]) == (str(account.id), None)
            seen = f"read without a check, whose it is: {said[name]}; "
            seen += f"checked, whose the token is: {said['token']}, and a forged one: {said['forged']}"
            lab.case(46, f"{language}: {what}", as_said, seen)
