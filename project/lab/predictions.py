"""What a student predicted, kept in the student's own session: {statement: {"said", "why", "found"}}."""

from django import forms

from project.lab.experiments.finding import Finding

KEY = "predictions"
WHY = 100  # characters: with the store `signed_cookies` all of it travels in a cookie, which holds 4 KB
ALL_WHYS = 1500  # characters


class PredictionForm(forms.Form):
    """One prediction and a word why for each statement of an experiment."""

    def __init__(self, *args, statements, **kwargs):
        super().__init__(*args, **kwargs)
        for number in statements:
            self.fields[f"said-{number}"] = forms.ChoiceField(
                choices=[(finding, finding) for finding in Finding],
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
    """Keep predictions, but for those of statements that the student has seen a finding of."""
    kept = dict(of(session))
    for number, (said, why) in predictions.items():
        if "found" not in kept.get(number, {}):
            kept[number] = {"said": said, "why": why}
    for entry in kept.values():  # the oldest words go first
        if sum(len(one["why"]) for one in kept.values()) > ALL_WHYS:
            entry["why"] = ""
    session[KEY] = kept


def check(session, findings):
    """Note what was found of what the student predicted; what was found first counts."""
    kept = dict(of(session))
    for finding in findings:
        entry = kept.get(str(finding["number"]))
        if entry and "found" not in entry:
            entry["found"] = finding["finding"]
            session[KEY] = kept


def score(session):
    """Return how many predictions were right and how many wrong so far."""
    checked = [entry for entry in of(session).values() if "found" in entry]
    right = sum(entry["said"] == entry["found"] for entry in checked)
    return {"right": right, "wrong": len(checked) - right}
