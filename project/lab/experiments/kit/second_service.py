"""Another service, which takes the shop's tokens and has nothing of the shop but its published keys.

It reads them with another library than the shop does. Source: RFC 7517 section 5 (JWK Set), RFC 7519 section 4.1.3 (who
is not the audience must refuse), RFC 9068 section 2.1 (`typ`).
"""

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet


class Registry(jws.JWSRegistry):
    """Takes EdDSA without the library's warning: RFC 9864 deprecates that name, the shop's tokens still bear it."""

    def get_alg(self, name):
        return self.algorithms[name] if name in self.allowed else super().get_alg(name)


class Refused(Exception):
    """The token is not for this service, or not valid."""


def accept(token, jwks, issuer, audience):
    """Return the claims of a token; raises Refused.

    Args:
        jwks: the JWK Set that the issuer publishes.
        audience: what this service is called in tokens that are for it.
    """
    must_be = {"iss": issuer, "aud": audience}
    rules = {name: {"essential": True, "value": value} for name, value in must_be.items()}
    try:
        # Why: only algorithms with a public key. Were HS256 among them, that public key could serve as a secret.
        read = jwt.decode(token, KeySet.import_key_set(jwks), registry=Registry(algorithms=("RS256", "EdDSA")))
        jwt.JWTClaimsRegistry(**rules, exp={"essential": True}).validate(read.claims)
    except JoseError as error:
        raise Refused(str(error)) from error
    if read.header.get("typ") != "at+jwt":
        raise Refused("not an access token")
    return read.claims
