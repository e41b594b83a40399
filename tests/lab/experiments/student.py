"""A student in front of the experiments' pages, in a browser without JavaScript."""

import re

from project.lab.experiments import predictions
from project.lab.experiments.registry import EXPERIMENTS
from tests.browser_without_javascript import Browser, text


def address(name):
    return f"/lab/experiments/{name}/"


class Student(Browser):
    place = None  # the address that the student's latest form led to

    def predict(self, name, said, why=""):
        """Say one thing of all statements, or {statement: what}; give a reason; run; return the page that comes."""
        numbers = EXPERIMENTS[name].statements
        said = said if isinstance(said, dict) else dict.fromkeys(numbers, said)
        fields = {f"said-{number}": finding for number, finding in said.items()}
        return self.send(name, fields | {f"why-{number}": why for number in numbers})

    def skip(self, name):
        return self.send(name, {"skip": "yes"})

    def send(self, name, fields):
        response = self.post(address(name), page=address(name), **fields)
        self.place = response.request["PATH_INFO"]
        return response

    def look_again(self):
        return self.get(self.place)

    def predictions(self):
        return predictions.of(self.http.session)

    def score(self):
        """Return how many were right and wrong, as the list says it; None where it says nothing."""
        found = re.search(r"(\d+) right</strong>, <strong>(\d+) wrong", text(self.get("/lab/experiments/")))
        return found and (int(found[1]), int(found[2]))
