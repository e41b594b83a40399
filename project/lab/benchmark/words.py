"""Results in words and rows, the same for the terminal and the report."""

DASH = "–"


def duration(seconds):
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def cells(results, kind):
    """Return {variant: its cell} for a kind of request, without those that have a wait added."""
    return {cell["variant"]: cell for cell in results["cells"] if cell["kind"] == kind and not cell["wait"]}


def ratios(results, kind):
    return {(found["variant"], found["over"]): found for found in results["ratios"] if found["kind"] == kind}


def stock_of(name):
    """Return the stock way that does what a variant does."""
    return "stock-session" if "session" in name else "stock-jwt"


def times(found):
    """Return a ratio with its interval, where it has one."""
    if not found:
        return DASH
    interval = f" ({found['low']:.2f}–{found['high']:.2f})" if "low" in found else ""
    return f"{found['median']:.2f}{interval}"


def headings(results):
    """Return what stands above the columns of `rows`."""
    first = results["plan"]["variants"][0]
    cost = ("variant", "CPU µs", "over no-auth", "over stock", f"over {first}")
    return [*cost, "req/s", "p50 / p95 / p99 ms", "bytes out / in", "SQL"]


def rows(results, kind):
    """Return the rows of the table of one kind of request; a dash where a variant does not answer it."""
    measured, compared = cells(results, kind), ratios(results, kind)
    first = results["plan"]["variants"][0]
    again = f"{results['control_variant']} again"
    found = []
    for name in [*results["plan"]["variants"], again]:
        if name not in measured:
            found.append([name, *[DASH] * (len(headings(results)) - 1)])
            continue
        cell = measured[name]
        against = results["control"][kind] if name == again else compared.get((name, first))
        said = "A/A" if name == again else against["verdict"] if against else ""
        found.append(
            [
                name,
                f"{cell['cpu']['median']:.0f}",
                times(compared.get((name, "no-auth"))),
                times(compared.get((name, stock_of(name)))),
                f"{times(against)} {said}" if against else DASH,
                f"{cell['throughput']['median']:.0f}",
                " / ".join(f"{cell['latency'][p] / 1000:.1f}" for p in ("p50", "p95", "p99")),
                f"{cell['sent']:.0f} / {cell['received']:.0f}",
                str(len(cell["statements"])),
            ]
        )
    return found


def conclusions(results):
    """Return what may be said of a run, line by line."""
    lines = [
        f"A/A, {kind}: {results['control_variant']} over itself is {times(control)}; so much is noise."
        for kind, control in results["control"].items()
    ]
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
        cpu = [f"{row['cpu'][str(size)]['median']:.0f} µs" for size in results["sizes"]]
        found.append((f"CPU, {row['what']}", [*cpu, f"{times(row['growth'])} {row['growth'].get('verdict', '')}"]))
    for row in results["costs"]:
        waits = [f"{row['p50'][str(size)] / 1000:.2f} ms" for size in results["sizes"] if row["p50"]]
        if waits:
            found.append((f"p50, {row['what']}", [*waits, DASH]))
    for what in ("session", "jwt"):
        bytes_kept = [f"{results['storage'][str(size)][what]} B" for size in results["sizes"]]
        found.append((f"storage a sign-in, {what}", [*bytes_kept, DASH]))
    return found


def growth_conclusions(results):
    purge, control = results["purge"], results["control"]
    both = f"{purge['expired']:,} expired sessions and as many grants"
    return [
        *[f"A/A, {kind}: no-auth over itself is {times(found)}; so much is noise." for kind, found in control.items()],
        f"manage.py purge removed {both} in {purge['seconds']:.1f} s.",
        f"Database: {results['database']}. Took {duration(results['took'])}; seed {results['seed']}.",
    ]
