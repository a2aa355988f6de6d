"""Addresses of parks that are no pages."""

from django.urls import path

from parks import views

app_name = "parks"
urlpatterns = [
    path("parks/points.json", views.points, name="points"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:slug>/", views.country, name="country"),
]
