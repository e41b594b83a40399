"""Numbers as the page shows them: rounded to three digits, with a unit that fits.

The sums are made of the rounded numbers, the ones that the page shows, so that they come out when a reader does them
by hand.
"""

DAY = 86_400  # seconds
UNITS = {  # unit of a figure -> (factor, what one reads), smallest first
    "B": ((1, "B"), (1e3, "KB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB")),
    "operations/s": ((1, "operations per second"),),
    "B/s": ((1 / 8, "bit/s"), (1e3 / 8, "kbit/s"), (1e6 / 8, "Mbit/s"), (1e9 / 8, "Gbit/s")),
    "µs/s": ((1e6, "cores"),),
}


def three(value):
    """Return a number rounded to three digits."""
    return float(f"{value:.3g}")


def rounded(value):
    """Return a whole number as it is, and any other rounded to three digits."""
    return value if value == int(value) else three(value)


def number(value):
    """Return a whole number with all its digits, and any other with the three that count."""
    value = rounded(value)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10f}".rstrip("0")


def about(value):
    """Return a number rounded to three digits."""
    return number(three(value))


def rough(value, digits=None):
    """Return a number as exactly as a measurement allows: with two digits, below ten with one."""
    return number(float(f"{value:.{digits or (1 if value < 10 else 2)}g}"))


def equals(value, shown):
    """Return the sign to stand between a value and what is shown of it."""
    return "=" if value == shown else "≈"


def amount(value, unit):
    """Return a figure as one reads it, such as 180 MB."""
    factor, name = [one for one in UNITS[unit] if value >= one[0] or one is UNITS[unit][0]][-1]
    return f"{about(value / factor)} {name}"


def duration(seconds, digits=3):
    """Return a time in the unit that fits, to so many digits."""
    for length, name in ((DAY, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds")):
        if seconds >= 2 * length or name == "seconds":
            return f"{number(float(f'{seconds / length:.{digits}g}'))} {name}"
