"""The lab's addresses."""

from django.urls import path

from project.lab.capacity import pages as capacity
from project.lab.compare import pages
from project.lab.experiments import pages as experiment_pages
from project.lab.inspector import pages as inspector
from project.lab.lessons import pages as lessons

urlpatterns = [
    path("", pages.compare, name="lab"),
    *inspector.urls,
    *experiment_pages.urls,
    *capacity.urls,
    *lessons.urls,
]
