"""Reports of the lab: one HTML file each that needs no other, with the styles of the pages inside."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

SHEETS = ("shop/base.css", "lab/lab.css", "lab/lesson.css", "lab/experiments/experiments.css", "lab/report.css")


def render(template, context, *sheets):
    """Return a page whose template extends `lab/report.html`.

    Args:
        sheets: names of style sheets that this report needs beside those that all reports share.
    """
    return render_to_string(template, context | {"styles": styles(*SHEETS, *sheets)})


def styles(*names):
    """Return the text of style sheets, one after the other."""
    sheets = [Path(finders.find(name)).read_text("utf-8") for name in names]
    return mark_safe("\n".join(sheets))  # noqa: S308 - our own files
