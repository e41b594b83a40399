"""The page of one run: that it waits, that it failed, or what it found and why."""

import inspect
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render

from project.lab.experiments import predictions, queue
from project.lab.experiments.curl_script import script
from project.lab.experiments.registry import EXPERIMENTS, neighbours
from project.lab.experiments.run import explained

MY_RUNS = "runs"  # in the session: {experiment: id of its latest run}


def find(name):
    """Return an experiment, or answer 404."""
    if name not in EXPERIMENTS:
        raise Http404
    return EXPERIMENTS[name]


def one_run(request, name, run):
    """Show a run: that it waits, or what it found. Anyone may look at it who knows its address."""
    experiment, found = find(name), queue.look(run)
    if found is None or found["experiment"] != name:
        raise Http404
    context = {"experiment": experiment, **neighbours(name)}
    if "result" not in found and "problem" not in found:
        response = render(request, "lab/experiments/experiment_waiting.html", context | {"ahead": queue.ahead_of(run)})
        response["Refresh"] = "1"  # seconds
        return response
    if "problem" in found:
        context["problem"] = found["problem"]
        return render(request, "lab/experiments/experiment_broken.html", context, status=503)
    result = found["result"]
    if request.session.get(MY_RUNS, {}).get(name) == str(run):
        predictions.check(request.session, result["findings"])
    context |= {
        "result": result,
        "at": datetime.fromisoformat(result["at"]),
        "findings": held_against(predictions.of(request.session), explained(name, result["findings"])),
        "steps": result["steps"],
        "file": file_of(experiment.module),
        "code": [source_of(thing) for thing in experiment.module.DECIDED_BY],
        "curl": script(result["steps"], request.build_absolute_uri("/").rstrip("/")),
        "score": predictions.score(predictions.of(request.session).values()),
    }
    return render(request, "lab/experiments/experiment_run.html", context)


def held_against(mine, findings):
    """Return the findings, each with what the student said before."""
    return [finding | {"mine": mine.get(str(finding["number"]))} for finding in findings]


def source_of(thing):
    """Return the file, the lines and the text of a function or class of this project."""
    lines, first = inspect.getsourcelines(thing)
    return {"file": file_of(thing), "first": first, "last": first + len(lines) - 1, "text": "".join(lines)}


def file_of(thing):
    """Return the path, from the project's root, of the file in which a function, class or module is written."""
    return Path(inspect.getsourcefile(inspect.unwrap(thing))).relative_to(settings.BASE_DIR).as_posix()
