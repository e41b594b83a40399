"""A finding that cannot change is no finding: break the shop, and the experiment concerned must say otherwise."""

import pytest

from project.lab.experiments.kit.statement import Case, finding
from project.lab.experiments.run import run_experiment
from tests.lab.experiments import faults
from tests.lab.experiments.statements import STATEMENTS

pytestmark = pytest.mark.faults

# What is broken, which experiment is to notice, at which statement, and what it finds then instead of what is so.
FAULTS = [
    (faults.without_a_token_one_is_the_last_caller, "forgetting", 1, "holds -> depends"),
    (faults.without_a_token_one_is_the_last_caller, "forgetting", 2, "holds -> depends"),
    (faults.the_session_is_in_the_cookie, "signing_in", 3, "holds -> depends"),
    (faults.session_cookies_are_encrypted, "signing_in", 3, "holds -> depends"),
    (faults.session_cookies_are_encrypted, "signing_in", 4, "fails -> holds"),
    (faults.a_token_login_leaves_no_row, "signing_in", 5, "depends -> holds"),
    (faults.the_session_is_in_the_cookie, "lookups", 7, "depends -> fails"),
    (faults.the_jwt_scheme_loads_the_user, "lookups", 8, "depends -> fails"),
    (faults.everyone_is_the_first_caller, "lookups", 9, "fails -> depends"),
    (faults.tokens_are_encrypted, "anatomy", 11, "holds -> depends"),
    (faults.parts_are_padded, "anatomy", 11, "holds -> depends"),
    (faults.tokens_are_encrypted, "anatomy", 12, "fails -> depends"),
    (faults.refresh_tokens_are_opaque, "anatomy", 12, "fails -> depends"),
    (faults.signatures_are_not_checked, "anatomy", 13, "fails -> depends"),
    (faults.private_keys_are_published, "anatomy", 13, "fails -> depends"),
    (faults.typ_is_jwt, "anatomy", 14, "fails -> holds"),
    (faults.tokens_do_not_say_the_role, "anatomy", 15, "fails -> holds"),
    (faults.signatures_are_not_checked, "tampering", 16, "holds -> depends"),
    (faults.a_planted_session_id_stays, "tampering", 18, "holds -> depends"),
    (faults.short_secrets_are_accepted, "weak_key", 19, "depends -> fails"),
    (faults.alg_hs256_is_trusted, "algorithms", 21, "depends -> holds"),
    (faults.private_keys_are_published, "algorithms", 21, "depends -> holds"),
    (faults.encrypting_only_encodes, "encryption", 22, "holds -> fails"),
    (faults.expired_tokens_are_accepted, "expiry", 24, "holds -> depends"),
    (faults.expired_sessions_are_accepted, "expiry", 24, "holds -> depends"),
    (faults.a_refresh_looks_nothing_up, "expiry", 24, "holds -> depends"),
    (faults.expired_tokens_are_accepted, "expiry", 26, "holds -> fails"),
    (faults.a_logout_keeps_the_row, "logout", 27, "depends -> fails"),
    (faults.a_logout_leaves_the_cookie, "logout", 28, "holds -> depends"),
    (faults.the_cookie_has_no_max_age, "logout", 30, "depends -> fails"),
    (faults.revoking_ends_nothing, "revocation", 32, "fails -> depends"),
    (faults.a_refresh_token_works_again_and_again, "revocation", 32, "fails -> depends"),
    (faults.logouts_are_remembered_in_memory, "revocation", 33, "fails -> depends"),
    (faults.a_purge_removes_nothing, "housekeeping", 38, "holds -> fails"),
    (faults.a_purge_removes_everybody, "housekeeping", 38, "holds -> fails"),
    (faults.a_bad_token_is_403, "status_codes", 39, "fails -> depends"),
    (faults.bearer_must_be_written_so, "status_codes", 40, "holds -> depends"),
    (faults.a_token_in_the_address_counts, "status_codes", 40, "holds -> depends"),
    (faults.a_token_in_a_cookie_counts, "status_codes", 40, "holds -> depends"),
    (faults.no_credential_is_403, "status_codes", 41, "holds -> depends"),
    (faults.anyone_is_a_manager, "status_codes", 41, "holds -> depends"),
    (faults.scopes_are_not_checked, "delegation", 42, "holds -> depends"),
    (faults.a_part_is_the_whole, "delegation", 42, "holds -> depends"),
    (faults.revoking_ends_nothing, "delegation", 42, "holds -> depends"),
    (faults.a_part_lasts_as_long_as_can_be, "delegation", 42, "holds -> depends"),
    (faults.scopes_are_not_checked, "delegation", 43, "depends -> holds"),
    (faults.all_orders_are_everybodys, "delegation", 44, "depends -> fails"),
    # What depends on much still depends, but one of its cases is another now.
    (faults.the_session_is_in_the_cookie, "signing_in", 6, "depends -> depends"),
    (faults.a_token_login_leaves_no_row, "signing_in", 6, "depends -> depends"),
    (faults.tokens_carry_a_picture, "lookups", 10, "depends -> depends"),
    (faults.the_checked_scheme_does_not_look, "lookups", 8, "depends -> depends"),
    (faults.alg_none_is_trusted, "tampering", 17, "depends -> depends"),
    (faults.alg_hs256_is_trusted, "tampering", 17, "depends -> depends"),
    (faults.secrets_are_published, "tampering", 17, "depends -> depends"),
    (faults.eddsa_is_not_known, "algorithms", 20, "depends -> depends"),
    (faults.expired_tokens_are_accepted, "expiry", 25, "depends -> depends"),
    (faults.a_token_logout_ends_nothing, "logout", 29, "depends -> depends"),
    (faults.ending_a_sign_in_elsewhere_ends_nothing, "revocation", 31, "depends -> depends"),
    (faults.the_checked_scheme_does_not_look, "revocation", 31, "depends -> depends"),
    (faults.what_was_given_away_outlives_its_giver, "revocation", 31, "depends -> depends"),
    (faults.a_reused_refresh_token_ends_nothing, "refresh", 34, "depends -> depends"),
    (faults.a_refresh_token_works_again_and_again, "refresh", 34, "depends -> depends"),
    (faults.access_tokens_live_for_days, "refresh", 34, "depends -> depends"),
    (faults.two_tabs_are_taken_for_a_thief, "refresh", 34, "depends -> depends"),
    (faults.the_role_comes_from_the_database, "stale_truth", 35, "depends -> depends"),
    (faults.a_new_password_ends_no_session, "stale_truth", 35, "depends -> depends"),
    (faults.the_jwt_scheme_loads_the_user, "stale_truth", 36, "depends -> depends"),
    (faults.the_session_is_in_the_cookie, "housekeeping", 37, "depends -> depends"),
    (faults.a_token_login_leaves_no_row, "housekeeping", 37, "depends -> depends"),
    (faults.the_audience_is_not_checked, "one_token_many_services", 45, "depends -> depends"),
    (faults.a_session_belongs_to_one_browser, "one_token_many_services", 46, "depends -> depends"),
    (faults.simplejwt_notices_a_new_password, "stale_truth", 35, "depends -> depends"),
    (faults.simplejwt_blacklists_nothing, "logout", 29, "depends -> depends"),
    (faults.writes_are_not_guarded, "one_token_many_services", 47, "depends -> depends"),
    (faults.a_reused_refresh_token_ends_nothing, "one_token_many_services", 47, "depends -> depends"),
]


BROKEN = {}  # {(fault, experiment): the cases of a run of a shop that is broken so}


@pytest.mark.parametrize(
    ("fault", "experiment", "statement", "change"),
    [pytest.param(*row, id=f"{row[0].__name__}-{row[1]}-{row[2]}") for row in FAULTS],
)
def test_the_experiment_notices(fault, experiment, statement, change, run_of, shop_url, monkeypatch):
    whole = cases_of(run_of(experiment))[statement]
    if (fault, experiment) not in BROKEN:
        fault(monkeypatch)
        BROKEN[fault, experiment] = cases_of(run_experiment(experiment, shop_url))
    broken = BROKEN[fault, experiment][statement]
    assert whole.keys() == broken.keys()
    assert whole != broken
    assert f"{follows_from(whole)} -> {follows_from(broken)}" == change
    assert follows_from(whole) == STATEMENTS[statement].expected


def cases_of(result):
    """Return, for each statement and condition of a run, whether it was as said."""
    return {
        found["number"]: {case["condition"]: case["as_said"] for case in found["cases"]} for found in result["findings"]
    }


def follows_from(cases):
    return finding([Case(condition, as_said, "") for condition, as_said in cases.items()])


def test_every_fault_is_planted():
    planted = {fault.__name__ for fault, *_ in FAULTS}
    assert len(planted) >= 24
    known = {name for name, value in vars(faults).items() if getattr(value, "__module__", "") == faults.__name__}
    assert known - planted == {"trust_alg", "end_nothing"}  # which others are made of
