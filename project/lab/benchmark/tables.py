"""Results in rows, the same for the terminal and the report."""

from project.lab.benchmark.statistics import NO_DIFFERENCE
from project.lab.benchmark.variants import BASELINE, LOGIN, VARIANTS

DASH, NOT_SIGNIFICANT = "–", "≈"
WIRE = ("variant", "p50 / p95 / p99 ms", "bytes out / in")


def duration(seconds):
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def microseconds(cpu):
    return f"{cpu['median']:.0f} ({cpu['low']:.0f} to {cpu['high']:.0f}) µs"


def times(found):
    """Return a ratio with its interval, and a mark where it is not significant."""
    if not found:
        return DASH
    mark = f" {NOT_SIGNIFICANT}" if found.get("verdict") == NO_DIFFERENCE else ""
    return f"{found['median']:.2f} ({found['low']:.2f}–{found['high']:.2f}){mark}"


def control_name(results):
    """Return the name of the control's second server."""
    return f"{results['control_variant']} again"


def cells(results, kind):
    """Return {variant: its cell} for a kind of request, without those that have a wait added."""
    return {cell["variant"]: cell for cell in results["cells"] if cell["kind"] == kind and not cell["wait"]}


def ratios(results, kind):
    """Return {(variant, over): ratio} of what may be compared: at a login the cost of the password hash dominates."""
    return {
        (found["variant"], found["over"]): found
        for found in results["ratios"]
        if found["kind"] == kind and (kind != LOGIN or is_stock(found["variant"]) == is_stock(found["over"]))
    }


def is_stock(name):
    return VARIANTS[name].stock


def stock_of(name):
    """Return the stock variant of the same side."""
    return "stock-session" if VARIANTS[name].side == "session" else "stock-jwt"


def headings(results):
    """Return what stands above the columns of `rows`."""
    first = results["plan"]["variants"][0]
    return ["variant", "CPU µs", f"over {BASELINE}", "over stock", f"over {first}", "req/s", "SQL"]


def rows(results, kind):
    """Return the rows of the table of one kind of request; a dash where a variant does not answer it."""
    measured, compared = cells(results, kind), ratios(results, kind)
    first, control = results["plan"]["variants"][0], control_name(results)
    found = []
    for name in [*results["plan"]["variants"], control]:
        if name not in measured:
            found.append([name, *[DASH] * (len(headings(results)) - 1)])
            continue
        cell = measured[name]
        if name == control:
            ratio_cells = [DASH, DASH, f"{times(results['control'][kind])} A/A"]
        else:
            ratio_cells = [times(compared.get((name, over))) for over in (BASELINE, stock_of(name), first)]
        cost, speed = f"{cell['cpu']['median']:.0f}", f"{cell['throughput']['median']:.0f}"
        found.append([name, cost, *ratio_cells, speed, str(len(cell["statements"]))])
    return found


def wire_rows(results, kind):
    """Return the rows under `WIRE`: how long the clients waited, and what went over the wire."""
    measured, found = cells(results, kind), []
    for name in [*results["plan"]["variants"], control_name(results)]:
        cell = measured.get(name)
        waits = cell and " / ".join(f"{cell['latency'][p] / 1000:.1f}" for p in ("p50", "p95", "p99"))
        found.append([name, waits or DASH, f"{cell['sent']:.0f} / {cell['received']:.0f}" if cell else DASH])
    return found


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
    for name in results["storage"][str(results["sizes"][0])]:
        kept = [f"{results['storage'][str(size)][name]} B" for size in results["sizes"]]
        found.append((f"storage for a sign-in, {name}", [*kept, DASH]))
    return found
