"""The JWT scheme, checked against the database on every request, so that revocation is immediate."""

from accounts import grants
from accounts.bearer import bearer_token
from accounts.jwt_scheme import Jwt
from accounts.tokens import InvalidToken, verify
from project.api.events import credential_read, user_found


class CheckedJwt(Jwt):
    """The same token; its grant and its user are looked up each time. One query."""

    name = "jwt-checked"
    title = "Checked JWT"
    about = "The client sends the same signed token. The server verifies it, then looks up its grant and its user."
    ends_at_once = True
    accepted = "the token is right, and so are its grant and its user in the database"

    def authenticate(self, request):
        token = bearer_token(request)  # 1. the credential: the client put it there itself
        if token is None:
            return None
        credential_read.send(self)
        claims = verify(token)  # 2. is it ours, and valid now?
        user = self.user_of(claims)  # 3. the user, as they are now, whatever the token says of them
        user_found.send(self, user=user, auth=claims)
        return user, claims

    def user_of(self, claims):
        user = grants.user_of_live(claims["sid"])
        if user is None:
            raise InvalidToken("sign-in", "the sign-in has ended")
        return user
