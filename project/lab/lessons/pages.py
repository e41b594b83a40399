"""The lesson plans: three lessons made of the experiments, and where the sources contradict one another."""

from django.shortcuts import render
from django.urls import path


def lessons(request):
    """Show the lesson plans."""
    return render(request, "lab/lessons/lessons.html")


urls = [path("lessons/", lessons, name="lessons")]
