"""The experiments' pages: predict, run, observe, explain. They work without JavaScript."""

import inspect
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from project.api.errors import refuse
from project.lab.experiments import predictions, queue
from project.lab.experiments.curl_script import script
from project.lab.experiments.registry import CHAPTERS, EXPERIMENTS
from project.lab.experiments.run import explained

MY_RUNS = "runs"  # in the session: {experiment: id of its latest run}


def index(request):
    """List the experiments by chapter, with what this student has not seen yet."""
    mine, my_runs = predictions.of(request.session), request.session.get(MY_RUNS, {})
    chapters = [
        {"chapter": chapter, "rows": [row(EXPERIMENTS[name], mine, my_runs) for name in chapter.names]}
        for chapter in CHAPTERS
    ]
    context = {"chapters": chapters, "score": predictions.score(mine.values())}
    return render(request, "lab/experiments/experiments.html", context)


def row(experiment, mine, my_runs):
    """Return an experiment with how far the student has come with it."""
    entries = [mine.get(str(number), {}) for number in experiment.statements]
    return {"experiment": experiment, "seen": experiment.name in my_runs, "score": predictions.score(entries)}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, name):
    """Ask for predictions; a POST keeps them and starts a run. `skip` starts it without."""
    experiment = find(name)
    form = predictions.PredictionForm(
        request.POST if request.method == "POST" else None, statements=experiment.statements
    )
    if request.method == "POST" and ("skip" in request.POST or form.is_valid()):
        if "skip" not in request.POST:
            predictions.keep(request.session, form.predictions())
        return start(request, name)
    asked = statements(experiment, form, predictions.of(request.session))
    context = {
        "experiment": experiment,
        "statements": asked,
        "unseen": any("found" not in statement["earlier"] for statement in asked),
        "my_run": request.session.get(MY_RUNS, {}).get(name),
        "score": predictions.score(predictions.of(request.session).values()),
        **neighbours(name),
    }
    return render(request, "lab/experiments/experiment.html", context, status=400 if form.errors else 200)


def find(name):
    if name not in EXPERIMENTS:
        raise Http404
    return EXPERIMENTS[name]


def statements(experiment, form, mine):
    """Return each statement with its two fields, and what the student said of it before."""
    return [
        {
            "number": number,
            "says": statement.says,
            "said": form[f"said-{number}"],
            "why": form[f"why-{number}"],
            "earlier": mine.get(str(number), {"why": ""}),
        }
        for number, statement in experiment.statements.items()
    ]


def start(request, name):
    """Start a run, unless one that this student asked for is still under way: then that one is shown."""
    mine = request.session.get(MY_RUNS, {})
    run = mine.get(name)
    if run not in queue.waiting:
        try:
            run = queue.start(name, request.META.get("REMOTE_ADDR"))
        except queue.Busy:
            detail = "Many experiments are waiting already. Go back and try again in a moment."
            return refuse(request, 429, "One moment", detail, "busy", {"Retry-After": "10"})
        request.session[MY_RUNS] = mine | {name: run}
    return redirect("experiment-run", name, run)


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


def neighbours(name):
    """Return the experiments before and after this one, in lesson order."""
    names = list(EXPERIMENTS)
    place = names.index(name)
    beside = {"previous": names[place - 1 : place], "next": names[place + 1 : place + 2]}
    return {way: EXPERIMENTS[found[0]] if found else None for way, found in beside.items()}


urls = [
    path("experiments/", index, name="experiments"),
    path("experiments/<slug:name>/", page, name="experiment"),
    path("experiments/<slug:name>/<uuid:run>/", one_run, name="experiment-run"),
]
