"""`python -m project.lab.benchmark.read_costs`, in short."""

from project.lab.benchmark import read_costs


def test_all_ways_read_the_same_rows(db):
    read = {way: function() for way, function in read_costs.ways().items()}
    carts = [cart for (what, _), cart in read.items() if what == "cart of 3 lines"]
    assert [len(getattr(cart, "items", cart)) for cart in carts] == [3, 3, 3]
    assert read["user", "ORM"] == read["user", ".raw()"]
    assert read["session", "ORM"] == read["session", "one column"]
    assert read["user of a live grant", "ORM"] == read["user of a live grant", ".raw()"]


def test_every_way_has_a_line_in_the_table(db):
    ways = read_costs.ways()
    table = read_costs.table(read_costs.measure(ways, calls=1, rounds=1)).splitlines()
    assert len(table) == 1 + len(ways)
    assert all(line.endswith("%") for line in table[1:])
