"""What a student predicted, kept in the student's own session: {statement: {"said", "why", "found"}}."""

from django import forms

from project.lab.experiments.kit.statement import Finding

KEY = "predictions"
WHY = 100  # characters: with the store `signed_cookies` all of it travels in a cookie, which holds 4 KB
ALL_WHYS = 1500  # bytes


class PredictionForm(forms.Form):
    """One prediction, with an optional reason, for each statement of an experiment."""

    def __init__(self, *args, statements, **kwargs):
        super().__init__(*args, **kwargs)
        for number in statements:
            self.fields[f"said-{number}"] = forms.ChoiceField(
                choices=[(finding, finding.words) for finding in Finding],
                error_messages={"required": "Say what you expect; a guess will do."},
            )
            self.fields[f"why-{number}"] = forms.CharField(max_length=WHY, required=False)

    def predictions(self):
        """Return {statement: (said, why)}."""
        numbers = [name.removeprefix("said-") for name in self.fields if name.startswith("said-")]
        return {number: (self.cleaned_data[f"said-{number}"], self.cleaned_data[f"why-{number}"]) for number in numbers}


def of(session):
    return session.get(KEY, {})


def keep(session, predictions):
    """Keep predictions, except those of statements whose finding the student has seen."""
    kept = dict(of(session))
    for number, (said, why) in predictions.items():
        if "found" not in kept.get(number, {}):
            kept[number] = {"said": said, "why": why}
    for entry in kept.values():  # the oldest reasons go first
        if sum(len(one["why"].encode()) for one in kept.values()) > ALL_WHYS:
            entry["why"] = ""
    session[KEY] = kept


def check(session, findings):
    """Note what was found. The first finding counts; a student who has seen it cannot predict any more."""
    kept = dict(of(session))
    for finding in findings:
        entry = kept.setdefault(str(finding["number"]), {"said": "", "why": ""})
        if "found" not in entry:
            entry["found"] = finding["finding"]
            session[KEY] = kept


def score(entries):
    """Return how many predictions were right and how many wrong."""
    checked = [entry for entry in entries if "found" in entry and entry["said"]]
    right = sum(entry["said"] == entry["found"] for entry in checked)
    return {"right": right, "wrong": len(checked) - right}
