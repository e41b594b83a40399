"""`manage.py demo`: what it prepares, what it says, what it refuses. Nothing is served here."""

import re
import socket
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from project.lab.management.commands import demo as command
from shop.models import CartItem, Product
from tests.clients import client_of


@pytest.fixture
def demo(db, monkeypatch):
    """Return a function that runs the command up to where it would serve."""
    served = []
    monkeypatch.setattr(command, "check_free", lambda host, port: None)
    monkeypatch.setattr(command, "serve", lambda *arguments, **how: served.append([*arguments, how]))

    def demo(*arguments):
        output = StringIO()
        call_command("demo", *arguments, stdout=output)
        host, port, environment, how = served.pop()
        return SimpleNamespace(said=output.getvalue(), host=host, port=port, environment=environment, how=how)

    return demo


def printed_password(demo):
    return re.search(r"manager / (\S+)", demo.said)[1]


def test_there_are_a_dozen_products(demo):
    demo()
    names = set(Product.objects.values_list("name", flat=True))
    assert names >= {"Headphones", "Bananas", "Apples"}
    assert 10 <= len(names) <= 14


def test_three_accounts_can_log_in(demo, settings):
    said = demo().said
    for username, role in [("alice", "customer"), ("bob", "customer"), ("manager", "manager")]:
        user = User.objects.get(username=username)
        assert user.role == role
        assert client_of("session").log_in(user, settings.DEMO_PASSWORD).status_code == 200
        assert f"{username} / {settings.DEMO_PASSWORD}" in said


def test_second_start_adds_nothing(demo):
    demo()
    before = everything()
    demo()
    assert everything() == before


def everything():
    return list(Product.objects.order_by("id").values()), list(User.objects.order_by("id").values())


def change_everything():
    """Leave the traces of a lesson: a cart, a new account, a lower stock, a closed account."""
    apples = Product.objects.get(name="Apples")
    CartItem.objects.create(user=User.objects.get(username="alice"), product=apples, quantity=3)
    Product.objects.filter(name="Apples").update(stock=7)
    User.objects.create_user("carl")
    User.objects.filter(username="bob").update(is_active=False)


def test_second_start_keeps_carts_and_stock(demo):
    demo()
    change_everything()
    demo()
    assert CartItem.objects.get().quantity == 3
    assert Product.objects.get(name="Apples").stock == 7
    assert User.objects.filter(username="carl").exists()


def test_second_start_reopens_accounts(demo):
    demo()
    change_everything()
    demo()
    assert User.objects.get(username="bob").is_active


@pytest.mark.django_db(transaction=True)  # PostgreSQL does not empty tables that this transaction has changed
def test_reset_restores_the_known_state(demo, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "secret_key").touch()
    demo()
    shelf = list(Product.objects.values("name", "price", "stock", "active"))
    change_everything()
    demo("--reset")
    assert list(Product.objects.values("name", "price", "stock", "active")) == shelf
    assert not CartItem.objects.exists()
    assert set(User.objects.values_list("username", "is_active")) == {
        ("alice", True),
        ("bob", True),
        ("manager", True),
    }
    assert not (tmp_path / "secret_key").exists()  # with which simplejwt has signed tokens that name others now


@pytest.mark.parametrize(
    ("arguments", "host", "port", "url"),
    [
        ([], "127.0.0.1", 8000, "http://127.0.0.1:8000"),
        (["8080"], "127.0.0.1", 8080, "http://127.0.0.1:8080"),
        (["localhost:8080"], "127.0.0.1", 8080, "http://127.0.0.1:8080"),
        (["[::1]:8000"], "::1", 8000, "http://[::1]:8000"),
    ],
)
def test_address_is_as_for_runserver(demo, arguments, host, port, url):
    started = demo(*arguments)
    assert (started.host, started.port) == (host, port)
    assert f"Open this:  {url}\n" in started.said
    assert url[7:].removesuffix(f":{port}") in started.environment["ALLOWED_HOSTS"].split(",")


@pytest.mark.parametrize(
    "nonsense",
    ["abc", "8000000", "0", "-1", ":80", "999.1.1.1:80", "127.0.0.1:", "[::1]", "[::zz]:80", "[:::]:80", "a b:80"],
)
def test_nonsense_is_no_address(nonsense):
    with pytest.raises(CommandError, match=r"is no address|is not a valid port"):
        call_command("demo", "--", nonsense)


def test_foreign_address_is_refused():
    with pytest.raises(CommandError, match=r"Cannot serve at 192\.0\.2\.1:8000: "):
        call_command("demo", "192.0.2.1:8000")


def test_taken_port_names_another():
    with socket.create_server(("127.0.0.1", 0)) as earlier:
        port = earlier.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken.* Try another: manage.py demo [0-9]+"):
            call_command("demo", str(port))


def test_lan_with_a_loopback_address_is_refused():
    with pytest.raises(CommandError, match=r"--lan serves the network, 127\.0\.0\.1 only"):
        call_command("demo", "127.0.0.1:8000", "--lan")


def test_it_does_not_run_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo")


def test_classroom_gets_an_address_to_type(demo):
    started = demo("--lan")
    assert started.host == "0.0.0.0"  # noqa: S104
    assert "0.0.0.0" not in started.said  # noqa: S104
    for url in re.search(r"Students type this:  (.*)", started.said)[1].split("  or  "):
        name, port = re.fullmatch(r"http://([0-9.]+):([0-9]+)", url).groups()
        assert int(port) == started.port
        assert name in started.environment["ALLOWED_HOSTS"].split(",")


@pytest.mark.parametrize("arguments", [["--lan"], ["0.0.0.0:8000"], ["[::]:8000"]])
def test_classroom_gets_a_new_manager_password(demo, settings, arguments):
    first, second = printed_password(demo(*arguments)), printed_password(demo(*arguments))
    assert len({first, second, settings.DEMO_PASSWORD}) == 3
    manager = User.objects.get(username="manager")
    assert manager.check_password(second)
    assert not manager.check_password(settings.DEMO_PASSWORD)


def test_classroom_login_page_hides_the_manager(demo, settings, client):
    settings.CLASSROOM = demo("--lan").environment["CLASSROOM"] == "True"
    page = client.get("/accounts/login/").content.decode()
    assert "<code>alice</code>" in page
    assert "manager" not in page


def test_login_page_shows_accounts_and_password(demo, settings, client):
    settings.CLASSROOM = demo().environment["CLASSROOM"] == "True"
    page = client.get("/accounts/login/").content.decode()
    for text in ("alice", "bob", "manager", settings.DEMO_PASSWORD):
        assert f"<code>{text}</code>" in page


def test_classroom_ends_the_managers_sign_ins(demo, settings):
    demo()
    client = client_of("session")
    client.log_in(User.objects.get(username="manager"), settings.DEMO_PASSWORD)
    demo("--lan")
    assert client.get("me/").status_code == 401


@pytest.mark.parametrize("arguments", [[], ["localhost:8080"], ["[::1]:8000"]])
def test_loopback_restarts_and_shows_tracebacks(demo, arguments):
    started = demo(*arguments)
    assert started.environment["TRACEBACKS"] == "True"
    assert "reload" in started.how["options"]
    assert "When you save a file" in started.said


@pytest.mark.parametrize("arguments", [["--lan"], ["0.0.0.0:8000"], ["[::]:8000"]])
def test_classroom_does_neither(demo, monkeypatch, arguments):
    monkeypatch.setenv("TRACEBACKS", "on")
    started = demo(*arguments)
    assert started.environment["TRACEBACKS"] == "False"
    assert started.how == {}
    assert "When you save a file" not in started.said


def test_banner_names_every_part(demo, client):
    urls = re.findall(r"(?:Shop|Compare|Experiments|API): +http://127\.0\.0\.1:8000(\S+)", demo().said)
    assert len(urls) == 4
    assert {client.get(url).status_code for url in urls} == {200}


def test_stopped_is_not_written_in_red(monkeypatch):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "check_free", interrupted)
    errors = StringIO()
    call_command("demo", stderr=errors, force_color=True)
    assert errors.getvalue() == "Stopped.\n"
