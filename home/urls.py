from django.urls import path

from home import views

urlpatterns = [
    path("units/", views.choose_units, name="choose_units"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
