"""The pages of the experiments: the list, and for each its predictions. `run_page` has the page of a run."""

from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from project.api.errors import refuse
from project.lab.experiments import predictions, queue
from project.lab.experiments.registry import CHAPTERS, EXPERIMENTS, neighbours
from project.lab.experiments.run_page import MY_RUNS, find, one_run


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


urls = [
    path("experiments/", index, name="experiments"),
    path("experiments/<slug:name>/", page, name="experiment"),
    path("experiments/<slug:name>/<uuid:run>/", one_run, name="experiment-run"),
]
