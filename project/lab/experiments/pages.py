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
from project.lab.experiments import EXPERIMENTS, NAMES, PARTS, predictions, runs
from project.lab.experiments.curl_script import script
from project.lab.experiments.kit.syllabus import SYLLABUS

MY_RUNS = "runs"  # in the session: {experiment: id of its latest run}


def index(request):
    """List the experiments by part, with what this student has not seen yet."""
    mine = predictions.of(request.session)
    parts = []
    for letter, (title, names) in PARTS.items():
        rows = [row(EXPERIMENTS[name], mine, request.session.get(MY_RUNS, {})) for name in names]
        parts.append({"letter": letter, "title": title, "experiments": rows})
    return render(
        request, "lab/experiments/experiments.html", {"parts": parts, "score": predictions.score(mine.values())}
    )


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
            "says": says,
            "said": form[f"said-{number}"],
            "why": form[f"why-{number}"],
            "earlier": mine.get(str(number), {"why": ""}),
        }
        for number, says in experiment.statements.items()
    ]


def start(request, name):
    """Start a run, unless one that this student asked for is still under way: then that one is shown."""
    mine = request.session.get(MY_RUNS, {})
    run = mine.get(name)
    if run not in runs.waiting:
        try:
            run = runs.start(name, request.META.get("REMOTE_ADDR"))
        except runs.Busy:
            detail = "Many experiments are waiting already. Go back and try again in a moment."
            return refuse(request, 429, "One moment", detail, "busy", {"Retry-After": "10"})
        request.session[MY_RUNS] = mine | {name: run}
    return redirect("experiment-run", name, run)


def one_run(request, name, run):
    """Show a run: that it waits, or what it found. Anyone may look at it who knows its address."""
    experiment, found = find(name), runs.look(run)
    if found is None or found["experiment"] != name:
        raise Http404
    context = {"experiment": experiment, **neighbours(name)}
    if "result" not in found and "problem" not in found:
        response = render(request, "lab/experiments/experiment_waiting.html", context | {"ahead": runs.ahead_of(run)})
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
        "findings": explained(result["findings"], predictions.of(request.session)),
        "steps": result["steps"],
        "code": [source_of(thing) for thing in experiment.module.DECIDED_BY],
        "curl": script(result["steps"], request.build_absolute_uri("/").rstrip("/")),
        "score": predictions.score(predictions.of(request.session).values()),
    }
    return render(request, "lab/experiments/experiment_run.html", context)


def explained(findings, mine):
    """Return the findings with what the student said, why it is so, and who settles it."""
    return [
        finding | SYLLABUS["statements"][finding["number"]] | {"mine": mine.get(str(finding["number"]))}
        for finding in findings
    ]


def source_of(thing):
    """Return the file, the lines and the text of a function or class of this project."""
    lines, first = inspect.getsourcelines(thing)
    file = Path(inspect.getsourcefile(inspect.unwrap(thing))).relative_to(settings.BASE_DIR)
    return {"file": file.as_posix(), "first": first, "last": first + len(lines) - 1, "text": "".join(lines)}


def neighbours(name):
    """Return the experiments before and after this one, in lesson order."""
    place = NAMES.index(name)
    names = {"previous": NAMES[place - 1 : place], "next": NAMES[place + 1 : place + 2]}
    return {way: EXPERIMENTS[found[0]] if found else None for way, found in names.items()}


def teach(request):
    """Show the lesson plans."""
    return render(request, "lab/lessons/teach.html")


urls = [
    path("experiments/", index, name="experiments"),
    path("experiments/<slug:name>/", page, name="experiment"),
    path("experiments/<slug:name>/<uuid:run>/", one_run, name="experiment-run"),
    path("teach/", teach, name="teach"),
]
