"""Addresses below /rides/."""

from django.urls import path

from search.finder import near_views, views

app_name = "finder"
urlpatterns = [
    path("", views.find, name="find"),
    path("export.csv", views.export, name="export"),
    path("points.json", views.points, name="points"),
    path("near/", near_views.near, name="near"),
]
