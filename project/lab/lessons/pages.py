"""The lesson plans: three lessons made of the experiments, and where the sources contradict one another."""

from django.shortcuts import render
from django.urls import path


def teach(request):
    """Show the lesson plans."""
    return render(request, "lab/lessons/teach.html")


urls = [path("teach/", teach, name="teach")]
