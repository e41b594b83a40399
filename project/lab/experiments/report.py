"""The report of a run: what was found, when and by which versions, as data and as one HTML file that needs no other."""

import platform
from importlib.metadata import version

from django.conf import settings
from django.utils import timezone

from project.lab.experiments.registry import EXPERIMENTS
from project.lab.experiments.run import explained
from project.lab.report import render

PACKAGES = {
    "Django": "Django",
    "Django REST framework": "djangorestframework",
    "PyJWT": "PyJWT",
    "joserfc": "joserfc",
    "granian": "granian",
}


def document(server, results, broken):
    """Return the report as plain data.

    Args:
        server: the address of the shop.
        results: what `run_experiment` returned, one after the other.
        broken: {experiment: why it failed}.
    """
    return {
        "date": timezone.now().isoformat(timespec="seconds"),
        "versions": versions(),
        "server": server,
        "as_expected": not broken and not unexpected(results),
        "results": results,
        "broken": broken,
    }


def versions():
    """Return what this program consists of, by name."""
    ours = {"This project": settings.SPECTACULAR_SETTINGS["VERSION"], "Python": platform.python_version()}
    return ours | {name: version(package) for name, package in PACKAGES.items()}


def unexpected(results):
    """Return [(experiment, finding)] of what is not as expected."""
    return [
        (result["experiment"], finding)
        for result in results
        for finding in result["findings"]
        if not finding["as_expected"]
    ]


def html(found):
    """Return a document as an HTML page: styles inside, nothing to fetch, no script."""
    experiments = [
        {
            "about": EXPERIMENTS[result["experiment"]],
            "result": result,
            "findings": explained(result["experiment"], result["findings"]),
        }
        for result in found["results"]
    ]
    return render("lab/experiments/report.html", {"report": found, "experiments": experiments})
