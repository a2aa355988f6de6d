from django.urls import path

from home import views
from home.styleguide.views import styleguide

urlpatterns = [
    path("units/", views.choose_units, name="choose_units"),
    path("language/", views.choose_language, name="choose_language"),
    path("healthz", views.health, name="health"),
    path("styleguide/", styleguide, name="styleguide"),
    path("robots.txt", views.robots, name="robots"),
]
