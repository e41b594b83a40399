"""The HTML pages about accounts, as a browser without JavaScript uses them."""

import pytest

from accounts.models import Grant, Session, User
from tests.browser_without_javascript import Browser, said, text
from tests.clients import PASSWORD, client_of
from tests.schemes import own_schemes

NEW = "another-horse-battery"


@pytest.fixture
def browser(db):
    return Browser()


def test_sign_up_logs_in(browser):
    response = browser.post(
        "/accounts/signup/", page="/accounts/signup/", username="cleo", password1=PASSWORD, password2=PASSWORD
    )
    assert said(response) == ["Welcome, cleo! Your account is open."]
    assert User.objects.get().role == "customer"
    assert "cleo" in text(browser.get("/"))


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"username": "ada"}, "already exists"),
        ({"username": "ADA"}, "already exists"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "password1", "password2": "password1"}, "too common"),
        ({"password2": "something-else"}, "match"),
        ({"username": "no spaces allowed"}, "valid username"),
    ],
)
def test_invalid_sign_up_is_explained(browser, new_user, fields, because):
    new_user()
    filled = {"username": "cleo", "password1": PASSWORD, "password2": PASSWORD} | fields
    response = browser.post("/accounts/signup/", page="/accounts/signup/", **filled)
    assert response.status_code == 400
    assert because in text(response)
    assert User.objects.count() == 1


def test_sign_up_makes_no_manager(browser):
    filled = {"username": "cleo", "password1": PASSWORD, "password2": PASSWORD, "role": "manager", "is_staff": "1"}
    browser.post("/accounts/signup/", page="/accounts/signup/", **filled)
    assert User.objects.get().role == "customer"
    assert not User.objects.get().is_staff


def test_login_is_confirmed(browser, new_user):
    assert said(browser.log_in(new_user())) == ["Welcome back, ada."]


def test_wrong_password_is_explained(browser, new_user):
    new_user()
    response = browser.post("/accounts/login/", page="/accounts/login/", username="ada", password="wrong")
    assert "enter a correct username and password" in text(response)
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/orders/", "/orders/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http:///evil.example", "/"),
    ],
)
def test_next_stays_on_this_site(browser, new_user, wanted, reached):
    new_user()
    response = browser.post("/accounts/login/", page="/accounts/login/", username="ada", password=PASSWORD, next=wanted)
    assert response.redirect_chain[-1][0] == reached


def test_logout_needs_a_post(browser, new_user):
    browser.log_in(new_user())
    assert browser.get("/accounts/logout/").status_code == 405
    response = browser.post("/accounts/logout/")
    assert said(response) == ["You are logged out."]
    assert not Session.objects.filter(user__isnull=False).exists()


def test_new_password_ends_other_sign_ins(browser, new_user):
    user, elsewhere, by_token = new_user(), Browser(), client_of("jwt")
    browser.log_in(user)
    elsewhere.log_in(user)
    by_token.log_in(user)
    response = browser.post("/accounts/password/", old_password=PASSWORD, new_password1=NEW, new_password2=NEW)
    assert said(response) == ["Your password is changed. All your other sign-ins have ended."]
    assert browser.get("/cart/").status_code == 200
    assert elsewhere.get("/cart/").status_code == 302
    assert not Grant.objects.filter(revoked=None).exists()


def test_old_password_is_required(browser, new_user):
    browser.log_in(new_user())
    response = browser.post("/accounts/password/", old_password="wrong", new_password1=NEW, new_password2=NEW)
    assert "incorrectly" in text(response)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/logout/", "/accounts/password/"])
def test_cross_site_form_is_refused(browser, path):
    response = browser.http.post(path, {"username": "ada", "password": PASSWORD})
    assert response.status_code == 403


def test_demo_shows_its_accounts(browser, settings):
    page = text(browser.get("/accounts/login/"))
    for shown in ("alice", "bob", "manager", settings.DEMO_PASSWORD):
        assert shown in page


def test_classroom_hides_the_manager(browser, settings):
    settings.CLASSROOM = True
    assert "manager" not in text(browser.get("/accounts/login/"))


def test_production_shows_no_accounts(browser, settings):
    settings.PRODUCTION = True
    page = text(browser.get("/accounts/login/"))
    assert "alice" not in page


def test_old_password_guesses_are_counted(browser, new_user):
    browser.log_in(new_user())
    wrong = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    statuses = [browser.post("/accounts/password/", **wrong).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    assert browser.post("/accounts/password/", **wrong | {"old_password": PASSWORD}).status_code == 429


def test_shared_password_stays(browser, new_user, settings):
    settings.CLASSROOM = True
    browser.log_in(new_user("alice"))
    response = browser.post(
        "/accounts/password/", page="/accounts/security/", old_password=PASSWORD, new_password1=NEW, new_password2=NEW
    )
    assert "shares this account" in said(response)[0]
    assert User.objects.get().check_password(PASSWORD)


def test_next_to_login_is_no_loop(browser, new_user):
    browser.log_in(new_user())
    assert browser.get("/accounts/login/?next=/accounts/login/?next=/").status_code == 302


def test_security_page_ends_sign_ins(browser, new_user):
    user, elsewhere, by_token = new_user(), Browser(), client_of("jwt")
    by_token.http.defaults["HTTP_USER_AGENT"] = "<i>curl"
    for client in (browser, elsewhere, by_token):
        client.log_in(user)
    page = text(browser.get("/accounts/security/"))
    assert "&lt;i&gt;curl" in page
    assert page.count("this one") >= 1
    [grant] = Grant.objects.all()
    response = browser.post("/accounts/security/end/", page="/accounts/security/", scheme="jwt", sign_in=str(grant.id))
    assert said(response) == ["That sign-in has ended."]
    assert "ended from another sign-in" in text(response)
    assert said(browser.post("/accounts/security/end-others/", page="/accounts/security/")) == [
        "Ended 1 other sign-in."
    ]
    assert Session.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("fields", [{}, {"scheme": "x", "sign_in": "x"}, {"scheme": "session", "sign_in": "\x00"}])
def test_invalid_sign_in_is_not_ended(browser, new_user, fields):
    browser.log_in(new_user())
    response = browser.post("/accounts/security/end/", page="/accounts/security/", **fields)
    assert said(response) == ["There is no such sign-in any more."]


def test_other_users_sign_in_stays(browser, new_user):
    by_token = client_of("jwt")
    by_token.log_in(new_user("bela"))
    browser.log_in(new_user())
    sign_in = str(Grant.objects.get().id)
    browser.post("/accounts/security/end/", page="/accounts/security/", scheme="jwt", sign_in=sign_in)
    browser.post("/accounts/security/end-others/", page="/accounts/security/")
    assert Grant.objects.get().revoked is None


def test_security_page_shows_reuse(browser, new_user):
    user, by_token = new_user(), client_of("jwt")
    by_token.log_in(user)
    first = by_token.refresh
    for _ in range(2):
        by_token.remember(by_token.post("refresh/", {"refresh": by_token.refresh}).json())
    by_token.post("refresh/", {"refresh": first})
    browser.log_in(user)
    assert "came a second time" in text(browser.get("/accounts/security/"))


def test_long_password_opens_every_entrance(browser, db):
    password = " pässwörd " * 400 + "ends here"  # 4,009 characters, with blanks at its beginning
    fields = {"username": "longwinded", "password1": password, "password2": password}
    assert said(browser.post("/accounts/signup/", page="/accounts/signup/", **fields))
    for scheme in own_schemes():
        answer = client_of(scheme).post("login/", {"username": "longwinded", "password": password})
        assert answer.status_code == 200
    elsewhere = Browser()
    elsewhere.post("/accounts/login/", username="longwinded", password=password)
    assert elsewhere.get("/accounts/security/").status_code == 200


def test_password_is_4096_characters_at_most(browser, db):
    password = "correct horse " * 300
    fields = {"username": "longwinded", "password1": password, "password2": password}
    assert "too long" in text(browser.post("/accounts/signup/", page="/accounts/signup/", **fields))
