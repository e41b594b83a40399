"""Capacity: a page that computes what many people cost under each scheme. It works without JavaScript."""

from dataclasses import asdict

from django import forms
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from project.lab.capacity import measured, scenario, tables, text
from project.lab.capacity.chart import chart
from project.lab.capacity.model import STORES
from project.lab.capacity.numbers import DAY

CHECKED = {"unchecked": False, "checked": True}


def whole(label, unit, least, most, scale="log"):
    """Return a field for a whole number. A slider goes through it in even steps, or (log) in even ratios."""
    looks = {"data-scale": scale, "data-unit": unit, "inputmode": "numeric"}
    widget = forms.NumberInput(attrs=looks)
    field = forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget)
    field.unit = unit
    return field


class CapacityForm(forms.Form):
    """The scenario, as it stands in the address."""

    people = whole("People signed in", "people", 1_000, 10_000_000)
    sign_ins = whole("Sign-ins per person", "devices", 1, 10, "even")
    requests = whole("Requests per second", "of all people together", 1, 100_000)
    per_visit = whole("Requests per visit", "of one client", 1, 100)
    access = whole("Access token lifetime", "seconds", 60, DAY)
    lasts = whole("Sign-in lifetime", "days", 1, 90)
    purged_after = whole("Expired sign-ins are purged after", "days", 0, 30, "even")
    token = whole("Access token size", "bytes", 100, 4_000)
    store = forms.ChoiceField(label="Session store", choices=[(name, name) for name in STORES])
    tokens = forms.ChoiceField(label="Tokens are", choices=[(kind, kind) for kind in CHECKED])

    def scenario(self):
        values = {name: value for name, value in self.cleaned_data.items() if name != "tokens"}
        return scenario.Scenario(**values, checked=CHECKED[self.cleaned_data["tokens"]])


@require_safe
def page(request):
    """Compute the scenario in the address; what the address leaves out is as at the start."""
    found = measured.read()
    start = asdict(scenario.start(found)) | {"tokens": "unchecked"}
    form = CapacityForm(start | request.GET.dict(), auto_id="%s")
    context = {"form": form, "measured": found}
    if not form.is_valid():
        return render(request, "lab/capacity/capacity.html", context, status=400)
    asked, lifetime = form.scenario(), form.fields["access"]
    context |= {
        "scenario": asked,
        "rows": tables.rows(asked, found),
        "rates": tables.rates(asked),
        "crossings": text.crossings(asked, found),
        "answer": text.answer(asked, found),
        "chart": chart(asked, found, lifetime.min_value, lifetime.max_value),
    }
    return render(request, "lab/capacity/capacity.html", context)


urls = [path("capacity/", page, name="capacity")]
