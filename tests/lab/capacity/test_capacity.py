"""Capacity: sums to check by hand, crossings where both schemes cost the same, and a page for anybody."""

import math
import re
from dataclasses import replace

import pytest
from django.test import Client

from project.lab.capacity import measured, model, numbers, pages, scenario, significance, tables, text
from project.lab.capacity.model import figures, overtakes
from project.lab.capacity.scenario import Scenario
from tests.browser_without_javascript import text as text_of

PAGE = "/lab/capacity/"
SCENARIO = Scenario(
    people=10_000,
    sign_ins=2,
    requests=1_000,
    per_visit=5,
    access=100,
    lasts=10,
    purged_after=5,
    token=450,
    store="db",
    checked=False,
)


def request(cpu, sent=100, received=900, statements=0):
    return {
        "cpu": cpu,
        "cpu_interval": [cpu - 5, cpu + 5],
        "sent": sent,
        "received": received,
        "statements": statements,
    }


def variant(kept, side, credential, *, store="", ends_at_once=False, **requests):
    return {
        "side": side,
        "store": store or ("db" if side == "session" else ""),
        "ends_at_once": ends_at_once,
        "kept": kept,
        "credential": credential,
        "requests": {name.replace("_", " "): found for name, found in requests.items()},
    }


# Round figures. A token has 450 bytes.
LOGIN, REFRESH = request(20_000, 300, 1_000, 10), request(2_000, 350, 1_050, 2)
MADE_UP = {
    "date": "2030-01-01",
    "machine": {"processor": "paper", "cores": 4, "memory_gib": 1.0, "system": "none"},
    "versions": {"Django": "5.2"},
    "variants": {
        "no-auth": variant(None, None, 0, read_cart=request(500, statements=1)),
        "session": variant(
            800, "session", 100, read_cart=request(700, 186, statements=3), login=request(20_000, 300, 700, 12)
        ),
        "session-cache": variant(
            400,
            "session",
            100,
            store="cache",
            read_cart=request(650, 186, statements=2),
            login=request(20_000, 300, 700, 7),
        ),
        "session-signed_cookies": variant(
            0,
            "session",
            414,
            store="signed_cookies",
            read_cart=request(640, 500, statements=2),
            login=request(20_000, 300, 1_000, 7),
        ),
        "token": variant(400, "token", 474, read_cart=request(600, 556, statements=1), login=LOGIN, refresh=REFRESH),
        "looked-up": variant(
            400,
            "token",
            474,
            ends_at_once=True,
            read_cart=request(680, 564, statements=2),
            login=LOGIN,
            refresh=REFRESH,
        ),
    },
}


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(measured, "read", lambda: MADE_UP)
    return MADE_UP


def value(scheme, name, **changes):
    return figures(replace(SCENARIO, **changes), MADE_UP)[scheme][name].value


def near(number):
    """Return what equals a number, apart from the rounding to three digits."""
    return pytest.approx(number, rel=0.005)


# The sums, by hand -----------------------------------------------------------------------------------------------


def test_rates_follow_from_the_scenario():
    assert SCENARIO.alive == 20_000
    assert SCENARIO.rows == 30_000  # ten days alive, five more until the purge
    assert SCENARIO.logins == near(20_000 / 864_000)
    assert SCENARIO.per_token == 10  # five in one visit, and five that come in 100 s at 0.05 requests a second
    assert SCENARIO.refreshes == 100
    assert SCENARIO.renewals == near(1_000 / (5 + 1_000 * 43_200 / 20_000))


def test_storage_is_rows_times_bytes():
    assert value("session", "kept") == 30_000 * 800
    assert value("token", "kept") == 30_000 * 400


def test_storage_of_caches_and_signed_cookies():
    assert value("session", "kept", store="cache") == 20_000 * 400
    assert value("session", "kept", store="signed_cookies") == 0


def test_operations_on_the_store():
    logins = SCENARIO.logins
    assert value("session", "store") == near(1_000 * 2 + SCENARIO.renewals * 1 + logins * 12)
    assert value("session", "store", store="cache") == near(1_000 * 2 + SCENARIO.renewals + logins * 8)
    assert value("session", "store", store="signed_cookies") == near(1_000 * 1 + logins * 7)
    assert value("token", "store") == near(100 * 2 + logins * 10)
    assert value("token", "store", checked=True) == near(1_000 * 1 + 100 * 2 + logins * 10)


def test_token_size():
    assert measured.session_variant(MADE_UP, "db")["credential"] == 100
    assert measured.token_size(MADE_UP) == 450
    assert measured.token_variant(MADE_UP, checked=True) == MADE_UP["variants"]["looked-up"]


def test_bandwidth():
    logins = SCENARIO.logins
    assert value("session", "bandwidth") == near(1_000 * 100 + logins * 1_000)
    assert value("token", "bandwidth") == near(1_000 * 474 + 100 * 1_400 + logins * 1_300)
    longer = 1_000 * 574 + 100 * 1_500 + logins * 1_400
    assert value("token", "bandwidth", token=550) == near(longer)


def test_cpu():
    logins = SCENARIO.logins
    assert value("session", "authentication") == 1_000 * 200
    assert value("token", "authentication") == 1_000 * 100 + 100 * 2_000
    assert value("session", "cores") == near(1_000 * 700 + logins * 20_000)
    assert value("token", "cores") == near(1_000 * 600 + 100 * 2_000 + logins * 20_000)


@pytest.mark.parametrize("scheme", ["session", "token"])
@pytest.mark.parametrize("field", ["people", "requests", "sign_ins"])
def test_more_never_costs_less(scheme, field):
    for name in tables.NAMES:
        found = [value(scheme, name, **{field: getattr(SCENARIO, field) * times}) for times in (1, 2, 5, 10)]
        assert found == sorted(found), name


def test_longer_tokens_cost_less():
    found = [value("token", "cores", access=seconds) for seconds in (60, 100, 3_600, 86_400)]
    assert found == sorted(found, reverse=True)


def test_cost_grows_with_people():
    many = SCENARIO.for_people(1_000_000)
    assert many.requests == 100_000
    assert many.per_token == SCENARIO.per_token
    for scheme, side in figures(many, MADE_UP).items():
        for name, figure in side.items():
            assert figure.value == near(100 * value(scheme, name))


# Where one overtakes the other -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["store", "authentication", "cores"])
def test_both_cost_the_same_at_the_crossing(name):
    both = figures(SCENARIO, MADE_UP)
    needed = overtakes(both["session"][name], both["token"][name], SCENARIO.requests)
    there = replace(SCENARIO, per_visit=0)  # so that a crossing below the stretch can be reached, too
    there = replace(there, access=there.lifetime(needed))
    assert there.per_token == near(needed)
    here = figures(there, MADE_UP)
    # Renewals follow from the stretch: the session's side is the one that the crossing was computed with.
    assert here["token"][name].value == near(both["session"][name].value)


def test_tokens_cost_less_above_the_crossing():
    both = figures(SCENARIO, MADE_UP)
    needed = overtakes(both["session"]["authentication"], both["token"]["authentication"], SCENARIO.requests)
    assert needed == 20  # a refresh costs 2,000, a request saves 100
    lifetime = SCENARIO.lifetime(needed)
    assert lifetime == 300
    longer, shorter = (value("token", "authentication", access=lifetime + by) for by in (1, -1))
    assert longer < 200_000 < shorter


def test_some_tokens_never_overtake():
    both = figures(SCENARIO, MADE_UP)
    assert overtakes(both["session"]["bandwidth"], both["token"]["bandwidth"], SCENARIO.requests) is None


def test_sentences_about_crossings():
    cpu, store, bandwidth, kept = text.crossings(SCENARIO, MADE_UP)
    # 1,995 over 110 to 2,005 over 90; five are in one visit, the others come at 0.05 a second
    assert "with more than about 18 to 22 requests per token" in cpu
    assert "a lifetime of over 4.4 minutes to 5.8 minutes" in cpu
    assert "Here a token serves 10: the session is ahead." in cpu
    assert "however short its lifetime" in store
    assert bandwidth.startswith("Bandwidth: tokens take ")
    assert kept == "Storage: sessions 24 MB on disk, grants of tokens 12 MB on disk."


def test_crossing_within_one_visit():
    cpu = text.cpu(replace(SCENARIO, per_visit=20), MADE_UP)
    assert "about 18 to 22 requests per token, which takes a lifetime of at most 46 seconds" in cpu


def test_no_winner_near_the_crossing():
    there = replace(SCENARIO, access=SCENARIO.lifetime(20))
    assert text.cpu(there, MADE_UP).endswith("Here a token serves 20: no significant difference.")
    longer = replace(SCENARIO, access=SCENARIO.lifetime(30))
    assert text.cpu(longer, MADE_UP).endswith("Here a token serves 30: the token is ahead.")


def test_memory_limits_sessions_in_a_cache():
    for store, place in (("cache", "8 MB in memory"), ("signed_cookies", "nothing")):
        now = replace(SCENARIO, store=store)
        both = figures(now, MADE_UP)
        kept = text.storage(now, MADE_UP, both["session"]["kept"], both["token"]["kept"])
        assert f"sessions {place}, grants of tokens 12 MB on disk" in kept
        # 2**30 / (2 sign-ins x 400 bytes)
        assert ("Above about 1,300,000 people the sessions need more than 1 GiB" in kept) == (store == "cache")


def test_insignificant_difference():
    cpu, *_ = text.crossings(replace(SCENARIO, store="db", checked=True), of_like_costs())
    assert "no significant difference" in cpu
    assert "requests per token" not in cpu


def test_expensive_token_never_pays_off():
    dear = MADE_UP["variants"]["looked-up"] | {"requests": MADE_UP["variants"]["looked-up"]["requests"] | {}}
    dear["requests"]["read cart"] = request(720, 564, statements=2)
    found = MADE_UP | {"variants": MADE_UP["variants"] | {"looked-up": dear}}
    assert "never pays off" in text.cpu(replace(SCENARIO, checked=True), found)


def test_significance_in_total():
    assert significance.is_significant_in_total(SCENARIO, MADE_UP)  # 0.7 cores and 0.8
    assert not significance.is_significant_in_total(replace(SCENARIO, access=300), MADE_UP)  # both 0.7


def of_like_costs():
    """Return the same with a session whose interval meets the checked token's."""
    variants = MADE_UP["variants"] | {
        "session": variant(
            800, "session", 100, read_cart=request(688, 186, statements=3), login=request(20_000, 300, 700, 12)
        )
    }
    return MADE_UP | {"variants": variants}


def test_answer_for_ten_million_people():
    resources, machines, shared = text.answer(SCENARIO, MADE_UP)
    assert "10,000,000 people like these send 1,000,000 requests per second" in resources
    assert "24 GB" in resources
    assert "4 cores" in machines
    assert "The shared store is the limit" in shared
    assert "times per request" in shared


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (0.3307, "0.331"),
        (0.00001234, "0.0000123"),
        (10, "10"),
        (99.96, "100"),
        (100, "100"),
        (1234, "1,234"),
        (1234.5, "1,230"),
        (30_000_000, "30,000,000"),
    ],
)
def test_numbers_have_three_digits(number, words):
    assert numbers.number(number) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0.44, "0.4"), (2.87, "3"), (9.96, "10"), (23.4, "23"), (131_072, "130,000")]
)
def test_rough_numbers_have_two_digits(number, words):
    assert numbers.rough(number) == words


UNEVEN = replace(SCENARIO, people=12_345, sign_ins=3, requests=777, per_visit=7, access=313, lasts=7, purged_after=2)


@pytest.mark.parametrize("store", model.STORES)
@pytest.mark.parametrize("checked", [False, True])
def test_sums_come_out_by_hand(store, checked):
    found = measured.read()
    for row in tables.rows(replace(UNEVEN, store=store, checked=checked), found):
        for cell in row["cells"]:
            terms, equals, total = re.split(" ([=≈]) ", cell["formula"])
            by_hand = sum(value_of(term.split(" × ")) for term in terms.split(" + "))
            shown = value_of([total])
            assert shown == numbers.three(by_hand)
            assert equals == ("=" if by_hand == shown else "≈")


def test_rates_come_out_by_hand():
    for what, shown, equals, said in tables.rates(UNEVEN):
        by_hand = eval(re.sub("[a-z,]", "", said).replace("×", "*").replace("÷", "/"))  # noqa: S307 - our own
        assert value_of([shown]) == numbers.rounded(by_hand), what
        assert equals == ("=" if by_hand == value_of([shown]) else "≈"), what


def value_of(numbers):
    """Return the product of numbers, each with what it is a number of."""
    return math.prod(float(number.split()[0].replace(",", "")) for number in numbers)


# The page --------------------------------------------------------------------------------------------------------


def look(**query):
    return Client().get(PAGE, query)


def test_page_starts_as_measured(db):
    response = look()
    assert response.status_code == 200
    assert f'name="token" value="{measured.token_size(measured.read())}"' in response.content.decode()


def test_address_holds_the_scenario(db, made_up):
    query = {name: getattr(SCENARIO, name) for name in pages.CapacityForm.base_fields if name != "tokens"}
    response = look(**query, tokens="checked")
    assert response.context["scenario"] == replace(SCENARIO, checked=True)
    values = dict(re.findall(r'name="(\w+)" value="(\w+)"', response.content.decode()))
    assert {name: int(value) for name, value in values.items()}.items() <= query.items()
    assert re.findall(r'<option value="(\w+)" selected', response.content.decode()) == ["db", "checked"]


def test_missing_values_are_the_start(db, made_up):
    found = look(people=2_000, surplus="nothing").context["scenario"]
    assert found == replace(scenario.start(MADE_UP), people=2_000)


def test_figures_have_formulas(db, made_up):
    page = text_of(look(people=10_000, sign_ins=2, lasts=10, purged_after=5))
    assert "30,000 sign-ins × 800 B = 24,000,000 B" in page
    assert "24 MB" in page
    assert "20,000 × (10 + 5) ÷ 10 days" in page


@pytest.mark.parametrize(
    ("found", "cache"),
    [({}, "memory of the server’s own process"), ({"redis": False}, "own process"), ({"redis": True}, "with Redis.")],
)
def test_measured_cache_is_named(db, monkeypatch, found, cache):
    monkeypatch.setattr(measured, "read", lambda: MADE_UP | found)
    assert "cached_db and cache were measured with" in text_of(look())
    assert cache in text_of(look())


def test_limits_of_the_figures_are_stated(db):
    assert "all its cores at 100 %, with no database and no cache beside the server" in text_of(look())


@pytest.mark.parametrize("store", model.STORES)
@pytest.mark.parametrize("tokens", ["checked", "unchecked"])
def test_every_choice_has_figures(db, store, tokens):
    response = look(store=store, tokens=tokens)
    assert response.status_code == 200
    assert len(response.context["rows"]) == len(tables.NAMES)


def extremes(end):
    fields = pages.CapacityForm.base_fields.items()
    return {name: getattr(field, f"{end}_value") for name, field in fields if hasattr(field, "min_value")}


@pytest.mark.parametrize("store", model.STORES)
@pytest.mark.parametrize("end", ["min", "max"])
def test_extremes_can_be_computed(db, store, end):
    assert look(**extremes(end), store=store).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("people", "", "required"),
        ("people", "999", "greater than or equal to 1000"),
        ("people", "10000001", "less than or equal to 10000000"),
        ("requests", "many", "whole number"),
        ("requests", "1.5", "whole number"),
        ("requests", "9" * 5_000, "whole number"),
        ("access", "\x00", "whole number"),
        ("purged_after", "-1", "greater than or equal to 0"),
        ("store", "paper", "not one of the available choices"),
        ("tokens", "<b>", "not one of the available choices"),
    ],
)
def test_errors_are_shown_at_the_field(db, field, value, problem):
    response = look(**{field: value})
    assert response.status_code == 400
    page = response.content.decode()
    assert problem in re.search(rf'id="{field}_error">([^<]*)', page)[1]
    assert 'aria-invalid="true"' in page
    assert "Side by side" not in page
    assert "<b>" not in page


def test_page_refuses_writes(db):
    assert Client().post(PAGE).status_code == 405


def test_no_inline_script_or_style(db):
    assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son\w+=", look().content.decode())
