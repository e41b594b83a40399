"""What the benchmark says of results: made-up ones, so that it is known what it ought to say."""

from project.lab.benchmark import method, tables, text
from tests.lab.benchmark.measurement import CPU, compare

NAMES = ("session", "jwt", "stock-session", "stock-jwt")


def measured(kinds=("read cart",), rounds=5, noise=0.01):
    stock = {"stock-session": 800, "stock-jwt": 1_200}
    found = compare(NAMES, kinds, 1, rounds, cpu=CPU | stock, noise=noise)
    return found | {"took": 1, "cores_in_use": 0.5}


def row(results, kind, name):
    return dict(zip(tables.headings(results), next(r for r in tables.rows(results, kind) if r[0] == name), strict=True))


def test_ratios_inside_the_noise_are_marked():
    results = measured()
    assert row(results, "read cart", "jwt")["over stock"] == "0.50 (0.50–0.50)"
    assert row(results, "read cart", "session")["over stock"] == "1.00 (1.00–1.00) ≈"
    assert row(results, "read cart", "stock-session")["over session"] == "1.00 (1.00–1.00) ≈"


def test_different_hashes_are_not_compared():
    results = measured(kinds=("login",))
    assert row(results, "login", "jwt")["over stock"] == "–"
    assert row(results, "login", "stock-jwt")["over session"] == "–"
    assert any("Argon2id and 19 MiB" in line for line in method.columns(results))


def test_noisy_control_is_reported():
    assert any("Repeat the run" in line for line in text.conclusions(measured(noise=0.05)))
    assert not any("Repeat the run" in line for line in text.conclusions(measured(noise=0)))


def test_too_few_rounds_are_reported():
    said = [*method.columns(measured(rounds=4)), *text.conclusions(measured(rounds=4))]
    assert "4 rounds are too few for a significant difference; it takes 5." in said
    assert not any("95 %" in line for line in said)
    assert any("95 %" in line for line in method.columns(measured(rounds=5)))
