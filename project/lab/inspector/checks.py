"""The checks of `tokens.verify` in their order, and what they say of a token."""

from accounts import tokens

GOOD_FOR = {  # check -> what must be so, and why
    "length": f"At most {tokens.MAX_LENGTH} characters.",
    "three parts": "Three base64url parts separated by dots.",
    "header": "A JSON object in which no key comes twice.",
    "its members": "Only typ, alg and kid; a jku header could point to an attacker’s key.",
    "typ": f"{tokens.TYPE}: it was made as an access token.",
    "kid": "It names a key that the shop has.",
    "alg": "It is the key’s own algorithm. Otherwise “none” would do.",
    "signature": "It was made with this key, over header and payload.",
    "payload": "A JSON object too. It is read only after the signature.",
    "iss": "This shop issued it.",
    "aud": "It is meant for this API.",
    "sub": "The number of a user. Not looked up.",
    "iat": "It was not issued in the future.",
    "exp": "A time, in seconds since 1970.",
    "jti": "The id of the token.",
    "sid": "The id of a sign-in. Not looked up: it may have ended.",
    "name": "A username. Not looked up.",
    "role": "Trusted, even if the account has changed since.",
    "scope": "Rights that the shop knows.",
    "not expired": "exp is in the future.",
    "not before": "nbf, if there is one, is in the past.",
}


def inspect(token):
    """Return what each check says: [{"name", "result": "pass", "fail" or "not reached", "reason"}].

    The token is taken as the API takes it from the header Authorization, where blanks around it do not count.
    """
    failed, reason, reached = None, "", token.strip(" ") != ""
    if reached:
        try:
            tokens.verify(token.strip(" "))
        except tokens.InvalidToken as error:
            failed, reason = error.check, error.reason
    checks = []
    for name in tokens.CHECKS:
        result = "not reached" if not reached else "fail" if name == failed else "pass"
        reached = reached and name != failed
        checks.append({"name": name, "result": result, "reason": reason if name == failed else ""})
    return checks


def verdict(checks):
    """Return what follows from the checks, as a result and in a sentence."""
    for number, check in enumerate(checks, 1):
        if check["result"] == "fail":
            refused = f"Refused at check {number} of {len(checks)}, {check['name']}: {check['reason']}."
            return {"result": "fail", "verdict": refused}
    if checks[-1]["result"] == "pass":
        return {"result": "pass", "verdict": f"Valid: all {len(checks)} checks pass."}
    return {"result": "not reached", "verdict": "There is no token yet."}
