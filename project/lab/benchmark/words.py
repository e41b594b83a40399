"""Results in words and rows, the same for the terminal and the report."""

from project.lab.benchmark.statistics import ENOUGH, Estimate

DASH, UNDECIDED = "–", "≈"
WIRE = ("variant", "p50 / p95 / p99 ms", "bytes out / in")


def duration(seconds):
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def cells(results, kind):
    """Return {variant: its cell} for a kind of request, without those that have a wait added."""
    return {cell["variant"]: cell for cell in results["cells"] if cell["kind"] == kind and not cell["wait"]}


def ratios(results, kind):
    """Return {(variant, over): ratio} of what may be compared: at a login the price of the password hash stands out."""
    return {
        (found["variant"], found["over"]): found
        for found in results["ratios"]
        if found["kind"] == kind and (kind != "login" or is_stock(found["variant"]) == is_stock(found["over"]))
    }


def is_stock(name):
    return name.startswith("stock")


def stock_of(name):
    """Return the stock way that does what a variant does."""
    return "stock-session" if "session" in name else "stock-jwt"


def times(found):
    """Return a ratio with its interval, and a mark where it cannot be told from noise."""
    if not found:
        return DASH
    mark = f" {UNDECIDED}" if found.get("verdict") == "undecided" else ""
    return f"{found['median']:.2f} ({found['low']:.2f}–{found['high']:.2f}){mark}"


def listed(names):
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def headings(results):
    """Return what stands above the columns of `rows`."""
    first = results["plan"]["variants"][0]
    cost = ("variant", "CPU µs", "over no-auth", "over stock", f"over {first}")
    return [*cost, "req/s", "SQL"]


def rows(results, kind):
    """Return the rows of the table of one kind of request; a dash where a variant does not answer it."""
    measured, compared = cells(results, kind), ratios(results, kind)
    first = results["plan"]["variants"][0]
    again = again_of(results)
    found = []
    for name in [*results["plan"]["variants"], again]:
        if name not in measured:
            found.append([name, *[DASH] * (len(headings(results)) - 1)])
            continue
        cell = measured[name]
        against = f"{times(results['control'][kind])} A/A" if name == again else times(compared.get((name, first)))
        found.append(
            [
                name,
                f"{cell['cpu']['median']:.0f}",
                times(compared.get((name, "no-auth"))),
                times(compared.get((name, stock_of(name)))),
                against,
                f"{cell['throughput']['median']:.0f}",
                str(len(cell["statements"])),
            ]
        )
    return found


def wire_rows(results, kind):
    """Return the rows under `WIRE`: how long the clients waited, and what went over the wire."""
    measured, found = cells(results, kind), []
    for name in [*results["plan"]["variants"], again_of(results)]:
        cell = measured.get(name)
        waits = cell and " / ".join(f"{cell['latency'][p] / 1000:.1f}" for p in ("p50", "p95", "p99"))
        found.append([name, waits or DASH, f"{cell['sent']:.0f} / {cell['received']:.0f}" if cell else DASH])
    return found


def again_of(results):
    return f"{results['control_variant']} again"


def conclusions(results):
    """Return what may be said of a run, line by line."""
    lines = noise(results["control"], results["control_variant"], results["plan"]["rounds"])
    if effect := results.get("sensitivity"):
        lines += sensitivity(effect)
    kept = ", ".join(f"{name} {size}" for name, size in results["storage"].items())
    lines.append(f"Bytes that the server keeps for one sign-in: {kept or 'none of these keeps any'}.")
    busiest = max(cell["client"] for cell in results["cells"])
    took = f"Took {duration(results['took'])}; seed {results['seed']}."
    lines.append(
        f"Making the load took at most {busiest:.0%} of a core in a round; all cores together were "
        f"{results['cores_in_use']:.0%} busy. {took}"
    )
    return lines


def noise(control, name, rounds):
    """Return what A/A showed, and what follows."""
    lines = []
    for kind, found in control.items():
        lines.append(f"A/A, {kind}: {name} over itself is {times(found)}; so much is noise.")
        side = Estimate(**found).side_of_one
        if rounds >= ENOUGH and side:
            lines.append(
                f"{kind}: that interval lies wholly {side} 1, so the two servers differ by themselves. Repeat the run, "
                "on a machine that does less besides."
            )
    if rounds < ENOUGH:
        lines.append(f"{rounds} rounds are too few to name any difference; it takes {ENOUGH}.")
    return lines


def sensitivity(effect):
    tried = ", ".join(f"+{one['effect']} % {'found' if one['found'] else 'missed'}" for one in effect["effects"])
    smallest = f"+{effect['smallest']} %" if effect["smallest"] else "none of them"
    return [
        f"Known effects added to {effect['variant']}, {effect['kind']}: {tried}.",
        f"The smallest effect that was detected here, with all larger ones: {smallest}.",
    ]


def growth_rows(results):
    """Return (what, its figure at each size and the ratio of the last to the first)."""
    found = []
    for row in results["costs"]:
        cpu = [microseconds(row["cpu"][str(size)]) for size in results["sizes"]]
        grown = f"{times(row['growth'])} {row['growth']['verdict']}" if row["growth"] else DASH
        found.append((f"CPU, {row['what']}", [*cpu, grown]))
    for row in results["costs"]:
        waits = [f"{row['p50'][str(size)] / 1000:.2f} ms" for size in results["sizes"] if row["p50"]]
        if waits:
            found.append((f"p50, {row['what']}", [*waits, DASH]))
    for what in ("session", "jwt"):
        bytes_kept = [f"{results['storage'][str(size)][what]} B" for size in results["sizes"]]
        found.append((f"storage a sign-in, {what}", [*bytes_kept, DASH]))
    return found


def microseconds(cpu):
    return f"{cpu['median']:.0f} ({cpu['low']:.0f} to {cpu['high']:.0f}) µs"


def growth_conclusions(results):
    purge, control = results["purge"], results["control"]
    both = f"{purge['expired']:,} expired sessions and as many grants"
    return [
        *noise(control, "no-auth", results["rounds"]),
        f"manage.py purge removed {both} in {purge['seconds']:.1f} s.",
        f"Database: {results['database']}. Took {duration(results['took'])}; seed {results['seed']}.",
    ]
