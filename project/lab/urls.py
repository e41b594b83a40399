"""The lab's addresses."""

from django.urls import path

from project.lab import capacity, experiment_pages, inspector, pages

urlpatterns = [
    path("", pages.twin, name="lab"),
    *inspector.urls,
    *experiment_pages.urls,
    *capacity.urls,
]
