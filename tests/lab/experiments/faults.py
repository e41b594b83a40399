"""Ways to break the shop, as one meets them in the wild. Each is a function that breaks it until the test is over."""

import json
from contextlib import suppress
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.contrib.sessions.backends import signed_cookies
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.utils import timezone
from joserfc import jwe, jwk
from rest_framework.permissions import AllowAny
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import RefreshToken

from accounts import changes, grants, keys, permissions, session_scheme, tokens
from accounts.jwt_checked_scheme import CheckedJwt
from accounts.jwt_scheme import Jwt, TokenUser
from accounts.keys import Key, Keyring
from accounts.management.commands import purge
from accounts.models import Grant, Session, User
from accounts.schemes import schemes
from accounts.scopes import FULL_SCOPE
from accounts.session_scheme import CookieSession
from accounts.session_stores import db
from project.lab.experiments.kit.by_hand import decode, encode, hmac_with
from project.lab.mounts.session_stores import InStore, SessionUntilClosed
from shop import orders
from shop.models import Order

# Making a token ---------------------------------------------------------------------------------------------------


def tokens_are_encrypted(monkeypatch):
    key, header = jwk.OctKey.generate_key(256), {"alg": "dir", "enc": "A256GCM"}
    monkeypatch.setattr(grants, "mint", lambda claims: jwe.encrypt_compact(header, json.dumps(claims), key))


def parts_are_padded(monkeypatch):
    """Plain base64 of most languages ends in equals signs, base64url in tokens does not."""
    mint = tokens.mint
    monkeypatch.setattr(grants, "mint", lambda claims: mint(claims) + "=")


def tokens_do_not_say_the_role(monkeypatch):
    mint = tokens.mint
    monkeypatch.setattr(
        grants, "mint", lambda claims: mint({name: value for name, value in claims.items() if name != "role"})
    )


def tokens_carry_a_picture(monkeypatch):
    mint = tokens.mint
    monkeypatch.setattr(grants, "mint", lambda claims: mint(claims | {"picture": 4096 * "A"}))


def refresh_tokens_are_opaque(monkeypatch):
    box = Fernet(Fernet.generate_key())
    monkeypatch.setattr(grants.signer, "sign", lambda text: box.encrypt(text.encode()).decode())
    monkeypatch.setattr(grants.signer, "unsign", lambda token: box.decrypt(token).decode())


def encrypting_only_encodes(monkeypatch):
    """As some take base64 for encryption."""

    def encrypt_compact(header, text, *args):
        parts = (json.dumps(header).encode(), b"", b"", text if isinstance(text, bytes) else text.encode(), b"")
        return ".".join(map(encode, parts))

    monkeypatch.setattr(jwe, "encrypt_compact", encrypt_compact)


# Checking a token -------------------------------------------------------------------------------------------------


def expired_tokens_are_accepted(monkeypatch):
    check = tokens.check_time
    monkeypatch.setattr(tokens, "check_time", lambda claims, even_expired: check(claims, even_expired=True))


def signatures_are_not_checked(monkeypatch):
    monkeypatch.setattr(tokens, "signed_payload", lambda token, key: tokens.decode_part("payload", token.split(".")[1]))


def the_audience_is_not_checked(monkeypatch):
    monkeypatch.setitem(tokens.CLAIMS, "aud", lambda value: True)


def alg_none_is_trusted(monkeypatch):
    """The header says that there is no signature, and is accepted (RFC 8725 section 2.1)."""
    trust_alg(monkeypatch, lambda key, alg: alg.lower() == "none", lambda public, data, signature: True)


def alg_hs256_is_trusted(monkeypatch):
    """The header says HS256, so the published key is taken for a secret (RFC 8725 section 2.1)."""

    def matches(public, data, signature):
        return hmac_with(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))(data) == signature

    trust_alg(monkeypatch, lambda key, alg: alg == "HS256" != key.alg, matches)


def trust_alg(monkeypatch, when, matches):
    """Have the token's header choose how it is verified."""
    check = tokens.key_for

    class Algorithm:
        @staticmethod
        def verify(data, public, signature):
            return matches(public, data, signature)

    def key_for(header):
        key = tokens.keyring().by_kid.get(header["kid"])
        if key and when(key, header["alg"]):
            return Key(key.kid, header["alg"], Algorithm, None, key.public, None)
        return check(header)

    monkeypatch.setattr(tokens, "key_for", key_for)


def eddsa_is_not_known(monkeypatch):
    check = tokens.key_for

    def key_for(header):
        key = check(header)
        if key.alg == "EdDSA":
            raise tokens.InvalidToken("alg", "an unknown algorithm")
        return key

    monkeypatch.setattr(tokens, "key_for", key_for)


def typ_is_jwt(monkeypatch):
    monkeypatch.setattr(tokens, "TYPE", "JWT")


def private_keys_are_published(monkeypatch):
    def jwks(keyring):
        keys = [key for key in keyring.by_kid.values() if key.jwk]
        return {"keys": [{**key.jwk, **key.algorithm.to_jwk(key.private, as_dict=True)} for key in keys]}

    monkeypatch.setattr(Keyring, "jwks", jwks)


def secrets_are_published(monkeypatch):
    def jwks(keyring):
        return {"keys": [key.algorithm.to_jwk(key.private, as_dict=True) for key in keyring.by_kid.values()]}

    monkeypatch.setattr(Keyring, "jwks", jwks)


def short_secrets_are_accepted(monkeypatch):
    check = keys.parse_key

    def parse_key(jwk):
        return check(jwk | {"k": encode(decode(jwk["k"]).ljust(32, b"0"))} if jwk["kty"] == "oct" else jwk)

    monkeypatch.setattr(keys, "parse_key", parse_key)


# Who is asking ----------------------------------------------------------------------------------------------------


def a_token_in_the_address_counts(monkeypatch):
    read = Jwt.credential_of
    monkeypatch.setattr(
        Jwt, "credential_of", lambda self, request: request.GET.get("access_token") or read(self, request)
    )


def a_token_in_a_cookie_counts(monkeypatch):
    read = Jwt.credential_of
    monkeypatch.setattr(
        Jwt, "credential_of", lambda self, request: request.COOKIES.get("access_token") or read(self, request)
    )


def bearer_must_be_written_so(monkeypatch):
    def credential_of(self, request):
        word, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return token if word == "Bearer" else None

    monkeypatch.setattr(Jwt, "credential_of", credential_of)


def without_a_token_one_is_the_last_caller(monkeypatch):
    check, last = Jwt.authenticate, []

    def authenticate(self, request):
        if known := check(self, request):
            last[:] = [known]
        return known or (last[0] if last else None)

    monkeypatch.setattr(Jwt, "authenticate", authenticate)


def everyone_is_the_first_caller(monkeypatch):
    check, first = Jwt.user_of, []

    def user_of(self, claims):
        first.append(check(self, claims))
        return first[0]

    monkeypatch.setattr(Jwt, "user_of", user_of)


def the_jwt_scheme_loads_the_user(monkeypatch):
    monkeypatch.setattr(Jwt, "user_of", lambda self, claims: User.objects.get(id=claims["sub"]))


def the_role_comes_from_the_database(monkeypatch):
    def user_of(self, claims):
        user = User.objects.filter(id=claims["sub"]).first()
        return TokenUser(int(claims["sub"]), claims["name"], user.role if user else "customer")

    monkeypatch.setattr(Jwt, "user_of", user_of)


def the_checked_scheme_does_not_look(monkeypatch):
    monkeypatch.setattr(CheckedJwt, "user_of", Jwt.user_of)


def the_session_is_in_the_cookie(monkeypatch):
    def process_request(self, request):
        request.session = signed_cookies.SessionStore(request.COOKIES.get("sessionid"))

    monkeypatch.setattr(SessionMiddleware, "process_request", process_request)
    for scheme in (InStore, SessionUntilClosed):
        monkeypatch.setattr(scheme, "session_store", signed_cookies.SessionStore)


def session_cookies_are_encrypted(monkeypatch):
    box, middleware = Fernet(Fernet.generate_key()), SessionMiddleware
    enter, leave = middleware.process_request, middleware.process_response

    def process_request(self, request):
        with suppress(InvalidToken, KeyError):
            cookie = request.COOKIES["sessionid"]
            request.COOKIES["sessionid"] = box.decrypt(cookie + "=" * (-len(cookie) % 4)).decode()
        enter(self, request)

    def process_response(self, request, response):
        response = leave(self, request, response)
        if (cookie := response.cookies.get("sessionid")) and cookie.value:
            response.cookies["sessionid"] = box.encrypt(cookie.value.encode()).decode().rstrip("=")
        return response

    monkeypatch.setattr(middleware, "process_request", process_request)
    monkeypatch.setattr(middleware, "process_response", process_response)


def a_session_belongs_to_one_browser(monkeypatch):
    """Who sends its id with another User-Agent is a stranger."""
    check = CookieSession.authenticate

    def authenticate(self, request):
        browser = request._request.session.get("sign_in", {}).get("label")
        return check(self, request) if browser == request.headers.get("User-Agent") else None

    monkeypatch.setattr(CookieSession, "authenticate", authenticate)


def a_new_password_ends_no_session(monkeypatch):
    monkeypatch.setattr(User, "get_session_auth_hash", lambda self: "always the same")
    monkeypatch.setattr(changes, "end_all_sign_ins", lambda *args, **options: 0)


# Who may what -----------------------------------------------------------------------------------------------------


def a_bad_token_is_403(monkeypatch):
    def authenticate_header(self, request):
        """Challenge nobody who sent something, which has the framework answer 403."""
        return None if "HTTP_AUTHORIZATION" in request.META else 'Bearer realm="api"'

    monkeypatch.setattr(Jwt, "authenticate_header", authenticate_header)


def no_credential_is_403(monkeypatch):
    for scheme in schemes():
        monkeypatch.setattr(type(scheme), "authenticate_header", lambda self, request: None)


def anyone_is_a_manager(monkeypatch):
    monkeypatch.setattr(permissions.IsManager, "has_permission", AllowAny.has_permission)


def scopes_are_not_checked(monkeypatch):
    monkeypatch.setattr(permissions.HasScope, "has_permission", AllowAny.has_permission)


def a_part_is_the_whole(monkeypatch):
    """Give all rights to those who ask for a part of them."""
    give = grants.access_token

    def access_token(grant, *args):
        grant.scope = FULL_SCOPE
        return give(grant, *args)

    monkeypatch.setattr(grants, "access_token", access_token)


def a_part_lasts_as_long_as_can_be(monkeypatch):
    give = grants.delegate
    monkeypatch.setattr(grants, "delegate", lambda *args, **asked: give(*args, **asked | {"expires_in": 10**9}))


def what_was_given_away_outlives_its_giver(monkeypatch):
    def user_of_live(grant_id):
        return User.objects.filter(grants__id=grant_id, grants__revoked=None).first()

    monkeypatch.setattr(grants, "user_of_live", user_of_live)


def all_orders_are_everybodys(monkeypatch):
    monkeypatch.setattr(orders, "read_orders", lambda user: Order.objects.prefetch_related("lines"))


def writes_are_not_guarded(monkeypatch):
    monkeypatch.setattr(session_scheme, "refuse_foreign_writes", lambda request: None)


# Logging in and out -------------------------------------------------------------------------------------------------


def a_planted_session_id_stays(monkeypatch):
    monkeypatch.setattr(SessionBase, "cycle_key", lambda self: None)


def a_logout_keeps_the_row(monkeypatch):
    def logout(request):
        request.session = type(request.session)()

    monkeypatch.setattr(session_scheme, "logout", logout)


def a_logout_leaves_the_cookie(monkeypatch):
    monkeypatch.setattr(session_scheme, "logout", lambda request: request.session.delete(request.session.session_key))


def the_cookie_has_no_max_age(monkeypatch):
    monkeypatch.setattr(SessionBase, "get_expire_at_browser_close", lambda self: True)


def expired_sessions_are_accepted(monkeypatch):
    def load(store):
        row = Session.objects.filter(session_key=store.session_key).first()
        return store.decode(row.session_data) if row else {}

    monkeypatch.setattr(db.SessionStore, "load", load)


def a_token_login_leaves_no_row(monkeypatch):
    monkeypatch.setattr(Grant, "save", lambda self, **options: None)


def logouts_are_remembered_in_memory(monkeypatch):
    """Not by a row but in the server's own memory, which is of no use where there are two servers."""
    sign_out, user_of, gone = Jwt.sign_out, Jwt.user_of, set()

    def remembering_sign_out(self, request, response, **said):
        if token := self.credential_of(request):
            gone.add(tokens.verify(token)["sid"])
        return sign_out(self, request, response, **said)

    def remembering_user_of(self, claims):
        if claims["sid"] in gone:
            raise tokens.InvalidToken("sign-in", "logged out")
        return user_of(self, claims)

    monkeypatch.setattr(Jwt, "sign_out", remembering_sign_out)
    monkeypatch.setattr(Jwt, "user_of", remembering_user_of)


def revoking_ends_nothing(monkeypatch):
    end_nothing(monkeypatch, "revoked")


def ending_a_sign_in_elsewhere_ends_nothing(monkeypatch):
    end_nothing(monkeypatch, "ended elsewhere")


def a_reused_refresh_token_ends_nothing(monkeypatch):
    end_nothing(monkeypatch, "reuse")


def a_token_logout_ends_nothing(monkeypatch):
    end_nothing(monkeypatch, "logout")


def end_nothing(monkeypatch, why):
    end = grants.end
    monkeypatch.setattr(grants, "end", lambda rows, reason: 1 if reason == why else end(rows, reason))


def a_refresh_token_works_again_and_again(monkeypatch):
    def refresh(token):
        grant_id, generation = grants.read_refresh_token(token)
        grant = grants.refreshable(grant_id, timezone.now())
        return grant, grants.tokens(grant, generation)

    monkeypatch.setattr(grants, "refresh", refresh)


def access_tokens_live_for_days(monkeypatch):
    monkeypatch.setattr(settings, "ACCESS_TOKEN_LIFETIME", timedelta(days=6))


def two_tabs_are_taken_for_a_thief(monkeypatch):
    monkeypatch.setattr(settings, "REFRESH_GRACE", timedelta(0))


def a_refresh_looks_nothing_up(monkeypatch):
    """A refresh token is good for what it says, though its grant may have ended."""
    monkeypatch.setattr(grants, "refreshable", lambda grant_id, now: Grant.objects.get(id=grant_id))


def a_purge_removes_nothing(monkeypatch):
    monkeypatch.setattr(purge, "remove", lambda rows: 0)


def a_purge_removes_everybody(monkeypatch):
    rows = {"sessions": Session.objects.all(), "grants": Grant.objects.all()}
    monkeypatch.setattr(purge, "expired", lambda now: rows)


# The library as it comes ------------------------------------------------------------------------------------------


def simplejwt_notices_a_new_password(monkeypatch):
    monkeypatch.setattr(api_settings, "CHECK_REVOKE_TOKEN", True)


def simplejwt_blacklists_nothing(monkeypatch):
    monkeypatch.setattr(RefreshToken, "blacklist", lambda self: None)
