"""A figure: a sum of terms, each of them how often something happens times what it costs once."""

from dataclasses import dataclass, replace

from project.lab.capacity.numbers import rounded, three


@dataclass(frozen=True)
class Term:
    """How often something happens, and what it costs once."""

    what: str  # as in the Scenario
    count: float
    cost: float

    @property
    def value(self):
        return self.count * self.cost


@dataclass(frozen=True)
class Figure:
    """A sum of terms, in a unit."""

    unit: str
    terms: tuple

    @property
    def value(self):
        return sum(term.value for term in self.terms)

    def without(self, what):
        return replace(self, terms=tuple(term for term in self.terms if term.what != what))

    def cost_of(self, what):
        return next(term.cost for term in self.terms if term.what == what)


def total(scenario, unit, **costs):
    """Return the Figure of what happens in a scenario, for what each costs once."""
    shown = three if unit == "µs/s" else rounded  # times are measured; bytes and statements are counted
    terms = (Term(what, rounded(getattr(scenario, what)), shown(cost)) for what, cost in costs.items())
    return Figure(unit, tuple(terms))
