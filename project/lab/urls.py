"""The lab's addresses."""

from django.urls import path

from project.lab import inspector, pages

urlpatterns = [
    path("", pages.twin, name="lab"),
    *inspector.urls,
]
