"""Capacity on paper: a page that computes what many people cost under each scheme. It works without JavaScript."""

import math
from dataclasses import replace

from django import forms
from django.conf import settings
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from project.lab.benchmark import measured
from project.lab.capacity import texts as words
from project.lab.capacity.model import DAY, STORES, Scenario, figures, overtakes, token_size
from project.lab.capacity.significance import told_apart

START = {  # what the page begins with; the lifetimes are the shop's own
    "people": 100_000,
    "sign_ins": 2,
    "requests": 1_000,
    "stretch": 10,
    "access": int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
    "lasts": settings.GRANT_LIFETIME.days,
    "stays": 1,
    "store": "db",
    "tokens": "unchecked",
}
# Where the chart draws the lifetime of a token, from its least to its most.
POINTS = 49
WIDTH, HEIGHT = 480, 200


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
    sign_ins = whole("Sign-ins of each", "devices", 1, 10, "even")
    requests = whole("Requests", "a second, of all together", 1, 100_000)
    stretch = whole("Requests at a stretch", "of one client", 1, 100)
    access = whole("An access token lives", "seconds", 60, DAY)
    lasts = whole("A sign-in lasts", "days", 1, 90)
    stays = whole("An ended one is kept", "days, until purged", 0, 30, "even")
    token = whole("Access token", "bytes", 100, 4_000)
    store = forms.ChoiceField(label="Session store", choices=[(name, name) for name in STORES])
    tokens = forms.ChoiceField(label="Tokens are", choices=[(kind, kind) for kind in ("unchecked", "checked")])

    def scenario(self):
        values = {name: value for name, value in self.cleaned_data.items() if name != "tokens"}
        return Scenario(**values, checked=self.cleaned_data["tokens"] == "checked")


def start(found):
    """Return the values that the page begins with."""
    return START | {"token": token_size(found)}


def scenario(found):
    """Return the scenario that the page begins with."""
    form = CapacityForm(start(found))
    form.full_clean()
    return form.scenario()


@require_safe
def page(request):
    """Compute what the address asks for; what it does not say is as it was at the start."""
    found = measured.read()
    form = CapacityForm(start(found) | request.GET.dict(), auto_id="%s")
    context = {"form": form, "measured": found}
    if not form.is_valid():
        return render(request, "lab/capacity/capacity.html", context, status=400)
    asked = form.scenario()
    context |= {
        "scenario": asked,
        "rows": words.rows(asked, found),
        "rates": words.rates(asked),
        "crossings": words.crossings(asked, found),
        "answer": words.answer(asked, found),
        "chart": chart(asked, found),
    }
    return render(request, "lab/capacity/capacity.html", context)


def chart(asked, found):
    """Return lines of the CPU that it takes to know who asks, against the lifetime of an access token."""
    field = CapacityForm.base_fields["access"]
    least, most = field.min_value, field.max_value

    def across(lifetime):
        return round(WIDTH * math.log(lifetime / least) / math.log(most / least), 1)

    lifetimes = [least * (most / least) ** (step / (POINTS - 1)) for step in range(POINTS)]
    sides = [figures(replace(asked, access=lifetime), found) for lifetime in lifetimes]
    lines = {scheme: [side[scheme]["knowing"].value for side in sides] for scheme in ("session", "jwt")}
    top = 1.05 * max(max(values) for values in lines.values()) or 1
    now = figures(asked, found)
    needed = overtakes(now["session"]["knowing"], now["jwt"]["knowing"], asked.requests)
    crossing = asked.lifetime(needed) if needed and told_apart(asked, found) else 0
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "lines": {
            scheme: " ".join(
                f"{across(lifetime)},{round(HEIGHT * (1 - value / top), 1)}"
                for lifetime, value in zip(lifetimes, values, strict=True)
            )
            for scheme, values in lines.items()
        },
        "top": words.amount(top, "µs/s"),
        "now": across(asked.access),
        "crossing": across(crossing) if least <= crossing <= most else None,
        "ticks": [words.duration(least * (most / least) ** (step / 4), digits=2) for step in range(5)],
    }


urls = [path("capacity/", page, name="capacity")]
