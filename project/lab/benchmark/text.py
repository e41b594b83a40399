"""Results in sentences, the same for the terminal and the report."""

from project.lab.benchmark.statistics import ENOUGH, Estimate
from project.lab.benchmark.tables import duration, times
from project.lab.benchmark.variants import BASELINE


def conclusions(results):
    """Return what follows from a run, line by line."""
    lines = noise(results["control"], results["control_variant"], results["plan"]["rounds"])
    if effect := results.get("sensitivity"):
        lines += sensitivity(effect)
    kept = ", ".join(f"{name} {size}" for name, size in results["storage"].items())
    lines.append(f"Bytes that the server keeps for one sign-in: {kept or 'none of these keeps any'}.")
    busiest = max(cell["client"] for cell in results["cells"])
    lines.append(
        f"The clients used at most {busiest:.0%} of a core in a round; all programs together used "
        f"{results['cores_in_use']:.0%} of all cores. Took {duration(results['took'])}; seed {results['seed']}."
    )
    return lines


def noise(control, name, rounds):
    """Return what A/A showed, and what follows."""
    lines = []
    for kind, found in control.items():
        lines.append(f"A/A, {kind}: {name} over itself is {times(found)}. So much is noise.")
        side = Estimate(**found).side_of_one
        if rounds >= ENOUGH and side:
            lines.append(
                f"{kind}: that interval lies wholly {side} 1, so two equal servers differ. Repeat the run on a machine "
                "with less other work."
            )
    if rounds < ENOUGH:
        lines.append(f"{rounds} rounds are too few for a significant difference; it takes {ENOUGH}.")
    return lines


def sensitivity(effect):
    tried = ", ".join(f"+{one['effect']} % {'found' if one['found'] else 'missed'}" for one in effect["effects"])
    smallest = f"+{effect['smallest']} %" if effect["smallest"] else "none of them"
    return [
        f"Known effects added to {effect['variant']}, {effect['kind']}: {tried}.",
        f"The smallest effect that was detected here, with all larger ones: {smallest}.",
    ]


def growth_conclusions(results):
    """Return what follows from a growth run, line by line."""
    purge = results["purge"]
    both = f"{purge['expired']:,} expired sessions and as many grants"
    return [
        *noise(results["control"], BASELINE, results["rounds"]),
        f"manage.py purge removed {both} in {purge['seconds']:.1f} s.",
        f"Database: {results['database']}. Took {duration(results['took'])}; seed {results['seed']}.",
    ]
