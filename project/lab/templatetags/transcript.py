"""How a transcript is written."""

import json

from django import template

from project.lab.experiments.kit.statement import Finding

register = template.Library()


@register.filter
def as_json(value):
    """Return a value as JSON with two blanks a level."""
    return json.dumps(value, indent=2, ensure_ascii=False)


@register.filter
def in_words(finding):
    """Return how a page says a finding: true, it depends, false."""
    return Finding(finding).words


@register.filter
def to_show(events):
    """Return the events of a step that are worth showing."""
    return [event for event in events if not event.get("aside")]


@register.filter
def looked_up(trace, phase):
    """Return what was looked up in a phase of a trace; "" for nothing."""
    return ", ".join(row["name"] for row in trace.get("lookups", []) if row["phase"] == phase)
